"""What goes on by itself while the hub runs."""

import threading
from dataclasses import replace
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509

from kanban_hub.identity import paper
from kanban_hub.identity.broker import BrokerFolder
from kanban_hub.identity.keeper import Keeper, KeeperParts
from kanban_hub.identity.office import Office
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.handshake import Verdict
from tests.hub.identity.desk import Desk

SECURE = Endpoint("127.0.0.1", 1, tls=True)  # nobody listens there
DAY_S = 86_400


def keeper_of(desk: Desk, endpoint: Endpoint = SECURE) -> Keeper:
    return Keeper(KeeperParts(desk.data, desk.store, desk.now_ms, endpoint))


def certificate_at(path: str | Path | None) -> x509.Certificate:
    assert path is not None
    return x509.load_pem_x509_certificate(Path(path).read_bytes())


def test_a_hub_without_a_door_makes_no_authority_until_something_needs_it(desk: Desk) -> None:
    keeper = keeper_of(desk)
    keeper.look()

    assert keeper.endpoint() == SECURE
    assert not desk.data.exists()


def test_nothing_is_taken_from_a_revoked_station_until_it_has_joined_again(desk: Desk) -> None:
    keeper = keeper_of(desk)
    desk.join("packing")
    desk.join("paint")
    keeper.look()
    assert not keeper.is_barred("paint")

    desk.later(1)
    desk.joining.revoke("paint", None)
    keeper.look()
    assert (keeper.is_barred("paint"), keeper.is_barred("packing")) == (True, False)
    assert keeper.hindrance is not None
    assert keeper.hindrance.verdict is Verdict.UNREACHABLE

    desk.later(1)
    desk.join("paint")
    keeper.look()
    assert not keeper.is_barred("paint")


def test_a_hub_that_knows_no_broker_with_tls_says_so(desk: Desk) -> None:
    keeper = keeper_of(desk, Endpoint("127.0.0.1", 1883))
    desk.join("paint")
    desk.joining.revoke("paint", None)
    keeper.look()

    assert keeper.hindrance is not None
    assert keeper.hindrance.verdict is None
    assert "--stations-mqtt" in keeper.hindrance.detail


def test_the_hub_shows_the_broker_its_own_certificate_unless_another_one_is_named(desk: Desk) -> None:
    desk.authority()
    shown = keeper_of(desk).endpoint()
    assert paper.name_of(certificate_at(shown.certificate)) == "kanban_hub"
    assert shown.ca == str(desk.data / "identity" / "trusted.crt")

    named = replace(SECURE, certificate="own.crt", key="own.key", ca="ca.crt")
    assert keeper_of(desk, named).endpoint() == named
    by_user = keeper_of(desk, replace(SECURE, username="kanban_hub", password="secret")).endpoint()
    assert (by_user.certificate, by_user.ca) == (None, shown.ca)
    plain = Endpoint("127.0.0.1", 1883)
    assert keeper_of(desk, plain).endpoint() == plain


def test_what_the_hub_and_the_broker_show_is_renewed_at_two_thirds_of_its_life(desk: Desk) -> None:
    keeper = keeper_of(desk)
    folder = BrokerFolder(desk.authority())
    folder.make("plant", ["hub.lan"], desk.now_ms())
    keeper.look()
    first = certificate_at(folder.path / "server.crt"), certificate_at(keeper.endpoint().certificate)

    desk.later(263 * DAY_S)
    keeper.look()
    assert certificate_at(folder.path / "server.crt") == first[0]
    desk.later(3 * DAY_S)
    keeper.look()

    second = certificate_at(folder.path / "server.crt"), certificate_at(keeper.endpoint().certificate)
    assert (second[0] != first[0], second[1] != first[1]) == (True, True)
    names = second[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["hub.lan"]


def test_another_authority_is_followed_at_the_next_look(desk: Desk) -> None:
    keeper = keeper_of(desk)
    folder = BrokerFolder(desk.authority())
    folder.make("plant", ["hub.lan"], desk.now_ms())
    folder.revoke([7], desk.now_ms())
    keeper.look()

    desk.authority().begin_next(desk.now_ms()).switch()
    keeper.look()

    bundle = (desk.data / "identity" / "trusted.crt").read_bytes()
    assert bundle == (folder.path / "ca.crt").read_bytes()
    assert bundle.count(b"BEGIN CERTIFICATE") == 2
    assert (folder.path / "crl.pem").read_bytes().count(b"BEGIN X509 CRL") == 2
    certificate_at(folder.path / "server.crt").verify_directly_issued_by(desk.authority().signer.certificate)
    assert BrokerFolder(desk.authority()).listed() == {7}


def test_a_door_whose_port_is_taken_is_told_at_the_start(desk: Desk) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        address = taken.getsockname()[:2]
        parts = KeeperParts(desk.data, desk.store, desk.now_ms, SECURE, address=address, names=("127.0.0.1",))
        office = Office(parts, lambda _: "mqtts://hub.lan:8883")
        stop = threading.Event()
        with pytest.raises(OSError, match="in use"):
            office.keeper.start(office.door, stop)
        stop.set()
        office.keeper.close()


def test_a_canary_that_is_not_in_the_list_is_replaced_so_that_the_cut_is_never_waited_for_in_vain(
    desk: Desk,
) -> None:
    folder = BrokerFolder(desk.authority())
    folder.revoke([7], desk.now_ms())
    list_before = (folder.path / "crl.pem").read_bytes()
    folder.revoke([8], desk.now_ms())
    (folder.path / "crl.pem").write_bytes(list_before)  # as after a power cut between the two files

    assert folder.revoke([7], desk.now_ms()) is True

    canary = certificate_at(folder.canary).serial_number
    lists = x509.load_pem_x509_crl((folder.path / "crl.pem").read_bytes())
    assert lists.get_revoked_certificate_by_serial_number(canary) is not None
    assert folder.revoke([7], desk.now_ms()) is False


def test_two_who_revoke_at_the_same_time_leave_one_list_with_both(desk: Desk) -> None:
    authority = desk.authority()
    folders = [BrokerFolder(authority) for _ in range(6)]
    threads = [
        threading.Thread(target=folder.revoke, args=([number], desk.now_ms()))
        for number, folder in enumerate(folders, 100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = BrokerFolder(authority)
    assert {100, 101, 102, 103, 104, 105} <= found.listed()
    assert found.revoke([100], desk.now_ms()) is False
    assert not list(authority.folder.rglob("*.new"))

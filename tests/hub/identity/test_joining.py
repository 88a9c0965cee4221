"""Joining, renewal and revocation, by a clock that goes on only when told."""

import pytest
from cryptography import x509

from kanban_hub.accounts.account import Access
from kanban_hub.identity import paper
from kanban_hub.identity.errors import (
    CertificateNeededError,
    NothingToRevokeError,
    RequestError,
    RevokedError,
    UsedCodeError,
    WithdrawnCodeError,
)
from kanban_hub.identity.joining import Joined
from tests.hub.identity.desk import ADDRESS, Desk, asked

DAY_S = 86_400


def shown(joined: Joined) -> x509.Certificate:
    return x509.load_pem_x509_certificate(joined.certificate.encode())


def test_a_station_gets_a_certificate_of_its_name_for_ninety_days(desk: Desk) -> None:
    joined = desk.join(key=asked(None))

    certificate = shown(joined)
    assert certificate.subject.rfc4514_string() == "CN=paint"
    assert certificate.not_valid_after_utc.timestamp() - desk.now_s == 90 * DAY_S
    certificate.verify_directly_issued_by(desk.authority().signer.certificate)
    assert joined.authority == desk.authority().bundle.decode()
    assert desk.joining.who(certificate) == "paint"
    assert desk.log()[0] == (Access.STATION_JOINED, None, "paint")


def test_an_answer_that_was_lost_is_given_again_to_the_same_key_and_to_no_other(desk: Desk) -> None:
    issued, mine = desk.codes.issue("paint", None), asked()
    first = desk.joining.join("paint", issued.text, mine, ADDRESS)

    assert desk.joining.join("paint", issued.text, mine, ADDRESS) == first
    with pytest.raises(UsedCodeError):
        desk.joining.join("paint", issued.text, asked(), ADDRESS)

    desk.later(15 * 60)
    with pytest.raises(UsedCodeError):
        desk.joining.join("paint", issued.text, mine, ADDRESS)


def test_a_bad_request_costs_no_try_and_burns_no_code(desk: Desk) -> None:
    issued = desk.codes.issue("paint", None)
    for _ in range(6):
        with pytest.raises(RequestError):
            desk.joining.join("paint", issued.text, asked("press"), ADDRESS)

    assert desk.joining.join("paint", issued.text, asked(), ADDRESS).station == "paint"


def test_who_joins_in_place_of_another_ends_that_ones_certificate(desk: Desk) -> None:
    old = desk.join()
    desk.later(DAY_S)
    issued = desk.codes.issue("paint", None)
    assert desk.joining.who(shown(old)) == "paint"

    new = desk.joining.join("paint", issued.text, asked(), ADDRESS)

    with pytest.raises(RevokedError):
        desk.joining.who(shown(old))
    assert desk.joining.who(shown(new)) == "paint"


def test_a_renewed_certificate_has_its_own_key_and_the_one_before_stays_good(desk: Desk) -> None:
    first = desk.join()
    desk.later(60 * DAY_S)
    second = desk.joining.renew(shown(first), asked(), ADDRESS)

    assert desk.joining.who(shown(first)) == desk.joining.who(shown(second)) == "paint"
    assert shown(second).not_valid_after_utc.timestamp() - desk.now_s == 90 * DAY_S
    assert desk.log()[0] == (Access.STATION_RENEWED, None, "paint")
    with pytest.raises(RequestError):
        desk.joining.renew(shown(first), asked("press"), ADDRESS)


def test_a_revoked_station_is_let_in_nowhere_and_joins_again_by_a_new_code(desk: Desk) -> None:
    first = desk.join()
    second = desk.joining.renew(shown(first), asked(), ADDRESS)
    desk.later(1)
    waiting = desk.codes.issue("paint", None)

    desk.joining.revoke("paint", "anna")

    for one in (first, second):
        with pytest.raises(RevokedError):
            desk.joining.renew(shown(one), asked(), ADDRESS)
    with pytest.raises(WithdrawnCodeError):
        desk.joining.join("paint", waiting.text, asked(), ADDRESS)
    with pytest.raises(NothingToRevokeError):
        desk.joining.revoke("paint", "anna")
    assert (Access.STATION_REVOKED, "anna", "paint") in desk.log()
    desk.later(1)
    assert desk.joining.who(shown(desk.join())) == "paint"


def test_a_certificate_that_a_restored_hub_has_forgotten_speaks_for_itself(desk: Desk) -> None:
    signer, key = desk.authority().signer, paper.fresh_key().public_key()
    span_ms = desk.now_ms(), desk.now_ms() + 1_000_000

    forgotten = paper.client(signer, "packing", key, span_ms)
    assert desk.joining.renew(forgotten, asked("packing"), ADDRESS).station == "packing"

    for name in ("kanban_hub", "kanban_canary", "nowhere"):
        with pytest.raises(CertificateNeededError):
            desk.joining.renew(paper.client(signer, name, key, span_ms), asked(None), ADDRESS)

"""What is found on the way to the hub: name, connection, TLS, certificate, broker, heartbeat."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import trustme
from msgspec import structs

from kanban_device.check import broker, certificate, hub, network, tower
from kanban_device.check.finding import Finding
from kanban_device.check.network import Target
from kanban_device.config import HubTable
from kanban_hardware.wiring import NetworkLampWiring, Wiring
from kanban_protocol import codec
from kanban_protocol.messages import HubHeartbeat, HubStatus
from kanban_protocol.topics import Hub, Topics
from tests.device.check.scenes import only, scene_in, with_mqtt
from tests.device.fakes import HUB_EPOCH, FakeClock
from tests.hardware.tower import Tower, served
from tests.protocol.literal import CONNACK, CONNECT, SUBACK, SUBSCRIBE, LiteralBroker, publish, refusal

NOW = datetime.now(UTC)
TOPICS = Topics("plant")


def target(url: str, *files: str) -> Target:
    return Target("broker", url, "Start the broker", *files)


def test_a_name_that_leads_nowhere_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = network.resolve(target("mqtt://hub.local"))
    assert found.is_bad
    assert "Name or service not known" in found.text


def test_a_port_where_nobody_listens_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found, sock = network.connect(target(f"mqtt://127.0.0.1:{port}"))
    assert sock is None
    assert "nothing listens there" in found.text


def test_a_machine_that_does_not_answer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_args: object, **_named: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", silent)
    found, _ = network.connect(target("mqtt://127.0.0.1"))
    assert "does not answer" in found.text
    assert "firewall" in found.remedy


class Authority:
    """A plant's authority with a broker's certificate and a station's."""

    def __init__(self, folder: Path, name: str = "localhost", until: datetime | None = None) -> None:
        folder.mkdir()
        self._ca = trustme.CA()
        self.ca, self.certificate, self.key = (str(folder / file) for file in ("ca", "certificate", "key"))
        self._ca.cert_pem.write_to_path(self.ca)
        self.server = self._ca.issue_cert(name, not_after=until)
        self.station = self._ca.issue_cert("assembly", common_name="assembly")
        self.station.cert_chain_pems[0].write_to_path(self.certificate)
        self.station.private_key_pem.write_to_path(self.key)

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.server.configure_cert(context)
        self._ca.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def target(self, port: int) -> Target:
        return target(f"mqtts://localhost:{port}", self.ca, self.certificate, self.key)


@contextmanager
def serving(context: ssl.SSLContext | None) -> Iterator[int]:
    """One TLS connection that is answered and kept; a greeting in clear text without a context."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_serve, args=(server, context))
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def _serve(server: socket.socket, context: ssl.SSLContext | None) -> None:
    sock, _ = server.accept()
    try:
        if context is None:
            sock.sendall(b"no TLS here\r\n")
        else:
            sock = context.wrap_socket(sock, server_side=True)
        sock.recv(100)
    except OSError:
        pass
    finally:
        sock.close()


def shaken(to: Target, now: datetime = NOW) -> list[Finding]:
    _, sock = network.connect(to)
    assert sock
    with sock:
        return list(network.handshake(to, sock, now))


def test_a_broker_whose_certificate_fits_is_well_with_its_days(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant")
    with serving(plant.context()) as port:
        found = only(shaken(plant.target(port)))
    assert not found.remedy, found
    assert "more days" in found.text


def test_a_broker_of_another_authority_is_found(tmp_path: Path) -> None:
    plant, other = Authority(tmp_path / "plant"), Authority(tmp_path / "other")
    with serving(other.context()) as port:
        found = only(shaken(plant.target(port)))
    assert found.is_bad
    assert f"{plant.ca} is not its authority" in found.remedy
    with serving(other.context()) as port:
        found = only(shaken(target(f"mqtts://localhost:{port}")))
    assert "No authority of a hub is known here yet" in found.remedy


def test_a_certificate_with_another_name_is_found(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant", "hub.local")
    with serving(plant.context()) as port:
        found = only(shaken(plant.target(port)))
    assert "Write the name that stands in the certificate" in found.remedy


def test_an_expired_certificate_is_found_with_the_time_of_this_clock(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant", until=datetime(2020, 1, 1, tzinfo=UTC))
    with serving(plant.context()) as port:
        found = only(shaken(plant.target(port)))
    assert "Have it renewed at the hub" in found.remedy
    assert f"{NOW:%Y-%m-%d}" in found.remedy


def test_a_certificate_that_ends_soon_is_noted(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant", until=NOW + timedelta(days=5, hours=1))
    with serving(plant.context()) as port:
        found = only(shaken(plant.target(port)))
    assert not found.is_bad
    assert "5 more days only" in found.text


def test_a_station_whose_certificate_the_broker_refuses_is_found(tmp_path: Path) -> None:
    plant, other = Authority(tmp_path / "plant"), Authority(tmp_path / "other")
    with serving(plant.context()) as port:
        *_, found = shaken(replace(other.target(port), ca=plant.ca))
    assert found.is_bad
    assert "refuses this station's certificate" in found.text


def test_a_port_without_tls_is_found(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant")
    with serving(None) as port:
        found = only(shaken(plant.target(port)))
    assert "usually on 8883" in found.remedy


def test_tls_files_that_do_not_fit_are_found(tmp_path: Path) -> None:
    plant, other = Authority(tmp_path / "plant"), Authority(tmp_path / "other")
    with serving(plant.context()) as port:
        found = only(shaken(replace(plant.target(port), key=other.key)))
    assert "the files for TLS do not fit" in found.text


@pytest.mark.parametrize(
    ("station", "days", "text"),
    [
        ("assembly", 0, None),
        ("paint", 0, "was made for assembly"),
        ("assembly", -400_000, "is valid from"),
        ("assembly", 400_000, "has expired"),
    ],
)
def test_the_stations_own_certificate_is_read(
    tmp_path: Path, station: str, days: int, text: str | None
) -> None:
    plant = Authority(tmp_path / "plant")
    scene, _ = scene_in(tmp_path)
    config = with_mqtt(scene.config, certificate=plant.certificate, key=plant.key)
    named = structs.replace(config, station=structs.replace(config.station, id=station))
    scene = replace(scene, config=named)
    found = list(certificate.look(scene, NOW + timedelta(days=days)))
    if text is None:
        assert "more days" in only(found).text
    else:
        assert any(text in finding.text for finding in found if finding.is_bad)


@pytest.mark.parametrize(
    ("url", "told"),
    [("mqtts://hub.local", True), ("mqtts://a:b@hub.local", False), ("mqtt://hub.local", False)],
)
def test_a_station_that_has_to_join_is_told_so(tmp_path: Path, url: str, told: bool) -> None:
    scene, _ = scene_in(tmp_path)
    found = list(certificate.look(replace(scene, config=with_mqtt(scene.config, url=url)), NOW))
    assert [finding.text for finding in found] == ["this station has not joined: it has none to show"] * told


def heard(folder: Path, answers: dict[int, bytes]) -> Finding:
    with LiteralBroker(answers) as server:
        scene, _ = scene_in(folder)
        scene = replace(scene, config=with_mqtt(scene.config, url=f"mqtt://127.0.0.1:{server.endpoint.port}"))
        return list(broker.look(scene))[-1]


def status(*, online: bool) -> bytes:
    message = HubStatus(v=1, online=online, epoch=HUB_EPOCH, boot="00000001")
    return publish(TOPICS.hub(Hub.STATUS).encode(), codec.encode(message), retain=True)


BEAT = publish(
    TOPICS.hub(Hub.HEARTBEAT).encode(),
    codec.encode(HubHeartbeat(v=1, boot="00000001", count=1, commit_age_ms=0)),
)


@pytest.mark.parametrize(
    ("code", "text"), [(2, "Client identifier"), (4, "Bad user name"), (5, "Not authorized")]
)
def test_a_refusal_of_the_broker_is_told_with_its_remedy(tmp_path: Path, code: int, text: str) -> None:
    found = heard(tmp_path, {CONNECT: refusal(code)})
    assert found.is_bad
    assert text in found.text
    assert found.remedy != broker.UNKNOWN


def test_a_refused_subscription_is_told(tmp_path: Path) -> None:
    found = heard(tmp_path, {CONNECT: CONNACK, SUBSCRIBE: bytes.fromhex("900400010180")})
    assert "no subscription to kanban/v1/plant/hub/heartbeat" in found.text


def test_a_hub_whose_heart_beats_is_well(tmp_path: Path) -> None:
    found = heard(tmp_path, {CONNECT: CONNACK, SUBSCRIBE: SUBACK + status(online=True) + BEAT})
    assert found == Finding("hub", "is alive: its heartbeat was heard")


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (b"", "has never been on this broker for site plant"),
        (status(online=False), "is switched off"),
        (status(online=True), "its heart has not beaten"),
        (publish(TOPICS.hub(Hub.STATUS).encode(), b"{}", retain=True), "another contract"),
    ],
    ids=["never seen", "said goodbye", "without a heartbeat", "another contract"],
)
def test_a_hub_that_is_not_alive_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes, text: str
) -> None:
    monkeypatch.setattr(broker, "HEARTBEAT_S", 0.3)
    found = heard(tmp_path, {CONNECT: CONNACK, SUBSCRIBE: SUBACK + sent})
    assert found.is_bad
    assert text in found.text


def test_the_broker_is_not_asked_under_the_name_of_a_station_that_runs(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    assert not only(broker.look(replace(scene, beside="kanban-station run"))).is_bad


def taken_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def test_the_way_to_the_hub_is_told_up_to_where_it_breaks(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    config = with_mqtt(scene.config, url=f"mqtt://127.0.0.1:{taken_port()}")
    named, refused = hub.look(replace(scene, config=config), FakeClock())
    assert named.text == "127.0.0.1 is 127.0.0.1"
    assert refused.is_bad
    assert "listener in mosquitto.conf" in refused.remedy


def test_the_hubs_door_is_looked_at_even_when_the_broker_is_away(tmp_path: Path) -> None:
    plant = Authority(tmp_path / "plant")
    scene, _ = scene_in(tmp_path)
    config = with_mqtt(scene.config, url=f"mqtt://127.0.0.1:{taken_port()}")
    context = plant.context()
    context.verify_mode = ssl.CERT_NONE
    with serving(context) as port:
        door = HubTable(url=f"https://localhost:{port}", ca=plant.ca)
        found = list(hub.look(replace(scene, config=structs.replace(config, hub=door)), FakeClock()))
    assert [finding.text[:8] for finding in found if finding.part == "door"][2] == "TLSv1.3;"


def test_a_tower_on_the_network_is_reached_or_not(tmp_path: Path) -> None:
    with served(Tower()) as (http, pns):
        lamp = NetworkLampWiring(f"http://127.0.0.1:{http}", status_port=pns)
        scene, _ = scene_in(tmp_path, hardware=Wiring(network_lamp=lamp))
        assert [finding.is_bad for finding in tower.look(scene)] == [False, False, False]
        lamp = replace(lamp, status_port=taken_port())
        scene, _ = scene_in(tmp_path, hardware=Wiring(network_lamp=lamp))
        *_, found = tower.look(scene)
    assert found.is_bad
    assert "PNS" in found.remedy

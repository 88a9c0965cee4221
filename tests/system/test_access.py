"""The broker's settings of the integrator's page, as they stand there: a station has its topics alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from kanban_protocol.endpoint import Endpoint
from kanban_protocol.link import Connected, LinkEvent, MqttLink, Received, Session, Will
from kanban_protocol.topics import Down, Topics, Up
from tests.mosquitto import Mosquitto
from tests.system.authority import Authority

pytestmark = pytest.mark.mosquitto

PAGE = Path(__file__).parents[2] / "docs" / "integrator.md"
TOPICS = Topics("plant")
WAIT_S = 15.0


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    made = Authority(tmp_path / "pki")
    made.certify("broker", "IP:127.0.0.1")
    for name in ("hub", "paint", "assembly"):
        made.certify(name)
    return made


@pytest.fixture
def broker(tmp_path: Path, authority: Authority) -> Iterator[Mosquitto]:
    settings, access = re.findall(r"```conf\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (authority.folder / "kanban.acl").write_text(access)
    paths = {
        "/etc/mosquitto/hub.crt": "broker.crt",
        "/etc/mosquitto/hub.key": "broker.key",
        "/etc/mosquitto/ca.crt": "ca.crt",
        "/etc/mosquitto/kanban.acl": "kanban.acl",
    }
    for path, name in paths.items():
        assert path in settings
        settings = settings.replace(path, str(authority.folder / name))
    # The listener is this test's; all that follows it is the page's.
    lines = [
        line for line in settings.splitlines() if not line.startswith(("listener", "persistence", "set_tcp"))
    ]
    lines = [line for line in lines if not line.startswith("max_packet_size")]
    with Mosquitto(tmp_path, "allow_anonymous false", *lines) as mosquitto:
        yield mosquitto


class Party:
    """A link under the certificate of `name`, with what arrives on it."""

    def __init__(self, broker: Mosquitto, authority: Authority, name: str, filters: tuple[str, ...]) -> None:
        folder = authority.folder
        endpoint = replace(
            Endpoint.parse(f"mqtts://127.0.0.1:{broker.port}"),
            ca=str(folder / "ca.crt"),
            certificate=str(folder / f"{name}.crt"),
            key=str(folder / f"{name}.key"),
        )
        will = Will(TOPICS.up(name, Up.STATUS), b"{}")
        self.events: Queue[LinkEvent] = Queue()
        self.link = MqttLink(endpoint, Session(f"id-{name}", filters, lambda _: will), self.events.put)
        self.link.start()
        assert isinstance(self.events.get(timeout=WAIT_S), Connected)

    def received(self) -> tuple[str, bytes]:
        event = self.events.get(timeout=WAIT_S)
        assert isinstance(event, Received)
        return event.topic, event.payload


def test_a_station_writes_its_own_topics_and_no_others(broker: Mosquitto, authority: Authority) -> None:
    hub = Party(broker, authority, "hub", TOPICS.for_hub())
    paint = Party(broker, authority, "paint", TOPICS.for_station("paint"))
    assembly = Party(broker, authority, "assembly", TOPICS.for_station("assembly"))
    try:
        paint.link.publish(TOPICS.up("assembly", Up.SIGNAL), b"forged")
        paint.link.publish(TOPICS.down("assembly", Down.LAMPS), b"forged")
        paint.link.publish(TOPICS.up("paint", Up.SIGNAL), b"own")
        assert hub.received() == (TOPICS.up("paint", Up.SIGNAL), b"own")

        hub.link.publish(TOPICS.down("paint", Down.LAMPS), b"for paint")
        hub.link.publish(TOPICS.down("assembly", Down.LAMPS), b"for assembly")
        assert paint.received() == (TOPICS.down("paint", Down.LAMPS), b"for paint")
        assert assembly.received() == (TOPICS.down("assembly", Down.LAMPS), b"for assembly")
    finally:
        for party in (assembly, paint, hub):
            party.link.close()

"""A revoked station's connection ends and does not come back: by a real Mosquitto with the hub's files."""

import os
import queue
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kanban_hub.identity import keyfile, paper
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.broker import INSTALLED, BrokerFolder
from kanban_hub.identity.cutting import Cutter
from kanban_hub.identity.record import Certificate
from kanban_protocol.backoff import Backoff
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.handshake import Verdict, tried
from kanban_protocol.link import Connected, Disconnected, LinkEvent, MqttLink, Received, Session, Will
from kanban_protocol.topics import Down, Topics, Up
from tests.hub.identity.desk import Desk, asked
from tests.mosquitto import Mosquitto
from tests.system.hub import wait_until

pytestmark = pytest.mark.mosquitto

TOPICS = Topics("plant")
SIGNAL = TOPICS.up("paint", Up.SIGNAL)
WITHIN_S = 10.0
PASSWORD = "four lit lamps"
SOON = Backoff(first_s=0.02, longest_s=0.1, refused_s=0.1)


@dataclass
class Plant:
    """A broker on what the hub wrote, and the identities of a hub whose clock is the wall's."""

    desk: Desk
    broker: Mosquitto
    folder: Path
    links: list[MqttLink] = field(default_factory=list)

    @property
    def authority(self) -> Authority:
        return self.desk.authority()

    def endpoint(self) -> Endpoint:
        ca = str(self.folder / "ca.crt")
        return replace(self.broker.endpoint, tls=True, ca=ca)

    def shown(self, station: str) -> Endpoint:
        """Where `station` connects, with a certificate that it gets now."""
        key = paper.fresh_key()
        joined = self.desk.join(station, asked(station, key))
        path = self.folder / f"{station}-{joined.certificate[-60:-40].replace('/', '-')}.pem"
        keyfile.write(path, paper.key_pem(key) + joined.certificate.encode())
        return replace(self.endpoint(), certificate=str(path), key=str(path))

    def link(
        self, endpoint: Endpoint, *filters: str, within_s: float = WITHIN_S
    ) -> "tuple[MqttLink, queue.Queue[LinkEvent]]":
        events: queue.Queue[LinkEvent] = queue.Queue()
        session = Session("any", filters, lambda _: Will(TOPICS.up("paint", Up.STATUS), b"gone"))
        made = MqttLink(endpoint, session, events.put, backoff=SOON)
        self.links.append(made)
        made.start()
        assert isinstance(events.get(timeout=within_s), Connected)
        return made, events

    def hub(self) -> "queue.Queue[LinkEvent]":
        """What the hub hears of signals."""
        key, now_ms = paper.fresh_key(), self.desk.now_ms()
        made = paper.client(
            self.authority.signer, "kanban_hub", key.public_key(), (now_ms, now_ms + 3_600_000)
        )
        path = self.folder / "hub.pem"
        keyfile.write(path, paper.key_pem(key) + paper.pem(made))
        endpoint = replace(self.endpoint(), certificate=str(path), key=str(path))
        return self.link(endpoint, *TOPICS.for_hub())[1]

    def reload(self) -> None:
        """What the path unit does: copy, and tell the broker."""
        before = self._reloads()
        os.kill(self.broker.pid, signal.SIGHUP)
        # Logged by the one thread that then reads the files, before it looks at any connection again.
        wait_until(lambda: self._reloads() > before, self.folder / "no log")

    def _reloads(self) -> int:
        return sum("Reloading config" in line for line in list(self.broker.log))

    def certificates(self) -> list[Certificate]:
        with self.desk.store.identities(writes=False) as book:
            return book.certificates()


def _settings(files: Path) -> list[str]:
    """What the hub has written, on this test's listener and with its files where they are."""
    lines = (files / "kanban.conf").read_text().replace(INSTALLED, str(files)).splitlines()
    own = ("listener", "persistence", "set_tcp", "max_packet_size", "#")
    return [line for line in lines if not line.startswith(own)]


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    desk = Desk(tmp_path / "hub", time.time())
    folder = BrokerFolder(desk.authority())
    folder.make("plant", ["127.0.0.1"], desk.now_ms())
    with Mosquitto(tmp_path, *_settings(folder.path)) as broker:
        made = Plant(desk, broker, folder.path)
        yield made
        for link in made.links:
            link.close()


def test_the_live_connection_of_a_revoked_station_is_cut_and_it_never_comes_back(plant: Plant) -> None:
    heard = plant.hub()
    shown = plant.shown("paint")
    link, events = plant.link(shown)
    other, _ = plant.link(plant.shown("packing"))
    link.publish(SIGNAL, b"before")
    assert _payload(heard) == b"before"
    cutter = Cutter(plant.desk.store, plant.desk.now_ms, plant.endpoint)

    plant.desk.joining.revoke("paint", None)
    cutter.cut(plant.desk.authority)
    # The broker has not read the list: who were cut now would be back at once, so nobody is.
    assert cutter.hindrance is not None
    assert cutter.hindrance.verdict is Verdict.ACCEPTED
    link.publish(SIGNAL, b"still live")
    assert _payload(heard) == b"still live"

    plant.reload()
    wait_until(lambda: _cut(cutter, plant), plant.folder / "no log")
    assert isinstance(events.get(timeout=WITHIN_S), Disconnected)
    assert link.publish(SIGNAL, b"after") is False
    assert tried(shown).verdict is Verdict.REVOKED
    other.publish(TOPICS.up("packing", Up.SIGNAL), b"of another")
    assert _payload(heard) == b"of another"
    assert events.empty()
    assert all(one.cut_ms for one in plant.certificates() if one.station == "paint")


def test_a_new_pi_of_the_same_station_stays_when_the_old_one_is_cut(plant: Plant) -> None:
    old = plant.shown("paint")
    plant.desk.later(1)
    new = plant.shown("paint")
    plant.reload()
    cutter = Cutter(plant.desk.store, plant.desk.now_ms, plant.endpoint)
    cutter.cut(plant.desk.authority)
    plant.reload()

    wait_until(lambda: _cut(cutter, plant), plant.folder / "no log")
    assert (tried(old).verdict, tried(new).verdict) == (Verdict.REVOKED, Verdict.ACCEPTED)


def test_a_station_writes_its_own_topics_under_its_own_name_and_no_others(plant: Plant) -> None:
    heard = plant.hub()
    link, _ = plant.link(plant.shown("paint"), TOPICS.down("paint", Down.LAMPS))
    link.publish(TOPICS.up("packing", Up.SIGNAL), b"forged")
    link.publish(TOPICS.down("packing", Down.LAMPS), b"forged")
    link.publish(SIGNAL, b"own")

    assert _payload(heard) == b"own"


def test_while_the_authority_rolls_the_certificates_of_both_are_taken(plant: Plant) -> None:
    old = plant.shown("packing")
    plant.authority.begin_next(plant.desk.now_ms()).switch()
    new = plant.shown("paint")
    BrokerFolder(plant.authority).keep(plant.desk.now_ms())
    plant.reload()
    assert (tried(old).verdict, tried(new).verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)

    plant.authority.drop()
    BrokerFolder(plant.authority).keep(plant.desk.now_ms())
    plant.reload()
    assert (tried(old).verdict, tried(new).verdict) == (Verdict.REFUSED, Verdict.ACCEPTED)


def test_a_broker_that_is_away_or_asks_for_no_certificate_is_said_to_be_that(plant: Plant) -> None:
    shown = plant.shown("paint")
    assert tried(replace(plant.endpoint())).verdict is Verdict.REFUSED
    plant.broker.stop()
    assert tried(shown).verdict is Verdict.UNREACHABLE


def _payload(heard: "queue.Queue[LinkEvent]") -> bytes:
    """Of the next signal; wills and the like are passed over."""
    while True:
        event = heard.get(timeout=WITHIN_S)
        if isinstance(event, Received) and event.topic.endswith(Up.SIGNAL):
            return event.payload


def _cut(cutter: Cutter, plant: Plant) -> bool:
    cutter.cut(plant.desk.authority)
    return cutter.hindrance is None


def test_with_user_and_password_over_tls_a_station_has_its_own_topics_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "hub", time.time())
    folder = BrokerFolder(desk.authority())
    folder.make("plant", ["127.0.0.1"], desk.now_ms(), by_password=True)
    passwords = str(folder.path / "passwords")
    for number, name in enumerate(("kanban_hub", "paint")):
        made = ["-c"] if number == 0 else []
        subprocess.run(["mosquitto_passwd", *made, "-b", passwords, name, PASSWORD], check=True)
    with Mosquitto(tmp_path, *_settings(folder.path)) as broker:
        plant = Plant(desk, broker, folder.path)

        def by_user(name: str, password: str = PASSWORD) -> Endpoint:
            return replace(plant.endpoint(), username=name, password=password)

        try:
            _, heard = plant.link(by_user("kanban_hub"), *TOPICS.for_hub())
            link, _ = plant.link(by_user("paint"))
            link.publish(TOPICS.up("packing", Up.SIGNAL), b"forged")
            link.publish(SIGNAL, b"own")
            assert _payload(heard) == b"own"
            with pytest.raises(queue.Empty):
                plant.link(by_user("paint", "wrong"), within_s=0.5)
        finally:
            for one in plant.links:
                one.close()

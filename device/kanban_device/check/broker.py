"""The broker's answer to this station, and the hub behind it: CONNACK, hub/status, a fresh heartbeat."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, Queue
from time import monotonic

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import STOP, Scene
from kanban_protocol import codec
from kanban_protocol.errors import ProtocolError
from kanban_protocol.link import Connected, LinkEvent, MqttLink, Received, Session
from kanban_protocol.messages import HubStatus
from kanban_protocol.topics import Hub, Topics

ANSWER_S = 6.0
HEARTBEAT_S = 7.0
"""The hub's heart beats every 5 s."""

# MQTT 3.1.1, table 3.1, in the words of paho; and what its loop says when the broker just hangs up.
REMEDIES = {
    "Unsupported protocol version": "The broker has to speak MQTT 3.1.1",
    "Client identifier not valid": "Another name was expected: does station.id fit this station's access?",
    "Server unavailable": "Look at the broker's log",
    "Bad user name or password": "Correct user and password in mqtt.url, or join the station again",
    "Not authorized": "Enter this station in the broker's access list: see docs/integrator.md",
}
UNKNOWN = "Look at the broker's log: the line with this station's name says why"


@dataclass(frozen=True)
class Refused:
    """No connection came about; `reason` is the broker's, or that of the way to it."""

    reason: str


Answer = LinkEvent | Refused


@dataclass
class Heard:
    """What has come of the hub so far."""

    status: HubStatus | None = None
    beats: int = 0

    def take(self, received: Received) -> None:
        if received.topic.endswith(f"/{Hub.HEARTBEAT}") and not received.retained:
            self.beats += 1
        elif received.topic.endswith(f"/{Hub.STATUS}"):
            self.status = codec.decode(HubStatus, received.payload)


def look(scene: Scene, now_s: Callable[[], float] = monotonic) -> Iterator[Finding]:
    """Connect as the station would, hear the hub, and go.

    Not beside a running station: a broker lets one of two with the same name in, and throws out the other.
    """
    if scene.beside:
        yield Finding("broker", "not asked: the station has the connection under this name", STOP)
        return
    events: Queue[Answer] = Queue()
    topics = Topics(scene.config.station.site)
    session = Session(
        client_id=f"kanban-{scene.config.station.id}",
        filters=(topics.hub(Hub.STATUS), topics.hub(Hub.HEARTBEAT)),
        will=None,
        refused=lambda reason: events.put(Refused(reason)),
    )
    link = MqttLink(scene.config.endpoint, session, events.put)
    link.start()
    try:
        yield from _answers(scene, events, now_s)
    finally:
        link.close()


def _answers(scene: Scene, events: Queue[Answer], now_s: Callable[[], float]) -> Iterator[Finding]:
    answer = _next(events, now_s() + ANSWER_S, now_s)
    if answer is None:
        yield fail("broker", f"takes the connection, but says nothing within {ANSWER_S:.0f} s", UNKNOWN)
    elif isinstance(answer, Refused):
        remedy = REMEDIES.get(answer.reason, UNKNOWN)
        yield fail("broker", f"refuses {scene.config.station.id}: {answer.reason}", remedy)
    elif not isinstance(answer, Connected):
        yield fail("broker", f"has hung up: {answer}", UNKNOWN)
    else:
        yield Finding("broker", f"takes {scene.config.station.id}")
        yield from _hub(scene.config.station.site, events, now_s)


def _hub(site: str, events: Queue[Answer], now_s: Callable[[], float]) -> Iterator[Finding]:
    heard, until_s = Heard(), now_s() + HEARTBEAT_S
    while heard.beats == 0 and (event := _next(events, until_s, now_s)) is not None:
        try:
            if isinstance(event, Received):
                heard.take(event)
        except ProtocolError as error:
            yield fail("hub", f"speaks another contract: {error}", "Update hub and stations to one release")
            return
    yield _verdict(site, heard)


def _verdict(site: str, heard: Heard) -> Finding:
    if heard.beats:
        return Finding("hub", "is alive: its heartbeat was heard")
    start = "Start it: sudo systemctl start kanban-hub"
    if heard.status is None:
        remedy = f"Is station.site right? Stations of another site hear nothing. {start}"
        return fail("hub", f"has never been on this broker for site {site}", remedy)
    if not heard.status.online:
        return fail("hub", "is switched off: it said goodbye, or the broker missed it", start)
    text = f"says that it is there, but its heart has not beaten for {HEARTBEAT_S:.0f} s"
    return fail(
        "hub", text, "It hangs, or has died together with the broker: sudo systemctl restart kanban-hub"
    )


def _next(events: Queue[Answer], until_s: float, now_s: Callable[[], float]) -> Answer | None:
    try:
        return events.get(timeout=max(0.0, until_s - now_s()))
    except Empty:
        return None

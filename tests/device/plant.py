"""One station of a plant: the whole firmware on a panel and a broker in memory."""

from pathlib import Path
from typing import Any

import msgspec

from kanban_device.build import assemble
from kanban_device.mailbox import Mailbox
from kanban_device.service import Retreat, Service
from kanban_hardware.inputs import Pressed, Released
from kanban_protocol import codec
from kanban_protocol.link import LinkEvent, Received, Session, Will
from kanban_protocol.messages import Message, Receipt, Receipts, ReceiptStatus, Side, Sync
from kanban_protocol.signals import Signal
from kanban_protocol.topics import Down, Hub, Topics, Up
from tests.device.fakes import (
    FakeClock,
    FakePanel,
    FakeSupervisor,
    assignment,
    config_in,
    hub_status,
    lamp_state,
)
from tests.fakes.link import FakeLink, InMemoryBroker

TOPICS = Topics("plant")
STATION = "assembly"


class Plant:
    """One station at an in-memory broker, and the hub's half of the talk in the test's hands."""

    mailbox: Mailbox

    def __init__(
        self, data: Path, retreat: Retreat | None = None, url: str = "mqtt://127.0.0.1:1883"
    ) -> None:
        self.data = data
        self.url = url
        self.retreat = retreat or Retreat()
        self.clock = FakeClock()
        self.broker = InMemoryBroker()
        self.heard: list[tuple[Up, bytes]] = []
        self.start()
        listener = Session("listener", TOPICS.for_hub(), lambda _: Will("nowhere", b""))
        self.listener = FakeLink(self.broker, listener, self._hear)
        self.listener.start()

    def start(self) -> None:
        self.panel = FakePanel(self.clock.now_s)
        self.supervisor = FakeSupervisor()
        self.program = assemble(
            config_in(self.data, self.url),
            self.clock,
            self._connect,
            self._make_panel,
            Service(self.supervisor, self.retreat),
        )

    def restart(self) -> None:
        self.program.close()
        self.start()
        self.program.start()
        self.turn()

    def turn(self, seconds: float = 0.0) -> None:
        """Let time pass, and every letter be taken."""
        self.clock.advance(seconds)
        for _ in range(self.mailbox._letters.qsize() + 1):
            self.program.turn()

    def press(self, part: str = "slot-1") -> None:
        self.put(Pressed(part, self.clock.now_s()))
        self.put(Released(part, self.clock.now_s()))
        self.turn()

    def say(self, channel: Down | Hub, message: Message, *, retain: bool = True) -> None:
        topic = TOPICS.hub(channel) if isinstance(channel, Hub) else TOPICS.down(STATION, channel)
        self.broker.publish(topic, codec.encode(message), retain=retain)
        self.turn()

    def greet(self) -> None:
        """The hub is there, and has said all it has to say."""
        self.say(Down.ASSIGNMENT, assignment((1, "bracket", Side.CONSUMER)))
        self.say(Down.SYNC, Sync(v=1, epochs={}))
        self.say(Hub.STATUS, hub_status())
        self.say(Down.LAMPS, lamp_state(7))

    def receipt(self, signal: Signal, status: ReceiptStatus = ReceiptStatus.ACCEPTED) -> None:
        signals = [Receipt(seq=signal.seq, status=status)]
        self.say(Down.RECEIPTS, Receipts(v=1, epoch=signal.epoch, signals=signals), retain=False)

    @property
    def signals(self) -> list[Signal]:
        return [codec.decode_signal(payload) for channel, payload in self.heard if channel is Up.SIGNAL]

    def last(self, channel: Up) -> Any:
        return msgspec.json.decode([payload for heard, payload in self.heard if heard is channel][-1])

    def _connect(self, session: Session, take: Any) -> FakeLink:
        self.link = FakeLink(self.broker, session, take, self.clock.now_s)
        self.mailbox = take.__self__
        return self.link

    def _make_panel(self, put: Any) -> FakePanel:
        self.put: Any = put
        return self.panel

    def _hear(self, event: LinkEvent) -> None:
        if isinstance(event, Received):
            channel = TOPICS.read(event.topic).channel
            assert isinstance(channel, Up)
            self.heard.append((channel, event.payload))

"""What the hub sends. Everything retained is said again at each connection: the broker keeps nothing safe."""

import logging
from collections.abc import Iterable, Iterator
from itertools import groupby

from kanban_hub import displaytext
from kanban_hub.domain.floor import Floor
from kanban_hub.inbox import Word
from kanban_hub.ledger import Ledger
from kanban_hub.ports import WantedLamps
from kanban_protocol.codec import encode
from kanban_protocol.link import Link
from kanban_protocol.messages import (
    AssignedSlot,
    Assignment,
    Command,
    DisplayLine,
    HubHeartbeat,
    HubStatus,
    LampPattern,
    LampState,
    Receipts,
    Side,
    Stack,
    Sync,
)
from kanban_protocol.topics import Down, Hub, Topics

log = logging.getLogger(__name__)

RECEIPTS_A_MESSAGE = 32


class Outlet:
    """Turns what was committed into messages. What does not go out is said again at the next connection."""

    def __init__(self, link: Link, topics: Topics, boot: str) -> None:
        self._link = link
        self._topics = topics
        self._boot = boot
        self._heartbeats = 0

    def receipts(self, words: Iterable[Word]) -> None:
        """The hub's word, one message for several signals of one station and epoch."""
        for station, message in messages_of(words):
            self._link.publish(self._topics.down(station, Down.RECEIPTS), encode(message))

    def lamps(self, epoch: str, wanted: Iterable[WantedLamps]) -> None:
        for one in wanted:
            message = lamp_state(epoch, one)
            self._link.publish(self._topics.down(one.station, Down.LAMPS), encode(message), retain=True)

    def sync(self, station: str, epochs: dict[str, int]) -> None:
        # 64 epochs are 64 new or damaged outboxes; the newest word is on those that still send.
        message = Sync(v=1, epochs=dict(list(epochs.items())[-64:]))
        self._link.publish(self._topics.down(station, Down.SYNC), encode(message), retain=True)

    def assignments(self, ledger: Ledger, floor: Floor) -> None:
        for station in ledger.stations(floor):
            message = assignment_of(floor, station)
            topic = self._topics.down(station, Down.ASSIGNMENT)
            self._link.publish(topic, encode(message), retain=True)

    def command(self, station: str, command: Command) -> bool:
        """Never retained: who comes later must not blink for what somebody wanted before. False: not sent."""
        return self._link.publish(self._topics.down(station, Down.COMMAND), encode(command))

    def everything(self, ledger: Ledger, floor: Floor) -> None:
        """Say all that is retained again. The status comes last: fresh means that all the rest is there."""
        self.assignments(ledger, floor)
        for station in ledger.stations(floor):
            self.sync(station, ledger.progress.of_station(station))
        self.lamps(ledger.epoch, ledger.lamps.values())
        self.status(ledger.epoch, is_online=True)

    def status(self, epoch: str, *, is_online: bool) -> None:
        payload = encode(HubStatus(v=1, online=is_online, epoch=epoch, boot=self._boot))
        self._link.publish(self._topics.hub(Hub.STATUS), payload, retain=True)

    def heartbeat(self, commit_age_ms: int) -> None:
        """Only the thread that commits calls this, after a commit: a hub that cannot commit is silent."""
        self._heartbeats += 1
        message = HubHeartbeat(v=1, boot=self._boot, count=self._heartbeats, commit_age_ms=commit_age_ms)
        self._link.publish(self._topics.hub(Hub.HEARTBEAT), encode(message), qos=0)


def messages_of(words: Iterable[Word]) -> Iterator[tuple[str, Receipts]]:
    """`words` as messages, each with the station that it is for; within an epoch in their order."""
    ordered = sorted(words, key=_addressee)
    for (station, epoch), group in groupby(ordered, key=_addressee):
        receipts = [word.receipt for word in group]
        for start in range(0, len(receipts), RECEIPTS_A_MESSAGE):
            yield station, Receipts(v=1, epoch=epoch, signals=receipts[start : start + RECEIPTS_A_MESSAGE])


def _addressee(word: Word) -> tuple[str, str]:
    return word.station, word.epoch


def lamp_state(epoch: str, wanted: WantedLamps) -> LampState:
    """The wanted lamps as stations are told them."""
    lamps = wanted.lamps
    colours = (lamps.stack.red, lamps.stack.amber, lamps.stack.green)
    red, amber, green = (LampPattern(colour) for colour in colours)
    return LampState(
        v=1,
        epoch=epoch,
        revision=wanted.revision,
        as_of=wanted.as_of_ms,
        slots={str(slot): LampPattern(pattern) for slot, pattern in lamps.slots.items()},
        stack=Stack(red=red, amber=amber, green=green),
        because=list(wanted.because),
        display=[DisplayLine(slot=slot, text=text) for slot, text in displaytext.texts(lamps).items()],
    )


def assignment_of(floor: Floor, station: str) -> Assignment:
    """What the slots of `station` mean, as it is told."""
    slots = []
    for slot, loop in sorted(floor.plant.slots_at(station).items()):
        side = loop.side_of(station)
        if side is not None:
            name = floor.plant.item_name(loop)[:80]
            slots.append(AssignedSlot(slot=slot, loop=loop.id, side=Side(side), item=name))
    return Assignment(v=1, slots=slots)

"""What stands where: all cards and calls of a plant, as its events add up. One owner, no I/O, no clock."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kanban_hub.domain import callfacts
from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card, LastMove
from kanban_hub.domain.errors import Reason, UnknownError
from kanban_hub.domain.events import (
    CallEvent,
    CallRaised,
    CardCounted,
    CardEnding,
    CardIssued,
    CardMadeRegular,
    CardMoved,
    CardObsoleted,
    CardStood,
    CardSuspected,
    Event,
    Occasion,
    RecordEvent,
)
from kanban_hub.domain.index import CardIndex, last_signal, replaced
from kanban_hub.domain.moves import Move, Standing, State
from kanban_hub.domain.plant import KanbanLoop, Plant
from kanban_hub.domain.recall import Recall
from kanban_hub.domain.records.record import Record
from kanban_hub.domain.records.registry import RECORDS
from kanban_hub.domain.records.size import LoopSize

# Calls that are over are looked back to by the line stop and an undo; the store knows all of them.
CALLS_KEPT = 2_000
SUSPECT = "suspect: a sister container failed"


AnyRecord = TypeVar("AnyRecord", bound=Record)


class Floor:
    """The state of the plant. `apply` is the only thing that changes it."""

    def __init__(
        self,
        plant: Plant,
        cards: Iterable[Card] = (),
        calls: Iterable[AndonCall] = (),
        records: Iterable[Record] = (),
    ) -> None:
        self.plant = plant
        self.records: dict[tuple[str, str], Record] = {}
        self._of_kind: defaultdict[str, dict[str, Record]] = defaultdict(dict)
        for record in records:
            self._put_record(record)
        self.cards: dict[str, Card] = {}
        self.by_signal = CardIndex(last_signal)  # by the signal behind their last move
        self.stand_ins = CardIndex(replaced)  # by the quarantined card that they replace
        self.recall = Recall()
        self.calls: dict[str, AndonCall] = {call.id: call for call in calls}
        self._live: defaultdict[str, dict[str, Card]] = defaultdict(dict)  # by loop, in order of number
        self._highest: defaultdict[str, int] = defaultdict(int)
        for card in sorted(cards, key=lambda card: card.number):
            self._put(card)

    def loop(self, loop: str) -> KanbanLoop:
        if loop not in self.plant.loops:
            raise UnknownError(Reason.UNKNOWN_LOOP, f"no loop {loop}")
        return self.plant.loops[loop]

    def card(self, card: str) -> Card:
        """The card of exactly this number: a part of a number matches nothing."""
        if card not in self.cards:
            raise UnknownError(Reason.UNKNOWN_CARD, f"no card {card}")
        return self.cards[card]

    def cards_of(self, loop: str) -> list[Card]:
        """All cards of a loop that are not void, by number."""
        return list(self._live[loop].values())

    def records_of(self, kind: type[AnyRecord], *, only_open: bool = True) -> list[AnyRecord]:
        """All records of a kind, in the order in which they began."""
        records = self._of_kind[kind.kind].values()
        return [r for r in records if isinstance(r, kind) and (r.is_open or not only_open)]

    def record(self, kind: type[AnyRecord], record_id: str) -> AnyRecord | None:
        """The record of exactly this id, open or closed."""
        found = self.records.get((kind.kind, record_id))
        if found is None:  # mostly; and to ask a protocol whether it fits is slow
            return None
        return found if isinstance(found, kind) else None

    def touched_records(self, events: Iterable[Event]) -> list[Record]:
        """The records that `events` began or changed, each once."""
        keys = {(event.record, event.record_id) for event in events if isinstance(event, RecordEvent)}
        return [self.records[key] for key in sorted(keys)]

    @property
    def sizes(self) -> dict[str, LoopSize]:
        """What each loop must have, by its events."""
        return {size.id: size for size in self.records_of(LoopSize)}

    def next_card_id(self, loop: KanbanLoop, ahead: int = 0) -> str:
        """A number that was never given: void numbers stay void for ever."""
        return loop.card_id(self._highest[loop.id] + 1 + ahead)

    def open_calls(self, station: str | None = None) -> list[AndonCall]:
        calls = (call for call in self.calls.values() if call.is_open)
        return [call for call in calls if station in (None, call.station)]

    def twin(self) -> "Floor":
        """The same floor once more, to try something out on it."""
        other = Floor(self.plant, self.cards.values(), self.calls.values(), self.records.values())
        other.recall = self.recall.twin()
        return other

    def apply(self, event: Event, occasion: Occasion) -> None:
        """Let `event` have happened. Never refuses: what may happen was decided before."""
        match event:
            case CardIssued():
                self._issue(event, occasion)
            case CardMoved():
                self._move(event, occasion)
            case RecordEvent():
                self._record(event, occasion)
            case CallEvent():
                self._call(event, occasion)
            case _:
                self._change(event)

    def _put(self, card: Card) -> None:
        for index in (self.by_signal, self.stand_ins):
            index.put(card, self.cards.get(card.id))
        self.cards[card.id] = card
        self._highest[card.loop] = max(self._highest[card.loop], card.number)
        if card.is_void:
            self._live[card.loop].pop(card.id, None)
        else:
            self._live[card.loop][card.id] = card

    def _issue(self, event: CardIssued, occasion: Occasion) -> None:
        at_ms = occasion.moment.at_ms
        card = Card(
            id=event.card,
            loop=event.loop or "",
            state=event.state,
            since_ms=at_ms,
            asked_ms=None if event.state is State.FULL else at_ms,
            replaces=event.replaces,
            is_temporary=event.is_temporary,
            quantity=event.quantity,
            cycles_left=event.cycles_left,
            expires_ms=event.expires_ms,
        )
        known = self.cards.get(event.succeeds or "")
        if known is not None:  # the container is the same, only its card is another one
            card = replace(
                card,
                since_ms=known.since_ms,
                asked_ms=known.asked_ms,
                filled_ms=known.filled_ms,
                lot=known.lot,
                ends_at_pull=known.ends_at_pull,
            )
        if occasion.signal is not None:
            card = replace(card, last=_last(Move.RELEASE, event.state, occasion))
        self._put(card)

    def _move(self, event: CardMoved, occasion: Occasion) -> None:
        last = _last(event.move, event.before, occasion)
        self._put(self.cards[event.card].moved(event.after, last, event.contents))
        self.recall.remember(event, occasion)

    def _change(self, event: Event) -> None:
        match event:
            case CardStood():
                card = replace(
                    self.cards[event.card],
                    standing=event.standing,
                    hold_reason=event.reason,
                    suspect_of=None,
                )
            case CardSuspected():
                card = replace(
                    self.cards[event.card],
                    standing=Standing.HELD,
                    hold_reason=SUSPECT,
                    suspect_of=event.sister,
                )
            case CardCounted():
                contents = event.contents
                card = replace(self.cards[event.card], quantity=contents.quantity, lot=contents.lot)
            case CardObsoleted():
                card = self.cards[event.card]
                card = replace(card, is_obsolete=True, quantity=card.quantity or event.quantity)
            case CardMadeRegular():
                card = self.cards[event.card]
                replaces = None if card.state is State.FULL else card.replaces
                card = replace(card, is_temporary=False, replaces=replaces)
            case CardEnding():
                card = replace(self.cards[event.card], ends_at_pull=True)
            case _:
                return
        self._put(card)

    def _record(self, event: RecordEvent, occasion: Occasion) -> None:
        key = (event.record, event.record_id)
        known = self.records.get(key)
        kind = RECORDS[event.record]
        self._put_record(known.after(event, occasion) if known else kind.first(event, occasion))

    def _put_record(self, record: Record) -> None:
        self.records[record.kind, record.id] = self._of_kind[record.kind][record.id] = record

    def _call(self, event: CallEvent, occasion: Occasion) -> None:
        if not isinstance(event, CallRaised):
            known = self.calls.get(event.call)
            if known is not None:  # one solved long ago may be closed when it is no longer kept
                self.calls[event.call] = callfacts.after(known, event, occasion)
            return
        self.calls[event.call] = callfacts.first(event, occasion)
        if len(self.calls) > CALLS_KEPT:
            over = next((call.id for call in self.calls.values() if not call.is_open), None)
            self.calls.pop(over or "", None)
        if occasion.signal is not None:
            self.recall.keep(occasion.signal, occasion)


def _last(move: Move, before: State, occasion: Occasion) -> LastMove:
    return LastMove(move, before, occasion.moment, occasion.station, occasion.signal, occasion.how)

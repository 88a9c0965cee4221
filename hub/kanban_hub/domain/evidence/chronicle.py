"""What the figures are made from: the events of the last time, without what was taken back. In bounds."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import (
    CallMoved,
    CallRaised,
    CardCounted,
    CardIssued,
    CardMoved,
    CardStood,
    CardSuspected,
    Event,
    PulledTooFast,
    PullRepeated,
    SignalRefused,
)
from kanban_hub.domain.evidence.reading import (
    CardEvent,
    Recorded,
    after,
    ends_at_pull,
    is_request,
    pieces,
    takes_back,
)
from kanban_hub.domain.evidence.step import Place, Sighting, Step, place
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.records.promise import PromiseMade

DAY_MS = 86_400_000
_FACTS = (CallRaised, CallMoved, PullRepeated, PulledTooFast, PromiseMade, SignalRefused)


@dataclass(frozen=True)
class Bounds:
    """How much is kept: a step takes about 200 bytes, a fact about 400."""

    age_ms: int = 92 * DAY_MS
    steps: int = 250_000
    facts: int = 50_000


@dataclass(frozen=True, slots=True)
class Fact:
    """An event that changes no card: a call, a refusal, a repeated or hasty pull, a promise."""

    number: int
    at_ms: int
    station: str | None
    event: Event


class Chronicle:
    """Takes the events in the order of their numbers.

    Begun in mid-history it is given the `cards` as they stand after the last event there is. A card that is
    then first met by a change of its standing is believed to have been in the state that it has now.
    """

    def __init__(self, bounds: Bounds | None = None, cards: Iterable[Card] = ()) -> None:
        self._bounds = bounds or Bounds()
        self._steps: deque[Step] = deque()
        self._facts: deque[Fact] = deque()
        self._taken_back: set[int] = set()  # numbers of steps
        self._moved: dict[str, Step] = {}  # by card: its last move, or its issue
        self._names: dict[str, str] = {}  # each name once, however often it is read
        self._places: dict[str, Place] = {}
        self._opening: dict[str, tuple[str, Place]] = {}
        self._met: set[str] = set()
        self._lost = 0  # the number of the event by which a card was last lost
        self.sightings: dict[str, Sighting] = {}
        self.from_ms: int | None = None  # since when nothing is missing
        for card in cards:
            self._places[card.id] = place(card.state, card.standing)
            if not card.is_void:
                self._opening[card.id] = (card.loop, self._places[card.id])

    def take(self, recorded: Recorded) -> None:
        """Let an event be known."""
        event, moment = recorded.event, recorded.occasion.moment
        self.from_ms = moment.at_ms if self.from_ms is None else self.from_ms
        if isinstance(event, CardEvent):
            self._take_card(recorded, event)
            if isinstance(event, CardStood) and event.standing is Standing.LOST:
                self._lost = recorded.number
        elif isinstance(event, _FACTS):
            self._facts.append(Fact(recorded.number, moment.at_ms, recorded.occasion.station, event))
        card = getattr(event, "card", None)
        if card is not None:
            self.sight(card, recorded)
        self._forget(moment.received_ms - self._bounds.age_ms)

    def sight(self, card: str, recorded: Recorded) -> None:
        """A card was seen. What the hub or a page did to it is no sighting where a station saw it."""
        station = recorded.occasion.station
        if station is not None or card not in self.sightings:
            at_ms = recorded.occasion.moment.at_ms
            self.sightings[card] = Sighting(recorded.number, at_ms, station, recorded.event.kind)

    def steps(self) -> Iterator[Step]:
        """Every step that stands, in the order of the events."""
        return (step for step in self._steps if step.number not in self._taken_back)

    def facts(self) -> Iterator[Fact]:
        """What changed no card, in the order of the events."""
        return iter(self._facts)

    def opening(self) -> dict[str, tuple[str, Place]]:
        """By card: its loop, and where it was before the first step."""
        return dict(self._opening)

    def _take_card(self, recorded: Recorded, event: CardEvent) -> None:
        last = self._moved.get(event.card)
        if last is not None and takes_back(event, recorded.occasion, last):
            self._take_back(last, event)
            return
        before = self._before(event)
        if event.card not in self._met:
            self._meet(event, before)
        if ends_at_pull(recorded, event, last):
            self._steps[-1] = replace(self._steps[-1], is_request=False)
        step = self._step(recorded, event, before)
        self._steps.append(step)
        self._places[event.card] = step.after
        if isinstance(event, CardMoved | CardIssued):
            self._moved[event.card] = step

    def _step(self, recorded: Recorded, event: CardEvent, before: Place | None) -> Step:
        last = self._moved.get(event.card)
        return Step(
            number=recorded.number,
            at_ms=max(recorded.occasion.moment.at_ms, last.at_ms if last else 0),
            loop=self._name(event.loop),
            card=self._name(event.card),
            station=self._name(recorded.occasion.station) or None,
            move=event.move if isinstance(event, CardMoved) else None,
            before=before,
            after=after(event, before),
            is_request=is_request(event) and not self._is_successor(recorded),
            pieces=pieces(event),
        )

    def _is_successor(self, recorded: Recorded) -> bool:
        """A lost card's successor is issued with its loss: it asks for no other container."""
        return isinstance(recorded.event, CardIssued) and recorded.number == self._lost + 1

    def _take_back(self, last: Step, event: CardEvent) -> None:
        """Neither the move nor its undo ever was. What became of its standing since then stays."""
        self._taken_back.add(last.number)
        del self._moved[event.card]
        if last.before is not None:
            self._places[event.card] = place(last.before.state, self._places[event.card].standing)

    def _meet(self, event: CardEvent, before: Place | None) -> None:
        self._met.add(event.card)
        self._opening.pop(event.card, None)
        if before is not None:
            self._opening[event.card] = (event.loop or "", before)

    def _before(self, event: CardEvent) -> Place | None:
        known = self._places.get(event.card)
        match event:
            case CardMoved():
                is_known = known is not None and event.card in self._met
                return place(event.before, known.standing if known and is_known else Standing.ACTIVE)
            case CardStood() if event.card not in self._met:
                was = Standing.HELD if event.standing is Standing.ACTIVE else Standing.ACTIVE
                return place(known.state if known else State.FULL, was)
            case CardStood() | CardSuspected() | CardCounted():
                return known or place(State.FULL)
        return None

    def _name(self, name: str | None) -> str:
        return self._names.setdefault(name or "", name or "")

    def _forget(self, before_ms: int) -> None:
        while self._steps and (len(self._steps) > self._bounds.steps or self._steps[0].at_ms < before_ms):
            step = self._steps.popleft()
            self._nothing_before(step.at_ms)
            if step.number in self._taken_back:
                self._taken_back.discard(step.number)
            else:
                self._reopen(step)
        while self._facts and (len(self._facts) > self._bounds.facts or self._facts[0].at_ms < before_ms):
            self._nothing_before(self._facts.popleft().at_ms)

    def _reopen(self, step: Step) -> None:
        """`step` now lies before all that is kept. Of a void card nothing is left."""
        self._opening[step.card] = (step.loop, step.after)
        if step.after.standing in (Standing.LOST, Standing.RETIRED):
            del self._opening[step.card]
            for known in (self._moved, self._places, self.sightings):
                known.pop(step.card, None)
            self._met.discard(step.card)

    def _nothing_before(self, at_ms: int) -> None:
        self.from_ms = max(self.from_ms or 0, at_ms + 1)

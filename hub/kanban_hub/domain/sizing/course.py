"""What happened to the full containers of a loop: each step up or down, and which pull was behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kanban_hub.domain.card import Card
from kanban_hub.domain.events import (
    CardIssued,
    CardMoved,
    CardStood,
    CardSuspected,
    Event,
    Occasion,
    PullRepeated,
)
from kanban_hub.domain.moves import Move, Standing, State

Happened = tuple[Event, Occasion]
_Place = tuple[State, Standing]
_USABLE = (State.FULL, Standing.ACTIVE)


@dataclass(frozen=True)
class Want:
    """A container was wanted. `is_met` when one was there; then `back_ms` is when its card was full again.

    Several presses while nothing is full are one want: nobody empties a container that is not there.
    `is_measured` when the card came back on its usual way, so that the time says how long the way is.
    `is_undone` when the pull was taken back: nobody wanted anything. `is_last` when the card ended with it:
    the loop was one smaller from then on. `unheard_ms` is how long the press was on its way to the hub.
    """

    at_ms: int
    is_met: bool
    back_ms: int | None = None
    is_measured: bool = False
    is_undone: bool = False
    is_last: bool = False
    unheard_ms: int = 0


@dataclass(frozen=True)
class Step:
    """One full container more or fewer. `want` is the number of the want that it began or ended.

    A step without one is anything else: a hold, a fail, a card issued.
    """

    at_ms: int
    change: int
    want: int | None = None


@dataclass(frozen=True)
class Course:
    """The steps of a loop in the order in which the hub took them, from `full` containers at `from_ms` on.

    `cards` are the regular ones at its end. Time never runs back in it: a signal that came late counts from
    the latest time known then.
    """

    from_ms: int
    full: int
    cards: int
    steps: tuple[Step, ...]
    wants: tuple[Want, ...]


def course(events: Iterable[Happened], cards: Iterable[Card]) -> Course:
    """The course of one loop from its `events`; `cards` as they stand after the last of them."""
    events, cards = list(events), list(cards)
    places = _places_before(events, cards)
    walk = _Walk(places)
    for happened, after in zip(events, [*events[1:], *events[-1:]], strict=True):
        walk.take(happened, after)
    full = sum(place == _USABLE for place in places.values())
    regular = sum(not card.is_void and not card.is_temporary for card in cards)
    from_ms = events[0][1].moment.at_ms if events else 0
    return Course(from_ms, full, regular, tuple(walk.steps), tuple(walk.wants))


def _places_before(events: Sequence[Happened], cards: Iterable[Card]) -> dict[str, _Place]:
    """Where each card stood before the first of `events`, found by going back from where they stand now."""
    places = {card.id: (card.state, card.standing) for card in cards}
    for event, _ in reversed(events):
        match event:
            case CardIssued():
                places.pop(event.card, None)
            case CardMoved():
                _, standing = places.get(event.card, (event.after, Standing.ACTIVE))
                places[event.card] = (event.before, standing)
            case CardStood() | CardSuspected() if event.card in places:
                was = Standing.HELD if _standing(event) is Standing.ACTIVE else Standing.ACTIVE
                places[event.card] = (places[event.card][0], was)
    return places


def _standing(event: CardStood | CardSuspected) -> Standing:
    return event.standing if isinstance(event, CardStood) else Standing.HELD


def _is_held(issued: Happened, after: Happened) -> bool:
    """The successor of a held card is held in the same commit: it never stood there for use."""
    (issue, occasion), (stood, later) = issued, after
    is_same = getattr(issue, "card", None) == getattr(stood, "card", None) and later == occasion
    return isinstance(stood, CardStood | CardSuspected) and is_same


class _Walk:
    def __init__(self, places: dict[str, _Place]) -> None:
        self.steps: list[Step] = []
        self.wants: list[Want] = []
        self._places = dict(places)
        self._open: dict[str, int] = {}  # by card: the want for which it is away
        self._orphan: tuple[int, Occasion] | None = None  # the want whose card has just become void
        self._odd: set[int] = set()  # wants that another card than the pulled one ends
        self._at_ms = 0
        self._is_wanting = False
        self._unheard_ms = 0

    def take(self, happened: Happened, after: Happened) -> None:
        """Let it have happened; `after` is what came next."""
        event, occasion = happened
        self._at_ms = max(self._at_ms, occasion.moment.at_ms)
        self._unheard_ms = max(0, occasion.moment.received_ms - occasion.moment.at_ms)
        match event:
            case CardIssued():
                self._inherit(event, occasion)
                standing = Standing.HELD if _is_held(happened, after) else Standing.ACTIVE
                self._put(event.card, (event.state, standing), None)
            case CardMoved():
                self._put(event.card, (event.after, self._places[event.card][1]), event.move)
            case CardStood() | CardSuspected():
                self._stand(event, occasion)
            case PullRepeated(card=None) if occasion.how == "pull" and not self._is_wanting:
                self._want(is_met=False)

    def _stand(self, event: CardStood | CardSuspected, occasion: Occasion) -> None:
        standing = _standing(event)
        if standing in (Standing.LOST, Standing.RETIRED) and event.card in self._open:
            want = self._open.pop(event.card)
            self._orphan = (want, occasion)
            self.wants[want] = replace(self.wants[want], is_last=True)
        self._put(event.card, (self._places[event.card][0], standing), None)

    def _inherit(self, event: CardIssued, occasion: Occasion) -> None:
        """A successor or a replacement comes in the place of the card that was away for a want."""
        want = self._open.pop(event.replaces or "", None)
        if self._orphan is not None and self._orphan[1] == occasion:
            want = self._orphan[0]
            self.wants[want] = replace(self.wants[want], is_last=False)
        self._orphan = None
        if want is not None and event.state is not State.FULL:
            self._open[event.card] = want
            self._odd.add(want)

    def _put(self, card: str, place: _Place, move: Move | None) -> None:
        before, self._places[card] = self._places.get(card), place
        if before == _USABLE and move is Move.PULL:
            self._open[card] = self._want(is_met=True)
        elif before == _USABLE and place != _USABLE:
            self.steps.append(Step(self._at_ms, -1))
        elif place == _USABLE and before != _USABLE:
            self._return(card, move)

    def _want(self, *, is_met: bool) -> int:
        number = len(self.wants)
        self.wants.append(Want(self._at_ms, is_met, unheard_ms=self._unheard_ms))
        self.steps.append(Step(self._at_ms, -1, number))
        self._is_wanting = not is_met
        return number

    def _return(self, card: str, move: Move | None) -> None:
        want = self._open.pop(card, None)
        self._is_wanting = False
        if want is not None and move is Move.UNDO:
            self._take_back(want)
            want = None
        self.steps.append(Step(self._at_ms, 1, want))
        if want is not None:
            is_measured = move is Move.RECEIVE and want not in self._odd
            self.wants[want] = replace(self.wants[want], back_ms=self._at_ms, is_measured=is_measured)

    def _take_back(self, want: int) -> None:
        """The container went and came, and no pull was behind it."""
        self.wants[want] = replace(self.wants[want], is_undone=True)
        index = next(i for i, step in enumerate(self.steps) if step.want == want)
        self.steps[index] = replace(self.steps[index], want=None)

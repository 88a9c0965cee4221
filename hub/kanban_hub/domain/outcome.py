"""What the hub says to a request, and the facts that follow from it."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.events import CardMoved, Event, PullRepeated
from kanban_hub.domain.moves import Move, State


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """A text for the station, and what stands in its places. It is said in the station's language."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """As the events keep it, in the language of the source."""
        return self.text % dict(self.values) if self.values else self.text


def says(text: str, **values: object) -> Answer:
    """The answer `text`; the catalogues know it by this name."""
    return Answer(text, tuple(values.items()))


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    events: tuple[Event, ...] = ()
    card: str | None = None
    state: State | None = None
    text: Answer | None = None
    reason: str | None = None


def accepted(events: list[Event], card: Card | None = None, text: Answer | None = None) -> Outcome:
    """Taken. `card` is told with the state that the events bring it to."""
    if card is None:
        return Outcome(Verdict.ACCEPTED, tuple(events), text=text)
    moves = [event for event in events if isinstance(event, CardMoved) and event.card == card.id]
    state = moves[-1].after if moves else card.state
    return Outcome(Verdict.ACCEPTED, tuple(events), card.id, state, text)


def already(loop: str | None, text: Answer, card: Card | None = None) -> Outcome:
    """Good news: what was asked for is so already. Told and counted, nothing changes."""
    event = PullRepeated(loop, card.id if card else None, str(text))
    state = card.state if card else None
    return Outcome(Verdict.ALREADY, (event,), event.card, state, text)


def move(card: Card, kind: Move, after: State, contents: Contents | None = None) -> CardMoved:
    return CardMoved(card.loop, card.id, kind, card.state, after, contents)

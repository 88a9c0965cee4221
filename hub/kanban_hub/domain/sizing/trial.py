"""Try another number of cards for a time. Nobody has to remember to go back: the hub does."""

from collections.abc import Iterable
from dataclasses import replace

from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.planning import sized
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.trial import Trial, TrialEnded, TrialStarted
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.proposal import check

TRIAL_MOST_MS = 92 * 86_400_000
CARDS_MOST = 1_000


def start(floor: Floor, loop_id: str, cards: int, until: tuple[int, str], moment: Moment) -> list[Event]:
    """Give `loop_id` so many cards until a time in ms, for a reason: `until` is both.

    More cards are issued as full containers; of fewer each goes when it is next pulled. The plant keeps its
    own number until the trial is kept. Within a trial there is no other one: a number that changes before
    it was seen to work teaches nothing.
    Raises `SizingError` where it cannot be.
    """
    loop, (until_ms, reason) = floor.loop(loop_id), until
    check(loop, cards)
    known = floor.record(Trial, loop.id)
    if known is not None and known.is_open:
        raise SizingError(f"{loop.id}: a trial with {known.cards} cards runs; keep it or end it first")
    if cards > CARDS_MOST:
        raise SizingError(f"a loop has {CARDS_MOST} cards at most")
    before = floor.sizes[loop.id].cards
    if cards == before:
        raise SizingError(f"{loop.id} has {cards} cards: there is nothing to try")
    if not 0 < until_ms - moment.at_ms <= TRIAL_MOST_MS:
        raise SizingError(f"a trial lasts {TRIAL_MOST_MS // 86_400_000} days at most, and ends in the future")
    return [TrialStarted(loop.id, before, cards, until_ms, reason), *sized(floor, loop, cards)]


def keep(floor: Floor, loop_id: str) -> list[Event]:
    """What was tried holds from now on, in the plant as well."""
    trial = _running(floor, loop_id)
    return [TrialEnded(loop_id, trial.cards, is_kept=True)]


def end(floor: Floor, loop_id: str) -> list[Event]:
    """Go back to the number of before."""
    trial = _running(floor, loop_id)
    ended = TrialEnded(loop_id, trial.cards_before, is_kept=False)
    return [ended, *sized(floor, floor.loop(loop_id), trial.cards_before)]


def expired(floor: Floor, now_ms: int) -> list[Event]:
    """The trials whose time is over and that nobody kept, ended."""
    over = [trial.id for trial in floor.records_of(Trial) if trial.until_ms <= now_ms]
    return [event for loop in over for event in end(floor, loop)]


def plant_after(plant: Plant, events: Iterable[Event]) -> Plant:
    """`plant` with the numbers of cards that `events` keep; the same one when they keep none."""
    for event in events:
        loop = plant.loops.get(event.loop or "")
        if isinstance(event, TrialEnded) and event.is_kept and loop is not None:
            plant = plant.with_loop(replace(loop, cards=event.cards))
    return plant


def _running(floor: Floor, loop_id: str) -> Trial:
    known = floor.record(Trial, floor.loop(loop_id).id)
    if known is None or not known.is_open:
        raise SizingError(f"{loop_id}: no trial runs")
    return known

"""What every store promises about rollouts."""

from dataclasses import replace

from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.ports import Store
from kanban_hub.releases.rollout import Rollout, RolloutState, Turn, TurnState

ROLLOUT = Rollout(0, 12, (Turn("paint", 1), Turn("press", 2)), 600_000, force=False, made_ms=5)


def test_rollouts_come_back_as_they_were_saved_the_newest_first(store: Store) -> None:
    with store.rollouts() as book:
        first = book.add(ROLLOUT)
        assert book.running() == first
        turns = (replace(first.turns[0], state=TurnState.FAILED, fault="unsent", tries=2), first.turns[1])
        ended = replace(first, turns=turns, state=RolloutState.STOPPED, ended_ms=9)
        book.save(ended)
        second = book.add(replace(ROLLOUT, release=13))
    with store.rollouts(writes=False) as book:
        assert book.rollouts(5) == [second, ended]
        assert book.rollouts(1) == [second]
        assert book.running() == second


def test_what_is_ordered_stands_in_the_access_log_of_the_same_commit(store: Store) -> None:
    entry = AccessEntry(5, Access.UPDATE_ORDERED, "anna", "release 12")
    with store.rollouts() as book:
        assert book.running() is None
        book.note(entry)
    with store.accounts(writes=False) as accounts:
        assert accounts.log(5) == [entry]

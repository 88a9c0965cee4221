from collections.abc import Callable
from dataclasses import replace

import pytest

from kanban_hub.domain.andon import CallState
from kanban_hub.domain.moves import State
from kanban_hub.ports import Work
from kanban_hub.proof import rebuilt, rebuilt_faults
from tests.hub.bench import BRACKET, CASTING, HubBench, started


@pytest.fixture
def bench() -> HubBench:
    """Some work done: pulls, a step, a fail, a help call."""
    bench, _ = started()
    bench.press(1)
    bench.press(2)
    bench.press(3, "fail")
    bench.press(4, "help", body={})
    bench.press(1, "advance", station="paint", id="00000000-0000-0000-0000-00000000000a")
    return bench


def faults(bench: HubBench) -> list[str]:
    with bench.store.view() as view:
        return list(rebuilt_faults(view))


def test_the_cards_are_what_their_events_add_up_to(bench: HubBench) -> None:
    assert faults(bench) == []


def test_all_pages_of_the_events_are_read(bench: HubBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanban_hub.proof._PAGE", 2)
    with bench.store.view() as view:
        floor = view.floor()
        again = rebuilt(view, floor.plant)
    assert again.cards == floor.cards
    assert {size.id: size.cards for size in again.sizes.values()} == {
        "bracket": BRACKET.cards,
        "casting": CASTING.cards,
    }


def change_card(work: Work) -> None:
    card = work.floor().card("bracket-0001")
    work.save([replace(card, state=State.DONE)], [])


def change_call(work: Work) -> None:
    call = work.calls(only_open=True)[0]
    work.save([], [replace(call, state=CallState.TAKEN)])


def change_loop(work: Work) -> None:
    size = work.floor().sizes["bracket"]
    work.save_records([replace(size, cards=5)], 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_card, "card bracket-0001 is "),
        (change_call, "call call-"),
        (change_loop, "size bracket is LoopSize(id='bracket', cards=5"),
    ],
)
def test_what_was_changed_without_an_event_is_named(
    bench: HubBench, change: Callable[[Work], None], said: str
) -> None:
    with bench.store.transaction() as work:
        change(work)
    (fault,) = faults(bench)
    assert fault.startswith(said)

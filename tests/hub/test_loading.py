from dataclasses import replace

import pytest

from kanban_hub.domain.balance import balance
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import PlantFileError
from kanban_hub.loading import load_plant
from kanban_hub.proof import rebuilt_faults
from tests.hub.bench import BRACKET, CASTING, ITEMS, PLANT, STATIONS, HubBench, started


@pytest.fixture
def bench() -> HubBench:
    return started()[0]


def plant(*loops: object, site: str = "plant") -> Plant:
    return Plant(site, STATIONS, ITEMS, loops)  # type: ignore[arg-type]


def regular(bench: HubBench, loop: str) -> list[str]:
    with bench.store.view() as view:
        floor = view.floor()
        assert list(rebuilt_faults(view)) == []
    assert all(sheet.is_even for sheet in balance(floor))
    return [card.id for card in floor.cards_of(loop)]


def test_new_cards_begin_as_full_containers(bench: HubBench) -> None:
    assert regular(bench, "bracket") == ["bracket-0001", "bracket-0002", "bracket-0003", "bracket-0004"]
    with bench.store.view() as view:
        assert {card.state.value for card in view.floor().cards.values()} == {"full"}


def test_the_same_plant_again_changes_no_card(bench: HubBench) -> None:
    assert load_plant(bench.store, PLANT) == []


def test_a_loop_grows_by_new_numbers(bench: HubBench) -> None:
    load_plant(bench.store, plant(replace(BRACKET, cards=5), CASTING))
    assert regular(bench, "bracket")[-1] == "bracket-0005"


def test_of_a_smaller_loop_the_next_card_pulled_goes_for_ever(bench: HubBench) -> None:
    load_plant(bench.store, plant(replace(BRACKET, cards=3), CASTING))
    bench.press(1)
    assert regular(bench, "bracket") == ["bracket-0002", "bracket-0003", "bracket-0004"]
    bench.press(2, mono_ms=60_000)
    assert len(regular(bench, "bracket")) == 3


def test_a_number_that_went_never_comes_back(bench: HubBench) -> None:
    load_plant(bench.store, plant(replace(BRACKET, cards=3), CASTING))
    bench.press(1)
    load_plant(bench.store, plant(replace(BRACKET, cards=4), CASTING))
    assert regular(bench, "bracket") == ["bracket-0002", "bracket-0003", "bracket-0004", "bracket-0005"]


def test_a_loop_that_left_the_file_ends(bench: HubBench) -> None:
    load_plant(bench.store, plant(CASTING))
    assert regular(bench, "bracket") == []


def test_no_request_is_lost_by_a_loop_that_left_the_file(bench: HubBench) -> None:
    for seq in (1, 2, 3):
        bench.press(seq)
    with bench.store.view() as view:
        before = view.revision()
    with pytest.raises(PlantFileError, match="'bracket': 4 cards are to go and only 1 are full"):
        load_plant(bench.store, plant(CASTING))
    with bench.store.view() as view:
        assert view.revision() == before


def test_a_number_keeps_its_meaning(bench: HubBench) -> None:
    with pytest.raises(PlantFileError, match="give the new circuit a new id"):
        load_plant(bench.store, plant(replace(BRACKET, item="casting"), CASTING))


def test_a_hub_serves_one_site(bench: HubBench) -> None:
    with pytest.raises(PlantFileError, match="this hub is site 'plant', the file is site 'other'"):
        load_plant(bench.store, plant(BRACKET, CASTING, site="other"))

from dataclasses import replace
from pathlib import Path

import pytest

from kanban_hub import plantfile
from kanban_hub.domain.balance import balance
from kanban_hub.domain.errors import PlantMovedError
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import PlantFileError
from kanban_hub.loading import change_plant, load_plant
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdiff import Became, RowChange, SettingChange
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
    with pytest.raises(PlantFileError, match="This hub is site 'plant', the file is site 'other'"):
        load_plant(bench.store, plant(BRACKET, CASTING, site="other"))


def test_a_load_keeps_what_became_different_and_the_plant_of_before(bench: HubBench) -> None:
    load_plant(bench.store, plant(replace(BRACKET, cards=5), CASTING))
    with bench.store.view() as view:
        newest, first = view.plant_changes(10)
        assert newest.number == view.plant_revision()
    assert (newest.way, newest.role) == (PlantWay.FILE, None)
    more = SettingChange("cards", 4, 5)
    assert newest.difference == (RowChange("loops", "bracket", Became.CHANGED, (more,)),)
    assert newest.before is not None
    assert vars(plantfile.parse(newest.before, Path("before"))) == vars(PLANT)
    assert first.before is None
    assert {row.became for row in first.difference} == {Became.ADDED}


def test_a_load_that_changes_nothing_leaves_no_trace(bench: HubBench) -> None:
    load_plant(bench.store, PLANT)
    with bench.store.view() as view:
        assert len(view.plant_changes(10)) == 1


def test_who_looked_at_another_plant_changes_nothing(bench: HubBench) -> None:
    with bench.store.view() as view:
        seen = view.plant_revision()
    load_plant(bench.store, plant(replace(BRACKET, cards=5), CASTING))
    with pytest.raises(PlantMovedError) as caught:
        change_plant(bench.store, ChangePlant(plant(CASTING), seen), "admin")
    assert caught.value.revision == seen + 1
    assert len(regular(bench, "bracket")) == 5
    change_plant(bench.store, ChangePlant(plant(CASTING), seen + 1), "admin")
    with bench.store.view() as view:
        assert view.plant_changes(1)[0].role == "admin"

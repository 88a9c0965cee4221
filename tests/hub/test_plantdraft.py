"""Changes of a plant, weighed before they are made."""

from typing import Any

import pytest

from kanban_hub import plantfile
from kanban_hub.cardeffect import CardEffect, Effect
from kanban_hub.domain.floor import Floor
from kanban_hub.plantdiff import Became
from kanban_hub.plantdraft import Tables, row_of, weigh, with_row, without_row
from tests.hub.domain.shopfloor import Shopfloor


@pytest.fixture
def shop() -> Shopfloor:
    return Shopfloor()


def tables(floor: Floor) -> Tables:
    return plantfile.tables_of(floor.plant)


def changed(floor: Floor, **settings: Any) -> Tables:
    row = row_of(tables(floor), "loops", "bracket")
    assert row is not None
    return with_row(tables(floor), "loops", "bracket", {**row, **settings})


def test_the_plant_as_it_is_has_no_difference(shop: Shopfloor) -> None:
    weighed = weigh(shop.floor, tables(shop.floor))
    assert (weighed.faults, weighed.difference, weighed.cards) == ((), (), ())
    assert weighed.plant is not None


def test_more_cards_are_issued_by_number(shop: Shopfloor) -> None:
    weighed = weigh(shop.floor, changed(shop.floor, cards=6))
    assert weighed.cards == (CardEffect("bracket", Effect.ISSUED, 2, ("bracket-0005", "bracket-0006")),)


def test_of_fewer_cards_the_count_is_told_that_goes(shop: Shopfloor) -> None:
    weighed = weigh(shop.floor, changed(shop.floor, cards=1))
    assert weighed.cards == (CardEffect("bracket", Effect.SURPLUS, 3),)
    assert shop.floor.plant.loops["bracket"].cards == 4, "it was only weighed"


def test_another_quantity_exchanges_the_cards(shop: Shopfloor) -> None:
    (effect,) = weigh(shop.floor, changed(shop.floor, container_quantity=10)).cards
    assert (effect.effect, effect.count) == (Effect.EXCHANGED, 4)


def test_a_loop_that_is_taken_out_ends_with_its_cards(shop: Shopfloor) -> None:
    weighed = weigh(shop.floor, without_row(tables(shop.floor), "loops", "bracket"))
    assert [(one.effect, one.count) for one in weighed.cards] == [(Effect.RETIRED, 4), (Effect.ENDED, 0)]
    assert [row.became for row in weighed.difference] == [Became.REMOVED]


def test_what_stands_in_the_way_is_said_at_its_setting(shop: Shopfloor) -> None:
    weighed = weigh(shop.floor, changed(shop.floor, supplier="castings-inc"))
    assert [fault.where for fault in weighed.faults] == ["loops[0].supplier"]
    assert weighed.plant is None
    shop.pull()
    gone = weigh(shop.floor, without_row(tables(shop.floor), "loops", "bracket"))
    assert [(fault.where, "only 3 are full" in fault.text) for fault in gone.faults] == [("", True)]


def test_every_fault_of_form_and_then_of_content_is_told(shop: Shopfloor) -> None:
    bad = changed(shop.floor, cards="four", batch=0)
    assert {fault.where for fault in weigh(shop.floor, bad).faults} == {"loops[0].cards", "loops[0].batch"}
    bad = changed(shop.floor, batch=9, pulls="nothing")
    assert {fault.where for fault in weigh(shop.floor, bad).faults} == {"loops[0].batch", "loops[0].pulls"}


def test_the_first_plant_is_weighed_against_nothing() -> None:
    weighed = weigh(None, {"site": "plant"})
    assert weighed.plant is not None
    assert [row.became for row in weighed.difference] == [Became.ADDED]

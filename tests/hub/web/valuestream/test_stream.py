"""The value-stream map as a page: what the symbols say, and where each figure leads."""

from dataclasses import replace

import pytest

from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, LoopKind, Plant, Station
from kanban_hub.web.valuestream.picture import seconds
from tests.hub.web.ask import get
from tests.hub.web.site import HOSTILE, PLANT, Site
from tests.hub.web.supplier.visitor import text_of

ALL_STEPS = (Move.ACCEPT, Move.START, Move.FINISH, Move.SHIP)
LOOP = KanbanLoop("x", "bracket", "paint", "assembly", 20, 4)


def html(site: Site, url: str = "/map/values", status: int = 200) -> str:
    response = site.client().get(url)
    assert response.status_code == status
    return response.get_data(as_text=True)


def read(site: Site, url: str = "/map/values") -> str:
    return text_of(site.client().get(url))


def chain(**changes: object) -> Plant:
    """Castings, paint, assembly: with the steps of each container marked."""
    loops = [
        replace(PLANT.loops["bracket"], steps=ALL_STEPS, **changes),  # type: ignore[arg-type]
        PLANT.loops["casting"],
    ]
    return Plant("plant", PLANT.stations.values(), PLANT.items.values(), loops)


def bring(site: Site, station: str, consumer: str, loop: str, presses: int) -> None:
    site.signal(consumer, "pull", loop=loop)
    for _ in range(presses):
        site.hand.seconds += 30
        site.signal(station, "advance", loop=loop)
    cards = get(site.client(), f"/api/v1/cards?loop={loop}")["items"]
    (card,) = [one["id"] for one in cards if one["state"] == "in_transit"]
    site.hand.seconds += 30
    site.signal(consumer, "scan", code=card)


def test_stock_is_told_in_containers_pieces_and_time(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    page = read(site)

    assert "3 of 4 full 60 pieces lasts 2 h" in page
    assert "1 of 4" in page


def test_the_ladder_has_the_measured_lead_time_and_the_time_of_work(site: Site) -> None:
    site.load(chain())
    for _ in range(2):
        bring(site, "paint", "assembly", "bracket", 4)
        site.hand.seconds += 60
    page = read(site)

    assert "Lead time 62 min, partly planned" in page, "castings have delivered nothing yet"
    assert "Somebody works on it 30 s" in page
    assert "1.5 s a piece" in page, "20 pieces in 30 s"
    assert "planned" in page
    assert 'href="/reports/lead-times?loop=bracket"' in html(site)


def test_what_is_planned_is_said_to_be(site: Site) -> None:
    assert "2 h planned" in read(site)


def test_suppliers_outside_and_the_customer_are_factories(site: Site) -> None:
    page = html(site)

    assert HOSTILE not in page
    assert page.count('class="process outside"') == 2
    assert "Customer" in page
    assert "30 pieces/h" in page


@pytest.mark.parametrize(
    ("loop", "look", "word"),
    [
        (replace(LOOP, kind=LoopKind.SIGNAL, cards=1, lot_containers=3), "M0 0H34L17 24Z", "signal kanban"),
        (replace(LOOP, pulls="made"), "hatched", "withdrawal kanban"),
        (LOOP, "M0 0H28L34 6V24H0Z", "production kanban"),
    ],
)
def test_each_kind_of_kanban_has_its_sign(site: Site, loop: KanbanLoop, look: str, word: str) -> None:
    made = KanbanLoop("made", "bracket", "castings", "paint", 20, 4)
    site.load(
        Plant("plant", PLANT.stations.values(), PLANT.items.values(), [*PLANT.loops.values(), made, loop])
    )
    page = html(site).partition("What the signs mean")[0]

    assert look in page
    assert f"{word} of Bracket, left" in page


def test_a_loop_without_a_full_container_stands_out(site: Site) -> None:
    for _ in range(4):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60

    assert 'class="stock out"' in html(site)
    assert "0 of 4 full none left" in read(site)


def test_what_is_made_and_on_the_way_is_inventory(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    for _ in range(2):
        site.signal("paint", "advance", loop="bracket")

    assert "1 on the way" in read(site)


def test_one_end_of_the_chain_shows_what_it_needs(site: Site) -> None:
    stations = [*PLANT.stations.values(), Station("packing", "Packing")]
    other = KanbanLoop("box", "casting", "castings", "packing", 5, 2)
    site.load(Plant("plant", stations, PLANT.items.values(), [*PLANT.loops.values(), other]))
    assert "Packing" in read(site)

    page = read(site, "/map/values?loop=bracket")

    assert "Packing" not in page.partition("Stock and ways")[2]
    assert 'value="bracket" translate="no" selected' in html(site, "/map/values?loop=bracket")
    assert "Packing" in read(site, "/map/values?loop=nonsense")


def test_a_station_tells_how_long_it_runs(site: Site) -> None:
    site.hear("paint")
    page = read(site)

    assert "Runs for 0 s" in page
    assert "Runs for not heard yet" in page
    site.hand.seconds += 100
    assert "Runs for silent" in read(site)


def test_a_time_that_is_none_is_told(site: Site) -> None:
    assert "Write it like" in html(site, "/map/values?from=yesterday", 400)


def test_a_plant_without_loops_is_a_map_without_stock(site: Site) -> None:
    site.load(Plant("plant", [Station("a", "Alone")], [Item("i", "I")]))

    assert "Alone" in read(site)


def test_the_size_keeps_time_and_end(site: Site) -> None:
    page = html(site, "/map/values?span=week&loop=bracket&zoom=75")

    assert "/map/values?span=week&amp;loop=bracket&amp;zoom=100" in page


@pytest.mark.parametrize(
    ("value", "text"), [(1.25, "1.2 s"), (9.99, "10 s"), (42.4, "42 s"), (600, "10 min")]
)
def test_few_seconds_are_told_in_tenths(value: float, text: str) -> None:
    assert seconds(value) == text

from threading import Event
from typing import Any

from kanban_simulator.change import Changes
from kanban_simulator.line import Report
from kanban_simulator.panel import Plate
from kanban_simulator.sight import PanelState, Sight, sight
from kanban_simulator.web import HubPages, Tile, floor_app

LAMPS = ["slot-1", "red", "amber", "green"]


class StillStation:
    """A station on which nothing happens."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.buttons = {"slot-1": None}
        self.has_scanner = False

    def sight(self) -> Sight:
        return sight(LAMPS, Report(patterns={"slot-1": "slow"}), power=True, network=True)

    def state(self) -> PanelState:
        return self.sight().panel


def client(welcome: str | None = None) -> Any:
    tiles = {
        name: Tile(StillStation(name), Plate(title, {1: "Bracket & co"}))  # type: ignore[arg-type]  # a fake
        for name, title in (("paint", "Paint shop"), ("assembly", "Final assembly"))
    }
    return floor_app(tiles, HubPages(8081, welcome), Changes(), Event()).test_client()


def test_the_front_page_has_a_tile_for_each_station_and_the_board() -> None:
    page = client().get("/", headers={"Host": "factory.local:8080"}).get_data(as_text=True)

    assert 'href="stations/paint/"' in page
    assert 'href="stations/assembly/"' in page
    assert 'href="http://factory.local:8081/"' in page
    assert 'href="http://factory.local:8081/login"' in page


def test_the_front_page_lets_a_visitor_in_once() -> None:
    page = client("/welcome/abc").get("/", headers={"Host": "factory.local:8080"}).get_data(as_text=True)

    assert 'href="http://factory.local:8081/welcome/abc"' in page


def test_each_station_has_its_page_and_panel_below_its_own_address() -> None:
    site = client()

    assert "Bracket &amp; co" in site.get("/stations/paint/").get_data(as_text=True)
    assert site.get("/stations/assembly/panel").json["slots"] == {"1": "slow"}
    assert site.get("/stations/nowhere/panel").status_code == 404


def test_an_address_without_its_slash_leads_to_the_page() -> None:
    answer = client().get("/stations/paint")

    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/stations/paint/")


def test_one_stream_tells_of_all_stations() -> None:
    answer = client().get("/events")
    lines = iter(answer.response)
    next(lines)
    event = next(lines)
    answer.close()

    assert b'"paint":{' in event
    assert b'"assembly":{' in event

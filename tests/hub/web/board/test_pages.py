import html
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kanban_hub.domain.line import Line
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import StoreError
from kanban_hub.presence import SILENT_AFTER_S
from kanban_hub.web.board.easel import KEEP_S
from kanban_hub.web.board.pages import picture
from kanban_hub.web.board.query import Query
from kanban_hub.web.board.tiles import Tiles
from kanban_hub.web.frame import PART_HEADER
from tests.hub.web.ask import get, order
from tests.hub.web.site import HOSTILE, PLANT, Site


def inside_of(client: FlaskClient, **headers: str) -> TestResponse:
    """What the open page asks for."""
    return client.get("/", headers={PART_HEADER: "inside", **headers})


def text_of(client: FlaskClient) -> str:
    response = inside_of(client)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return plain(response)


def plain(response: TestResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", html.unescape(text))


def later(site: Site, seconds: float = KEEP_S * 2) -> None:
    site.hand.seconds += seconds


def test_the_page_is_complete_without_scripts(client: FlaskClient) -> None:
    text = plain(client.get("/"))

    assert "Bracket, left" in text
    assert "4 of 4 full" in text
    assert "nothing asked" in text


def test_every_card_has_a_shape_and_a_word(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    inside = inside_of(client).get_data(as_text=True)

    card = re.search(r'<a class="card requested".*?</a>', inside, re.DOTALL)
    assert card
    assert 'href="#shape-requested"' in card[0]
    assert ">0001<" in card[0]
    assert ">requested<" in card[0]


def test_every_shape_that_is_used_is_drawn(site: Site, client: FlaskClient) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', client.get("/").get_data(as_text=True)))

    states = get(client, "/api/v1/loops/bracket")["counts"]

    assert {f"shape-{state}" for state in states} | {"shape-held", "shape-call", "shape-silent"} <= drawn


def test_a_supplier_sees_its_queue_in_order_with_the_time_left(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    text = text_of(client)

    assert "1 Bracket, left 0 s to spare for Final assembly: bracket-0001, requested, < 1 min" in text


def test_a_loop_without_a_full_container_stands_out(site: Site, client: FlaskClient) -> None:
    for _ in range(4):
        site.hand.seconds += 60
        site.signal("assembly", "pull", loop="bracket")

    assert 'class="loop out"' in inside_of(client).get_data(as_text=True)
    assert "1 loop without a full container" in text_of(client)


def test_an_open_call_stands_on_the_board_until_it_is_solved(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket", defect="scratch")
    raised = text_of(client)
    call = get(client, "/api/v1/calls")["items"][0]["id"]
    order(client, f"/api/v1/calls/{call}/moves", {"move": "solve"})

    assert "Quality fail at Paint shop Bracket, left, bracket-0001, scratch, from Final assembly" in raised
    assert "1 open call " in raised
    assert "0 open calls " in text_of(client)
    assert f'id="{call}"' not in inside_of(client).get_data(as_text=True)


def test_a_call_says_on_the_board_how_far_it_has_come(site: Site, client: FlaskClient) -> None:
    stations = [replace(one, takt_s=60) for one in PLANT.stations.values()]
    site.load(Plant("plant", stations, PLANT.items.values(), PLANT.loops.values()))
    site.signal("assembly", "help", topic="machine")
    site.signal("assembly", "help")
    machine, other = (call["id"] for call in get(client, "/api/v1/calls?limit=2")["items"])
    order(client, f"/api/v1/calls/{machine}/moves", {"move": "arrive"})
    first = text_of(client)
    later(site, 300)
    site.come_due()
    second = text_of(client)

    assert "Machine at Final assembly machine help is there , taken after < 1 min , not solved for" in first
    assert "help is there, line stopped , taken after < 1 min , not solved for 5 min of 30 min" in second
    assert "Help at Final assembly not taken yet, level 1, line stopped , waits 5 min of 5 min" in second
    assert second.index("level 1") < second.index("help is there"), "what nobody has taken stands first"
    assert other in inside_of(client).get_data(as_text=True)


def test_a_held_card_is_drawn_as_held(site: Site, client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "recount"})

    assert 'class="card held"' in inside_of(client).get_data(as_text=True)


def test_a_station_shows_the_age_of_its_last_word_and_what_it_keeps(site: Site, client: FlaskClient) -> None:
    site.hear("paint", outbox=3)
    heard = text_of(client)
    later(site, SILENT_AFTER_S + 200)

    assert "Paint shop online heard just now" in heard
    assert "3 signals kept, oldest < 1 min" in heard
    assert "Paint shop silent heard 3 min ago" in text_of(client)
    assert "1 station silent" in text_of(client)


def test_a_station_that_was_never_heard_is_told_apart_from_a_silent_one(client: FlaskClient) -> None:
    assert "not heard yet" in text_of(client)
    assert "0 stations silent" in text_of(client)


def test_lamps_are_shown_as_the_station_shows_them(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hear("paint")
    site.show("paint")

    assert "red off amber slow green off slot 1 slow" in text_of(client)


def test_lamps_that_stay_different_are_a_fault(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hear("paint")
    site.show("paint", broken="red")
    at_first = text_of(client)
    later(site, 16)

    assert "lamps are not as they should be" not in at_first
    assert "lamps are not as they should be" in text_of(client)


def test_hostile_names_are_text(client: FlaskClient) -> None:
    for answer in (client.get("/"), inside_of(client)):
        page = answer.get_data(as_text=True)

        assert HOSTILE not in page
        assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &#34;co&#34;" in page


def test_an_unchanged_board_is_not_sent_again(site: Site, client: FlaskClient) -> None:
    tag = inside_of(client).headers["ETag"]
    later(site)

    response = inside_of(client, **{"If-None-Match": tag})

    assert (response.status_code, response.get_data()) == (304, b"")


@pytest.mark.parametrize("change", ["pull", "heard", "minute", "link"])
def test_whatever_changes_the_board_changes_its_tag(site: Site, client: FlaskClient, change: str) -> None:
    site.signal("paint", "pull", loop="casting")
    later(site)
    tag = inside_of(client).headers["ETag"]
    later(site)
    match change:
        case "pull":
            site.signal("assembly", "pull", loop="bracket")
        case "heard":
            site.hear("paint")
        case "minute":
            later(site, 60)
        case "link":
            site.is_connected = False

    response = inside_of(client, **{"If-None-Match": tag})

    assert response.status_code == 200
    assert response.headers["ETag"] != tag


def test_a_hub_that_takes_nothing_in_says_so(site: Site, client: FlaskClient) -> None:
    site.is_connected = False
    assert "no link to the broker" in text_of(client)

    site.commit_age_s = 100.0
    later(site)
    assert "cannot store" in text_of(client)


def test_without_a_plant_the_page_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Site(tmp_path_factory.mktemp("bare"))

    page = bare.client().get("/")

    assert page.status_code == 503
    assert "kanban-hub load" in plain(page)
    assert page.headers["Refresh"], "a screen looks again without a hand"
    bare.load()
    assert "Bracket, left" in text_of(bare.client())
    bare.store.close()


def test_a_screen_that_starts_while_the_store_is_away_gets_a_page_that_asks_again(site: Site) -> None:
    def view() -> None:
        raise StoreError("disk I/O error")

    site.store.view = view  # type: ignore[method-assign,assignment]  # the disk goes

    page, inside = site.client().get("/"), inside_of(site.client())

    assert page.headers["Refresh"]
    assert "disk I/O error" in page.get_data(as_text=True)
    assert inside.status_code == 503  # so that a screen keeps the picture that it has


def test_the_picture_is_painted_once_for_all_who_ask_at_one_hint(site: Site) -> None:
    client = site.client()
    inside_of(client)
    site.hear("paint")

    soon = text_of(client)
    later(site)

    assert "online" not in soon
    assert "online" in text_of(client)


def test_equal_floors_make_equal_pictures(site: Site) -> None:
    assert picture(site.parts, Query()) == picture(site.parts, Query())


LINES = (Line("one", "Line 1", ("assembly", "paint")), Line("two", "Line 2", ("castings",)))


def with_lines(site: Site) -> None:
    site.load(
        Plant("plant", PLANT.stations.values(), PLANT.items.values(), PLANT.loops.values(), lines=LINES)
    )


def test_a_line_has_a_board_of_its_own(site: Site, client: FlaskClient) -> None:
    with_lines(site)

    everything, two = client.get("/"), client.get("/board/two")

    assert 'href="/board/two"' in everything.get_data(as_text=True)
    assert 'id="loop-casting"' in two.get_data(as_text=True)
    assert 'id="loop-bracket"' not in two.get_data(as_text=True)
    assert 'id="station-castings"' in two.get_data(as_text=True)
    assert 'id="station-assembly"' not in two.get_data(as_text=True)


def test_a_line_that_is_not_there_is_a_page_that_says_so(client: FlaskClient) -> None:
    response = client.get("/board/nowhere")

    assert response.status_code == 404
    assert "no such line" in plain(response)


def shown_loops(client: FlaskClient, address: str) -> list[str]:
    page = client.get(address, headers={PART_HEADER: "inside"}).get_data(as_text=True)
    return re.findall(r'<li class="(?:loop|tile) [^"]*" id="loop-([^"]+)"', page)


@pytest.mark.parametrize("wall", ["", "&wall=1"])
def test_filters_are_addresses(site: Site, client: FlaskClient, wall: str) -> None:
    for _ in range(4):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
    site.signal("paint", "fail", loop="casting")

    assert shown_loops(client, f"/?a=1{wall}") == ["bracket", "casting"]
    assert shown_loops(client, f"/?late=1{wall}") == ["bracket"]
    assert shown_loops(client, f"/?quality=1{wall}") == ["casting"]
    assert shown_loops(client, f"/?supplier=castings{wall}") == ["casting"]
    assert shown_loops(client, f"/?supplier=nobody{wall}") == ["bracket", "casting"]
    assert shown_loops(client, f"/?q=BRACKET{wall}") == ["bracket"]
    assert shown_loops(client, f"/?q=casting-0002{wall}") == ["casting"]


def test_loops_keep_their_places_unless_the_worst_are_asked_for_first(
    site: Site, client: FlaskClient
) -> None:
    for _ in range(3):
        site.signal("paint", "pull", loop="casting")
        site.hand.seconds += 60

    assert shown_loops(client, "/") == ["bracket", "casting"]
    assert shown_loops(client, "/?sort=worst") == ["casting", "bracket"]


def test_a_filter_that_finds_nothing_says_so_and_leads_back(client: FlaskClient) -> None:
    page = client.get("/?late=1")

    assert "No loop is like that now. Show all" in plain(page)
    assert '<a href="/">Show all</a>' in page.get_data(as_text=True)


def test_a_plant_without_loops_says_what_to_do(site: Site, client: FlaskClient) -> None:
    site.load(Plant("plant", PLANT.stations.values(), PLANT.items.values()))

    assert "There is no loop here yet." in plain(client.get("/"))


def test_nothing_is_red_when_all_is_well(client: FlaskClient) -> None:
    page = inside_of(client).get_data(as_text=True)

    assert 'class="bad' not in page
    assert "sign bad" not in page


def test_a_loop_says_how_long_its_oldest_card_waits_of_how_long_it_may(
    site: Site, client: FlaskClient
) -> None:
    site.signal("assembly", "pull", loop="bracket")
    later(site, 1800)
    within = inside_of(client).get_data(as_text=True)
    later(site, 7200)

    assert "oldest 30 min of 2 h" in within
    assert 'class="waiting"' in within
    assert 'class="waiting over"' in inside_of(client).get_data(as_text=True)


def test_the_rail_tells_the_latest_events_of_what_is_shown(site: Site, client: FlaskClient) -> None:
    with_lines(site)
    site.signal("assembly", "pull", loop="bracket")

    assert "bracket-0001 was emptied at Final assembly" in text_of(client)
    assert "bracket-0001 was emptied" not in plain(client.get("/board/two"))


def test_a_batch_says_how_much_of_it_is_collected(site: Site, client: FlaskClient) -> None:
    loop = replace(PLANT.loops["bracket"], batch=3)
    site.load(PLANT.with_loop(loop))
    site.signal("assembly", "pull", loop="bracket")

    assert "1 of 3 collected" in text_of(client)


def test_a_tile_that_looks_the_same_is_not_drawn_again(site: Site) -> None:
    drawn = Tiles()
    with site.app.test_request_context():
        drawn.board(picture(site.parts, Query()))
        before = dict(drawn._drawn)
        site.signal("assembly", "pull", loop="bracket")
        later(site)
        html = drawn.board(picture(site.parts, Query()))

    same = {(key[0], key[2]) for key, one in drawn._drawn.items() if one is before[key]}
    assert same == {("board/loop.html", "casting"), ("board/queue.html", "castings")}
    assert "requested" in html

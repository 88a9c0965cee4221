import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.orders import MakePromise, MoveCard
from kanban_hub.web import cookies
from tests.chromium import settled
from tests.hub.web.account.person import Person, account, tablet
from tests.hub.web.ask import get
from tests.hub.web.site import START_MS, Site

QUEUE = "/stations/paint/queue"
PLACES = re.compile(r'id="queue-(\w+-\d+)"')
STEPS = (Move.ACCEPT, Move.START, Move.FINISH, Move.SHIP)
LEVELLED = Plant(
    "plant",
    [Station("assembly", "Final assembly"), Station("paint", "Paint shop", pitch_s=600.0)],
    [Item("bracket", "Bracket"), Item("lid", "Lid")],
    [
        KanbanLoop("bracket", "bracket", "paint", "assembly", 20, 4, STEPS, changeover_group="grey"),
        KanbanLoop("lid", "lid", "paint", "assembly", 10, 6, STEPS, batch=3, changeover_group="black"),
    ],
    reasons=[PlantReason("no-sand", "No sand", ReasonKind.CANNOT)],
)


def operator(site: Site) -> Person:
    return account(site, "olga", AccountRole.OPERATOR)


def press(person: Person, name: str, **fields: str) -> int:
    """Press a button of the page; the status of the answer."""
    form = {"form": person.form(QUEUE, QUEUE)["form"]}
    return person.send(QUEUE, {**form, "do": name, **fields}).status_code


def since(site: Site, card: str) -> str:
    with site.parts.floor() as (floor, _):
        return str(floor.cards[card].since_ms)


def state(site: Site, card: str = "bracket-0001") -> str:
    return str(get(site.client(), f"/api/v1/cards/{card}")["state"])


def later(**ahead: float) -> str:
    return (datetime.fromtimestamp(START_MS / 1000, UTC) + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def test_the_queue_shows_its_whole_sum_in_words(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")

    page = Person(site).read(QUEUE)

    assert "(3 full × 20 pieces ÷ 30 per hour) − 2 h = 0 s" in page
    assert "stock ÷ use (planned) − what is left of the lead time (planned) = time until it lacks" in page


def test_nothing_asked_says_make_nothing(site: Site) -> None:
    assert "Nothing is asked for. Make nothing." in Person(site).read(QUEUE)


def test_a_replacement_goes_first_and_says_why(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "fail", loop="bracket")

    page = Person(site).open(QUEUE).get_data(as_text=True)

    assert PLACES.findall(page) == ["bracket-0005", "bracket-0001"]
    assert "first: replaces a bad one" in page
    assert "Set apart: do not use or ship" in page


def test_the_steps_of_a_container_are_reported_by_buttons(site: Site) -> None:
    site.load(LEVELLED)
    site.signal("assembly", "pull", loop="bracket")
    person, card = operator(site), "bracket-0001"

    assert press(person, "see") == 303
    assert state(site) == "accepted"
    for name, after in (("start", "in_process"), ("finish", "done")):
        assert press(person, name, card=card, since=since(site, card)) == 303
        assert state(site) == after
    assert press(person, "ship", card=card, since=since(site, card), quantity="12", lot="L-7") == 303
    found = get(site.client(), f"/api/v1/cards/{card}")
    assert (found["state"], found["quantity"], found["lot"]) == ("in_transit", 12, "L-7")


def test_what_was_seen_is_taken_back_as_a_whole_within_its_time(site: Site) -> None:
    for _ in range(2):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
    person = operator(site)
    response = person.send(QUEUE, {**person.form(QUEUE, QUEUE), "do": "see"})
    form = person.form(response.headers["Location"], QUEUE)

    assert person.send(QUEUE, {**form, "do": "undo"}).status_code == 303

    assert [state(site, f"bracket-000{n}") for n in (1, 2)] == ["requested", "requested"]
    assert person.send(QUEUE, {**form, "do": "undo"}).status_code == 409


def test_the_way_back_is_shown_for_half_a_minute(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    person = operator(site)
    there = person.send(QUEUE, {**person.form(QUEUE, QUEUE), "do": "see"}).headers["Location"]

    assert "Take that back" in person.read(there)
    site.hand.seconds += 31
    assert "Take that back" not in person.read(there)


def test_a_promise_by_a_button_or_a_time_stands_in_the_queue(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    person = operator(site)

    assert press(person, "promise", **{"loop": "bracket", "in": "60", "reason": "oven cold"}) == 303
    assert "promised for 2026-11-23 16:01 UTC : oven cold" in person.read(QUEUE)
    assert press(person, "promise", loop="bracket", ready=later(hours=5)) == 303
    assert "the consumer runs out before" in person.read(QUEUE)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "promise", "loop": "bracket", "ready": "soon"}, "Say date and time when it is ready"),
        ({"do": "promise", "loop": "bracket", "ready": later(hours=-5)}, "That time is over"),
        ({"do": "promise", "loop": "bracket", "ready": "9999-12-31T23:59"}, "Nothing was done"),
        ({"do": "promise", "loop": "casting", "ready": later(hours=1)}, "that is not made here"),
        ({"do": "promise", "loop": "no-such"}, "that is not made here"),
        ({"do": "cannot", "loop": "bracket", "reason_own": "x" * 201}, "Say it in at most 200 letters"),
        ({"do": "ship", "card": "bracket-0001", "quantity": "many"}, "The quantity is a number of pieces"),
        ({"do": "ship", "card": "bracket-0001", "lot": "x" * 81}, "A lot has at most 80"),
        ({"do": "ship", "card": "bracket-0001", "since": "1"}, "Somebody has gone on already"),
        ({"do": "ship", "card": "casting-0001"}, "that is not made here"),
        ({"do": "ship", "card": "no-such"}, "Card not known here"),
        ({"do": "exchange", "card": "bracket-0001", "other": "bracket-0001"}, "Choose two different cards"),
        ({"do": "exchange", "card": "bracket-0001", "other": "bracket-0002"}, "Say why they change places"),
        ({"do": "undo", "signal": "nonsense"}, "Nothing known to take back"),
        ({"do": "nonsense"}, "use one of the buttons of the page"),
        ({}, "use one of the buttons of the page"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(site: Site, fields: dict[str, str], said: str) -> None:
    site.signal("assembly", "pull", loop="bracket")
    person = account(site, "anna", AccountRole.SUPERVISOR)
    form = {"form": person.form(QUEUE, QUEUE)["form"], "since": since(site, "bracket-0001")}

    response = person.send(QUEUE, {**form, **fields})

    assert response.status_code in (400, 409)
    assert said in response.get_data(as_text=True)
    assert state(site) == "requested"


def test_who_cannot_deliver_calls_for_help_and_may_take_it_back(site: Site) -> None:
    site.load(LEVELLED)
    site.signal("assembly", "pull", loop="bracket")
    person = operator(site)
    assert ">No sand</option>" in person.open(QUEUE).get_data(as_text=True)
    fields = {**person.form(QUEUE, QUEUE), "do": "cannot", "loop": "bracket", "reason": "no-sand"}

    there = person.send(QUEUE, fields).headers["Location"]

    (call,) = get(site.client(), "/api/v1/calls")["items"]
    assert (call["kind"], call["topic"]) == ("material", "no-sand")
    person.send(QUEUE, {**person.form(there, QUEUE), "do": "undo"})
    assert get(site.client(), "/api/v1/calls")["items"][0]["state"] == "withdrawn"


def test_a_batch_shows_how_far_it_is(site: Site) -> None:
    site.load(LEVELLED)
    for _ in range(2):
        site.signal("assembly", "pull", loop="lid")
        site.hand.seconds += 60

    page = Person(site).open(QUEUE).get_data(as_text=True)

    assert "2 of 3 collected" in page
    assert page.count('class="in"') == 2


def test_two_cards_of_the_frozen_zone_change_places_for_a_reason(site: Site) -> None:
    site.load(LEVELLED)
    for _ in range(2):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 5
    site.come_due()
    lead = account(site, "anna", AccountRole.SUPERVISOR)
    assert PLACES.findall(lead.open(QUEUE).get_data(as_text=True)) == ["bracket-0001", "bracket-0002"]

    assert press(lead, "exchange", card="bracket-0001", other="bracket-0002", reason="tool broken") == 303

    assert PLACES.findall(lead.open(QUEUE).get_data(as_text=True)) == ["bracket-0002", "bracket-0001"]
    assert "tool broken" in lead.read("/events?kind=pitch_cleared")
    assert press(operator(site), "exchange", card="bracket-0001", other="bracket-0002", reason="x") == 403


def test_what_is_held_is_shown_apart_with_its_reason(site: Site) -> None:
    site.ask(MoveCard("bracket-0002", "hold", "wet"))

    assert "bracket-0002: wet" in Person(site).read(QUEUE)


def test_a_suppliers_queue_outside_the_plant_is_read_only_for_others(site: Site) -> None:
    site.signal("paint", "pull", loop="casting")
    person = operator(site)

    page = person.read("/stations/castings/queue")

    assert "answers by a link of its own" in page
    assert "I have seen" not in page
    form = {"form": person.form(QUEUE.replace("paint", "castings"), "/logout")["form"], "do": "see"}
    assert person.send("/stations/castings/queue", form).status_code == 400
    assert state(site, "casting-0001") == "requested"


def test_a_tablet_works_with_the_queue_of_its_own_station_only(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    other = tablet(site, "assembly")

    assert "I have seen" not in other.read(QUEUE)
    assert press(tablet(site, "paint"), "see") == 303
    assert state(site) == "accepted"


def test_an_unknown_station_is_told_and_rubbish_in_the_address_is_nothing(site: Site) -> None:
    assert "there is no station nowhere" in Person(site).read("/stations/nowhere/queue", 404)
    assert Person(site).open(f"{QUEUE}?done=%3Cb%3E&signal={'x' * 3000}").status_code == 200


def test_a_promise_that_has_passed_says_so(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.ask(MakePromise("bracket", site.clock.now_ms() + 60_000))
    site.hand.seconds += 120

    assert "that has passed" in Person(site).read(QUEUE)


@pytest.mark.chromium
def test_a_person_at_a_tablet_sees_ships_and_takes_that_back(site: Site, tab: Page) -> None:
    tab.set_viewport_size({"width": 820, "height": 1180})
    session = operator(site).session or ""
    tab.context.add_cookies([{"name": cookies.SESSION, "value": session, "domain": "127.0.0.1", "path": "/"}])
    tab.goto(QUEUE)
    expect(tab.get_by_text("Make nothing.")).to_be_visible()

    site.signal("assembly", "pull", loop="bracket")
    tab.get_by_role("button", name="I have seen it: 1 new").click()
    expect(tab.get_by_role("status")).to_contain_text("have seen it")
    tab.get_by_text("Ship …").press("Enter")
    tab.get_by_label("Lot (may be empty)").fill("L-7")
    tab.get_by_label("Lot (may be empty)").press("Enter")

    expect(tab.get_by_text("Make nothing.")).to_be_visible()
    tab.get_by_role("button", name="Take that back").click()
    expect(tab.locator("#queue-bracket-0001")).to_contain_text("accepted")
    for button in settled(tab).locator("main button:visible").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 64

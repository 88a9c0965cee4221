"""What a supplier reads and says, and what comes of it."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.moves import State
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.records.promise import Promise
from kanban_hub.orders import MoveCard, NoteDefect
from kanban_hub.photo import photo_of
from kanban_hub.ports import EventFilter, RecordedEvent
from tests.hub.web.site import Site
from tests.hub.web.supplier.conftest import PLANT
from tests.hub.web.supplier.visitor import Visitor, text_of


def state(site: Site, card: str) -> State:
    with site.parts.floor() as (floor, _):
        return floor.card(card).state


def events(site: Site) -> list[RecordedEvent]:
    with site.store.view() as view:
        return view.events(EventFilter(limit=1_000))


def picture(colour: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(drawn, "PNG")
    return drawn.getvalue()


def test_the_page_says_that_nothing_is_asked_for(castings: Visitor) -> None:
    assert "Nothing is asked for now" in castings.read()


def test_a_request_is_told_under_the_suppliers_own_number_with_urgency_age_and_quantity(
    site: Site, castings: Visitor
) -> None:
    site.signal("paint", "pull", loop="casting")
    site.hand.seconds += 1800

    page = castings.read()

    assert "C-77/L Casting, raw (at the plant: casting)" in page
    assert "Needed in 4 h" in page  # 2 containers of 50 at 25 an hour
    assert "3 h to spare" in page
    assert "50 pieces , not seen yet asked 30 min ago, card casting-0001" in page


def test_what_is_short_says_so(site: Site, castings: Visitor) -> None:
    for _ in range(3):
        site.signal("paint", "pull", loop="casting")

    assert "Needed now: the plant has none left" in castings.read()


def test_a_batch_that_fills_is_seen_before_it_is_asked_for(site: Site, castings: Visitor) -> None:
    site.signal("assembly", "pull", loop="lid")
    site.signal("assembly", "pull", loop="lid")
    page = castings.read()
    assert "Nothing is asked for now" in page
    assert "Soon lid : 2 of 3 collected, asked for together" in page

    site.signal("assembly", "pull", loop="lid")
    assert "Soon" not in castings.read()


def test_times_are_by_the_plants_clock(castings: Visitor) -> None:
    assert "(Europe/Berlin)" in castings.read()


def test_seen_is_said_for_all_that_is_asked_of_the_part(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    site.signal("paint", "pull", loop="casting")

    page = castings.answer("seen")

    assert "C-77/L: the plant knows now that you have seen it." in page
    assert {state(site, "casting-0001"), state(site, "casting-0002")} == {State.ACCEPTED}


def test_ready_at_is_a_promise_by_the_plants_clock_and_says_seen(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")

    page = castings.answer("ready", ready="2026-11-24T14:20")

    expected = datetime(2026, 11, 24, 14, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    with site.parts.floor() as (floor, _):
        promise = floor.record(Promise, "casting")
        assert promise is not None
        assert (promise.ready_ms, promise.station) == (expected.timestamp() * 1000, "castings")
    assert "You said: ready at 2026-11-24 13:20 UTC" in page
    assert state(site, "casting-0001") is State.ACCEPTED


def test_cannot_raises_a_material_call_that_the_board_shows(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")

    page = castings.answer("cannot", reason="furnace down")

    assert "You said that you cannot: furnace down" in page
    with site.parts.floor() as (floor, _):
        (call,) = floor.open_calls("castings")
    assert (call.kind, call.loop, call.topic) == (CallKind.MATERIAL, "casting", "furnace down")
    assert "furnace down" in site.client().get("/").get_data(as_text=True)


def test_shipping_keeps_quantity_and_lot(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")

    page = castings.answer("ship", quantity="48", lot="M 4711")

    assert "casting-0001 is on the way: 48 pieces, lot M 4711." in page
    with site.parts.floor() as (floor, _):
        card = floor.card("casting-0001")
    assert (card.state, card.quantity, card.lot) == (State.IN_TRANSIT, 48, "M 4711")


def test_the_lot_of_a_signal_card_is_shipped_whole_and_leaves_the_stock_as_it_is(
    site: Site, castings: Visitor
) -> None:
    for _ in range(3):
        site.signal("assembly", "pull", loop="nut")
    part_of_it = castings.send(castings.form("ship", "nut-0001") | {"quantity": "100"})

    castings.answer("ship", "nut-0001", lot="L9")

    assert part_of_it.status_code == 400
    assert "400 pieces, all at once" in text_of(part_of_it)
    with site.parts.floor() as (floor, _):
        card = floor.card("nut-0001")
    assert (card.state, card.quantity, card.lot) == (State.IN_TRANSIT, 100, "L9")


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ("seen", {}),
        ("ready", {"ready": "2026-11-24T14:20"}),
        ("cannot", {"reason": "furnace down"}),
        ("ship", {"quantity": "50", "lot": "L1"}),
    ],
)
def test_the_same_form_sent_twice_is_done_once_and_both_times_good_news(
    site: Site, castings: Visitor, answer: str, fields: dict[str, str]
) -> None:
    site.signal("paint", "pull", loop="casting")
    form = castings.form(answer) | fields
    first = castings.send(form)
    done = len(events(site))

    second = castings.send(form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(events(site)) == done


def test_a_form_of_an_earlier_round_does_not_move_the_card_of_this_one(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    form = castings.form("ship")
    castings.send(form)
    site.signal("paint", "scan", code="casting-0001", intent="receive")
    site.hand.seconds += 60
    site.signal("paint", "scan", code="casting-0001")
    assert state(site, "casting-0001") is State.REQUESTED

    again = castings.send(form)

    assert again.status_code == 409
    assert "no longer asked for" in text_of(again)
    assert state(site, "casting-0001") is State.REQUESTED


@pytest.mark.parametrize(
    ("answer", "fields", "said"),
    [
        ("ready", {"ready": ""}, "Say date and time"),
        ("ready", {"ready": "2026-13-01T00:00"}, "Say date and time"),
        ("ready", {"ready": "2020-01-01T00:00"}, "a time ahead"),
        ("ready", {"ready": "9999-12-31T23:59"}, "at most a year"),
        ("cannot", {"reason": "x" * 201}, "at most 200"),
        ("ship", {"quantity": "0"}, "number of pieces"),
        ("ship", {"quantity": "-1"}, "number of pieces"),
        ("ship", {"quantity": "1e3"}, "number of pieces"),
        ("ship", {"quantity": "1000001"}, "number of pieces"),
        ("ship", {"lot": "x" * 81}, "at most 80"),
        ("ship", {"asked": "now"}, "use one of the buttons"),
        ("ship", {"answer": "receive"}, "use one of the buttons"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    site: Site, castings: Visitor, answer: str, fields: dict[str, str], said: str
) -> None:
    site.signal("paint", "pull", loop="casting")
    before = len(events(site))

    response = castings.send(castings.form(answer) | fields)

    assert response.status_code in (400, 409)
    assert said in text_of(response)
    assert len(events(site)) == before


def test_events_of_a_supplier_name_its_role_and_nobody(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    before = len(events(site))

    castings.answer("ready", ready="2026-11-24T14:20")
    castings.answer("cannot", reason="furnace down")
    castings.answer("ship")

    new = [one for one in events(site)[before:] if one.event.kind != "promise_ended"]  # the hub's own doing
    assert {one.event.kind for one in new} == {"promise_made", "card_moved", "call_raised"}
    assert {one.occasion.role for one in new} == {"supplier"}
    assert all(castings.link.id not in repr(one) for one in new)


def test_a_container_found_bad_is_shown_until_it_is_decided(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    castings.answer("ship", quantity="50", lot="M4711")
    site.signal("paint", "scan", code="casting-0001", intent="receive")
    site.signal("paint", "fail", code="casting-0001", defect="crack")

    page = castings.read()

    assert "C-77/L : 50 pieces, lot M4711" in page
    assert "crack: in quarantine: nobody has looked at it yet" in page
    assert "replaces a bad container: first" in page


def test_photos_of_bad_containers_are_seen_by_their_supplier_alone(
    site: Site, castings: Visitor, rivets: Visitor
) -> None:
    ids = []
    for loop, colour in (("casting", "red"), ("rivet", "blue")):
        call = f"call-{site.signal(PLANT.loops[loop].consumer, 'fail', loop=loop)}"
        photo = photo_of(picture(colour))
        site.store.keep_photo(photo, site.clock.now_ms())
        site.ask(NoteDefect(call, Defect(defect="crack", lot="M4711", quantity=3, photo=photo.id)))
        ids.append(photo.id)

    own, foreign = (castings.client.get(f"{castings.url}/photo/{photo}") for photo in ids)

    assert (own.status_code, own.mimetype, foreign.status_code) == (200, "image/jpeg", 409)
    assert own.headers["Cache-Control"] == "no-store"
    html = castings.client.get(castings.url).get_data(as_text=True)
    assert f"{castings.url}/photo/{ids[0]}" in html
    assert ids[1] not in html
    assert "C-77/L : 3 pieces, lot M4711 crack: in quarantine" in castings.read()


@pytest.mark.parametrize(
    ("order", "word"),
    [
        ("scrap", "decided: scrapped"),
        ("return", "decided: it goes back to you"),
        ("rework", "decided: to be reworked"),
        ("clear", "decided: it is good after all"),
    ],
)
def test_what_was_decided_about_a_bad_container_is_told_for_a_week(
    site: Site, castings: Visitor, order: str, word: str
) -> None:
    site.signal("paint", "fail", loop="casting", defect="crack")
    assert "in quarantine: nobody has looked at it yet" in castings.read()

    site.ask(MoveCard("casting-0001", order))
    assert f"crack: {word}" in castings.read()
    site.hand.seconds += 7 * 86_400
    assert "crack" not in castings.read()


def test_a_container_on_its_way_stands_there_with_its_label(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    castings.answer("ship", quantity="48", lot="M4711")

    label = castings.client.get(f"{castings.url}/label/casting-0001")

    assert "On the way C-77/L : 48 pieces, lot M4711" in castings.read()
    assert label.status_code == 200
    html = label.get_data(as_text=True)
    assert all(said in html for said in ("CASTING.0001.", "48 pieces", "M4711", "<svg", "<path"))
    assert "style=" not in html


@pytest.mark.parametrize(
    ("form", "kind"), [("csv", "text/csv"), ("json", "application/json"), ("edi", "application/EDIFACT")]
)
def test_the_requests_come_as_a_file_of_this_supplier_alone(
    site: Site, castings: Visitor, form: str, kind: str
) -> None:
    site.signal("paint", "pull", loop="casting")
    site.signal("assembly", "pull", loop="rivet")

    file = castings.client.get(f"{castings.url}/requests.{form}")

    assert file.content_type.startswith(kind)
    assert b"casting" in file.get_data().lower()
    assert b"rivet" not in file.get_data().lower()
    assert b"rv-4" not in file.get_data().lower()


def test_the_pace_counts_pulls_by_the_day_less_those_taken_back(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    site.ask(MoveCard("casting-0001", "undo"))
    site.hand.seconds += 86_400
    site.signal("paint", "pull", loop="casting")
    site.hand.seconds += 60
    site.signal("paint", "pull", loop="casting")

    page = castings.read()

    assert "C-77/L : 2 in 7 days, 0 in the 7 before" in page
    assert "2026-11-23 0" in page
    assert "2026-11-24 2" in page


def test_hostile_names_stay_text(site: Site, rivets: Visitor) -> None:
    site.signal("assembly", "pull", loop="rivet")

    html = rivets.client.get(rivets.url).get_data(as_text=True)

    assert "<script>" not in html
    assert "&lt;script&gt;" in html

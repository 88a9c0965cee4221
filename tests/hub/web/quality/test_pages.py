"""What the pages of quality say, read as text and sent as a browser would."""

from datetime import time

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.finding import Finding
from kanban_hub.photo import BYTES_MOST
from tests.hub.web.account.person import HERE, Person, account
from tests.hub.web.quality.floor import PLANT_OF_QUALITY, fail, fill, multipart, picture
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of


def order(who: Person, call: str, name: str, **fields: str) -> str:
    """Give an order by the form on the call's page; the page that follows."""
    page, action = f"/quality/{call}", f"/quality/{call}/moves"
    chosen = {"cause": "", "cause_other": "", **fields}
    response = who.send(action, {**who.form(page, action), "order": name, **chosen})
    if response.status_code == 303:
        return who.read(response.location)
    return text_of(response)


def decide(who: Person, call: str, card: str, name: str) -> str:
    page, action = f"/quality/{call}", f"/quality/cards/{card}"
    response = who.send(action, {**who.form(page, action), "order": name})
    return who.read(response.location) if response.status_code == 303 else text_of(response)


def finding_of(site: Site, call: str) -> Finding:
    with site.parts.floor() as (floor, _revision):
        found = floor.record(Finding, call)
    assert found is not None
    return found


def card_of(site: Site, card: str) -> tuple[State, Standing]:
    with site.parts.floor() as (floor, _revision):
        return floor.card(card).state, floor.card(card).standing


def test_a_call_shows_both_clocks_and_who_is_told_next(site: Site, judge: Person) -> None:
    fail(site, defect="scratch")
    site.hand.seconds += 180

    text = judge.read("/quality")

    assert "Quality fail at Paint shop" in text
    assert "Scratch or dent" in text
    assert "3 min of 5 min" in text
    assert "30 min at most" in text
    assert "it rises to level 1. Told then: team-lead" in text


def test_a_clock_that_has_run_out_says_so_and_names_the_next_level(site: Site, judge: Person) -> None:
    fail(site)
    site.hand.seconds += 301
    site.come_due()

    text = judge.read("/quality")

    assert "risen to level 1" in text
    assert "5 min of 15 min" in text
    assert "it rises to level 2. Told then: shift-lead, quality" in text


def test_both_clocks_stand_still_while_nobody_works(site: Site, judge: Person) -> None:
    day = Shift("day", "Day", tuple(Weekday), time(15, 30), time(23, 0))
    plant = PLANT_OF_QUALITY
    site.load(
        Plant(
            plant.site,
            plant.stations.values(),
            plant.items.values(),
            plant.loops.values(),
            calendar=Calendar("UTC", (day,)),
            escalation=plant.escalation,
        )
    )
    fail(site)  # at 15:01
    site.hand.seconds += 33 * 60

    assert "4 min of 5 min" in judge.read("/quality")


def test_a_call_is_taken_arrived_at_solved_and_closed_with_its_cause(site: Site, judge: Person) -> None:
    call = fail(site)
    page = f"/quality/{call}"

    assert "You have taken the call." in order(judge, call, "take")
    assert "The call says that help is there." in order(judge, call, "arrive")
    assert "Solved: the cause is to be settled" not in judge.read("/quality")
    order(judge, call, "solve")
    assert "Solved: the cause is to be settled" in judge.read("/quality")
    assert "Say the cause" in order(judge, call, "close")
    text = order(judge, call, "close", cause="worn-tool")

    assert "The call is closed." in text
    assert "Worn tool" in text
    for sentence in ("A call was taken", "Help has come to a call", "A call was solved", "A call was closed"):
        assert sentence in text
    assert "I take it" not in judge.read(page)


def test_what_is_typed_goes_before_what_is_chosen_and_loses_what_cannot_be_printed(
    site: Site, judge: Person
) -> None:
    call = fail(site)
    order(judge, call, "solve", cause="worn-tool", cause_other=" hook\x07 bent ")

    assert "hook bent" in judge.read(f"/quality/{call}")


def test_a_call_that_was_none_is_rejected_and_stays_in_the_list(site: Site, judge: Person) -> None:
    call = fail(site)

    assert "The call was none." in order(judge, call, "reject", cause_other="a drill")

    assert "was none" in judge.read("/quality/calls")


def test_who_comes_second_is_told_what_the_call_is_meanwhile(site: Site, judge: Person) -> None:
    call = fail(site)
    page, action = f"/quality/{call}", f"/quality/{call}/moves"
    second = account(site, "sam", AccountRole.SUPERVISOR)
    fields = {**second.form(page, action), "order": "take"}
    order(judge, call, "take")

    response = second.send(action, fields)

    assert response.status_code == 409
    assert "meanwhile the call is “taken”" in text_of(response)
    assert f'data-address="/quality/{call}"' in response.get_data(as_text=True)


@pytest.mark.parametrize("role", [AccountRole.OPERATOR, AccountRole.SUPPLIER, None])
def test_who_may_not_is_offered_nothing_and_refused(site: Site, role: AccountRole | None) -> None:
    call = fail(site)
    who = account(site, "olga", role, station="paint") if role else Person(site)

    for page in ("/quality", f"/quality/{call}"):
        for word in (
            "I take it",
            "Solved …",
            "Decide what becomes of it",
            "Add a photo",
            "Add what is known",
        ):
            assert word not in who.read(page)
    refused = who.send(f"/quality/{call}/moves", {"order": "take", "form": "x"})
    assert refused.status_code in (303, 403)
    assert refused.location is None or refused.location.startswith("/login")


def test_a_supervisor_answers_calls_and_does_not_decide_about_containers(site: Site) -> None:
    call = fail(site)
    lead = account(site, "sam", AccountRole.SUPERVISOR)

    text = lead.read(f"/quality/{call}")

    assert "I take it" in text
    assert "Add a photo" in text
    assert "Decide what becomes of it" not in text
    form = lead.form(f"/quality/{call}", f"/quality/{call}/moves")["form"]
    sent = lead.send("/quality/cards/bracket-0001", {"form": form, "order": "scrap"})
    assert sent.status_code == 403


def test_each_decision_says_what_it_does_before_it_is_made(site: Site, judge: Person) -> None:
    call = fail(site)

    text = judge.read(f"/quality/{call}")

    assert "It is full again. The replacement bracket-0005 ends when it is next emptied." in text
    assert "The replacement bracket-0005 takes its place in the loop." in text
    assert "There is no way back: its number is void for ever." in text
    assert "any of its stations can fail it again" in text


@pytest.mark.parametrize(
    ("name", "state", "standing"),
    [
        ("clear", State.FULL, Standing.ACTIVE),
        ("rework", State.IN_PROCESS, Standing.ACTIVE),
        ("return", State.REQUESTED, Standing.ACTIVE),
        ("scrap", State.QUARANTINED, Standing.RETIRED),
    ],
)
def test_a_container_is_decided_about(
    site: Site, judge: Person, name: str, state: State, standing: Standing
) -> None:
    call = fail(site)

    text = decide(judge, call, "bracket-0001", name)

    assert "The container" in text
    assert card_of(site, "bracket-0001") == (state, standing)
    assert "Decide what becomes of it" not in text
    assert "No container waits for a decision." in judge.read("/quality")


def test_sister_containers_are_held_and_freed_one_by_one(site: Site, judge: Person) -> None:
    fill(site)
    call = f"call-{site.signal('assembly', 'fail', code='bracket-0001')}"

    text = judge.read("/quality")
    assert "1 container held with it: do not use" in text
    assert "Paint shop (slow), Final assembly (on)" in text
    assert card_of(site, "bracket-0002") == (State.FULL, Standing.HELD)

    assert "it takes part again" in decide(judge, call, "bracket-0002", "absolve")

    assert card_of(site, "bracket-0002") == (State.FULL, Standing.ACTIVE)
    assert "No other container is held with it." in judge.read("/quality")


def test_suspects_of_a_scrapped_container_wait_for_a_decision_of_their_own(site: Site, judge: Person) -> None:
    fill(site)
    call = f"call-{site.signal('assembly', 'fail', code='bracket-0001')}"
    decide(judge, call, "bracket-0001", "scrap")

    assert "Held, each to be decided by itself" in judge.read("/quality")
    assert "It is full again, and all that is held because of it is free." not in judge.read("/quality")


def test_what_is_known_is_added_and_a_lot_holds_its_sisters(site: Site, judge: Person) -> None:
    call = fail(site)
    page, action = f"/quality/{call}", f"/quality/{call}/finding"

    fields = {"defect": "burr", "quantity": "7", "lot": "L-7", "note": "Edge left"}
    judge.send(action, {**judge.form(page, action), **fields})

    found = finding_of(site, call)
    assert (found.defect, found.quantity, found.lot, found.notes) == ("burr", 7, "L-7", ("Edge left",))
    assert "Burr on the edge" in judge.read(page)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"quantity": "-1"}, "Pieces: a whole number from 0 to 1000000."),
        ({"quantity": "9" * 40}, "Pieces: a whole number from 0 to 1000000."),
        ({"lot": "x" * 81}, "Lot: at most 80 characters."),
        ({"note": "x" * 2_001}, "Note: at most 2000 characters."),
        ({}, "Nothing new was said."),
    ],
)
def test_rubbish_is_told_and_what_was_typed_is_kept(
    site: Site, judge: Person, fields: dict[str, str], fault: str
) -> None:
    call = fail(site, defect="scratch")
    page, action = f"/quality/{call}", f"/quality/{call}/finding"

    response = judge.send(action, {**judge.form(page, action), "defect_other": "scratch", **fields})

    assert response.status_code == 400
    assert fault in text_of(response)
    for value in fields.values():
        assert value in response.get_data(as_text=True)
    assert finding_of(site, call).notes == ()


def send_photo(who: Person, call: str, data: bytes, fields: dict[str, str] | None = None) -> tuple[int, str]:
    page, action = f"/quality/{call}", f"/quality/{call}/photos"
    body, media_type = multipart(fields or who.form(page, action), "photo", data)
    response = who.client.post(action, data=body, headers={"Origin": HERE}, content_type=media_type)
    return response.status_code, text_of(response)


def test_a_photo_is_kept_drawn_again_without_what_the_camera_wrote(site: Site, judge: Person) -> None:
    call = fail(site)

    status, _ = send_photo(judge, call, picture())

    assert status == 303
    (photo,) = finding_of(site, call).photos
    kept = judge.open(f"/api/v1/photos/{photo}").get_data()
    assert b"somebody" not in kept
    assert f"/api/v1/photos/{photo}" in judge.open(f"/quality/{call}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "status", "text"),
    [
        (b"", 400, "No photo was chosen."),
        (b"GIF89a no photo at all", 400, "it must be a JPEG, PNG or WebP"),
        (b"\xff" * (BYTES_MOST + 100_000), 413, "What was sent is too large"),
    ],
)
def test_what_is_no_photo_is_told(site: Site, judge: Person, data: bytes, status: int, text: str) -> None:
    call = fail(site)

    got, told = send_photo(judge, call, data)

    assert got == status
    assert text in told
    assert finding_of(site, call).photos == ()


def test_no_ninth_photo_is_kept(site: Site, judge: Person) -> None:
    call = fail(site)
    page, action = f"/quality/{call}", f"/quality/{call}/photos"
    fields = judge.form(page, action)
    for width in range(40, 48):
        send_photo(judge, call, picture(width))
    assert "Add a photo" not in judge.read(page)

    status, text = send_photo(judge, call, picture(50), fields)

    assert status == 409
    assert "at most 8 photos" in text
    assert len(finding_of(site, call).photos) == 8


def test_the_story_tells_fail_rise_decision_and_end_and_no_later_round(site: Site, judge: Person) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "scan", code="bracket-0001", intent="receive")
    call = f"call-{site.signal('assembly', 'fail', code='bracket-0001', defect='scratch')}"
    site.hand.seconds += 301
    site.come_due()
    site.hand.seconds += 60
    decide(judge, call, "bracket-0001", "clear")
    site.hand.seconds += 60
    site.signal("assembly", "scan", code="bracket-0001")

    text = judge.read(f"/quality/{call}")

    assert "bracket-0001 failed and is set apart" in text
    assert "A call rose to level 1 · told: team-lead" in text
    assert "bracket-0001 was found good" in text
    assert "Decided used as it is" in text
    assert "bracket-0001 was emptied" not in text
    assert "bracket-0001 came in full" not in text


def test_a_call_of_long_ago_is_still_read(site: Site, judge: Person) -> None:
    call = f"call-{site.signal('assembly', 'help', topic='machine')}"
    order(judge, call, "solve", cause_other="belt")
    order(judge, call, "close")
    site.hand.seconds += 3 * 86_400
    fail(site)

    assert "belt" in judge.read(f"/quality/{call}")
    assert "there is no call" in judge.read("/quality/call-nowhere", 404)


def test_the_list_is_narrowed_down_and_its_file_has_the_same_rows(site: Site, judge: Person) -> None:
    fail(site, defect="scratch")
    site.signal("assembly", "help", topic="machine")
    assert "Machine" in judge.read("/quality/calls?kind=&station=assembly")
    assert "There is no such call." in judge.read("/quality/calls?kind=quality&station=assembly")
    assert "Defect or reason: Scratch or dent" in judge.read("/quality/calls?topic=scratch")

    file = judge.open("/api/v1/calls.csv?topic=scratch").get_data(as_text=True).splitlines()

    assert len(file) == 2
    assert file[0].startswith("id,kind,state,station")
    assert "quality,raised,paint,assembly" in file[1]


@pytest.mark.parametrize("query", ["kind=nonsense", "state=%00", "nobody=knows", "cursor=x"])
def test_a_filter_of_rubbish_shows_nothing_and_says_so(site: Site, judge: Person, query: str) -> None:
    assert judge.open(f"/quality/calls?{query}").status_code == 400


def test_figures_tell_where_fails_come_from_and_lead_to_the_calls(site: Site, judge: Person) -> None:
    for defect in ("scratch", "scratch", "burr"):
        call = fail(site, defect=defect)
        site.hand.seconds += 60
        order(judge, call, "take")
        order(judge, call, "solve", cause="worn-tool")
    page = judge.open("/quality/figures").get_data(as_text=True)
    text = judge.read("/quality/figures?days=7")

    for word in ("Defects", "Causes", "Items", "Where it was made", "What comes again", "3 of 3"):
        assert word in text
    assert "topic=scratch" in page
    since = page.partition("since=")[2].partition("&")[0]
    listed = judge.read(f"/quality/calls?since={since}&counted=true&kind=quality&topic=scratch")
    assert listed.count("Scratch or dent") == 3  # two calls, and what the list is narrowed down to


def test_without_any_call_the_pages_say_so(site: Site, judge: Person) -> None:
    assert "Nobody waits for help." in judge.read("/quality")
    assert "There is no such call." in judge.read("/quality/calls")
    assert "Nobody called in this time." in judge.read("/quality/figures?days=9999")

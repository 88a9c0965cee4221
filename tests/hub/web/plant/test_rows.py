"""Changing the plant row by row: looked at, applied, taken back; and several people at once."""

from dataclasses import replace

import pytest

from kanban_hub import plantfile
from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.domain.plant import Plant
from kanban_hub.loading import load_plant
from kanban_hub.plantchange import PlantWay
from tests.hub.web.account.person import HERE, Person, account
from tests.hub.web.plant.planner import Planner
from tests.hub.web.site import HOSTILE, PLANT, Site
from tests.hub.web.supplier.visitor import text_of

LOOP = "/plant/loops/bracket"


def plant(site: Site) -> Plant:
    with site.store.view() as view:
        found = view.plant()
    assert found is not None
    return found


@pytest.fixture
def planner(root: Person) -> Planner:
    return Planner(root)


def test_a_change_is_looked_at_before_it_is_applied(site: Site, planner: Planner) -> None:
    looked = planner.open(LOOP).send(LOOP, cards="6")

    assert "Cards 4 → 6" in planner.text
    assert (
        "2 cards are issued, as full containers at the consumer: bracket-0005, bracket-0006" in planner.text
    )
    assert (looked.status_code, plant(site).loops["bracket"].cards) == (200, 4)

    applied = planner.apply(LOOP)

    assert applied.status_code == 303
    assert plant(site).loops["bracket"].cards == 6
    assert len(site.client().get("/api/v1/cards?loop=bracket").get_json()["items"]) == 6


def test_what_was_done_is_said_and_can_be_taken_back(site: Site, planner: Planner) -> None:
    done = planner.change(LOOP, rate_per_hour="12,5", steps=["accept"])
    planner.open(done.headers["Location"])
    assert "Consumption per hour 30 → 12.5" in planner.text
    number = done.headers["Location"].partition("=")[2]

    undone = planner.send(f"/plant/changes/{number}/undo")

    assert undone.status_code == 303
    assert vars(plant(site)) == vars(PLANT)
    again = planner.person.send(f"/plant/changes/{number}/undo", planner.person.form("/plant", "/logout"))
    assert (again.status_code, "changed since" in text_of(again)) == (409, True)


def test_a_change_is_kept_with_role_way_and_difference_and_its_account_in_the_access_log(
    site: Site, planner: Planner
) -> None:
    planner.change(LOOP, cards="5")

    with site.store.view() as view:
        (kept,) = view.plant_changes(10)
    assert (kept.way, kept.role, kept.number) == (PlantWay.PAGE, "admin", 2)
    (entry,) = (one for one in site.parts.register.log(10) if one.what is Access.PLANT_CHANGED)
    assert (entry.by, entry.about) == ("root", "2")
    assert "Change 2" in planner.person.read("/audit/plant")
    assert "root" in planner.person.read("/audit/plant")


def test_faults_stand_at_their_fields_and_what_was_typed_is_kept(site: Site, planner: Planner) -> None:
    answer = planner.open(LOOP).send(LOOP, cards="four", batch="0", rate_per_hour="7")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'value="four"' in page
    assert 'value="7"' in page
    assert page.count('aria-invalid="true"') == 2
    assert "Supplier Paint shop" in planner.text
    assert "this is no number" in planner.text
    planner.send(LOOP, cards="2", batch="3")
    assert "a batch of 3 is never complete with 2 cards" in planner.text
    assert vars(plant(site)) == vars(PLANT)


def test_a_circuit_stays_whatever_is_sent(site: Site, planner: Planner) -> None:
    planner.change(LOOP, supplier="castings", id="other", cards="5")

    assert plant(site).loops["bracket"] == replace(PLANT.loops["bracket"], cards=5)


def test_a_new_row_gets_an_id_made_from_its_name(site: Site, planner: Planner) -> None:
    planner.change("/plant/add/stations", name="Gehäuse-Lager", external="")
    planner.change("/plant/add/items", name="Bracket, left")

    assert plant(site).stations["gehaeuse-lager"].name == "Gehäuse-Lager"
    assert plant(site).items["bracket-left"].name == "Bracket, left"


def test_a_whole_loop_is_made_with_the_fields_of_the_file(site: Site, planner: Planner) -> None:
    planner.change(
        "/plant/add/loops", item="casting", supplier="paint", consumer="assembly", container_quantity="1 000",
        cards="3", **{"lead_time_s": "1.5", "lead_time_s.unit": "h", "steps": ["ship", "start"]},
    )  # fmt: skip

    made = plant(site).loops["casting-2"]
    assert (made.container_quantity, made.lead_time_s, made.cards) == (1000, 5400, 3)
    assert [step.value for step in made.steps] == ["start", "ship"]


def test_a_row_that_others_need_is_not_removed(site: Site, planner: Planner) -> None:
    planner.open("/plant/stations/paint").send("/plant/stations/paint/remove")

    assert planner.page.status_code == 400
    assert "no station 'paint'" in planner.text
    assert 'value="Paint shop"' in planner.page.get_data(as_text=True)
    assert "[[stations]]" not in planner.text
    assert 'href="/plant/loops/bracket"' in planner.page.get_data(as_text=True)


def test_a_loop_is_removed_and_its_cards_are_retired(site: Site, planner: Planner) -> None:
    planner.open(LOOP).send(f"{LOOP}/remove")
    assert "4 cards are retired at once" in planner.text

    planner.apply(f"{LOOP}/remove")

    assert "bracket" not in plant(site).loops


def test_a_loop_that_is_asked_for_is_not_removed(site: Site, planner: Planner) -> None:
    site.signal("assembly", "pull", loop="bracket")

    planner.open(LOOP).send(f"{LOOP}/remove")

    assert (planner.page.status_code, "only 3 are full" in planner.text) == (400, True)


def test_two_admins_at_once_lose_nothing_and_see_each_other(site: Site, root: Person) -> None:
    one, other = Planner(root), Planner(account(site, "berta", AccountRole.ADMIN))
    one.open(LOOP)
    other.open(LOOP)
    one.send(LOOP, cards="6")
    other.send(LOOP, rate_per_hour="99")
    assert one.apply(LOOP).status_code == 303

    late = other.apply(LOOP)

    assert late.status_code == 200
    assert "Somebody else has changed the plant" in other.text
    assert "Cards 4 → 6" in other.text
    assert plant(site).loops["bracket"].rate_per_hour == 30.0
    assert other.apply(LOOP).status_code == 303
    found = plant(site).loops["bracket"]
    assert (found.cards, found.rate_per_hour) == (6, 99.0), "both changes are there"


def test_a_file_loaded_meanwhile_is_seen_too(site: Site, planner: Planner) -> None:
    planner.open(LOOP).send(LOOP, cards="6")
    load_plant(site.store, Plant("plant", PLANT.stations.values(), PLANT.items.values(), PLANT.loops.values(),
                                 reasons=()))  # fmt: skip
    load_plant(site.store, PLANT.with_loop(replace(PLANT.loops["bracket"], batch=2)))

    planner.apply(LOOP)

    assert "Batch 1 → 2" in planner.text
    assert plant(site).loops["bracket"].cards == 4


def test_a_row_removed_meanwhile_is_told(site: Site, planner: Planner) -> None:
    planner.open("/plant/loops/casting")
    load_plant(
        site.store, Plant("plant", PLANT.stations.values(), PLANT.items.values(), [PLANT.loops["bracket"]])
    )

    assert planner.send("/plant/loops/casting", cards="5").status_code == 404
    assert "removed meanwhile" in planner.text


def test_back_from_the_look_everything_typed_is_there(planner: Planner) -> None:
    planner.open(LOOP).send(LOOP, cards="6", steps=["start", "ship"])

    planner.send(LOOP, "edit")

    page = planner.page.get_data(as_text=True)
    assert 'value="6"' in page
    assert 'value="start" checked' in page


def test_what_changes_nothing_cannot_be_applied(planner: Planner) -> None:
    planner.open(LOOP).send(LOOP)

    assert "There is no difference" in planner.text
    assert 'value="apply"' not in planner.page.get_data(as_text=True)


def test_the_buttons_of_a_station_are_one_form(site: Site, planner: Planner) -> None:
    planner.change("/plant/slots/paint", **{"slot-1": "casting", "slot-3": "bracket"})

    assert {slot.slot: slot.loop for slot in plant(site).slots} == {1: "casting", 3: "bracket"}
    planner.open("/plant/slots/paint").send("/plant/slots/paint", **{"slot-2": "casting"})
    assert (planner.page.status_code, "bound twice" in planner.text) == (400, True)
    planner.change("/plant/slots/paint", **{"slot-1": "", "slot-3": ""})
    assert plant(site).slots == ()


def test_the_calendar_is_zone_shifts_and_closed_days(site: Site, planner: Planner) -> None:
    planner.change("/plant/calendar", timezone="Europe/Berlin")
    breaks = "09:00-09:15 12:00-12:30"
    hours = {"from": "06:00", "to": "14:00"}
    planner.change("/plant/add/shifts", name="Early shift", days=["mon", "tue"], breaks=breaks, **hours)
    planner.change("/plant/add/closed", date="2026-12-25", name="Christmas")

    calendar = plant(site).calendar
    assert calendar.timezone == "Europe/Berlin"
    assert [(shift.id, len(shift.breaks)) for shift in calendar.shifts] == [("early-shift", 2)]
    assert [str(day.date) for day in calendar.closed] == ["2026-12-25"]
    planner.open("/plant/calendar").send("/plant/calendar", timezone="Europe/Atlantis")
    assert "no time zone 'Europe/Atlantis'" in planner.text
    planner.change("/plant/closed/2026-12-25", date="2026-12-26")
    assert [str(day.date) for day in plant(site).calendar.closed] == ["2026-12-26"]


def test_lines_reasons_and_levels_have_forms_too(site: Site, planner: Planner) -> None:
    planner.change("/plant/add/lines", name="Line 1", stations=["paint", "assembly"],
                   **{"stations.place.assembly": "1", "stations.place.paint": "2"})  # fmt: skip
    planner.change("/plant/add/reasons", name="Scratched", kind="defect")
    planner.change("/plant/add/escalation", level="1", tell="team-lead, quality", kinds=["quality"],
                   take_within_s="5", solve_within_s="1", **{"take_within_s.unit": "min",
                   "solve_within_s.unit": "h"})  # fmt: skip

    found = plant(site)
    assert found.lines["line-1"].stations == ("assembly", "paint")
    assert found.reasons["scratched"].kind == "defect"
    (rule,) = found.escalation
    assert (rule.take_within_s, rule.solve_within_s, rule.tell) == (300, 3600, ("team-lead", "quality"))
    planner.change("/plant/escalation/1-quality", kinds=["quality", "help"])
    assert len(plant(site).escalation[0].kinds) == 2


def test_the_numbers_of_suppliers_outside_are_one_form(site: Site, planner: Planner) -> None:
    planner.change("/plant/numbers", **{"number.casting": " C-17 "})

    assert plant(site).loops["casting"].supplier_item == "C-17"
    planner.open("/plant/numbers").send("/plant/numbers", **{"number.casting": "x" * 81})
    assert (planner.page.status_code, "at most 80 signs" in planner.text) == (400, True)


def test_only_admins_change_the_plant(site: Site, root: Person) -> None:
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    for url in ("/plant/loops", LOOP, "/plant/add/loops", "/plant/import", "/plant/export/plant.toml"):
        assert anna.open(url).status_code == 403
        assert Person(site).open(url).status_code == 303
    form = anna.form("/account", "/logout")
    for url in (
        LOOP,
        f"{LOOP}/remove",
        "/plant/import",
        "/plant/calendar",
        "/plant/changes/1/undo",
        "/start/plant",
    ):
        assert anna.send(url, form).status_code == 403, url
    assert "Notices" in anna.read("/plant")


@pytest.mark.parametrize(
    "url",
    ["/plant/nothing", "/plant/loops/nothing", "/plant/add/nothing", "/plant/slots/nothing", "/plant/shifts",
     f"/plant/loops/{HOSTILE[:20]}", "/plant/export/nothing.csv"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(root: Person, url: str) -> None:
    assert root.open(url).status_code == 404


def test_rubbish_in_a_form_is_told_and_changes_nothing(site: Site, planner: Planner) -> None:
    planner.open(LOOP)
    for fields in (
        {"was": "[1]", "cards": "١٢"},
        {"was": "{", "steps": ["none", "<b>"]},
        {"revision": "x", "cards": "9" * 400},
        {"kind": "\x00", "lead_time_s": "1", "lead_time_s.unit": "years"},
    ):
        status = planner.send(LOOP, **fields).status_code
        assert status in (200, 400)
        planner.open(LOOP)
    assert vars(plant(site)) == vars(PLANT)


def test_a_form_of_another_site_changes_nothing(site: Site, root: Person) -> None:
    fields = root.form(LOOP, LOOP) | {"cards": "9", "do": "apply"}
    answer = root.client.post(LOOP, data=fields, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (
        root.client.post(LOOP, data={"cards": "9", "do": "apply"}, headers={"Origin": HERE}).status_code
        == 403
    )


def test_the_plant_file_exports_what_stands(site: Site, root: Person) -> None:
    answer = root.open("/plant/export/plant.toml")
    assert answer.get_data(as_text=True) == plantfile.export(PLANT)
    assert "plant.toml" in answer.headers["Content-Disposition"]
    assert root.open("/plant/export/loops.csv").get_data(as_text=True).startswith("\ufeffid,item,")

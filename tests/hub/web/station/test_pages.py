"""The pages of stations as people read them, and what they order there."""

import csv
import io
import tomllib

import pytest

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.inbox import Delivery
from kanban_hub.web import cookies
from kanban_protocol.messages import CommandKind, LampPattern, ShownLamps, StationHeartbeat
from kanban_protocol.signals import Clock
from tests.hub.test_presence import panel
from tests.hub.web.account.person import Person, account, link_on
from tests.hub.web.site import HOSTILE, Site
from tests.hub.web.supplier.visitor import text_of


def beat(site: Site, station: str = "paint", **changes: object) -> None:
    fields: dict[str, object] = {
        "v": 1, "boot": "8f64b87a", "uptime_s": 7_200, "outbox": 0, "oldest_s": 0.0, "clock": Clock.SYNC,
        "temperature_c": 48.3, "disk_free_bytes": 1_200_000_000, "inputs": {"slot-1": "ok"},
        "lamps_revision": 1, "refused": 2,
    }  # fmt: skip
    site.hear(station)
    site.presence.hear(station, StationHeartbeat(**(fields | changes)))  # type: ignore[arg-type]  # as named


def test_all_stations_stand_in_the_order_of_the_plant(site: Site, guest: Person) -> None:
    beat(site)
    site.hand.seconds += 75

    text = guest.read("/stations")

    assert text.index("Final assembly") < text.index("Paint shop") < text.index(HOSTILE)
    assert "Paint shop silent 1 min ago" in text
    assert "Final assembly not heard yet" in text
    assert f"{HOSTILE} outside the plant not heard yet" in text
    assert "0.3.0 right 48 °C 1.2 GB" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_well_is_quiet(site: Site, guest: Person) -> None:
    for station in ("assembly", "paint"):
        beat(site, station)

    text = guest.read("/stations")

    assert "all well" in text
    assert "look after" not in text.replace("To look after", "")
    assert "No station has anything to look after" in guest.read("/stations?only=trouble")


def test_what_somebody_has_to_look_after_is_said(site: Site, guest: Person) -> None:
    beat(
        site, outbox=3, oldest_s=600.0, clock=Clock.UNSET, temperature_c=84.0, disk_free_bytes=5_000_000,
        inputs={"scanner-1": "lost", "slot-1": "ok", "slot-2": "stuck"},
    )  # fmt: skip

    text = guest.read("/stations?only=trouble").replace("\N{NO-BREAK SPACE}", " ")

    assert "1 to look after" in text
    for told in (
        "3 signals kept for 10 min", "scanner-1: not there", "slot-2: stuck", "Clock: never set",
        "Temperature: 84 °C", "Free on its disk: 5 MB",
    ):  # fmt: skip
        assert told in text
    assert "Final assembly" not in text


def test_blue_and_white_are_the_stations_own_and_never_differ(site: Site, guest: Person) -> None:
    site.hear("paint")
    site.show("paint", own={"blue": LampPattern.ON, "white": LampPattern.OFF})
    site.hand.seconds += 16
    site.hear("paint")

    text = guest.read("/stations/paint")
    assert "blue what it knows itself on" in text
    assert "white what it knows itself off" in text
    assert "lamps are not as they should be" not in text
    board = guest.read("/")
    assert "blue on" in board
    assert "white" not in board, "dark, it says nothing to whoever does not stand there"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"retreat": 1}, "runs without its scanners"),
        ({"retreat": 2}, "runs with its lit buttons alone"),
        ({"retreat": 3}, "runs without buttons, lamps and scanners"),
        ({"stuck_lamps": {"2": LampPattern.OFF}}, "lamp of slot 2 does not light"),
        ({"stuck_lamps": {"red": LampPattern.ON}}, "lamp of red does not go out"),
    ],
)
def test_what_is_left_off_and_each_lamp_that_does_not_follow_is_said_in_words(
    site: Site, guest: Person, told: dict[str, object], said: str
) -> None:
    beat(site, "paint", **told)

    assert said in guest.read("/stations?only=trouble")
    assert said in guest.read("/stations/paint")


def test_lamps_that_differ_for_a_moment_are_no_fault(site: Site, guest: Person) -> None:
    site.hear("paint")
    site.show("paint")
    site.hand.seconds += 100
    site.hear("paint")
    site.show("paint", broken="red")  # somebody has it show which it is

    assert "lamps are not as they should be" not in guest.read("/stations/paint")
    site.hand.seconds += 16
    site.hear("paint")
    site.show("paint", broken="red")

    assert "lamps are not as they should be" in guest.read("/stations/paint")


@pytest.mark.parametrize("wired", [(), ("1",)])
def test_a_lamp_that_is_not_wired_is_no_lamp_that_differs(
    site: Site, guest: Person, wired: tuple[str, ...]
) -> None:
    site.hear("paint")
    site.show("paint", only=wired)
    site.hand.seconds += 16
    site.hear("paint")

    assert "lamps are not as they should be" not in guest.read("/stations/paint")


def test_lamps_that_differ_are_named(site: Site, guest: Person) -> None:
    site.hear("paint")
    site.show("paint", broken="red")
    site.hand.seconds += 16
    site.hear("paint")

    assert "lamps are not as they should be" in guest.read("/stations/paint")
    assert "red off double" in guest.read("/stations/paint")
    assert "green on on" in guest.read("/stations/paint")


def test_lamps_that_are_not_known_are_not_guessed(site: Site, guest: Person) -> None:
    assert "slot 1 off not known" in guest.read("/stations/paint")


def test_a_panel_stands_beside_the_hardware(site: Site, guest: Person) -> None:
    beat(site)
    site.hand.seconds += 40
    site.presence.hear_panel("paint", panel(outbox=2, oldest_s=9.0))

    text = guest.read("/stations/paint")

    assert "Paint shop silent heard < 1 min ago" in text
    assert "Somebody logged in heard < 1 min ago 2 signals kept" in text


def test_the_slots_lead_to_their_loops(site: Site, guest: Person) -> None:
    page = guest.open("/stations/paint").get_data(as_text=True)

    assert "1 Bracket, left makes it" in guest.read("/stations/paint")
    for way in ("/loops/bracket", "/panel/paint", "/stations/paint/queue", "/events?station=paint"):
        assert f'href="{way}"' in page


def test_what_was_set_aside_is_shown_as_it_began(site: Site, guest: Person) -> None:
    lines = [b'{"v": 1, "seq"', b"<b>\xff"]
    site.take([Delivery("paint", "t", line, site.clock.now_ms()) for line in lines])
    site.take([Delivery("assembly", "t", b"elsewhere", site.clock.now_ms())])
    site.presence.count("paint", "not_json")

    text = guest.read("/stations/paint")

    assert text.index("not_utf8") < text.index('{"v": 1, "seq"')
    assert "<b>\N{REPLACEMENT CHARACTER}" in text
    assert "elsewhere" not in text
    assert "not_json 1" in text


def test_a_station_that_is_not_there(guest: Person) -> None:
    assert guest.open("/stations/nowhere").status_code == 404
    assert guest.open("/stations/nowhere/station.toml").status_code == 404
    assert guest.open("/stations/%3Cscript%3E").status_code == 404


def test_all_stations_as_a_file(site: Site, guest: Person) -> None:
    beat(site)

    rows = list(csv.DictReader(io.StringIO(guest.open("/stations.csv").get_data(as_text=True))))

    assert [row["station"] for row in rows] == ["assembly", "paint", "castings"]
    assert (rows[1]["state"], rows[1]["firmware"], rows[1]["panels"]) == ("online", "0.3.0", "0")
    assert rows[1]["heard_at"] == "2026-11-23T15:01:14.123000+00:00"


@pytest.mark.parametrize(("order", "kind"), [("identify", "identify"), ("self_test", "self_test")])
def test_a_supervisor_tells_a_station_to_show_itself(site: Site, order: str, kind: str) -> None:
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    site.hear("paint")

    told = told_after(anna, order)

    assert "Sent. The station shows it for some seconds" in told
    assert [(station, command.command) for station, command in site.commands] == [
        ("paint", CommandKind(kind))
    ]


def told_after(person: Person, order: str) -> str:
    form = {**person.form("/stations/paint", "/stations/paint/command"), "command": order}
    answer = person.send("/stations/paint/command", form)
    assert answer.status_code == 303
    return person.read(answer.headers["Location"].partition("#")[0])


def test_a_supervisor_has_a_station_tell_everything_anew(site: Site) -> None:
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    site.hear("paint")

    assert "is told anew within seconds" in told_after(anna, "rebirth")
    assert [command.command for _, command in site.commands] == [CommandKind.REBIRTH]


def test_a_silent_station_is_told_honestly(site: Site, root: Person) -> None:
    assert "It is not heard now" in root.read("/stations/paint")
    assert "Sent, but the station is silent" in told_after(root, "identify")


def test_without_the_broker_it_is_said_that_nothing_was_sent(site: Site, root: Person) -> None:
    site.hear("paint")
    site.is_connected = False

    assert "Not sent: the hub has no link to the broker" in told_after(root, "identify")


def test_no_other_command_is_sent(site: Site, root: Person) -> None:
    form = {**root.form("/stations/paint", "/stations/paint/command"), "command": "update"}

    assert root.send("/stations/paint/command", form).status_code == 404
    assert site.commands == []


@pytest.mark.parametrize("role", [AccountRole.OPERATOR, AccountRole.QUALITY])
def test_who_may_not_command_is_not_offered_it(site: Site, role: AccountRole) -> None:
    person = account(site, "one", role)
    page = person.open("/stations/paint").get_data(as_text=True)

    assert "/command" not in page
    assert "/links" not in page
    root = account(site, "root", AccountRole.ADMIN)
    form = root.form("/stations/paint", "/stations/paint/command")
    assert person.send("/stations/paint/command", form).status_code == 403


def test_an_admin_makes_a_link_that_makes_a_browser_the_station(site: Site, root: Person) -> None:
    made = root.fill("/stations/paint", "/stations/paint/links", place="  Line 2,\tleft ")

    text = text_of(made)
    assert "The link for Line 2, left" in text
    assert "Line 2, left good until 2027-11-23 not seen since the hub's start" in text
    page = made.get_data(as_text=True)
    assert page.count('<rect x="') > 100
    tablet = Person(site)
    opened = tablet.open(link_on(made, "station"))
    assert opened.headers["Location"] == "/panel/paint"
    assert tablet.bears(cookies.STATION)
    assert link_on(made, "station") not in root.open("/stations/paint").get_data(as_text=True)


def test_a_link_is_seen_and_taken_back(site: Site, root: Person) -> None:
    root.fill("/stations/paint", "/stations/paint/links", place="Line 2")
    with site.store.view() as view:
        (link,) = view.station_links()
    one = panel()
    site.presence.hear_panel("paint", type(one)(**(vars(one) | {"link": link.id})))
    assert "last seen 2026-11-23 15:01 UTC" in root.read("/stations/paint")
    assert "Line 2 heard < 1 min ago" in root.read("/stations/paint")

    answer = root.fill("/stations/paint", f"/stations/paint/links/{link.id}/revoke")

    assert answer.status_code == 303
    assert "The link no longer works" in root.read("/stations/paint?said=revoked")
    assert "Line 2 no longer works" in root.read("/stations/paint")
    log = site.parts.register.log(10)
    assert [entry.what for entry in log][:2] == [Access.STATION_UNLINKED, Access.STATION_LINKED]


@pytest.mark.parametrize("place", ["", "   ", "x" * 81, "a\x07b"])
def test_a_place_that_is_none_is_told_and_kept(site: Site, root: Person, place: str) -> None:
    answer = root.fill("/stations/paint", "/stations/paint/links", place=place)

    assert answer.status_code == 400
    assert "Say where the tablet is, in 1 to 80 signs." in text_of(answer)
    with site.store.view() as view:
        assert view.station_links() == []


def test_a_link_that_is_not_there_is_told(root: Person) -> None:
    form = root.form("/stations/paint", "/stations/paint/links")

    answer = root.send("/stations/paint/links/nowhere/revoke", form)

    assert answer.status_code == 400
    assert "There is no such link." in text_of(answer)


def test_another_site_cannot_make_a_link(site: Site, root: Person) -> None:
    form = root.form("/stations/paint", "/stations/paint/links")

    assert (
        root.send("/stations/paint/links", {**form, "place": "x"}, origin="https://evil.example").status_code
        == 403
    )


def test_a_page_reached_without_https_says_that_it_must_stay_open(root: Person) -> None:
    assert "has to stay open" in root.read("/stations/paint")


def test_the_part_that_changes_is_asked_for_alone(site: Site, guest: Person) -> None:
    part = guest.client.get("/stations/paint", headers={"X-Kanban-Part": "inside"})

    assert "<html" not in part.get_data(as_text=True)
    tag = part.headers["ETag"]
    again = guest.client.get("/stations/paint", headers={"X-Kanban-Part": "inside", "If-None-Match": tag})
    assert again.status_code == 304
    site.presence.hear("paint", ShownLamps(v=1, epoch=None, revision=None, lamps={"red": LampPattern.FAST}))
    again = guest.client.get("/stations/paint", headers={"X-Kanban-Part": "inside", "If-None-Match": tag})
    assert again.status_code == 200


def test_a_stations_file_is_taken_from_its_page(site: Site) -> None:
    answer = Person(site).open("/stations/paint/station.toml")

    assert answer.headers["Content-Disposition"] == "attachment; filename=station.toml"
    assert tomllib.loads(answer.get_data(as_text=True))["station"]["id"] == "paint"

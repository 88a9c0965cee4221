"""A software station in a real browser, on the real server: the guarantees of the firmware, page by page."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.andon import CallKind
from kanban_hub.suppliers import links
from kanban_hub.web import cookies
from kanban_protocol.messages import CommandKind
from tests.hub.web.account.person import account
from tests.hub.web.panel.tablet import SOON_MS, Tablet, facts, states, taken
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytestmark = pytest.mark.chromium


def test_a_press_is_stored_then_the_hubs_and_its_lamp_follows(site: Site, tablet: Tablet) -> None:
    tablet.expect_lamp("off")
    site.is_stuck = True

    tablet.press()

    tablet.expect_note("stored", "Stored here")
    site.is_stuck = False
    tablet.expect_note("accepted", "The hub has it")
    tablet.expect_lamp("slow")
    assert states(site).count("requested") == 1


def test_what_was_pressed_without_a_hub_is_kept_shown_and_taken_once_in_order(
    site: Site, served: Served, tablet: Tablet
) -> None:
    tablet.has_kept_itself()
    served.end()
    tablet.press()
    tablet.expect_note("stored", "Stored here")
    tablet.part("help").click()
    tablet.scan("bracket-0002")
    tablet.expect_kept(3)

    tablet.page.reload()

    tablet.expect_kept(3)
    served.start()
    tablet.expect_kept(0)
    tablet.expect_hub("heard")
    assert facts(site) == [("card_moved", "pull"), ("call_raised", "help"), ("card_moved", "scan")]
    assert taken(site) == [("assembly", 0, 3)]


def test_a_tab_that_is_killed_between_store_and_send_loses_nothing(
    site: Site, context: BrowserContext, tablet: Tablet
) -> None:
    context.route("**/signals", lambda route: route.abort())
    tablet.press()
    tablet.expect_note("stored", "Stored here")
    tablet.page.close()
    context.unroute("**/signals")
    assert taken(site) == []

    tablet.page = context.new_page()
    tablet.page.goto("/panel/assembly")

    tablet.expect_lamp("slow")
    tablet.expect_kept(0)
    assert (facts(site), taken(site)) == ([("card_moved", "pull")], [("assembly", 0, 1)])


def test_an_answer_that_is_lost_on_its_way_moves_nothing_twice(
    site: Site, context: BrowserContext, tablet: Tablet
) -> None:
    def lose(route: Route) -> None:
        route.fetch()  # the hub has it …
        route.abort()  # … and nobody hears of it

    context.route("**/signals", lose, times=2)

    tablet.press()

    tablet.expect_note("accepted", "The hub has it")
    assert (states(site).count("requested"), taken(site)) == (1, [("assembly", 0, 1)])


def test_two_tabs_share_one_outbox_without_a_gap(site: Site, context: BrowserContext, tablet: Tablet) -> None:
    other = Tablet(site, context)
    other.page = context.new_page()
    other.page.goto("/panel/assembly")
    other.expect_hub("heard")

    for _ in range(2):
        tablet.part("help").click()
        other.part("help").click()
    tablet.press()
    other.scan("bracket-0003")

    tablet.expect_kept(0)
    other.expect_kept(0)
    expect(tablet.part("lines")).to_contain_text("2 asked", timeout=SOON_MS)
    assert taken(site) == [("assembly", 0, 6)]
    assert sorted(kind for _, kind in facts(site)) == ["help"] * 4 + ["pull", "scan"]


def test_a_scanner_types_wherever_the_focus_is(site: Site, tablet: Tablet) -> None:
    tablet.part("help").focus()

    tablet.scan("BRACKET-0002")

    tablet.expect_lamp("slow")
    assert facts(site) == [("card_moved", "scan")]  # and no call for help by the scanner's Enter


def test_a_code_with_blanks_and_separators_presses_no_button(site: Site, tablet: Tablet) -> None:
    tablet.part("quality").focus()

    tablet.page.keyboard.type("[)> 06")
    tablet.page.keyboard.press("Control+]")
    tablet.scan("Q20")

    tablet.expect_message("Code not readable: scan again")
    expect(tablet.page.locator("#panel")).to_have_attribute("data-armed", "false")


def test_a_card_number_is_typed_by_hand(site: Site, tablet: Tablet) -> None:
    tablet.page.get_by_label("Card number").fill("bracket-0004")
    tablet.page.get_by_role("button", name="As scanned").click()

    tablet.expect_lamp("slow")
    assert states(site)[3] == "requested"
    expect(tablet.page.get_by_label("Card number")).to_have_value("")


def test_a_press_is_taken_back_by_holding_the_same_button(site: Site, tablet: Tablet) -> None:
    tablet.press()
    tablet.expect_lamp("slow")

    tablet.hold()

    tablet.expect_note("accepted", "Taken back")
    tablet.expect_lamp("off")
    assert [kind for _, kind in facts(site)] == ["pull", "undo"]


def test_anything_is_taken_back_by_a_button_for_thirty_seconds(site: Site, tablet: Tablet) -> None:
    expect(tablet.part("undo")).to_be_disabled()
    tablet.scan("bracket-0001")
    tablet.expect_lamp("slow")
    expect(tablet.part("undo-what")).to_contain_text("the scan, for")

    tablet.part("undo").click()

    tablet.expect_lamp("off")
    expect(tablet.part("undo")).to_be_disabled()
    assert [kind for _, kind in facts(site)] == ["scan", "undo"]


def test_a_short_press_within_the_undo_time_is_another_press(site: Site, tablet: Tablet) -> None:
    tablet.press()
    tablet.expect_lamp("slow")

    tablet.press()

    expect(tablet.part("lines")).to_contain_text("2 asked", timeout=SOON_MS)


def test_a_quality_fail_names_its_slot_and_what_is_wrong(site: Site, context: BrowserContext) -> None:
    tablet = Tablet(site, context).opened("paint")

    tablet.part("quality").click()
    tablet.expect_message("Quality fail: press the item or scan the card")
    tablet.expect_lamp("fast", 1)
    tablet.page.get_by_role("button", name="Scratched").click()
    expect(tablet.page.get_by_role("button", name="Scratched")).to_have_attribute("aria-pressed", "true")
    tablet.press(2)

    tablet.expect_note("accepted", "The hub has it", 2)
    expect(tablet.part("choice")).to_be_hidden()
    assert states(site, "casting").count("quarantined") == 1
    with site.store.view() as view:
        (found,) = [record for record in view.records() if record.kind == "finding"]
    assert "scratch" in repr(found)


def test_with_one_slot_the_quality_button_alone_is_enough(site: Site, tablet: Tablet) -> None:
    tablet.part("quality").click()

    expect(tablet.part("calls")).to_contain_text("Quality fail", timeout=SOON_MS)
    assert states(site).count("quarantined") == 1


def test_a_bad_container_is_named_by_its_card_and_a_second_thought_is_free(
    site: Site, context: BrowserContext
) -> None:
    tablet = Tablet(site, context).opened("paint")
    tablet.part("quality").click()
    tablet.part("quality").click()
    tablet.expect_message("Quality fail: not now")

    tablet.scan("KSS:FAIL")
    tablet.expect_message("Quality fail: press the item or scan the card")
    tablet.scan("casting-0002")

    expect(tablet.part("calls")).to_contain_text("casting-0002", timeout=SOON_MS)
    assert states(site, "casting") == ["full", "quarantined", "full", "requested"]


def test_a_refusal_says_why(site: Site, context: BrowserContext) -> None:
    tablet = Tablet(site, context).opened("paint")

    tablet.press(1)

    tablet.expect_note("refused", "No card asks for this", 1)
    tablet.expect_message("No card asks for this")
    expect(tablet.part("undo")).to_be_disabled()


def test_a_supplier_sees_steps_ships_and_says_what_it_cannot(site: Site, context: BrowserContext) -> None:
    site.signal("assembly", "pull", loop="bracket")
    tablet = Tablet(site, context).opened("paint")
    expect(tablet.part("queue")).to_contain_text("bracket-0001 requested")
    tablet.press(1)
    tablet.expect_lamp("on", 1)
    expect(tablet.part("queue")).to_contain_text("bracket-0001 accepted", timeout=SOON_MS)

    tablet.slot(1).get_by_role("button", name="Cannot deliver").click()
    tablet.page.get_by_role("button", name="No primer").click()

    expect(tablet.part("calls")).to_contain_text("Cannot deliver", timeout=SOON_MS)
    with site.store.view() as view:
        (call,) = view.calls(only_open=True)
    assert (call.kind, call.topic) == (CallKind.MATERIAL, "no-primer")


def test_what_has_arrived_is_booked_in_by_its_number_on_the_page(site: Site, tablet: Tablet) -> None:
    site.signal("assembly", "pull", loop="bracket")
    for _ in range(2):
        site.signal("paint", "advance", loop="bracket")

    tablet.page.get_by_role("button", name="Arrived: Bracket, left bracket-0001").click()

    tablet.expect_lamp("off")
    assert set(states(site)) == {"full"}


def test_help_comes_by_one_press(site: Site, tablet: Tablet) -> None:
    tablet.part("help").click()

    expect(tablet.part("calls")).to_contain_text("not taken yet", timeout=SOON_MS)
    assert facts(site) == [("call_raised", "help")]


def test_the_lamps_say_so_when_the_hub_is_silent_and_the_page_goes_on(served: Served, tablet: Tablet) -> None:
    tablet.page.clock.install()
    tablet.page.reload()
    tablet.expect_hub("heard")
    served.end()

    tablet.page.clock.run_for(16_000)

    tablet.expect_hub("lost")
    tablet.expect_lamp("double")
    expect(tablet.part("lamp-green")).to_have_attribute("data-pattern", "off")
    expect(tablet.part("hub")).to_contain_text("Go on: what you press is kept here")
    served.start()
    tablet.page.clock.run_for(10_000)
    tablet.expect_lamp("off")


def test_a_hub_that_cannot_commit_counts_as_silent(site: Site, tablet: Tablet) -> None:
    site.commit_age_s = 20.0
    tablet.page.reload()

    tablet.expect_lamp("double")


def test_who_may_only_look_is_told_how_to_press(
    site: Site, context: BrowserContext, faults: list[str]
) -> None:
    page = context.new_page()
    page.goto("/panel/assembly")
    tablet = Tablet(site, context)
    tablet.page = page
    tablet.expect_hub("forbidden")
    expect(tablet.part("forbidden")).to_contain_text("Open the station's link on it")

    tablet.press()

    tablet.expect_message("This browser may only look")
    assert taken(site) == []


def test_an_operator_who_is_logged_in_is_any_station(site: Site, context: BrowserContext) -> None:
    otto = account(site, "otto", AccountRole.OPERATOR)
    context.add_cookies(
        [{"name": cookies.SESSION, "value": otto.session or "", "domain": "127.0.0.1", "path": "/"}]
    )
    tablet = Tablet(site, context)
    tablet.page = context.new_page()
    tablet.page.goto("/panel/paint")
    tablet.expect_hub("heard")

    tablet.press(2)

    tablet.expect_note("accepted", "The hub has it", 2)


def test_a_link_that_is_taken_back_stops_the_tablet_and_what_it_keeps_waits(
    site: Site, context: BrowserContext, tablet: Tablet
) -> None:
    context.route("**/signals", lambda route: route.abort())
    tablet.press()
    tablet.expect_note("stored", "Stored here")
    with site.store.view() as view:
        (link,) = view.station_links()
    links.revoke_station(site.store, link.id, site.clock.now_ms())
    context.unroute("**/signals")

    tablet.expect_hub("forbidden")
    tablet.expect_kept(1)
    tablet.page.close()
    again = Tablet(site, context).opened("assembly")

    again.expect_kept(0)
    again.expect_lamp("slow")
    assert taken(site) == [("assembly", 0, 1)]


def test_a_panel_is_heard_at_the_hub_and_says_what_it_keeps(site: Site, tablet: Tablet) -> None:
    with tablet.page.expect_request_finished(lambda request: "/panels/" in request.url):
        tablet.page.reload()

    heard = site.presence.of("assembly")
    (panel,) = heard.panels
    assert heard.is_online(site.presence.now_s())
    assert panel.heartbeat.clock.value in ("held", "sync")
    assert panel.shown.lamps["1"].value == "off"


def test_an_old_copy_of_an_outbox_begins_anew_and_nothing_is_lost(
    site: Site, context: BrowserContext, tablet: Tablet
) -> None:
    tablet.part("help").click()
    expect(tablet.part("calls")).to_contain_text("Help", timeout=SOON_MS)
    forget = """() => new Promise((resolve) => {
      const asked = indexedDB.open("kanban assembly");
      asked.onsuccess = () => {
        const change = asked.result.transaction(["signals", "meta"], "readwrite");
        change.objectStore("signals").clear();
        change.objectStore("meta").put(0, "last");
        change.oncomplete = () => { asked.result.close(); resolve(); };
      };
    })"""
    tablet.page.evaluate(forget)

    tablet.press()

    tablet.expect_lamp("slow")
    tablet.expect_kept(0)
    with site.store.view() as view:
        assert sorted(view.contiguous().values()) == [1, 1]
        assert [aside.reason for _, aside in view.set_aside()] == ["conflict"]


def test_what_a_restored_hub_has_lost_is_sent_again(
    site: Site, context: BrowserContext, tablet: Tablet
) -> None:
    tablet.press()
    tablet.expect_note("accepted", "The hub has it")

    def restored(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "epoch": "f" * 16, "taken": 0})

    with tablet.page.expect_request("**/signals") as sent:
        context.route("**/panel?*", restored)

    (line,) = (sent.value.post_data or "").splitlines()
    assert '"seq":1,' in line
    tablet.expect_kept(0)
    assert taken(site) == [("assembly", 0, 1)]


def test_a_browser_without_room_says_so_and_uses_up_no_number(site: Site, tablet: Tablet) -> None:
    tablet.page.evaluate(
        """() => {
          const { add } = IDBObjectStore.prototype;
          window.heal = () => { IDBObjectStore.prototype.add = add; };
          IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
        }"""
    )
    tablet.press()
    tablet.expect_message("No room left in this browser: call for help")
    expect(tablet.part("lamp-red")).to_have_attribute("data-pattern", "fast")

    tablet.page.evaluate("heal()")
    tablet.press()

    tablet.expect_lamp("slow")
    assert taken(site) == [("assembly", 0, 1)]


def test_the_tablet_blinks_when_somebody_asks_which_it_is(site: Site, tablet: Tablet) -> None:
    site.parts.commands.give("assembly", CommandKind.IDENTIFY)
    site.changes.tell()

    expect(tablet.part("lamp-green")).to_have_attribute("data-pattern", "slow", timeout=SOON_MS)


def test_the_page_opens_without_the_hub_and_shows_its_buttons(served: Served, tablet: Tablet) -> None:
    tablet.has_kept_itself()
    served.end()

    tablet.page.reload()

    expect(tablet.slot()).to_contain_text("Bracket, left")
    tablet.expect_lamp("double")
    served.start()
    tablet.expect_hub("heard")


def test_a_keyboard_is_enough(site: Site, tablet: Tablet) -> None:
    tablet.slot().locator('[data-part="press"]').focus()

    tablet.page.keyboard.press("Enter")

    tablet.expect_lamp("slow")
    assert facts(site) == [("card_moved", "pull")]


def test_targets_are_large_enough_for_gloves(site: Site, context: BrowserContext, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sizes = page.evaluate(
        """() => Array.from(document.querySelectorAll("#panel button, #panel input"))
          .filter((e) => e.offsetParent)
          .map((e) => [e.textContent.trim().slice(0, 20), e.offsetHeight, e.offsetWidth])"""
    )

    assert len(sizes) >= 5
    assert [size for size in sizes if size[1] < 64 or size[2] < 64] == []

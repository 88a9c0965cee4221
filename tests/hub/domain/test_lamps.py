"""The lamp table, row by row."""

from kanban_hub.domain import helping, quality
from kanban_hub.domain.displayline import DisplayLine, Says
from kanban_hub.domain.escalation import TAKE_WITHIN_S
from kanban_hub.domain.lamps import Lamps, Pattern, because, wanted
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor, kanban_loop, plant_of


def lamps(shop: Shopfloor, station: str) -> Lamps:
    return wanted(shop.floor, station, shop.now_ms)


def slots(shop: Shopfloor) -> tuple[str, str]:
    """The consumer's and the supplier's lamp of the loop."""
    return str(lamps(shop, CONSUMER).slots[1]), str(lamps(shop, SUPPLIER).slots[1])


def test_all_full_and_nothing_asked_is_off_and_green(shop: Shopfloor) -> None:
    assert slots(shop) == ("off", "off")
    assert lamps(shop, SUPPLIER).stack.green is Pattern.ON


def test_asked_and_not_seen_is_slow_at_both_ends(shop: Shopfloor) -> None:
    shop.pulls(1)

    assert slots(shop) == ("slow", "slow")
    assert lamps(shop, SUPPLIER).stack.amber is Pattern.SLOW
    assert lamps(shop, SUPPLIER).stack.green is Pattern.OFF
    assert lamps(shop, CONSUMER).stack.green is Pattern.ON


def test_seen_is_on_at_both_ends(shop: Shopfloor) -> None:
    shop.pulls(1)
    shop.advance()

    assert slots(shop) == ("on", "on")
    assert lamps(shop, SUPPLIER).stack.amber is Pattern.ON


def test_on_the_way_is_on_at_the_consumer_and_off_at_the_supplier(shop: Shopfloor) -> None:
    shop.pulls(1)
    shop.advance()
    shop.advance()

    assert slots(shop) == ("on", "off")


def test_none_left_is_fast_at_both_ends(shop: Shopfloor) -> None:
    shop.pulls(4)
    assert slots(shop) == ("fast", "fast")
    shop.advance()
    assert slots(shop) == ("fast", "fast")


def test_received_goes_dark(shop: Shopfloor) -> None:
    shop.pulls(1)
    shop.wait(10)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)

    assert slots(shop) == ("off", "off")


def test_collecting_lights_the_consumer_alone() -> None:
    shop = Shopfloor(kanban_loop(batch=3))
    shop.pulls(1)

    assert slots(shop) == ("slow", "off")


def test_a_quality_call_is_red_slow_then_on_then_dark_and_fast_when_it_escalates(shop: Shopfloor) -> None:
    shop.fail()
    assert lamps(shop, SUPPLIER).stack.red is Pattern.SLOW
    shop.wait(TAKE_WITHIN_S)
    shop.come_due()
    assert lamps(shop, SUPPLIER).stack.red is Pattern.FAST
    (call,) = shop.floor.open_calls()
    shop.order(helping.take(call))
    assert lamps(shop, SUPPLIER).stack.red is Pattern.ON
    shop.order(helping.solve(shop.floor.calls[call.id], "burr"))
    shop.order(quality.scrap(shop.floor, shop.card(1)))
    assert lamps(shop, SUPPLIER).stack.red is Pattern.OFF


def colours(shop: Shopfloor) -> tuple[str, str, str]:
    """Red, amber and green of the supplier."""
    stack = lamps(shop, SUPPLIER).stack
    return str(stack.red), str(stack.amber), str(stack.green)


def test_with_a_takt_a_call_is_amber_until_the_takt_is_over_and_then_red() -> None:
    shop = Shopfloor(stations={SUPPLIER: {"takt_s": 60}})
    shop.call_help(SUPPLIER)
    assert colours(shop) == ("off", "slow", "off")
    shop.wait(60)
    shop.come_due()
    assert colours(shop) == ("fast", "off", "off")
    (call,) = shop.floor.open_calls()
    shop.order(helping.take(call))
    assert colours(shop) == ("on", "off", "off")
    shop.order(helping.solve(shop.floor.calls[call.id], None))
    assert colours(shop) == ("off", "off", "on")


def test_with_a_takt_a_call_that_is_taken_in_time_stays_amber() -> None:
    shop = Shopfloor(stations={SUPPLIER: {"takt_s": 60}})
    shop.call_help(SUPPLIER)
    (call,) = shop.floor.open_calls()
    shop.order(helping.arrive(call))

    assert colours(shop) == ("off", "on", "off")


def test_a_call_that_has_risen_is_red_also_within_a_long_takt() -> None:
    shop = Shopfloor(stations={SUPPLIER: {"takt_s": 2 * TAKE_WITHIN_S}})
    shop.call_help(SUPPLIER)
    shop.wait(TAKE_WITHIN_S)
    shop.come_due()

    assert colours(shop) == ("fast", "off", "off")


def test_the_display_counts_and_ages(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.wait(12 * 60)

    assert lamps(shop, SUPPLIER).display == (DisplayLine(1, "Bracket, left", Says.ASKED, 2, 10),)


def test_the_display_says_what_is_collected_what_comes_and_that_nothing_is_to_do() -> None:
    shop = Shopfloor(kanban_loop(batch=3))
    assert [lamps(shop, at).display[0].says for at in (CONSUMER, SUPPLIER)] == [
        Says.ALL_FULL,
        Says.NOTHING_ASKED,
    ]
    shop.pulls(1)
    assert lamps(shop, CONSUMER).display == (
        DisplayLine(1, "Bracket, left", Says.COLLECTING, collected=1, batch=3),
    )
    shop.pulls(3)
    assert lamps(shop, SUPPLIER).display == (
        DisplayLine(1, "Bracket, left", Says.BOTH, 3, collected=1, batch=3),
    )


def test_ages_are_coarse_so_that_lamps_are_seldom_said_anew(shop: Shopfloor) -> None:
    shop.pulls(1)
    told = []
    for minutes in (0.5, 9.9, 14.5, 61.5, 200):
        shop.wait(minutes * 60 - (shop.now_ms - 1_000_000) / 1000)
        told.append(lamps(shop, SUPPLIER).display[0].oldest_min)

    assert told == [0, 9, 10, 60, 180]


def test_a_display_speaks_the_language_of_its_station_or_the_plants(shop: Shopfloor) -> None:
    shop.replan(plant_of(kanban_loop(), stations={SUPPLIER: {"language": "pl"}}, language="de"))

    assert [lamps(shop, at).language for at in (CONSUMER, SUPPLIER)] == ["de", "pl"]


def test_because_names_the_newest_signals_first_and_at_most_32() -> None:
    shop = Shopfloor(kanban_loop(cards=40))
    signals = []
    for _ in range(40):
        shop.wait(10)
        shop.pull()
        signals.append(shop.signal)

    assert because(shop.floor, SUPPLIER, [signals[-1]]) == signals[::-1][:32]

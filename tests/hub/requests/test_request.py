from kanban_hub.domain.moves import Move
from kanban_hub.requests.request import AHEAD_MOST_MS, request_list
from kanban_hub.requests.table import COLUMNS, csv_of
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop

MINUTE_MS = 60_000


def test_every_open_request_is_on_the_list_in_the_order_of_the_queue() -> None:
    shop = Shopfloor(kanban_loop(supplier_item="V-778", steps=(Move.ACCEPT, Move.SHIP)))
    shop.pulls(2)

    found = request_list(shop.floor, SUPPLIER, 7, shop.now_ms)

    assert [(one.place, one.card, one.quantity) for one in found.requests] == [
        (1, "bracket-0001", 20),
        (2, "bracket-0002", 20),
    ]
    assert found.requests[0].supplier_item == "V-778"
    assert (found.site, found.supplier, found.number) == ("plant", SUPPLIER, 7)


def test_a_container_is_needed_when_the_stock_and_those_before_it_are_used_up() -> None:
    shop = Shopfloor(kanban_loop(rate_per_hour=30.0))
    shop.pulls(2)

    first, second = request_list(shop.floor, SUPPLIER, 7, shop.now_ms).requests

    assert first.needed_ms - shop.now_ms == 80 * MINUTE_MS  # two full containers of 20 at 30 an hour
    assert second.needed_ms - first.needed_ms == 40 * MINUTE_MS


def test_what_is_shipped_is_on_the_list_no_more() -> None:
    shop = Shopfloor(kanban_loop(steps=(Move.SHIP,)))
    shop.pulls(1)
    shop.advance()

    assert request_list(shop.floor, SUPPLIER, 7, shop.now_ms).requests == ()


def test_a_rate_near_zero_names_a_year_that_can_be_written() -> None:
    shop = Shopfloor(kanban_loop(rate_per_hour=1e-9))
    shop.pulls(1)

    (request,) = request_list(shop.floor, SUPPLIER, 7, shop.now_ms).requests

    assert request.needed_ms == shop.now_ms + AHEAD_MOST_MS


def test_the_table_has_a_row_a_request_and_no_formula() -> None:
    shop = Shopfloor(kanban_loop(supplier_item="=1+1", rate_per_hour=30.0))
    shop.pulls(1)

    text = csv_of(request_list(shop.floor, SUPPLIER, 7, shop.now_ms))

    assert text == (
        f"{','.join(COLUMNS)}\r\n"
        '1,bracket-0001,bracket,"Bracket, left",\'=1+1,20,assembly,requested,'
        "1970-01-01T00:16:50Z,1970-01-01T02:16:50Z,,no\r\n"
    )

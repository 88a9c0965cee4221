import re

import pypdfium2
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from kanban_hub.labels.check import checked
from tests.hub.paper.eyes import codes
from tests.hub.web.account.person import account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of
from tests.hub.web.walk.addresses import stir

PAGE = "/print/paper-mode"


def sheets(client: FlaskClient) -> list[str]:
    """The text of each sheet of the PDF."""
    made = pypdfium2.PdfDocument(client.get(f"{PAGE}.pdf").get_data())
    return [" ".join(page.get_textpage().get_text_range().split()) for page in made]


def test_the_queue_of_each_supplier_is_printed_in_order_with_its_sum(site: Site, client: FlaskClient) -> None:
    stir(site)

    paint, castings, *_ = sheets(client)

    assert paint.startswith("To serve: Paint shop")
    places = [paint.index(checked(f"bracket-000{n}")) for n in (5, 1, 2, 3)]
    assert places == sorted(places)
    assert "÷" in paint
    assert "To serve:" in castings
    assert checked("casting-0001") in castings


def test_the_stock_of_each_consumer_can_be_scanned_from_the_paper(site: Site, client: FlaskClient) -> None:
    stir(site)

    made = pypdfium2.PdfDocument(client.get(f"{PAGE}.pdf").get_data())

    (page,) = [p for p in made if "Stock: Final assembly" in p.get_textpage().get_text_range()]
    assert codes(page.render(scale=4).to_pil()) == {checked(f"bracket-000{n}") for n in range(1, 6)}
    assert "quarantined" in page.get_textpage().get_text_range()


def test_open_calls_are_printed_and_that_there_is_none(site: Site, client: FlaskClient) -> None:
    (none,) = [sheet for sheet in sheets(client) if sheet.startswith("Open calls")]
    stir(site)
    (calls,) = [sheet for sheet in sheets(client) if sheet.startswith("Open calls")]

    assert "No call is open." in none
    assert "Quality fail" in calls
    assert "Cannot deliver" in calls


def test_each_station_of_the_plant_has_a_sheet_to_write_on_with_a_number_of_its_own(
    client: FlaskClient,
) -> None:
    found = [sheet for sheet in sheets(client) if sheet.startswith("Sheet ")]
    again = [sheet for sheet in sheets(client) if sheet.startswith("Sheet ")]

    assert [sheet.split(": ")[1].split(" Date")[0] for sheet in found] == ["Final assembly", "Paint shop"]
    numbers = {sheet.split(":")[0] for sheet in found + again}
    assert len(numbers) == 4
    assert all(re.fullmatch(r"Sheet [2-9A-Z]{6}", number) for number in numbers)


def test_the_page_shows_the_sheets_of_the_pdf(site: Site, client: FlaskClient) -> None:
    stir(site)

    page = client.get(PAGE).get_data(as_text=True)

    assert page.count('<figure class="paper">') == len(sheets(client))


def test_the_way_to_entering_is_shown_to_who_may(site: Site, client: FlaskClient) -> None:
    assert "Enter what was written" not in text_of(client.get(PAGE))
    assert "Enter what was written" in account(site, "lead", AccountRole.SUPERVISOR).read(PAGE)

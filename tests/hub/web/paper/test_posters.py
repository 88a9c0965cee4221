import pypdfium2
from flask.testing import FlaskClient

from kanban_protocol.codes import COMMANDS
from tests.hub.paper.eyes import codes
from tests.hub.web.supplier.visitor import text_of


def seen(client: FlaskClient, url: str) -> set[str]:
    (page,) = pypdfium2.PdfDocument(client.get(url).get_data())
    return codes(page.render(scale=4).to_pil())


def test_the_sheet_of_commands_is_read_by_any_scanner(client: FlaskClient) -> None:
    for paper in ("a4", "letter", "nonsense"):
        assert seen(client, f"/print/commands.pdf?paper={paper}") == set(COMMANDS)


def test_a_station_s_label_leads_to_its_panel_and_its_page(client: FlaskClient) -> None:
    assert seen(client, "/print/stations.pdf?station=paint&address=http://hub") == {
        "http://hub/panel/paint",
        "http://hub/stations/paint",
    }


def test_a_supplier_outside_has_no_panel(client: FlaskClient) -> None:
    assert seen(client, "/print/stations.pdf?station=castings&address=http://hub") == {
        "http://hub/stations/castings"
    }


def test_without_a_choice_every_station_has_a_label(client: FlaskClient) -> None:
    page = text_of(client.get("/print/stations?size=a7"))

    assert page.count("How the station is") == 3


def test_the_first_page_leads_to_all_that_is_printed(client: FlaskClient) -> None:
    page = client.get("/print").get_data(as_text=True)

    for path in ("/print/cards", "/print/commands", "/print/stations", "contents=1"):
        assert path in page

import re
from dataclasses import replace

import pypdfium2
import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.card import Contents
from kanban_hub.labels.check import checked
from kanban_hub.orders import CountCard, MoveCard
from tests.hub.paper.eyes import codes
from tests.hub.paper.zplreader import labels
from tests.hub.web.site import HOSTILE, PLANT, Site
from tests.hub.web.supplier.visitor import text_of


def sheets(client: FlaskClient, query: str) -> list[str]:
    """The sheets that the page shows."""
    page = client.get(f"/print/cards?{query}").get_data(as_text=True)
    return re.findall(r'<figure class="paper">(.*?)</figure>', page, re.DOTALL)


def numbers(client: FlaskClient, query: str) -> list[str]:
    return re.findall(r"[A-Z]+\.\d{4}\.[0-9A-Z]{2}", "".join(sheets(client, query)))


def test_all_cards_of_the_chosen_loops_are_laid_out(client: FlaskClient) -> None:
    assert numbers(client, "loop=bracket") == [checked(f"bracket-000{n}") for n in (1, 2, 3, 4)]
    assert len(numbers(client, "loop=bracket&loop=casting")) == 7


def test_of_a_loop_only_the_named_cards_are_laid_out(client: FlaskClient) -> None:
    found = numbers(client, "loop=bracket&loop=casting&card=bracket-0002&card=nobody-0001")

    assert found == [
        checked(f"{card}") for card in ("bracket-0002", "casting-0001", "casting-0002", "casting-0003")
    ]


def test_a_void_number_is_never_printed(site: Site, client: FlaskClient) -> None:
    site.ask(MoveCard("bracket-0002", "lose"))

    assert checked("bracket-0002") not in numbers(client, "loop=bracket&card=bracket-0002&card=bracket-0001")
    assert checked("bracket-0005") in numbers(client, "loop=bracket")


def test_the_code_leads_a_phone_to_the_card_at_the_address_that_is_asked(client: FlaskClient) -> None:
    made = client.get("/print/cards.pdf?card=bracket-0001&size=a6&paper=single&address=http://hub.plant:8080")

    (page,) = pypdfium2.PdfDocument(made.get_data())
    assert codes(page.render(scale=4).to_pil()) == {
        "HTTP://HUB.PLANT:8080/C/BRACKET.0001.2H",
        "BRACKET.0001.2H",
    }


def test_without_an_address_it_is_the_one_at_which_the_page_was_opened(client: FlaskClient) -> None:
    made = client.get("/print/cards.pdf?card=bracket-0001&paper=single", base_url="http://kanban.plant")

    (page,) = pypdfium2.PdfDocument(made.get_data())
    assert "HTTP://KANBAN.PLANT/C/BRACKET.0001.2H" in codes(page.render(scale=4).to_pil())


def test_an_address_that_no_phone_can_open_is_told(client: FlaskClient) -> None:
    said = "leads to this machine only"

    assert said in text_of(client.get("/print/cards?loop=bracket", base_url="http://127.0.0.1:8080"))
    assert said not in text_of(client.get("/print/cards?loop=bracket", base_url="http://kanban.plant"))


def test_a_label_of_a_filling_says_what_is_in_it(site: Site, client: FlaskClient) -> None:
    site.ask(CountCard("casting-0001", Contents(15, "A-778")))

    plain = "".join(sheets(client, "card=casting-0001"))
    filled = "".join(sheets(client, "card=casting-0001&contents=1"))
    assert "50 pieces" in plain
    assert "15 pieces" in filled
    assert "lot A-778" in filled


def test_pdf_and_page_have_the_same_sheets(client: FlaskClient) -> None:
    query = "loop=bracket&loop=casting&size=a7&paper=letter&start=6&copies=2"

    made = pypdfium2.PdfDocument(client.get(f"/print/cards.pdf?{query}").get_data())

    shown = sheets(client, query)
    assert len(made) == len(shown) == 4
    for page, svg in zip(made, shown, strict=True):
        width, height = (points * 25.4 / 72 for points in page.get_size())
        found = re.match(r'<svg xmlns="[^"]+" width="([\d.]+)mm" height="([\d.]+)mm"', svg)
        assert found
        assert (width, height) == pytest.approx((float(found[1]), float(found[2])), abs=0.1)


def test_zpl_has_one_label_a_card_in_the_size_of_the_form(client: FlaskClient) -> None:
    made = client.get("/print/cards.zpl?loop=bracket&size=62x100&copies=2&dpi=300")

    found = labels(made.get_data())
    assert len(found) == 4
    assert {(label.width, label.height, label.copies) for label in found} == {(744, 1200, 2)}
    assert made.headers["Content-Disposition"] == 'attachment; filename="cards.zpl"'


def test_a_label_for_a_printer_has_one_side_only(client: FlaskClient) -> None:
    made = client.get("/print/cards.zpl?loop=bracket&size=card&folded=1")

    assert {(label.width, label.height) for label in labels(made.get_data())} == {(680, 432)}


def test_names_are_text_on_the_page(client: FlaskClient) -> None:
    page = client.get("/print/cards?loop=casting").get_data(as_text=True)

    assert "<script>alert" not in page
    assert (
        HOSTILE.partition(" &")[0].replace("<", "&lt;").replace(">", "&gt;") in page
        or "&lt;script&gt;" in page
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("copies=x", "Copies are a number from 1 to 20, not “x”."),
        ("copies=21", "Copies are a number from 1 to 20"),
        ("start=0", "The first free place is a number from 1 to 40"),
        ("size=own&width=4000&height=1", "width and height are 40 to 300 mm each"),
        ("size=own&width=300&height=300", "The paper is too small"),
        ("address=javascript:alert(1)", "The address of the hub is such as"),
        ("address=http://hub/path", "The address of the hub is such as"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, query: str, said: str
) -> None:
    loops = "&".join(f"loop={loop}" for loop in ("bracket", "casting"))
    page = client.get(f"/print/cards?{loops}&{query}")

    assert page.status_code == 200
    assert said in text_of(page)
    value = query.rsplit("=", maxsplit=1)[-1]
    assert value in page.get_data(as_text=True)


def test_more_than_a_browser_lays_out_are_refused_with_a_number(site: Site, client: FlaskClient) -> None:
    site.load(PLANT.with_loop(replace(PLANT.loops["bracket"], cards=60)))

    assert "1200 at once are too many: at most 1000." in text_of(
        client.get("/print/cards?loop=bracket&copies=20")
    )
    assert client.get("/print/cards.pdf?loop=bracket&copies=20").status_code == 400


def test_an_own_size_is_typed_with_comma_or_point(client: FlaskClient) -> None:
    for width in ("61,5", "61.5"):
        (sheet, *_) = sheets(client, f"loop=bracket&size=own&width={width}&height=90&paper=single")
        assert 'width="61.5mm" height="90mm"' in sheet


def test_bars_that_are_left_out_are_told_with_their_cards(site: Site, client: FlaskClient) -> None:
    said = "too long for bars"

    assert said not in text_of(client.get("/print/cards?loop=bracket"))
    assert said in text_of(client.get("/print/cards?loop=bracket&size=own&width=40&height=40&paper=single"))


def test_nothing_chosen_is_said_and_no_file_is_made(client: FlaskClient) -> None:
    assert "Choose at least one loop" in text_of(client.get("/print/cards"))
    assert client.get("/print/cards.pdf").status_code == 404
    assert client.get("/print/cards.zpl?loop=nothing").status_code == 404


@pytest.mark.parametrize("size", ["0x10", "nanxnan", "10", "1e9x5", "axb", "-5x10", "infx5"])
def test_no_style_sheet_is_made_of_what_is_no_size(client: FlaskClient, size: str) -> None:
    assert client.get(f"/print/page-{size}.css").status_code == 404


def test_the_size_of_a_page_is_said_by_its_own_style_sheet(client: FlaskClient) -> None:
    made = client.get("/print/page-215.9x279.4.css")

    assert made.mimetype == "text/css"
    assert "@page { size: 215.9mm 279.4mm; margin: 0; }" in made.get_data(as_text=True)

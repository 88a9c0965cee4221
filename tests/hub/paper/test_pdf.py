import pypdfium2
import pytest

from kanban_hub.paper.card import Face, QrContent, back, folded, front
from kanban_hub.paper.form import FORMS, PAPERS, Form, tiled
from kanban_hub.paper.letters import unprintable
from kanban_hub.paper.pdf import pdf
from kanban_hub.paper.sheet import Imposition, sheets
from tests.hub.paper.eyes import codes
from tests.hub.paper.faces import ADDRESS, BRACKET, CHINESE, FACES

DOTS_PER_INCH = 300


def pages(made: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(made))


def text_of(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_reader_of_others_reads_every_code_of_every_size(face: Face, form: Form) -> None:
    drawing = front(face, form, QrContent.BOTH, ADDRESS)

    (page,) = pages(pdf([drawing], "Cards"))

    wanted = {*face.qr_texts(QrContent.BOTH, ADDRESS)} | (set() if drawing.lacks else {face.number})
    assert codes(page.render(scale=DOTS_PER_INCH / 72).to_pil()) == wanted


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_page_has_the_size_of_its_drawing_to_a_tenth_of_a_millimetre(form: Form) -> None:
    made = pages(pdf([front(BRACKET, form, QrContent.LINK, ADDRESS)] * 2, "Cards"))

    assert len(made) == 2
    for page in made:
        width, height = (points * 25.4 / 72 for points in page.get_size())
        assert (width, height) == pytest.approx((form.width, form.height), abs=0.1)


def test_a_sheet_of_two_sided_cards_is_one_page_of_paper() -> None:
    card = folded(front(BRACKET, FORMS["card"], QrContent.LINK, ADDRESS), back(BRACKET, FORMS["card"]))
    grid = tiled(FORMS["card"], PAPERS["a4"], is_folded=True)

    (page,) = pages(pdf(sheets([card] * 5, Imposition(grid)), "Cards"))

    assert text_of(page).count("Container empty?") == 5
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.1)


@pytest.mark.parametrize("name", ["Łąka źdźbło", "Größe ß", "Año ¿qué?", "Straße / Brücke"])
def test_the_letters_of_europe_are_in_it(name: str) -> None:
    face = Face("a-0001", "a", name, 1, "p", "a", BRACKET.words)

    (page,) = pages(pdf([front(face, FORMS["a6"], QrContent.LINK, ADDRESS)], "Cards"))

    assert name in text_of(page)


@pytest.mark.parametrize("name", ["左侧支架", "ブラケット", "브라켓", "Кронштейн"])
def test_letters_of_other_scripts_are_in_it_in_the_fonts_of_its_reader(name: str) -> None:
    face = Face("a-0001", "a", name, 1, "p", "a", BRACKET.words)

    made = pdf([front(face, FORMS["a6"], QrContent.LINK, ADDRESS)], "Cards")

    assert name in text_of(pages(made)[0])
    assert unprintable(name) == ""


def test_what_has_no_letter_is_told_and_drawn_as_a_box() -> None:
    face = Face("a-0001", "a", "😀 مرحبا", 1, "p", "a", BRACKET.words)

    (page,) = pages(pdf([front(face, FORMS["a6"], QrContent.LINK, ADDRESS)], "Cards"))

    assert "□" in text_of(page)
    assert unprintable("a 😀 م") == "😀م"


def test_the_same_cards_give_the_same_file() -> None:
    drawing = front(CHINESE, FORMS["a6"], QrContent.LINK, ADDRESS)

    assert pdf([drawing], "Cards") == pdf([drawing], "Cards")

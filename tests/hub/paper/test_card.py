import pytest

from kanban_hub.labels.reading import read
from kanban_hub.paper.card import Face, QrContent, back, folded, front
from kanban_hub.paper.code import MODULE_LEAST_MM, bars_modules
from kanban_hub.paper.form import FORMS, Form, own_form
from kanban_hub.paper.letters import width_em
from kanban_hub.paper.shape import Bars, Lack, Line, Qr, Text
from tests.hub.paper.eyes import beyond, overlaps
from tests.hub.paper.faces import ADDRESS, BRACKET, FACES, HOSTILE

EVERY_FORM = [*FORMS.values(), own_form(40, 40), own_form(60, 40), own_form(40, 90), own_form(300, 300)]


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.words)
@pytest.mark.parametrize("content", QrContent)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_nothing_lies_on_another_or_over_the_edge(face: Face, content: QrContent, form: Form) -> None:
    drawing = front(face, form, content, ADDRESS)

    assert overlaps(drawing) == []
    assert beyond(drawing) == []


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.words)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_nothing_lies_on_another_on_the_back(face: Face, form: Form) -> None:
    drawing = folded(front(face, form, QrContent.LINK, ADDRESS), back(face, form))

    assert overlaps(drawing) == []
    assert beyond(drawing) == []
    assert [shape.x for shape in drawing.shapes if isinstance(shape, Line)] == [form.width]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_size_says_what_how_many_from_whom_to_whom_and_the_number(form: Form) -> None:
    texts = [
        shape.text
        for shape in front(BRACKET, form, QrContent.LINK, ADDRESS).shapes
        if isinstance(shape, Text)
    ]

    assert {"Bracket, left", "BRACKET", "20 pieces", "Loop bracket", BRACKET.number} <= set(texts)
    assert "Paint shop » Final assembly" in " ".join(texts)


def test_no_line_is_wider_than_it_was_measured() -> None:
    for face in FACES.values():
        for shape in front(face, FORMS["a7"], QrContent.BOTH, ADDRESS).shapes:
            if isinstance(shape, Text):
                assert shape.width == pytest.approx(width_em(shape.text, is_bold=shape.is_bold) * shape.size)


def test_what_a_card_says_is_read_back_as_the_card() -> None:
    for content in QrContent:
        for text in BRACKET.qr_texts(content, ADDRESS):
            assert read(text).card == "bracket-0003"


def test_the_data_identifiers_say_item_quantity_and_lot() -> None:
    filled = Face("a-0001", "bracket", "B", 15, "p", "a", BRACKET.words, lot="A-778")

    label = read(filled.data)

    assert (label.card, label.item_code, label.quantity, label.lot) == ("a-0001", "BRACKET", 15, "A-778")


def test_bars_too_fine_to_be_read_are_left_out_and_that_is_said() -> None:
    drawing = front(HOSTILE, FORMS["card"], QrContent.LINK, ADDRESS)

    assert drawing.lacks == (Lack.BARS,)
    assert not any(isinstance(shape, Bars) for shape in drawing.shapes)
    assert front(BRACKET, FORMS["card"], QrContent.LINK, ADDRESS).lacks == ()


def test_a_qr_code_too_fine_for_a_phone_is_said() -> None:
    filled = Face("a-0001", "a", "A", 1, "p", "a", BRACKET.words, lot="L" * 80)

    assert front(filled, own_form(40, 40), QrContent.BOTH, ADDRESS).lacks == (Lack.QR,)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_every_bar_is_wide_enough_for_a_hand_scanner(face: Face, form: Form) -> None:
    for shape in front(face, form, QrContent.LINK, ADDRESS).shapes:
        if isinstance(shape, Bars):
            assert shape.width / bars_modules(shape.text) >= MODULE_LEAST_MM


def test_both_codes_are_there_when_both_are_asked_for() -> None:
    drawing = front(BRACKET, FORMS["a7"], QrContent.BOTH, ADDRESS)

    texts = [shape.text for shape in drawing.shapes if isinstance(shape, Qr)]
    assert texts == [f"{ADDRESS.upper()}/C/{BRACKET.number}", BRACKET.data]

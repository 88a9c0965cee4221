import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.paper.card import Face, QrContent, front
from kanban_hub.paper.code import bars_modules, qr_modules
from kanban_hub.paper.form import FORMS, Form
from kanban_hub.paper.shape import Drawing, Line, Text
from kanban_hub.paper.zpl import DOTS_PER_MM, Media, job
from tests.hub.paper.faces import ADDRESS, BRACKET, FACES
from tests.hub.paper.zplreader import Field, Label, labels


def label_of(face: Face, form: Form, media: Media) -> Label:
    (label,) = labels(job([front(face, form, QrContent.BOTH, ADDRESS)], media))
    return label


def test_a_label_says_all_that_the_card_says() -> None:
    label = label_of(BRACKET, FORMS["100x150"], Media())

    data = [field.data for field in label.fields]
    assert [one for one in data if one.startswith("MA,")] == [
        f"MA,{text}" for text in BRACKET.qr_texts(QrContent.BOTH, ADDRESS)
    ]
    assert data.count(BRACKET.number) == 2  # as bars and as text
    assert {"Bracket, left", "BRACKET", "20 pieces", "Loop bracket"} <= set(data)


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
def test_it_is_as_large_as_the_form_and_in_utf_8(dpi: int) -> None:
    label = label_of(BRACKET, FORMS["62x100"], Media(dpi))

    assert (label.width, label.height) == (62 * DOTS_PER_MM[dpi], 100 * DOTS_PER_MM[dpi])
    assert label.encoding == "28"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_no_text_is_ever_a_command(text: str) -> None:
    (label,) = labels(job([Drawing(50, 50, (Text(1, 9, 5, 40, text),))], Media()))

    assert [field.data for field in label.fields] == [text]


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_no_code_is_larger_than_its_place(face: Face, form: Form, dpi: int) -> None:
    for field in label_of(face, form, Media(dpi)).fields:
        right, bottom = _end(field)
        assert right <= form.width * DOTS_PER_MM[dpi]
        assert bottom <= form.height * DOTS_PER_MM[dpi]


def _end(field: Field) -> tuple[int, int]:
    """Right and bottom of a code."""
    if "BQ" in field.commands:
        modules = qr_modules(field.data.removeprefix("MA,")) - 8
        side = modules * int(field.commands["BQ"][2])
        return field.x + side, field.y + side
    if "BC" in field.commands:
        module, _, high = map(int, field.commands["BY"])
        return field.x + (bars_modules(field.data) - 20) * module, field.y + high
    return field.x, field.y


def test_copies_are_the_printer_s_own() -> None:
    (label,) = labels(job([front(BRACKET, FORMS["a7"], QrContent.LINK, ADDRESS)], Media(), copies=3))

    assert label.copies == 3


def test_a_font_of_the_printer_s_memory_is_named_with_each_text() -> None:
    media = Media(font="E:SIMSUN.TTF")

    label = label_of(FACES["chinese"], FORMS["a6"], media)

    texts = [field for field in label.fields if "A@" in field.commands]
    assert len(texts) >= 6
    assert all(field.commands["A@"][-1] == "E:SIMSUN.TTF" for field in texts)


def test_a_stroke_is_a_box() -> None:
    (label,) = labels(job([Drawing(50, 50, (Line(5, 0, 5, 50), Line(0, 5, 50, 5)))], Media()))

    assert [field.commands["GB"] for field in label.fields] == [["2", "400", "2"], ["400", "2", "2"]]

"""Pages as they are drawn, looked at dot by dot."""

import logging
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageChops

from kanban_hardware.page import Typesetter

SIZE = (128, 64)
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


@pytest.fixture
def typesetter() -> Typesetter:
    # Pillow's own font, so that every machine draws alike; 12 dots make four rows and a bit.
    return Typesetter(SIZE, "/no/such/font", 12)


def lit(image: Image.Image, top: int, bottom: int) -> int:
    """How many dots are lit between two rows of dots."""
    return sum(image.crop((0, top, image.width, bottom)).histogram()[1:])


def test_a_line_is_wrapped_between_words_and_loses_none(typesetter: Typesetter) -> None:
    text = "Bracket, left: 3 asked, oldest 12 min"
    rows = list(typesetter.wrapped(text))
    assert len(rows) > 1
    assert " ".join(rows) == text
    assert all(typesetter._fits(row) for row in rows)


def test_a_word_that_is_too_long_is_broken_and_keeps_every_letter(typesetter: Typesetter) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    rows = list(typesetter.wrapped(f"to {word}"))
    assert "".join(rows).replace(" ", "") == f"to{word}"
    assert all(typesetter._fits(row) for row in rows)


def test_a_text_without_blanks_is_broken_too(typesetter: Typesetter) -> None:
    text = "质量不合格请按物料按钮或扫描看板卡" * 3
    rows = list(typesetter.wrapped(text))
    assert "".join(rows) == text
    assert len(rows) > 1


def test_rows_stand_one_below_the_other_and_within_the_display(typesetter: Typesetter) -> None:
    (page,) = typesetter.pages(("AAA", "BBB", "CCC"))
    assert (page.size, page.mode) == (SIZE, "1")
    height = typesetter._row_px
    assert all(lit(page, row * height, (row + 1) * height) for row in range(3))
    assert lit(page, 3 * height, SIZE[1]) == 0


def test_the_same_text_is_drawn_alike_and_another_one_differs(typesetter: Typesetter) -> None:
    (one,), (same,), (other,) = (typesetter.pages((text,)) for text in ("stored", "stored", "refused"))
    assert ImageChops.logical_xor(one, same).getbbox() is None
    assert ImageChops.logical_xor(one, other).getbbox() is not None


def test_more_rows_than_fit_are_more_pages(typesetter: Typesetter) -> None:
    rows = SIZE[1] // typesetter._row_px
    assert len(typesetter.pages(("A",) * rows)) == 1
    first, last = typesetter.pages(("A",) * (rows + 1))
    assert lit(first, 0, SIZE[1]) == rows * lit(last, 0, SIZE[1])


def test_nothing_to_say_is_one_dark_page(typesetter: Typesetter) -> None:
    (page,) = typesetter.pages(())
    assert page.getbbox() is None


def test_a_font_that_has_the_letters_draws_them_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    typesetter = Typesetter(SIZE, str(VERA), 12)
    with caplog.at_level(logging.WARNING):
        typesetter.pages(("Ä ö ß é",))
    assert caplog.text == ""


def test_letters_that_the_font_lacks_are_told_once(
    typesetter: Typesetter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            typesetter.pages(("Qualität: 质",))
    assert len(caplog.records) == 1
    assert "ä 质" in caplog.text
    assert "fonts-unifont" in caplog.text


def test_a_font_that_is_named_and_missing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    Typesetter(SIZE, "/no/such/font", 12)
    assert "/no/such/font is not there" in caplog.text

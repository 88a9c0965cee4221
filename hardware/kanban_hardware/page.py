"""Lines of text in, pages of black and white dots out, by Pillow. Imported only where a display is wired."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

log = logging.getLogger(__name__)

# Unifont is drawn on a grid of 16 dots, so it is crisp on a display, and has every language's letters,
# Chinese too; DejaVu has all of Europe's. Debian's fonts-unifont and fonts-dejavu-core bring them.
FONTS = (
    "/usr/share/fonts/opentype/unifont/unifont.otf",
    "/usr/share/fonts/truetype/unifont/unifont.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
NOT_A_CHARACTER = "\uffff"


class Typesetter:
    """Wraps and draws texts for a display of `size` dots."""

    def __init__(self, size: tuple[int, int], font: str | None, font_px: int) -> None:
        self._size = size
        self._font = load(font, font_px)
        ascent, descent = self._font.getmetrics()
        self._row_px = ascent + descent
        self._rows = max(1, size[1] // self._row_px)
        self._nothing = self._drawn(NOT_A_CHARACTER)
        self._missing: set[str] = set()

    def pages(self, lines: tuple[str, ...]) -> list[Image.Image]:
        """The pages that the lines fill, at least one; each line begins a row."""
        rows = [row for line in lines for row in self.wrapped(line)]
        self._miss(set("".join(rows)))
        starts = range(0, max(1, len(rows)), self._rows)
        return [self._page(rows[start : start + self._rows]) for start in starts]

    def wrapped(self, line: str) -> Iterator[str]:
        """The rows of one line: broken between words, and within one that is too long or has no blanks."""
        row = ""
        for word in line.split():
            longer = f"{row} {word}" if row else word
            if self._fits(longer):
                row = longer
                continue
            if row and self._fits(word):
                yield row
                row = word
                continue
            *full, row = self._broken(longer)
            yield from full
        if row:
            yield row

    def _broken(self, text: str) -> Iterator[str]:
        row = ""
        for letter in text:
            if row and not self._fits(row + letter):
                yield row
                row = letter.strip()
            else:
                row += letter
        yield row

    def _fits(self, text: str) -> bool:
        return bool(self._font.getlength(text) <= self._size[0])

    def _page(self, rows: list[str]) -> Image.Image:
        image = Image.new("1", self._size)
        draw = ImageDraw.Draw(image)
        draw.fontmode = "1"  # no greys, which would come out as ragged edges
        for number, row in enumerate(rows):
            draw.text((0, number * self._row_px), row, font=self._font, fill=1)
        return image

    def _drawn(self, letter: str) -> tuple[Any, bytes]:
        mask = self._font.getmask(letter, mode="1")
        return mask.size, bytes(mask)

    def _miss(self, letters: set[str]) -> None:
        """Tell once of letters that the font has not: they are drawn as boxes."""
        new = sorted(letters - self._missing - {" "})
        if absent := [letter for letter in new if self._drawn(letter) == self._nothing]:
            log.warning("the display's font has no %s; install fonts-unifont", " ".join(absent))
        self._missing |= letters


def load(font: str | None, font_px: int) -> Any:
    """The font file named, or the first of `FONTS` that is there; without any, the one within Pillow."""
    for name in [font] if font else FONTS:
        if Path(name).is_file():
            return ImageFont.truetype(name, font_px)
    if font:
        log.warning("the display's font %s is not there; Pillow's own serves, for English", font)
    return ImageFont.load_default(font_px)

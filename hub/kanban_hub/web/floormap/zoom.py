"""How large a map is drawn: as wide as the page, or by a share of its own size. Each has an address."""

from dataclasses import dataclass

from kanban_hub.language import _

# In percent of the size in which the text of a box is as large as that of a page.
PERCENTS = (50, 75, 100, 150, 200)


@dataclass(frozen=True)
class Step:
    id: str
    word: str
    path: str
    width: int
    fits: bool
    is_now: bool


@dataclass(frozen=True)
class Zoom:
    """`percent` is `None` where the map is to fit. `wide` is its own width in pixels, `address` the page's.

    One that is to fit takes the width of a large screen. On a small one it would be too small to read: there
    it is `least` of its own size, and moved about.
    """

    percent: int | None
    wide: float
    address: str
    least: float = 0.75

    @property
    def fits(self) -> bool:
        return self.percent is None

    @property
    def width(self) -> int:
        return self._width(self.percent)

    @property
    def steps(self) -> list[Step]:
        fit = Step("fit", _("Fit"), self.address, self._width(None), fits=True, is_now=self.fits)
        return [fit, *map(self._step, PERCENTS)]

    def _step(self, percent: int) -> Step:
        word = _("%(percent)s %%") % {"percent": percent}
        path = f"{self.address}{'&' if '?' in self.address else '?'}zoom={percent}"
        return Step(
            str(percent), word, path, self._width(percent), fits=False, is_now=percent == self.percent
        )

    def _width(self, percent: int | None) -> int:
        return round(self.wide * (self.least if percent is None else percent / 100))


def percent_of(asked: str | None) -> int | None:
    """What the address asks for; to fit where that is none of the steps."""
    return next((one for one in PERCENTS if str(one) == asked), None)

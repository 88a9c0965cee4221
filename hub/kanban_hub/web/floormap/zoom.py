"""How large the map is drawn: as wide as the page, or by a share of its own size. Each has an address."""

from dataclasses import dataclass

from kanban_hub.language import _
from kanban_hub.web.floormap.drawing import Frame

# In percent of the size in which the text of a box is as large as that of a page.
PERCENTS = (50, 75, 100, 150, 200)
# On a small screen a map that is to fit would be too small to read: it is moved about in this size.
LEAST = 0.75


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
    """`percent` is `None` where the map is to fit; `width` is that of the drawing in pixels.

    One that is to fit takes the width of a large screen, and this one on a small screen.
    """

    percent: int | None
    frame: Frame

    @property
    def fits(self) -> bool:
        return self.percent is None

    @property
    def width(self) -> int:
        return _width(self.frame, self.percent)

    @property
    def steps(self) -> list[Step]:
        fit = Step("fit", _("Fit"), "/map", _width(self.frame, None), fits=True, is_now=self.fits)
        return [fit, *map(self._step, PERCENTS)]

    def _step(self, percent: int) -> Step:
        word = _("%(percent)s %%") % {"percent": percent}
        is_now = percent == self.percent
        wide = _width(self.frame, percent)
        return Step(str(percent), word, f"/map?zoom={percent}", wide, fits=False, is_now=is_now)


def zoom(asked: str | None, frame: Frame) -> Zoom:
    """What the address asks for; to fit where that is none of the steps."""
    percent = next((one for one in PERCENTS if str(one) == asked), None)
    return Zoom(percent, frame)


def _width(frame: Frame, percent: int | None) -> int:
    return round(frame.width * (LEAST if percent is None else percent / 100))

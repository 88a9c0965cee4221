"""The modules of QR codes and Code 128: dark and light, before anything is drawn."""

from functools import lru_cache
from itertools import groupby

import segno
from barcode.codex import Code128

QR_QUIET = 4
"""ISO/IEC 18004, 6.3.8: four light modules around a QR code."""
BARS_QUIET = 10
"""ISO/IEC 15417, 4.4.4: ten light modules before and after a Code 128."""
MODULE_LEAST_MM = 0.17
"""The narrowest bar that hand scanners are sold for."""
QR_MODULE_LEAST_MM = 0.3
"""The smallest module that the camera of a phone reads at arm's length."""
MODULE_MOST_MM = 0.5

Stretch = tuple[int, int]
"""From which module, and how many dark ones."""


@lru_cache(maxsize=2_000)
def qr_rows(text: str) -> tuple[tuple[Stretch, ...], ...]:
    """The dark stretches of each row, without quiet zone. A print that is a little damaged is read."""
    return tuple(_stretches(list(row)) for row in segno.make_qr(text, error="m").matrix)


def qr_modules(text: str) -> int:
    """Modules of one side, with the quiet zone."""
    return len(qr_rows(text)) + 2 * QR_QUIET


@lru_cache(maxsize=2_000)
def bars(text: str) -> tuple[Stretch, ...]:
    """The bars of a Code 128, without quiet zones."""
    return _stretches([int(module) for module in Code128(text).build()[0]])


def bars_modules(text: str) -> int:
    """Modules from end to end, with the quiet zones."""
    at, many = bars(text)[-1]
    return at + many + 2 * BARS_QUIET


def _stretches(modules: list[int]) -> tuple[Stretch, ...]:
    found, at = [], 0
    for module, same in groupby(modules):
        many = len(list(same))
        if module:
            found.append((at, many))
        at += many
    return tuple(found)

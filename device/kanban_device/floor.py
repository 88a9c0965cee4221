"""The earliest that the wall clock can be: what is known for sure to have been already. Pure.

A Pi without a battery wakes in the past, and then no certificate is valid yet: without a time server it would
never connect. Nothing but TLS looks at the clock for a decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Validity:
    """From when until when a certificate is valid, seconds since 1970."""

    not_before_s: float
    not_after_s: float


def floor_s(built_s: float, kept_s: float | None, certificates: Iterable[Validity]) -> float:
    """The newest of: the firmware was made, a certificate was issued, the station last kept its time.

    A kept time when every certificate has ended does not count: it is wrong, or there is nothing to win.
    """
    known = list(certificates)
    newest_s = max([built_s, *(one.not_before_s for one in known)])
    if kept_s is None or (known and kept_s > max(one.not_after_s for one in known)):
        return newest_s
    return max(newest_s, kept_s)

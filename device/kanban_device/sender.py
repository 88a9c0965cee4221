"""When each signal is sent: eight at a time, oldest first, again and again until its receipt. Pure."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kanban_device.clock import Stamp
from kanban_device.row import Row
from kanban_protocol.signals import MAX_AGE_MS
from kanban_protocol.signals import Clock as ClockQuality

WINDOW = 8
FIRST_RESEND_S = 2.0
LONGEST_RESEND_S = 30.0
RESEND_FACTOR = 1.7
SPREAD = 0.25  # stations that lost one hub at one instant must not ask it again at one instant


@dataclass(frozen=True)
class Sending:
    """One signal to be sent now for the `attempt`-th time."""

    row: Row
    attempt: int


@dataclass
class _Flight:
    attempt: int
    due_s: float


class Sender:
    """The window over the outbox. `draw` gives numbers in [0, 1)."""

    def __init__(self, draw: Callable[[], float] = random.random) -> None:
        self._draw = draw
        self._flights: dict[int, _Flight] = {}
        self._is_open = False

    def resume(self) -> None:
        """The way is open again: all that was sent before may be lost, and is due at once."""
        self._is_open = True
        for flight in self._flights.values():
            flight.due_s = 0.0

    def pause(self) -> None:
        """Nobody is there: sending would only wear out the attempts."""
        self._is_open = False

    def restart(self) -> None:
        """The outbox counts anew."""
        self._flights.clear()

    def decide(self, pending: list[Row], now_s: float) -> list[Sending]:
        """What to send now of the oldest pending rows."""
        window = _window(pending)
        self._flights = {row.seq: self._flights.get(row.seq, _Flight(0, 0.0)) for row in window}
        if not self._is_open:
            return []
        return [self._send(row, now_s) for row in window if self._flights[row.seq].due_s <= now_s]

    def due_s(self) -> float | None:
        """When `decide` has something to send again."""
        dues = [flight.due_s for flight in self._flights.values()] if self._is_open else []
        return min(dues, default=None)

    def _send(self, row: Row, now_s: float) -> Sending:
        flight = self._flights[row.seq]
        delay_s = min(LONGEST_RESEND_S, FIRST_RESEND_S * RESEND_FACTOR ** min(flight.attempt, 50))
        flight.attempt += 1
        flight.due_s = now_s + delay_s * (1 - SPREAD + 2 * SPREAD * self._draw())
        return Sending(row, flight.attempt)


def _window(pending: Iterable[Row]) -> list[Row]:
    """The rows that may be under way together, oldest first.

    The hub takes signals in any order, so what refers to an earlier one waits for that one's receipt; and
    what was pressed after a take-back was meant after it.
    """
    window: list[Row] = []
    for row in pending:
        if len(window) == WINDOW or (row.kind == "undo" and window):
            break
        window.append(row)
        if row.kind == "undo":
            break
    return window


def age_ms(pressed: Stamp, now: Stamp) -> int:
    """How old a signal is, by the clock that can be trusted for it; 0 where none can."""
    if pressed.boot == now.boot:
        return _bounded(now.mono_ms - pressed.mono_ms)
    if pressed.clock is now.clock is ClockQuality.SYNC:
        return _bounded(now.wall_ms - pressed.wall_ms)
    return 0


def _bounded(milliseconds: int) -> int:
    return max(0, min(milliseconds, MAX_AGE_MS))

"""The panel of a station: one thread joins the pins to what `PanelState` decides; all else runs beside it."""

import logging
from collections.abc import Callable, Mapping
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import NamedTuple, TypedDict

from kanban_hardware.beside import Beside
from kanban_hardware.buzzer import Tone
from kanban_hardware.contacts import SAMPLE_S
from kanban_hardware.errors import WiringError
from kanban_hardware.faults import faults
from kanban_hardware.inputs import ButtonInput, Input
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.panel_state import PanelState
from kanban_hardware.pattern import Pattern
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import Wiring

log = logging.getLogger(__name__)

EDGES_WAITING = 1000
"""More raw edges than this are dropped and counted; the next samples heal what they said."""
STALE_S = 2.0
"""A panel without a turn for this long is dead: it turns at least four times a second."""
HELD_UP_S = 2 * SAMPLE_S
"""A panel without a turn for this long had no processor, and edges of that time are still on their way."""
QUIET_S, QUIETS = 0.05, 4
"""They have come when none has for so long; a contact that never rests is not waited for."""


class Wish(NamedTuple):
    """Something to be done in the panel's thread, as of `at_s`."""

    at_s: float
    do: Callable[[], object]


class Health(TypedDict):
    alive: bool
    turn_at_s: float
    hears_edges: bool
    stuck: list[str]
    scanners_lost: list[str]
    lamps_failing: list[str]
    pins_failing: list[int]
    edges_missed: int
    edges_dropped: int


class Panel:
    """Buttons and scanners to `put`; `show` to the lamps, `write` to the display. Any thread may call it."""

    def __init__(
        self,
        wiring: Wiring,
        pins: Pins,
        put: Callable[[Input], object],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`put` must not block: it is called in the threads of the panel and of its parts.

        Raises WiringError with every fault of the wiring.
        """
        if found := faults(wiring):
            raise WiringError(found)
        self._wiring = wiring
        self._pins = PanelPins(wiring, pins)
        self._put = put
        self._clock = clock
        self._beside = Beside(wiring, put, clock)
        self._wishes: Queue[Wish] = Queue()
        self._thread = Thread(target=self._run, name="panel", daemon=True)
        self._is_stopping = False
        self._edges_dropped = 0
        self._turn_at_s = clock()
        self._state = PanelState(wiring, {}, self._turn_at_s)
        self._shown = self._state.shown()

    def open(self) -> None:
        """Take the pins and start, once. Raises PinError, with all pins given back."""
        self._pins.open(self._on_edge)
        self._turn_at_s = self._clock()
        # Contacts are believed from here on; an edge that came before is in the queue and changes nothing.
        self._state = PanelState(self._wiring, self._pins.buttons(), self._turn_at_s)
        self._thread.start()
        self._beside.open()

    def close(self) -> None:
        """Stop all threads, put the lamps out and give the pins back."""
        self._beside.close()
        self._is_stopping = True
        self._wish(lambda: None)
        self._thread.join(STALE_S)  # one that hangs must not hold up the end, which is what helps against it
        self._pins.close()

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        """Show the whole state by part ("slot-1" …, "red" …, "white"); a part left out goes off."""
        elsewhere = [part for lamps in self._beside.lamps for part in lamps.parts]
        wanted = {part: pattern for part, pattern in patterns.items() if part not in elsewhere}
        self._wish(lambda: self._state.show(wanted))
        for lamps in self._beside.lamps:
            lamps.show(patterns)

    def flutter(self, part: str) -> None:
        """Flicker the lamp of a part for 0.4 s, over its pattern: "stored here"."""
        self._wish(lambda: self._state.flutter(part, self._clock()))

    def beep(self, tone: Tone) -> None:
        """Sound a tone; it replaces one that still sounds."""
        self._wish(lambda: self._state.beep(tone, self._clock()))

    def write(self, lines: tuple[str, ...]) -> None:
        """Have the display, if one is wired, show these lines, the most important first."""
        if self._beside.display:
            self._beside.display.write(lines)

    def shown(self) -> dict[str, Pattern]:
        """What the lamps really show, by the read-back of their pins, or by the word of a network lamp.

        A lamp shows its pattern while its pin follows it, and otherwise `on` or `off`, as the pin is
        stuck. When the panel's thread has stopped, nothing blinks any more: the levels as they stand.
        """
        elsewhere = {part: pattern for lamps in self._beside.lamps for part, pattern in lamps.shown().items()}
        if self._is_alive():
            return self._shown | elsewhere
        lit = {part: self._pins.is_on(pin) for part, pin in self._wiring.lamps.items()}
        return {part: Pattern.ON if is_on else Pattern.OFF for part, is_on in lit.items()} | elsewhere

    def health(self) -> Health:
        """What the heartbeat tells of the inputs; `turn_at_s` is on the panel's clock."""
        return Health(
            alive=self._is_alive(),
            turn_at_s=self._turn_at_s,
            hears_edges=self._pins.hears_edges(),
            stuck=self._state.contacts.stuck,
            scanners_lost=[scanner.name for scanner in self._beside.scanners if scanner.is_lost],
            lamps_failing=[
                *self._state.lamps.failing,
                *(part for lamps in self._beside.lamps for part in lamps.failing),
            ],
            pins_failing=self._pins.failing,
            edges_missed=self._state.contacts.missed_edges,
            edges_dropped=self._edges_dropped,
        )

    def _is_alive(self) -> bool:
        return self._thread.is_alive() and self._clock() - self._turn_at_s <= STALE_S

    def _on_edge(self, pin: int, level: bool, ago_s: float) -> None:
        if self._wishes.qsize() >= EDGES_WAITING:
            self._edges_dropped += 1
            return
        at_s = self._clock() - ago_s
        self._wishes.put(Wish(at_s, lambda: self._put_all(self._state.edge(pin, level, at_s))))

    def _wish(self, do: Callable[[], object]) -> None:
        self._wishes.put(Wish(self._clock(), do))

    def _run(self) -> None:
        try:
            while not self._is_stopping:
                self._turn(self._wished(self._state.due_s(self._turn_at_s) - self._clock()))
        except Exception:  # the top of a thread: `health` tells that it has ended
            log.exception("The panel has stopped: no button is heard and no lamp changes")

    def _wished(self, within_s: float) -> list[Wish]:
        """Wait until something is wished, and take all that is."""
        try:
            first = self._wishes.get(timeout=max(0.0, within_s))
        except Empty:
            return []
        return [first, *(self._wishes.get_nowait() for _ in range(self._wishes.qsize()))]

    def _turn(self, wishes: list[Wish]) -> None:
        heard_s, at_s, levels = self._turn_at_s, self._clock(), self._pins.buttons()
        # A level that is read before the edges that led to it would make two short presses one long one.
        while self._clock() - heard_s > HELD_UP_S and not self._is_stopping:
            wishes += self._late()
            heard_s, at_s, levels = self._clock(), self._clock(), self._pins.buttons()
        # lgpio brings edges that are more than two seconds apart in any order (lgPthAlerts.c, `tscomp`).
        for wish in sorted(wishes, key=lambda wish: wish.at_s):
            wish.do()
        self._put_all(self._state.sample(levels, at_s))
        for pin, wanted in self._state.levels(at_s).items():
            self._state.follow(pin, wanted, self._pins.drive(pin, wanted))
        self._pins.sound(self._state.pitch_hz(at_s))
        self._shown = self._state.shown()
        self._turn_at_s = at_s

    def _late(self) -> list[Wish]:
        """What the drivers' threads bring after a time in which none of them ran."""
        wishes: list[Wish] = []
        for _ in range(QUIETS):
            late = self._wished(QUIET_S)
            if not late:
                break
            wishes += late
        return wishes

    def _put_all(self, inputs: list[ButtonInput]) -> None:
        for taken in inputs:
            self._put(taken)

"""Pins in a dictionary, with the faults that real pins have."""

from kanban_hardware.errors import PinError
from kanban_hardware.pins import OnEdge


class FakePins:
    """Implements `Pins`; a test moves contacts by `press` and `release` and breaks pins by the sets below."""

    def __init__(self) -> None:
        self.stuck: dict[int, bool] = {}
        self.broken: set[int] = set()
        self.is_deaf = False
        self.drives: list[tuple[int, bool]] = []
        self.tones: list[tuple[int, int]] = []
        self._rests: dict[int, bool] = {}
        self._levels: dict[int, bool] = {}
        self._on_edge: dict[int, OnEdge] = {}
        self._outputs: set[int] = set()

    def open_input(self, pin: int, on_edge: OnEdge) -> None:
        self._open(pin, level=True)
        self._on_edge[pin] = on_edge

    def open_output(self, pin: int, level: bool = False) -> None:
        self._open(pin, level=level)
        self._outputs.add(pin)

    def open_tone(self, pin: int, level: bool = False) -> None:
        self._open(pin, level=level)
        self._rests[pin] = level

    def tone(self, pin: int, pitch_hz: int) -> None:
        if pin not in self._rests or pin in self.broken:
            raise PinError(pin, "cannot sound")
        self.tones.append((pin, pitch_hz))
        self._levels[pin] = self._rests[pin] != bool(pitch_hz)

    def drive(self, pin: int, level: bool) -> None:
        if pin not in self._outputs or pin in self.broken:
            raise PinError(pin, "cannot be driven")
        self.drives.append((pin, level))
        self._levels[pin] = level

    def level(self, pin: int) -> bool:
        if pin not in self._levels or pin in self.broken:
            raise PinError(pin, "cannot be read")
        return self.stuck.get(pin, self._levels[pin])

    def hears_edges(self) -> bool:
        return not self.is_deaf

    def close(self) -> None:
        self._levels.clear()
        self._on_edge.clear()
        self._outputs.clear()
        self._rests.clear()

    def press(self, pin: int, ago_s: float = 0.0) -> None:
        """Close the contact. `ago_s` is how late the driver reports it."""
        self._move(pin, False, ago_s)

    def release(self, pin: int, ago_s: float = 0.0) -> None:
        self._move(pin, True, ago_s)

    def _open(self, pin: int, level: bool) -> None:
        if pin in self._levels or pin in self.broken:
            raise PinError(pin, "cannot be opened")
        self._levels[pin] = level

    def _move(self, pin: int, level: bool, ago_s: float) -> None:
        has_changed = self._levels[pin] != level
        self._levels[pin] = level
        if has_changed and not self.is_deaf:
            try:
                self._on_edge[pin](pin, level, ago_s)
            except Exception:  # noqa: BLE001 - the contract: what on_edge raises is contained
                return

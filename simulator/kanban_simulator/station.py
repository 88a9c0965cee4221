"""A virtual station: all that hands and eyes can reach of one, with a mains and a network switch."""

import logging
from dataclasses import replace
from pathlib import Path
from threading import Event, RLock, Timer
from urllib.parse import quote

from msgspec import structs

from kanban_device.config import StationConfig
from kanban_hardware.wiring import PINS, RESERVED, StackWiring, Wiring
from kanban_protocol.endpoint import Endpoint
from kanban_simulator.button import Button
from kanban_simulator.change import Changes
from kanban_simulator.errors import NoButtonError, NoScannerError
from kanban_simulator.firmware import Firmware
from kanban_simulator.line import Contact, Report
from kanban_simulator.loopback import HOST
from kanban_simulator.proxy import Proxy
from kanban_simulator.serialport import SerialPort
from kanban_simulator.sight import PanelState, Sight, sight

log = logging.getLogger(__name__)

RESTART_S = 2.0
"""A firmware that ended by itself is started again after this long, as systemd does on a Pi."""


class VirtualStation:
    """One station. Everything works on mock pins, the pty, the cable and the process, never past them."""

    def __init__(
        self,
        config: StationConfig,
        folder: Path,
        log_file: Path | None = None,
        changes: Changes | None = None,
    ) -> None:
        """Power it on. `folder` takes the scanner's port; `changes` is told of every change."""
        self.id = config.station.id
        self.changes = changes or Changes()
        self._log_file = log_file
        self._is_closing = Event()
        self._switching = RLock()
        self._proxy = Proxy(config.endpoint.host, config.endpoint.port)
        self._scanners = [
            SerialPort(folder / f"{self.id}-scanner-{number}")
            for number, _ in enumerate(config.hardware.scanners, start=1)
        ]
        self._config = _virtual(config, self._proxy.port, [str(port.path) for port in self._scanners])
        self._lamps = list(config.hardware.lamp_parts)
        self.buttons = {part: self._button(part) for part in config.hardware.buttons}
        self._report = Report()
        self._network = True
        self._firmware: Firmware | None = None
        self.power(on=True)

    @property
    def pid(self) -> int | None:
        """The firmware's process, None without power."""
        firmware = self._firmware
        return firmware.pid if firmware else None

    @property
    def has_scanner(self) -> bool:
        return bool(self._scanners)

    def sight(self) -> Sight:
        return sight(self._lamps, self._report, power=self._firmware is not None, network=self._network)

    def state(self) -> PanelState:
        return self.sight().panel

    def button(self, part: str) -> Button:
        """The button "slot-1" …, "quality" or "help". Raises NoButtonError."""
        if part not in self.buttons:
            raise NoButtonError(self.id, part, tuple(self.buttons))
        return self.buttons[part]

    def scan(self, code: str) -> None:
        """Hold a code before the (first) scanner; without power it reads nothing. Raises NoScannerError."""
        if not self._scanners:
            raise NoScannerError(self.id)
        if self._firmware is not None:
            self._scanners[0].send(code)

    def power(self, *, on: bool) -> None:
        """Switch the mains: off kills the process as it stands, on starts one on the same data directory."""
        with self._switching:
            if on and self._firmware is None and not self._is_closing.is_set():
                self._start()
            elif not on and self._firmware is not None:
                firmware, self._firmware = self._firmware, None
                firmware.kill()
                for port in self._scanners:
                    port.discard()
                self._report = Report(outbox=self._report.outbox)
        self.changes.note()

    def network(self, *, on: bool) -> None:
        """Plug the network cable in, or pull it."""
        with self._switching:
            self._network = on
            if on:
                self._proxy.restore()
            else:
                self._proxy.cut()
        self.changes.note()

    def close(self) -> None:
        """End the firmware in good order and give everything back."""
        self._is_closing.set()
        with self._switching:
            firmware, self._firmware = self._firmware, None
            if firmware is not None:
                firmware.end()
        self._proxy.close()
        for port in self._scanners:
            port.close()

    def _button(self, part: str) -> Button:
        return Button(lambda closed: self._touch(part, closed=closed), self._is_closing)

    def _touch(self, part: str, *, closed: bool) -> None:
        firmware = self._firmware
        if firmware is not None:
            firmware.tell(Contact(part, closed))

    def _start(self) -> None:
        held = [part for part, button in self.buttons.items() if button.is_down]
        self._firmware = Firmware(self._config, held, self._log_file, (self._take, self._ended))

    def _take(self, report: Report) -> None:
        self._report = report
        self.changes.note()

    def _ended(self, firmware: Firmware) -> None:
        # Called in the thread that `kill` waits for, so it takes no lock.
        if self._firmware is firmware and not self._is_closing.is_set():
            log.warning("the firmware of %s ended by itself; it is started again", self.id)
            self._report = Report(outbox=self._report.outbox)
            self.changes.note()
            timer = Timer(RESTART_S, self._restart, [firmware])
            timer.daemon = True
            timer.start()

    def _restart(self, ended: Firmware) -> None:
        with self._switching:
            if self._firmware is ended and not self._is_closing.is_set():
                ended.kill()
                self._start()


def _virtual(config: StationConfig, port: int, scanners: list[str]) -> StationConfig:
    """The same station on mock pins, behind the proxy, with ptys for scanners."""
    wiring = config.hardware
    hardware = replace(
        wiring,
        pins="mock",
        # What hangs on USB, I2C or the network: scanners are ptys, a network lamp is a stack light on pins
        # that are free, and the display is the panel's own.
        scanners=tuple(
            replace(s, kind="serial", port=p) for s, p in zip(wiring.scanners, scanners, strict=True)
        ),
        stack=_stack(wiring),
        network_lamp=None,
        display=None,
    )
    mqtt = structs.replace(config.mqtt, url=_url(config.endpoint, port))
    return structs.replace(config, hardware=hardware, mqtt=mqtt)


def _stack(wiring: Wiring) -> StackWiring | None:
    if wiring.network_lamp is None:
        return wiring.stack
    used = {*wiring.buttons.values(), *wiring.lamps.values(), wiring.buzzer.pin if wiring.buzzer else None}
    free = iter(pin for pin in PINS if pin not in used | RESERVED.keys())
    red, amber, green = (next(free) for _ in range(3))
    blue, white = (
        next(free, None) if colour in wiring.network_lamp.colours else None for colour in ("blue", "white")
    )
    return StackWiring(red, amber, green, blue, white)


def _url(endpoint: Endpoint, port: int) -> str:
    if endpoint.username is None:
        return f"mqtt://{HOST}:{port}"
    password = "" if endpoint.password is None else f":{quote(endpoint.password, safe='')}"
    return f"mqtt://{quote(endpoint.username, safe='')}{password}@{HOST}:{port}"

"""A station's Pi as QEMU plays it: power, buttons, lamps, scanners, network, clock."""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from kanban_hardware.pattern import Pattern
from tests.board import keys, lamps
from tests.board.console import BoardError, Console, Shell
from tests.board.image import Image
from tests.board.machine import PLUGGED, QEMU, SOCKETS, Setting, command
from tests.board.pl061 import Pl061
from tests.board.qmp import Qmp

# Generous: an emulated board takes its time, and a machine that does other things as well more so.
BOOT_WITHIN_S = 180.0
SEEN_WITHIN_S = 60.0
END_WITHIN_S = 20.0
PRESS_S = 0.4  # an emulator that has to share its processor may be late by a tenth of a second

# The hub's machine as the board sees it: QEMU's user network has this machine's loopback there.
HOST = "10.0.2.2"
SERIAL_PORT = "/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_SN0001-if00-port0"
WEDGE_PORT = "/dev/input/by-id/usb-QEMU_QEMU_USB_Keyboard_WEDGE1-event-kbd"
BUTTONS = (4, 6)
LAMPS = (5, 7)
LINES = range(8)


class Board:
    """`with Board(image, setting) as board:` powers it on and, at the end, off. Raises `BoardError`."""

    console: Console
    shell: Shell
    pins: Pl061

    def __init__(self, image: Image, setting: Setting) -> None:
        self._image = image
        self._setting = setting
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        self.power_on()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    # Power

    def power_on(self, held: tuple[int, ...] = ()) -> None:
        """Switch on, with these buttons held down, and wait for nothing."""
        if shutil.which(QEMU) is None:
            raise BoardError(f"{QEMU} is not installed; ./run board puts it in place")
        self._folder = Path(tempfile.mkdtemp(prefix="board-"))
        doors = {name: self._door(name) for name in SOCKETS}
        self._process = subprocess.Popen(
            command(self._image, self._setting, self._folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        self.console = Console(self._process.stdout, self._setting.on_line)
        self._closing.callback(self.console.close)
        try:
            met = {name: self._meet(door) for name, door in doors.items()}
            self._qmp = self._closing.enter_context(closing(Qmp(met["qmp"])))
            self.pins = self._closing.enter_context(closing(Pl061(met["qtest"], self._chip())))
            for line in BUTTONS:
                self.pins.put(line, line not in held)
            self._scanner = met["scanner"]
            self.shell = Shell(met["shell"], BOOT_WITHIN_S)
        except (BoardError, OSError) as error:
            self.cut()
            raise BoardError(f"the board did not start: {error}\n{self.console.tail()}") from error

    def cut(self) -> None:
        """Cut the power: at once, whatever is being written."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(END_WITHIN_S)
        self._closing.close()
        shutil.rmtree(self._folder)

    # What people do and see

    def press(self, button: int) -> None:
        """Hold a button down until `release`."""
        self.pins.put(button, False)

    def release(self, button: int) -> None:
        self.pins.put(button, True)

    def tap(self, button: int) -> None:
        """Press a button as a person does: the finger stays for a moment, and then away for another."""
        self.press(button)
        self.pins.wait(lambda: False, PRESS_S)
        self.release(button)
        self.pins.wait(lambda: False, PRESS_S)

    def lamp(self, line: int) -> bool:
        """Whether the lamp is lit now."""
        edges = self.pins.edges(line)
        return bool(edges) and edges[-1].level

    def blink(self, line: int) -> Pattern | None:
        """What the lamp has been showing of late, or None where that cannot be told yet."""
        return lamps.pattern(self.pins.edges(line))

    def wait_for_lamp(self, line: int, wanted: Pattern, within_s: float = SEEN_WITHIN_S) -> None:
        """Wait until the lamp shows a pattern. Raises `BoardError`."""
        self.wait(lambda: self.blink(line) is wanted, f"lamp {line} to be {wanted.value}", within_s)

    def wait(self, holds: Callable[[], bool], what: str, within_s: float = SEEN_WITHIN_S) -> None:
        """Wait until something holds. Raises `BoardError` that says what, and how the lamps have been."""
        if not self.pins.wait(holds, within_s):
            raise BoardError(f"waited {within_s} s for {what}.\n{self._seen()}\n{self.console.tail()}")

    def scan_serial(self, code: str) -> None:
        """Have the USB serial scanner read a code."""
        self._scanner.sendall(code.encode() + b"\r")

    def scan_wedge(self, code: str) -> None:
        """Have the scanner that types like a keyboard read a code."""
        for stroke in keys.strokes(f"{code}\n"):
            self._qmp.do("send-key", keys=stroke, **{"hold-time": keys.HOLD_MS})
            self.pins.wait(lambda: False, keys.STROKE_S)  # a scanner's own pace

    def waiting(self) -> int:
        """How many signals wait for their receipt, as the station last said to its updater."""
        vitals = self.shell.run("cat /run/kanban-station/vitals.json")
        return int(json.loads(vitals)["outbox"])

    # What happens to it

    def unplug(self, device: str) -> None:
        """Pull a USB plug: "scanner" or "wedge"."""
        self._qmp.do("device_del", id=device)
        self._qmp.await_event("DEVICE_DELETED")

    def replug(self, device: str) -> None:
        """Put the plug in again."""
        self._qmp.do("device_add", id=device, **PLUGGED[device])

    def link(self, up: bool) -> None:
        """Pull the network's cable, or put it in."""
        self._qmp.do("set_link", name="nic", up=up)

    def _door(self, name: str) -> socket.socket:
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(self._folder / name))
        door.listen(1)
        door.settimeout(END_WITHIN_S)
        return door

    def _meet(self, door: socket.socket) -> socket.socket:
        with door:
            met, _ = door.accept()
        return self._closing.enter_context(met)

    def _chip(self) -> str:
        parts = self._qmp.do("qom-list", path="/machine/unattached")
        (name,) = (part["name"] for part in parts if part["type"] == "child<pl061>")
        return f"/machine/unattached/{name}"

    def _seen(self) -> str:
        edges = {line: self.pins.edges(line)[-12:] for line in LINES}
        told = (f"line {line}: {lamps.durations(seen)}" for line, seen in edges.items() if seen)
        return "The lamps, in seconds lit (+) and dark (-):\n" + "\n".join(told)

"""Each scanner: a code is held before it, and shown as it was read."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import WAITING_KEYS, is_skip
from kanban_device.tryout.desk import Desk
from kanban_hardware.inputs import Lost, Scanned, Unreadable

PATIENCE_S = 60.0
SILENT = 'Is it in "USB-COM" mode (or is kind = "keyboard"), does it send CR or LF, is baud_rate right?'
GARBLED = "Look at baud_rate and keymap, and whether another program reads the same port (ModemManager)"


class Scanner(Protocol):
    """What reads codes and puts them, as the scanners of `kanban_hardware` do."""

    def open(self) -> None: ...

    def close(self) -> None: ...


def look(desk: Desk, scanners: Mapping[str, Scanner]) -> Iterator[Finding]:
    """Have a code scanned with each, which reads to the desk. Raises TestEndedError."""
    for number, (name, scanner) in enumerate(scanners.items(), 1):
        desk.say(f"\nScanner {number} of {len(scanners)}: {name}. Scan any code with it.  [{WAITING_KEYS}]")
        scanner.open()
        try:
            yield _scan(desk, name)
        finally:
            scanner.close()


def _scan(desk: Desk, name: str) -> Finding:
    until_s, unreadable = desk.now_s() + PATIENCE_S, 0
    while (event := desk.take(until_s)) is not None:
        match event:
            case Scanned(code):
                desk.say(f"  read: {code!r}")
                return Finding(name, f"read {code!r}")
            case Unreadable(reason):
                unreadable += 1
                desk.say(f"  something came that is no code ({reason}); try again")
            case Lost():
                desk.say("  it does not answer: is it plugged in?")
            case _ if is_skip(event):
                return Finding(name, "skipped", "Scan with it the next time")
    if unreadable:
        return fail(name, f"reads only what is no code (tried: {unreadable})", GARBLED)
    return fail(name, f"read nothing within {PATIENCE_S:.0f} s", SILENT)

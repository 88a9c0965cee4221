"""Each lamp alone: driven, read back, and looked at."""

from collections.abc import Iterator, Mapping

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import Answer, ask
from kanban_device.tryout.desk import Desk
from kanban_hardware.panel_pins import PanelPins

CANNOT = "The lamp cannot change: a short at its wire, or a dead driver or pin"
DARK = "The pin follows, so look behind it: the lamp, its wire, its driver, its supply of 24 V"


def look(desk: Desk, pins: PanelPins, lamps: Mapping[str, int]) -> Iterator[Finding]:
    """Light one after the other, and ask. Raises TestEndedError."""
    for number, (part, pin) in enumerate(lamps.items(), 1):
        desk.say(f"\nLamp {number} of {len(lamps)}: {part} (GPIO {pin})")
        yield _lamp(desk, pins, part, pin)


def _lamp(desk: Desk, pins: PanelPins, part: str, pin: int) -> Finding:
    if pins.drive(pin, True) is not True:
        desk.say("  Its pin does not switch on: no need to look.")
        return fail(f"lamp {part}", f"GPIO {pin} does not switch on (read-back)", CANNOT)
    try:
        answer = ask(desk, "  It is switched on now. Is this lamp lit, and no other?")
    finally:
        goes_off = pins.drive(pin, False) is False
    if not goes_off:
        return fail(f"lamp {part}", f"GPIO {pin} does not switch off (read-back)", CANNOT)
    if answer is Answer.SKIP:
        return Finding(f"lamp {part}", "skipped", "Look at it the next time")
    if answer is Answer.NO:
        return fail(f"lamp {part}", f"is not lit, or another is, while GPIO {pin} is on", DARK)
    return Finding(f"lamp {part}", "is lit when it should be")

"""The buzzer: its three tones, and whether somebody heard them."""

from collections.abc import Iterator

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import Answer, ask
from kanban_device.tryout.desk import Desk
from kanban_hardware.buzzer import Buzzer, Tone
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.wiring import BuzzerWiring

PAUSE_S = 0.5
SILENT = "Look at its wires, its driver, its supply, and its kind: does it sound by itself, or is it passive?"


def look(desk: Desk, pins: PanelPins, wired: BuzzerWiring | None) -> Iterator[Finding]:
    """Sound short, long and double. Raises TestEndedError."""
    if wired is None:
        return
    pin = wired.pin
    desk.say(f"\nBuzzer (GPIO {pin}): a short, a long and a double beep.")
    for tone in Tone:
        _sound(desk, pins, wired, tone)
    answer = ask(desk, "  Did you hear all three?")
    if answer is Answer.NO:
        yield fail("buzzer", f"was not heard while GPIO {pin} was driven", SILENT)
    elif answer is Answer.SKIP:
        yield Finding("buzzer", "skipped", "Listen to it the next time")
    else:
        yield Finding("buzzer", "is heard")


def _sound(desk: Desk, pins: PanelPins, wired: BuzzerWiring, tone: Tone) -> None:
    buzzer = Buzzer()
    buzzer.beep(tone, desk.now_s())
    while True:
        if wired.kind == "passive":
            pins.sound(buzzer.pitch_hz(desk.now_s()))
        else:
            pins.drive(wired.pin, buzzer.level(desk.now_s()))
        due_s = buzzer.due_s(desk.now_s())
        _rest(desk, desk.now_s() + PAUSE_S if due_s is None else due_s)
        if due_s is None:
            return


def _rest(desk: Desk, until_s: float) -> None:
    """Let time pass; what is pressed or typed meanwhile is let go by."""
    while desk.now_s() < until_s:
        desk.take(until_s)

"""The lamps that are not on pins, as a signal tower on the network: told, asked what they show, looked at."""

from collections.abc import Iterator, Sequence

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import Answer, ask
from kanban_device.tryout.desk import Desk
from kanban_hardware.lamp_output import LampOutput
from kanban_hardware.pattern import Pattern

PATIENCE_S = 5.0
LOOK_S = 0.1
SILENT = "Is it switched on, and in the same network? kanban-station check looks at the way to it"


def look(desk: Desk, outputs: Sequence[LampOutput]) -> Iterator[Finding]:
    """Light each of them alone, and ask. Raises TestEndedError."""
    for output in outputs:
        output.open()
        try:
            for part in output.parts:
                desk.say(f"\nLamp {part}, on the network")
                yield _lamp(desk, output, part)
        finally:
            output.close()


def _lamp(desk: Desk, output: LampOutput, part: str) -> Finding:
    output.show({part: Pattern.ON})
    until_s = desk.now_s() + PATIENCE_S
    while output.shown().get(part) is not Pattern.ON:
        if desk.now_s() >= until_s:
            return fail(f"lamp {part}", "does not take what it is told", SILENT)
        desk.take(desk.now_s() + LOOK_S)
    answer = ask(desk, "  It is switched on now. Is this lamp lit, and no other?")
    if answer is Answer.SKIP:
        return Finding(f"lamp {part}", "skipped", "Look at it the next time")
    if answer is Answer.NO:
        remedy = "Name the colours in [hardware.network_lamp] as the tiers stand, from the top"
        return fail(f"lamp {part}", "is not lit, or another is, though the tower was told", remedy)
    return Finding(f"lamp {part}", "is lit when it should be")

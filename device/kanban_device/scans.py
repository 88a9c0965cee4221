"""What a scanned code means: a command of the printed sheet, or a card with the intent set before. Pure."""

from collections.abc import Callable

from kanban_device.display import Display
from kanban_device.effects import Beep, Effect, Store
from kanban_device.intent import NextIntent
from kanban_hardware.buzzer import Tone
from kanban_hardware.inputs import Scanned, Unreadable
from kanban_protocol import codes
from kanban_protocol.refusals import Refusal
from kanban_protocol.signals import Body, FailBody, HelpBody, Intent, ScanBody


class Scans:
    """The scanners of one station; which of them read a code makes no difference."""

    def __init__(self, intent: NextIntent, display: Display, new_id: Callable[[], str]) -> None:
        self._intent = intent
        self._display = display
        self._new_id = new_id
        self.unreadable = 0

    def scan(self, scanned: Scanned) -> list[Effect]:
        if scanned.code == codes.HELP:
            return [self._store("help", HelpBody(), scanned.at_s)]
        if (intent := codes.INTENTS.get(scanned.code)) is not None:
            return self._arm(intent, scanned.at_s)
        intent = self._intent.at(scanned.at_s)
        self._intent.disarm()
        if intent is Intent.FAIL:
            return [self._store("fail", FailBody(code=scanned.code), scanned.at_s)]
        return [self._store("scan", ScanBody(code=scanned.code, intent=intent), scanned.at_s)]

    def miss(self, unreadable: Unreadable) -> list[Effect]:
        """Nothing is sent: what was read is no code."""
        self.unreadable += 1
        return self._display.refuse(Refusal.UNREADABLE, unreadable.at_s)

    def _arm(self, intent: Intent, at_s: float) -> list[Effect]:
        self._intent.arm(intent, at_s)
        self._display.say(self._display.own.armed(intent), at_s)
        return [Beep(Tone.DOUBLE)]

    def _store(self, kind: str, body: Body, at_s: float) -> Store:
        return Store(kind, body, self._new_id(), at_s)

"""What the next press or scan shall mean, for a short time. Pure."""

from kanban_protocol.signals import Intent


class NextIntent:
    """`next` unless the quality button or a command code has said otherwise within `armed_s`."""

    def __init__(self, armed_s: float) -> None:
        self._armed_s = armed_s
        self._intent = Intent.NEXT
        self._until_s = 0.0

    def arm(self, intent: Intent, now_s: float) -> None:
        self._intent = intent
        self._until_s = now_s + self._armed_s

    def disarm(self) -> None:
        self._intent = Intent.NEXT

    def at(self, now_s: float) -> Intent:
        """What a press or scan at `now_s` means."""
        return self._intent if now_s < self._until_s else Intent.NEXT

    def due_s(self, now_s: float) -> float | None:
        """When it lapses by itself."""
        return None if self.at(now_s) is Intent.NEXT else self._until_s

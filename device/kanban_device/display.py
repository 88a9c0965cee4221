"""What the station's display says: its own word for some seconds, otherwise the hub's lines. Pure."""

from kanban_device.effects import Beep, Effect
from kanban_device.texts import Texts
from kanban_hardware.buzzer import Tone
from kanban_protocol.messages import DisplayLine
from kanban_protocol.refusals import Refusal


class Display:
    """One message over the hub's lines. `own` are the station's own texts, in its language.

    `notice` is what stays as long as it is so.
    """

    lines: tuple[DisplayLine, ...] = ()
    notice = ""

    def __init__(self, message_s: float, own: Texts) -> None:
        self._message_s = message_s
        self.own = own
        self._text = ""
        self._until_s = 0.0
        self.refused = 0

    def say(self, text: str, now_s: float) -> None:
        self._text = text
        self._until_s = now_s + self._message_s

    def refuse(self, reason: Refusal, now_s: float) -> list[Effect]:
        """Show and sound that the station itself takes this for nothing, and count it."""
        self.refused += 1
        self.say(self.own.refusal(reason), now_s)
        return [Beep(Tone.LONG)]

    def page(self, now_s: float, waiting: int, *, is_heard: bool) -> tuple[str, ...]:
        """As `texts`, with what the lines cannot say of themselves: that they are old, or wait to be sent."""
        silent = () if is_heard else (self.own.hub_silent(),)
        kept = (self.own.waiting(waiting),) if waiting else ()
        return (*self._message(now_s), *silent, *kept, *self._lines())

    def texts(self, now_s: float) -> tuple[str, ...]:
        """What is to be read at `now_s`, the most important first."""
        return (*self._message(now_s), *self._lines())

    def _message(self, now_s: float) -> tuple[str, ...]:
        notice = (self.notice,) if self.notice else ()
        return (self._text, *notice) if now_s < self._until_s else notice

    def _lines(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)

    def due_s(self, now_s: float) -> float | None:
        return self._until_s if now_s < self._until_s else None

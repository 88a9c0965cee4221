"""Whether the hub is there: by its own word and its heartbeat, never by the state of a connection. Pure."""

from enum import StrEnum


class HubHearing(StrEnum):
    """What a station knows of its hub."""

    STARTING = "starting"
    HEARD = "heard"
    LOST = "lost"


class HubWatch:
    """Silence for `lost_after_s`, or the hub's last will, means lost; the next word ends it at once."""

    def __init__(self, lost_after_s: float, now_s: float) -> None:
        self._lost_after_s = lost_after_s
        self._since_s = now_s
        self._heard = False
        self.is_offline = False

    def hear(self, now_s: float) -> None:
        """The hub spoke just now."""
        self._since_s = now_s
        self._heard = True
        self.is_offline = False

    def depart(self) -> None:
        """The hub said that it goes, or the broker said it for it."""
        self.is_offline = True

    def expect(self) -> None:
        """The broker remembers the hub as online. That is no sign of life, only no reason not to send."""
        self.is_offline = False

    def at(self, now_s: float) -> HubHearing:
        if self.is_offline or now_s - self._since_s >= self._lost_after_s:
            return HubHearing.LOST
        return HubHearing.HEARD if self._heard else HubHearing.STARTING

    def due_s(self, now_s: float) -> float | None:
        """When silence becomes loss."""
        return None if self.at(now_s) is HubHearing.LOST else self._since_s + self._lost_after_s

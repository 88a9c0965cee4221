"""When something happened, and how far apart two things were. The wall clock decides nothing."""

from dataclasses import dataclass

WRITTEN = "written"
UNDATED = "undated"


@dataclass(frozen=True)
class Moment:
    """A point in time. All in milliseconds.

    `at_ms` is the hub's steady clock, less the age that the station told; `received_ms` the same clock at
    the arrival. `boot` and `mono_ms` are the station's monotonic clock, `clock` how good its wall clock was.
    What was entered from paper has the time that somebody wrote there (`WRITTEN`), or that of its entering
    where nobody wrote one (`UNDATED`).
    """

    at_ms: int
    received_ms: int
    boot: str | None = None
    mono_ms: int | None = None
    clock: str | None = None

    @classmethod
    def at(cls, now_ms: int) -> "Moment":
        """A moment at the hub itself."""
        return cls(now_ms, now_ms)

    @property
    def is_from_paper(self) -> bool:
        return self.clock in (WRITTEN, UNDATED)

    @property
    def known_ms(self) -> int:
        """From when a clock may run against people: what comes from paper is news when it is entered."""
        return self.received_ms if self.is_from_paper else self.at_ms

    def apart_ms(self, other: "Moment") -> int:
        """The time between two moments, never negative.

        Within one boot the station's monotonic clock says it exactly, however long the network took.
        Two equal readings say nothing (a station without such a clock): then the hub's clock decides.
        """
        if self.boot is not None and self.boot == other.boot and self.mono_ms != other.mono_ms:
            return abs((self.mono_ms or 0) - (other.mono_ms or 0))
        return abs(self.at_ms - other.at_ms)

"""What a command makes the lamps do for a while: show which station this is, or each lamp in turn. Pure."""

IDENTIFY_S = 10.0
STEP_S = 1.0


class Drill:
    """The lamps' time away from their work. It always ends by itself."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self._parts = parts
        self._identify_until_s = 0.0
        self._test_from_s: float | None = None

    def identify(self, now_s: float) -> None:
        self._identify_until_s = now_s + IDENTIFY_S

    def test(self, now_s: float) -> None:
        """Light each lamp for one second, in the order of the wiring."""
        self._test_from_s = now_s

    def is_identifying(self, now_s: float) -> bool:
        return now_s < self._identify_until_s

    def tested(self, now_s: float) -> str | None:
        """The lamp to be lit at `now_s`, None when no self-test runs."""
        if self._test_from_s is None:
            return None
        step = int((now_s - self._test_from_s) / STEP_S)
        return self._parts[step] if step < len(self._parts) else None

    def due_s(self, now_s: float) -> float | None:
        """When the lamps change next."""
        dues = [self._identify_until_s] if self.is_identifying(now_s) else []
        if self._test_from_s is not None and self.tested(now_s) is not None:
            steps = int((now_s - self._test_from_s) / STEP_S) + 1
            dues.append(self._test_from_s + steps * STEP_S)
        return min(dues, default=None)

"""What became of each press of a load run. Pure: times are passed in, in seconds."""

from dataclasses import dataclass, field


@dataclass
class Press:
    """One press. `due_s` is when it should have happened, however late the machine was."""

    due_s: float
    cards: set[str] = field(default_factory=set)
    verdict: str | None = None
    lit_s: float | None = None


@dataclass(frozen=True)
class Figures:
    """`lost` has no receipt, `unlit` was accepted and never named by a lamp, `doubled` moved two cards."""

    sent: int
    accepted: int
    already: int
    refused: int
    lost: int
    unlit: int
    doubled: int
    p50_ms: float
    p99_ms: float
    most_ms: float

    def __str__(self) -> str:
        return (
            f"press to supplier's lamp: p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms, "
            f"max {self.most_ms:.1f} ms\n"
            f"sent {self.sent}, accepted {self.accepted}, already {self.already}, refused {self.refused}, "
            f"lost {self.lost}, unlit {self.unlit}, doubled {self.doubled}"
        )


class Tally:
    """Counts presses by their signal's id."""

    def __init__(self) -> None:
        self._presses: dict[str, Press] = {}

    def sent(self, signal: str, due_s: float) -> None:
        self._presses[signal] = Press(due_s)

    def receipted(self, signal: str, verdict: str, card: str | None) -> None:
        """Take the hub's word; the same word twice is one."""
        press = self._presses[signal]
        press.verdict = verdict
        press.cards |= {card} if card else set()

    def lit(self, signals: list[str], now_s: float) -> None:
        """The supplier's lamps name these signals; the first time counts."""
        for signal in signals:
            press = self._presses.get(signal)
            if press is not None and press.lit_s is None:
                press.lit_s = now_s

    def is_settled(self) -> bool:
        """Whether every press has its receipt, and every accepted one its lamp."""
        return all(
            press.verdict is not None and (press.verdict != "accepted" or press.lit_s is not None)
            for press in self._presses.values()
        )

    def figures(self) -> Figures:
        presses = list(self._presses.values())
        verdicts = [press.verdict for press in presses]
        waits_ms = sorted((p.lit_s - p.due_s) * 1000 for p in presses if p.lit_s is not None)
        return Figures(
            sent=len(presses),
            accepted=verdicts.count("accepted"),
            already=verdicts.count("already"),
            refused=verdicts.count("refused"),
            lost=verdicts.count(None),
            unlit=sum(p.verdict == "accepted" and p.lit_s is None for p in presses),
            doubled=sum(len(p.cards) > 1 for p in presses),
            p50_ms=percentile(waits_ms, 50),
            p99_ms=percentile(waits_ms, 99),
            most_ms=percentile(waits_ms, 100),
        )


def percentile(ordered: list[float], percent: int) -> float:
    """The smallest value that `percent` of all are not above (nearest rank); NaN of nothing."""
    if not ordered:
        return float("nan")
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]

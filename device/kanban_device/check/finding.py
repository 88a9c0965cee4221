"""What a look finds, in one line: how it is, of what, what is seen, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`fail` is what keeps the station from its work, `note` is what somebody should know."""

    OK = "ok"
    NOTE = "note"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` says what to do, and is empty when it is well."""

    part: str
    text: str
    remedy: str = ""
    is_bad: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.is_bad:
            return Verdict.FAIL
        return Verdict.NOTE if self.remedy else Verdict.OK

    def row(self) -> dict[str, str]:
        """The same for machines."""
        return {"verdict": self.verdict, "part": self.part, "text": self.text, "remedy": self.remedy}

    def __str__(self) -> str:
        mark = "FAIL" if self.is_bad else self.verdict.value
        return f"{mark:<5} {self.part}: {self.text}" + (f". {self.remedy}" if self.remedy else "")


def fail(part: str, text: str, remedy: str) -> Finding:
    return Finding(part, text, remedy, is_bad=True)

"""Waiting for what other processes do: for a condition, with a deadline, never for a time."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TypeVar

DEADLINE_S = 60.0
_LOOK_S = 0.02

T = TypeVar("T")


def until(look: Callable[[], T], what: str, deadline_s: float = DEADLINE_S) -> T:
    """What `look` gives, as soon as it is true."""
    end_s = monotonic() + deadline_s
    while not (found := look()):
        assert monotonic() < end_s, f"waited {deadline_s:.0f} s for: {what}"
        Event().wait(_LOOK_S)
    return found


def is_gone(pid: int) -> bool:
    """Whether the process has ended, collected or not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"

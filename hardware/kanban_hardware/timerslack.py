"""How much later than asked for a thread may wake: the kernel then wakes it with others, and less often."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

PR_SET_TIMERSLACK = 29  # include/uapi/linux/prctl.h


@contextmanager
def timer_slack(slack_s: float) -> Iterator[None]:
    """Threads that start meanwhile end their waits up to `slack_s` late, but for events.

    This thread has its own slack back afterwards. Rule: prctl(2), a new thread takes that of its maker.
    """
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_TIMERSLACK, ctypes.c_ulong(round(slack_s * 1e9)))
    try:
        yield
    finally:
        prctl(PR_SET_TIMERSLACK, ctypes.c_ulong(0))

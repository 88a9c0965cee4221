"""Faults for the station's program, by signal: what no finger and no cable can do.

By then the program has loaded its modules; nothing is loaded for its sake.

SIGUSR1: from now on, what hears the edges of GPIO 6 raises.
SIGUSR2: the thread in which lgpio reports edges ends, as an exception that nobody catches would end it.
"""

import ctypes
import signal
import sys
import threading
from types import FrameType, FunctionType


def break_listener(_number: int, _frame: FrameType | None) -> None:
    panel = sys.modules["kanban_hardware.panel"]
    listener = panel.Panel._on_edge
    vars(panel)["_heard"] = FunctionType(listener.__code__, listener.__globals__)
    # gpiozero holds the method since the panel was opened, so it is its code that has to change.
    listener.__code__ = _hear.__code__
    sys.stderr.write("the listener is broken\n")


def _hear(listening: object, pin: int, level: bool, ago_s: float) -> None:
    if pin == 6:
        raise RuntimeError("a fault of the test")
    _heard(listening, pin, level, ago_s)  # type: ignore[name-defined]  # noqa: F821  # in the panel's module


def end_reporting(_number: int, _frame: FrameType | None) -> None:
    lgpio = sys.modules["lgpio"]
    (thread,) = (one for one in threading.enumerate() if isinstance(one, lgpio._callback_thread))
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit)
    )


signal.signal(signal.SIGUSR1, break_listener)
signal.signal(signal.SIGUSR2, end_reporting)

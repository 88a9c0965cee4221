"""What the updater is told of the machine that it works on, and what it does to it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kanban_device.update.gate import Times
from kanban_device.update.installation import Station
from kanban_device.update.policy import Now

log = logging.getLogger(__name__)


class Step(StrEnum):
    """The steps of an update, in their order. Before each of them the machine may stop."""

    FETCH_MANIFEST = "fetch the manifest"
    FETCH_FILES = "fetch the files"
    INSTALL = "install"
    TRY_OUT = "try out"
    MARK = "mark as whole"
    SWITCH = "switch"
    RESTART = "restart"
    RESTART_AGAIN = "restart again"
    CONFIRM = "confirm"
    LEAD_BACK = "lead back"
    SETTLE = "settle the request"


@dataclass(frozen=True)
class Machine:
    """`name` is as `uname -m` says it, `now_s` of CLOCK_BOOTTIME. `step` hears of each before it is done."""

    python: tuple[int, int]
    name: str
    now: Callable[[], Now]
    now_s: Callable[[], float]
    wait: Callable[[float], None]
    restart: Callable[[], None]
    is_network_there: Callable[[], bool]
    step: Callable[[Step], None] = log.info
    times: Times = field(default_factory=Times)


@dataclass(frozen=True)
class Place:
    """What belongs to this station: its file and data, the keys it trusts, and where it shows how it is."""

    station: Station
    keys: Callable[[], list[Ed25519PublicKey]]
    vitals: Path

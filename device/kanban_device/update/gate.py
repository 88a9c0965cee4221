"""Has a release on trial proved itself? Pure.

It has when the station has run for a minute, can read its outbox, has buttons and lamps, and has told the hub
so. Where it cannot reach the hub, it is asked whether anybody could from here: a broken network is not the
release's fault, and the station must not run the old one for it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kanban_device.vitals import Vitals

STARTS_MOST = 3


class Verdict(StrEnum):
    WAIT = "wait"
    CONFIRMED = "confirmed"
    NOT_WELL = "not_well"


@dataclass(frozen=True)
class Times:
    """Seconds. After `network_s` without a link the network is looked at; at `limit_s` all is over."""

    up_s: float = 60.0
    fresh_s: float = 30.0
    network_s: float = 300.0
    limit_s: float = 600.0


def judge(vitals: Vitals | None, waited_s: float, *, is_network_there: bool, times: Times) -> Verdict:
    """The word on a release after `waited_s` of trial. `vitals` are those of it, None where it shows none."""
    if vitals is not None and _is_sound(vitals, times):
        if vitals.linked and vitals.beats > 0:
            return Verdict.CONFIRMED
        if waited_s >= times.network_s and not is_network_there:
            return Verdict.CONFIRMED
    return Verdict.NOT_WELL if waited_s >= times.limit_s else Verdict.WAIT


def of_trial(vitals: Vitals | None, number: int, now_s: float, times: Times) -> Vitals | None:
    """`vitals`, if they are of the release `number` and of now: a file may be left from before."""
    if vitals is None or vitals.release != number or not 0 <= now_s - vitals.at_s <= times.fresh_s:
        return None
    return vitals


def _is_sound(vitals: Vitals, times: Times) -> bool:
    return vitals.up_s >= times.up_s and vitals.outbox is not None and vitals.panel

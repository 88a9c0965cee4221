"""What people see of a virtual station. Pure: the firmware's report and the two switches in, the view out."""

from msgspec import Struct

from kanban_hardware.wiring import COLOURS
from kanban_simulator.line import Report

OFF = "off"
_SLOT = "slot-"


class PanelState(Struct, frozen=True):
    """The panel as `GET /panel` gives it.

    A station without power shows nothing: its lamps are off and its display is empty. Its outbox lies on
    the disk and keeps what it held, so `outbox` stays at the number last known.
    """

    slots: dict[str, str]
    stack: dict[str, str]
    outbox: int
    display: list[str]
    power: bool
    network: bool


class Sight(Struct, frozen=True):
    """The panel and, for drawing it, which lamps are lit at this moment and whether the buzzer sounds."""

    panel: PanelState
    lit: dict[str, bool]
    sounds: bool


def sight(lamps: list[str], report: Report, *, power: bool, network: bool) -> Sight:
    """What is to be seen of a station with these lamps ("slot-1" …, "red" …, "white")."""
    shown = {lamp: report.patterns.get(lamp, OFF) if power else OFF for lamp in lamps}
    panel = PanelState(
        slots={lamp.removeprefix(_SLOT): shown[lamp] for lamp in lamps if lamp.startswith(_SLOT)},
        stack={colour: shown[colour] for colour in COLOURS if colour in shown},
        outbox=report.outbox,
        display=list(report.display) if power else [],
        power=power,
        network=network,
    )
    lit = {lamp: power and report.levels.get(lamp, False) for lamp in lamps}
    return Sight(panel, lit, sounds=power and report.levels.get("buzzer", False))

from kanban_simulator.line import Report
from kanban_simulator.sight import PanelState, sight

LAMPS = ["slot-1", "slot-2", "red", "amber", "green"]
REPORT = Report(
    levels={"slot-1": True, "green": True, "buzzer": True},
    patterns={"slot-1": "slow", "slot-2": "off", "red": "off", "amber": "off", "green": "on"},
    outbox=3,
    display=["Bracket, left: 3 asked"],
)


def test_a_panel_shows_what_the_firmware_reports() -> None:
    seen = sight(LAMPS, REPORT, power=True, network=False)

    assert seen.panel == PanelState(
        slots={"1": "slow", "2": "off"},
        stack={"red": "off", "amber": "off", "green": "on"},
        outbox=3,
        display=["Bracket, left: 3 asked"],
        power=True,
        network=False,
    )
    assert [lamp for lamp, lit in seen.lit.items() if lit] == ["slot-1", "green"]
    assert seen.sounds


def test_without_power_all_is_dark_and_silent_and_the_outbox_keeps_its_number() -> None:
    seen = sight(LAMPS, REPORT, power=False, network=True)

    assert set(seen.panel.slots.values()) | set(seen.panel.stack.values()) == {"off"}
    assert seen.panel.display == []
    assert seen.panel.outbox == 3
    assert not any(seen.lit.values())
    assert not seen.sounds


def test_a_station_without_a_stack_light_has_none() -> None:
    assert sight(["slot-1"], Report(), power=True, network=True).panel.stack == {}

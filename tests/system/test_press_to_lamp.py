"""From a press or a scan on mock pins, over real firmware, broker and hub, to the lamp upstream."""

from collections.abc import Callable

import pytest

from tests.mosquitto import Mosquitto
from tests.system.hub import HubProcess
from tests.system.station import StationProcess

pytestmark = pytest.mark.mosquitto

Start = Callable[[str], StationProcess]


def test_a_press_lights_the_lamp_upstream_and_a_scan_books_the_container_in(
    hub: HubProcess, station: Start
) -> None:
    assembly, paint = station("assembly").ready(), station("paint").ready()

    assembly.do("press", slot=1, hold_ms=100)
    paint.lamp(1, "slow")
    assembly.lamp(1, "slow")

    paint.do("press", slot=1, hold_ms=100)
    assembly.lamp(1, "on")
    paint.do("press", slot=1, hold_ms=100)
    paint.lamp(1, "off")

    assembly.do("scan", code="BRACKET-0001")
    assembly.lamp(1, "off")
    assert set(hub.states("bracket").values()) == {"full"}


def test_the_quality_button_quarantines_and_the_suppliers_red_lamp_blinks(
    hub: HubProcess, station: Start
) -> None:
    assembly, paint = station("assembly").ready(), station("paint").ready()

    assembly.do("quality", hold_ms=100)

    paint.wait_for(lambda panel: panel["stack"]["red"] == "slow")
    assert sorted(hub.states("bracket").values()).count("quarantined") == 1


def test_holding_the_button_takes_the_last_press_back(hub: HubProcess, station: Start) -> None:
    assembly = station("assembly").ready()
    assembly.do("press", slot=1, hold_ms=100)
    assembly.lamp(1, "slow")

    assembly.do("press", slot=1, hold_ms=2300)

    assembly.lamp(1, "off")
    assert set(hub.states("bracket").values()) == {"full"}


def test_presses_with_the_broker_away_are_kept_over_a_power_cut_and_arrive(
    hub: HubProcess, broker: Mosquitto, station: Start
) -> None:
    assembly = station("assembly").ready()
    broker.stop()
    for count in (1, 2, 3):
        assembly.do("scan", code=f"bracket-000{count}")
        assembly.wait_for(lambda panel, count=count: panel["outbox"] == count)

    assembly.do("power", on=False)
    assembly.do("power", on=True)
    assembly.wait_for(lambda panel: panel["power"] and panel["outbox"] == 3)
    broker.start()

    assembly.wait_for(lambda panel: panel["outbox"] == 0, within_s=60)
    states = hub.states("bracket")
    assert [state for _, state in sorted(states.items())] == ["requested"] * 3 + ["full"]


def test_a_station_that_hears_no_hub_says_so_and_is_never_green(hub: HubProcess, station: Start) -> None:
    assembly = station("assembly").ready()

    hub.kill9()

    shown = assembly.lamp(1, "double")
    assert shown["stack"] == {"red": "double", "amber": "double", "green": "off"}
    hub.start()
    assembly.wait_for(lambda panel: panel["stack"]["green"] == "on", within_s=60)


def test_a_cut_network_keeps_the_press_and_the_hub_sees_the_silence(hub: HubProcess, station: Start) -> None:
    assembly = station("assembly").ready()
    assembly.do("network", on=False)
    assembly.do("press", slot=1, hold_ms=100)
    assembly.wait_for(lambda panel: panel["outbox"] == 1)
    hub.wait_until(lambda: hub.get("/api/v1/stations/assembly")["online"] is False, within_s=45)

    assembly.do("network", on=True)

    assembly.wait_for(lambda panel: panel["outbox"] == 0, within_s=60)
    hub.wait_until(lambda: hub.get("/api/v1/stations/assembly")["online"] is True, within_s=45)
    assert sorted(hub.states("bracket").values()).count("requested") == 1

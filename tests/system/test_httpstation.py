"""Stations by HTTP beside stations by MQTT, on a real broker and a real hub process."""

from collections.abc import Callable

import pytest

from tests.system.contract import ContractStation
from tests.system.httpstation import HttpStation, is_refused
from tests.system.hub import HubProcess

pytestmark = pytest.mark.mosquitto

Join = Callable[..., ContractStation]


def test_a_pull_by_http_lights_the_lamp_of_a_station_on_mqtt_and_back(hub: HubProcess, join: Join) -> None:
    assembly, paint = HttpStation(hub, "assembly"), join("paint")

    pulled = assembly.send("pull", {"loop": "bracket", "slot": 1})

    assert (pulled["status"], pulled["card"], pulled["state"]) == ("accepted", "bracket-0001", "requested")
    assert paint.lamp(1, "slow")
    assert paint.send("advance", {"loop": "bracket"})["state"] == "accepted"
    assert assembly.panel()["lamps"]["slots"] == {"1": "on"}


def test_a_panel_beside_a_pi_has_receipts_of_its_own(hub: HubProcess, join: Join) -> None:
    pi, panel = join("assembly"), HttpStation(hub, "assembly")

    assert panel.send("pull", {"loop": "bracket"})["card"] == "bracket-0001"
    assert pi.send("pull", {"loop": "bracket"}, mono_ms=1)["card"] == "bracket-0002"

    assert pi.receipts.empty()  # the panel's word did not come here
    assert pi.wait_for("sync", lambda sync: sync["epochs"] == {pi.epoch: 1, panel.epoch: 1})


def test_the_same_sent_by_both_ways_is_taken_once(hub: HubProcess, join: Join) -> None:
    pi, panel = join("assembly"), HttpStation(hub, "assembly")
    signal = pi.signal("pull", {"loop": "bracket"})
    pi.publish(signal)
    first = pi.receipt(1)

    (again,) = panel.post({**signal, "attempt": 2})

    assert again == {name: value for name, value in first.items() if name != "epoch"}
    assert list(hub.states("bracket").values()).count("requested") == 1


def test_what_was_answered_outlives_the_hub_and_the_rest_is_sent_again(hub: HubProcess, join: Join) -> None:
    panel = HttpStation(hub, "assembly")
    signal = panel.signal("pull", {"loop": "bracket"})
    (first,) = panel.post(signal)
    hub.kill9()
    assert is_refused(HttpStation(hub, "assembly"))
    hub.start()

    assert panel.post({**signal, "attempt": 2}) == [first]
    assert list(hub.states("bracket").values()).count("requested") == 1


def test_a_command_reaches_the_station_and_nobody_who_comes_later(hub: HubProcess, join: Join) -> None:
    paint = join("paint")
    given = HttpStation(hub, "paint").command("identify")

    assert given["sent"] is True
    assert paint.wait_for("command", lambda command: command["command"] == "identify")
    later = join("paint")
    assert later.latest("assignment")
    assert "down/paint/command" not in later._latest

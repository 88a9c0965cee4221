"""A hub that was started without a plant takes its first one by its pages and goes on without a hand."""

import json
import urllib.request
from pathlib import Path

import pytest

from tests.hub.test_plantfile import EXAMPLE
from tests.mosquitto import Mosquitto
from tests.system.hub import HubProcess

pytestmark = pytest.mark.mosquitto


def post(hub: HubProcess, plant: str) -> dict[str, object]:
    token = (hub.data / "admin.token").read_text().strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/toml"}
    url = f"http://127.0.0.1:{hub.port}/api/v1/plant"
    asked = urllib.request.Request(url, plant.encode(), headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return dict(json.load(answer))


def test_the_first_plant_comes_while_the_hub_runs_and_the_broker_is_linked(
    broker: Mosquitto, tmp_path: Path
) -> None:
    hub = HubProcess(tmp_path / "hub", broker)
    hub.data.mkdir()
    hub.begin()
    hub.wait_until(lambda: hub.get("/api/v1/loops").get("status") == 503)
    plant = EXAMPLE.read_text()

    assert post(hub, plant)["applied"] is True

    hub.wait_until(hub.is_connected)
    assert len(hub.items("/api/v1/loops")) == 7
    more = post(hub, plant.replace("cards = 4", "cards = 6", 1))
    assert more["cards"]
    hub.wait_until(lambda: len(hub.states("bracket")) == 6)
    assert hub.stop() == 0

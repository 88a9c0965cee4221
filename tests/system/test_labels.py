"""Suppliers' labels and files, on a real broker and a real hub process."""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.hub.requests.reader import segments
from tests.system.contract import ContractStation
from tests.system.hub import HubProcess

pytestmark = pytest.mark.mosquitto

Join = Callable[..., ContractStation]
GTIN = "09506000134352"


def bind(hub: HubProcess, **body: str) -> Any:
    """Order a binding as a program outside does."""
    token = (hub.data / "admin.token").read_text().strip()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{hub.port}/api/v1/bindings",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)


def call_off(hub: HubProcess, station: str) -> list[str]:
    """The card numbers on the DELJIT of `station`."""
    url = f"http://127.0.0.1:{hub.port}/api/v1/stations/{station}/requests.edi"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return [one[2][0] for one in segments(answer.read()) if one[0] == ["GIR"]]


def test_a_suppliers_label_moves_cards_also_after_the_hub_was_killed(hub: HubProcess, join: Join) -> None:
    bind(hub, code=f"01{GTIN}", item="bracket")
    assembly, paint = join("assembly"), join("paint")
    label = f"01{GTIN}10LOT-7"
    assert assembly.send("scan", {"code": label})["state"] == "requested"
    assert call_off(hub, "paint") == ["BRACKET-0001"]
    hub.kill9()
    hub.start()

    states = [paint.send("scan", {"code": label}, mono_ms=n * 60_000)["state"] for n in (1, 2)]
    arrived = assembly.send("scan", {"code": label}, mono_ms=999_000_000)

    assert (states, arrived["state"]) == (["accepted", "in_transit"], "full")
    assert hub.get("/api/v1/cards/bracket-0001")["lot"] == "LOT-7"
    assert call_off(hub, "paint") == []


def test_a_misread_number_is_refused_and_counted(hub: HubProcess, join: Join) -> None:
    word = join("assembly").send("scan", {"code": "BRACKET.0003.N4"})

    assert (word["status"], word["reason"]) == ("refused", "unreadable")
    (refused,) = [event for event in hub.items("/api/v1/events") if event["kind"] == "signal_refused"]
    assert refused["data"]["reason"] == "unreadable"
    assert set(hub.states("bracket").values()) == {"full"}

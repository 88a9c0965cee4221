"""What a program that knows only the contract may rely on, on a real broker and a real hub process."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.system.contract import ContractStation
from tests.system.hub import HubProcess

pytestmark = pytest.mark.mosquitto

Join = Callable[..., ContractStation]


def test_a_pull_goes_round_from_press_to_lamp_and_back(hub: HubProcess, join: Join) -> None:
    assembly, paint = join("assembly"), join("paint")
    assert assembly.lamp(1, "off")["stack"] == {"red": "off", "amber": "off", "green": "on"}

    pulled = assembly.send("pull", {"loop": "bracket", "slot": 1})
    assert (pulled["status"], pulled["card"], pulled["state"]) == ("accepted", "bracket-0001", "requested")
    assert paint.lamp(1, "slow")["stack"]["amber"] == "slow"
    assert assembly.lamp(1, "slow")["stack"]["green"] == "on"

    assert paint.send("advance", {"loop": "bracket"})["state"] == "accepted"
    assert assembly.lamp(1, "on")
    assert paint.send("advance", {"loop": "bracket"})["state"] == "in_transit"
    assert paint.lamp(1, "off")["stack"]["green"] == "on"

    arrived = assembly.send("scan", {"code": "BRACKET-0001"})
    assert (arrived["status"], arrived["state"]) == ("accepted", "full")
    assert assembly.lamp(1, "off")
    assert set(hub.states("bracket").values()) == {"full"}


def test_the_lamps_say_which_signals_are_behind_them(hub: HubProcess, join: Join) -> None:
    assembly, paint = join("assembly"), join("paint")
    signal = assembly.signal("pull", {"loop": "bracket"})
    assembly.publish(signal)

    lamps = paint.lamp(1, "slow")

    assert lamps["because"][0] == signal["id"]
    assert lamps["epoch"] == paint.latest("hub/status")["epoch"]


def test_a_station_that_comes_late_finds_assignment_lamps_and_sync_retained(
    hub: HubProcess, join: Join
) -> None:
    first = join("assembly")
    first.send("pull", {"loop": "bracket"})

    late = join("paint")

    slots = [{"slot": 1, "loop": "bracket", "side": "supplier", "item": "Bracket, left"}]
    assert late.latest("assignment")["slots"] == slots
    assert late.lamp(1, "slow")
    assert late.latest("hub/status")["online"] is True
    assert first.wait_for("sync", lambda sync: sync["epochs"].get(first.epoch) == 1)


def test_a_redelivered_signal_is_taken_once_and_gets_the_same_word(hub: HubProcess, join: Join) -> None:
    assembly = join("assembly")
    signal = assembly.signal("pull", {"loop": "bracket"})
    words = []
    for attempt in (1, 2, 3):
        assembly.publish({**signal, "attempt": attempt, "age_ms": 900 * attempt})
        words.append(assembly.receipt(signal["seq"]))

    assert words[0]["status"] == "accepted"
    assert words == [words[0]] * 3
    assert sorted(hub.states("bracket").values()) == ["full", "full", "full", "requested"]


def test_the_same_key_with_other_content_is_set_aside_and_never_applied(hub: HubProcess, join: Join) -> None:
    assembly = join("assembly")
    assembly.send("pull", {"loop": "bracket"})

    other = assembly.signal("pull", {"loop": "bracket"}, seq=1)
    assembly.publish(other)

    word = assembly.receipt(1)
    assert (word["status"], word["reason"]) == ("refused", "conflict")
    assert [row["reason"] for row in hub.items("/api/v1/quarantine")] == ["conflict"]
    assert list(hub.states("bracket").values()).count("requested") == 1


def test_a_pull_without_a_full_card_is_already(hub: HubProcess, join: Join) -> None:
    assembly, paint = join("assembly"), join("paint")
    for _ in range(4):
        assert assembly.send("pull", {"loop": "bracket"})["status"] == "accepted"

    fifth = assembly.send("pull", {"loop": "bracket"})

    assert (fifth["status"], fifth["text"]) == ("already", "Already asked for: 4 of 4 on the way")
    assert len(hub.items("/api/v1/stations/paint/queue")) == 4
    assert paint.lamp(1, "fast")
    assert assembly.lamp(1, "fast")


def test_making_without_a_card_is_refused_and_counted(hub: HubProcess, join: Join) -> None:
    paint = join("paint")

    word = paint.send("advance", {"loop": "bracket"})

    assert (word["status"], word["reason"]) == ("refused", "over_production")
    refused = [event for event in hub.items("/api/v1/events") if event["kind"] == "signal_refused"]
    assert len(refused) == 1


def test_a_part_of_a_card_number_matches_nothing(hub: HubProcess, join: Join) -> None:
    assembly = join("assembly")
    for code in ("bracket-000", "bracket-00011", "racket-0001", "bracket", "bracket-%", "BRACKET_0001"):
        word = assembly.send("scan", {"code": code})
        assert (word["status"], word["reason"]) == ("refused", "unknown_card"), code
    assert set(hub.states("bracket").values()) == {"full"}


def test_a_quality_fail_quarantines_calls_and_feeds_the_line(hub: HubProcess, join: Join) -> None:
    assembly, paint = join("assembly"), join("paint")

    word = assembly.send("fail", {"loop": "bracket", "defect": "scratched"})

    assert (word["card"], word["state"]) == ("bracket-0001", "quarantined")
    assert paint.wait_for("lamps", lambda lamps: lamps["stack"]["red"] == "slow")
    (call,) = hub.items("/api/v1/calls")
    assert (call["kind"], call["station"], call["card"]) == ("quality", "paint", "bracket-0001")
    (entry,) = hub.items("/api/v1/stations/paint/queue")
    assert hub.states("bracket")["bracket-0005"] == "requested"
    assert "bracket-0005" in json.dumps(entry)


def test_a_press_can_be_taken_back(hub: HubProcess, join: Join) -> None:
    assembly = join("assembly")
    signal = assembly.signal("pull", {"loop": "bracket"})
    assembly.publish(signal)
    assembly.receipt(signal["seq"])

    assert assembly.send("undo", {"signal": signal["id"]})["status"] == "accepted"

    assert set(hub.states("bracket").values()) == {"full"}
    assert assembly.lamp(1, "off")


def test_help_and_cannot_raise_calls(hub: HubProcess, join: Join) -> None:
    assembly, paint = join("assembly"), join("paint")
    assert assembly.send("help", {"topic": "Screwdriver broken"})["status"] == "accepted"
    assert paint.send("cannot", {"loop": "bracket", "reason": "No primer"})["status"] == "accepted"

    assert sorted(call["kind"] for call in hub.items("/api/v1/calls")) == ["help", "material"]
    assert assembly.wait_for("lamps", lambda lamps: lamps["stack"]["red"] == "slow")


def _rubbish(signal: dict[str, Any]) -> list[bytes]:
    text = json.dumps(signal)
    wrong: list[dict[str, Any]] = [
        {"v": 2}, {"v": "1"}, {"v": True}, {"extra": 1}, {"epoch": "9F2C61D0A7B34E55"}, {"epoch": ""},
        {"id": "1"}, {"seq": 0}, {"seq": -1}, {"seq": 1.0}, {"seq": "1"}, {"seq": True}, {"seq": 2**53},
        {"kind": "order"}, {"kind": 3}, {"body": []}, {"body": {}}, {"body": {"loop": "../x"}},
        {"body": {"loop": "bracket", "station": "paint"}}, {"body": {str(n): n for n in range(99)}},
        {"clock": "good"}, {"age_ms": -1}, {"age_ms": 31 * 24 * 3600 * 1000}, {"mono_ms": None},
        {"kind": "scan", "body": {"code": "a\u0000b"}}, {"kind": "help", "body": {"topic": "\u202eabc"}},
    ]  # fmt: skip
    broken = [
        b"", b"x", b"\xff\xfe", b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), b"[]", b"null", b"3",
        b"{" * 900, b"[" * 1900, text[:-1].encode(), (text + text).encode(), b"{}" + b" " * 2047,
        b"{}" * 8192, text.replace('"seq":', '"seq": 7, "seq":').encode(),
        text.replace('"age_ms": 0', '"age_ms": NaN').encode(),
        text.replace('"age_ms": 0', '"age_ms": 1e400').encode(),
        text.replace("bracket", "\\ud800").encode(),
    ]  # fmt: skip
    return broken + [json.dumps({**signal, **change}).encode() for change in wrong]


def test_rubbish_of_every_kind_leaves_the_inbox_alive_and_is_counted(hub: HubProcess, join: Join) -> None:
    assembly = join("assembly")
    signal = assembly.signal("pull", {"loop": "bracket"})
    rubbish = _rubbish(signal)
    for payload in rubbish:
        assembly.publish(payload)

    assembly.publish(signal)

    words = [assembly.receipts.get(timeout=15)]
    while words[-1]["status"] == "refused":
        assert words[-1]["reason"] == "malformed"
        words.append(assembly.receipts.get(timeout=15))
    assert (words[-1]["seq"], words[-1]["status"]) == (signal["seq"], "accepted")
    assert len(hub.items("/api/v1/quarantine")) == len(rubbish)
    assert list(hub.states("bracket").values()).count("requested") == 1


def test_a_retained_signal_and_a_stranger_are_not_taken(hub: HubProcess, join: Join) -> None:
    assembly, stranger = join("assembly"), join("stranger")
    assert stranger.send("pull", {"loop": "bracket"})["reason"] == "unknown_station"
    retained = assembly.signal("pull", {"loop": "bracket"})
    assembly.publish(retained, retain=True)
    assembly.publish(b"", retain=True)
    paint = join("paint")

    assert paint.send("pull", {"loop": "bracket"})["reason"] == "not_your_loop"

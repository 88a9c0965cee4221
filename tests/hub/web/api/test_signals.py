"""Signals by HTTP keep the contract that they keep on MQTT."""

import json
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kanban_hub.web.api.signals import NDJSON, SIGNALS_MOST
from tests.hub.signals import EPOCH, OTHER_EPOCH, payload
from tests.hub.web.ask import BEARER, checked, get
from tests.hub.web.site import Site
from tests.protocol.bad_payloads import ROWS

ID_7 = str(uuid.UUID(int=7))
PATH = "/api/v1/stations/{}/signals"


def send(client: FlaskClient, *lines: bytes, station: str = "assembly", **rest: Any) -> TestResponse:
    headers = {**BEARER, "Content-Type": NDJSON} | rest
    return client.post(PATH.format(station), data=b"\n".join(lines), headers=headers)


def answered(client: FlaskClient, *lines: bytes, station: str = "assembly") -> Any:
    return checked(send(client, *lines, station=station), "post", PATH.format(station), 200)


def words(client: FlaskClient, *lines: bytes, station: str = "assembly") -> list[dict[str, Any]]:
    found = answered(client, *lines, station=station)["receipts"]
    return [receipt for message in found for receipt in message["signals"]]


def asked_for(client: FlaskClient) -> int:
    cards = get(client, "/api/v1/cards?loop=bracket")["items"]
    return [card["state"] for card in cards].count("requested")


def test_a_pull_is_answered_by_its_receipt(client: FlaskClient) -> None:
    told = answered(client, payload(1, body={"loop": "bracket", "slot": 1}))

    receipt = {"seq": 1, "status": "accepted", "card": "bracket-0001", "state": "requested"}
    assert told == {"receipts": [{"v": 1, "epoch": EPOCH, "signals": [receipt]}], "set_aside": 0}
    assert asked_for(client) == 1


def test_a_batch_is_taken_in_its_order(client: FlaskClient) -> None:
    lines = [payload(seq, mono_ms=seq * 60_000) for seq in range(1, 6)]

    assert [(word["seq"], word["status"]) for word in words(client, *lines)] == [
        (1, "accepted"), (2, "accepted"), (3, "accepted"), (4, "accepted"), (5, "already"),
    ]  # fmt: skip


def test_the_same_again_gets_the_same_word_and_moves_nothing(client: FlaskClient) -> None:
    first = words(client, payload(1))

    assert words(client, payload(1, attempt=2, age_ms=900), payload(1, attempt=3)) == first * 2
    assert asked_for(client) == 1


def test_the_same_key_with_other_content_is_set_aside(client: FlaskClient) -> None:
    words(client, payload(1))

    (word,) = words(client, payload(1, id="0198f2c4-7c1e-7abc-8def-0123456789ab"))

    assert (word["status"], word["reason"]) == ("refused", "conflict")
    (aside,) = get(client, "/api/v1/quarantine")["items"]
    assert (aside["reason"], aside["station"], aside["topic"]) == (
        "conflict", "assembly", "/api/v1/stations/assembly/signals",
    )  # fmt: skip
    assert asked_for(client) == 1


def test_a_signal_that_moved_to_a_new_outbox_is_known_by_its_id(client: FlaskClient) -> None:
    words(client, payload(7))

    found = answered(client, payload(1, epoch=OTHER_EPOCH, id=ID_7, mono_ms=420_000))["receipts"]

    assert [(one["epoch"], one["signals"][0]["status"]) for one in found] == [(OTHER_EPOCH, "accepted")]
    assert asked_for(client) == 1


def test_words_on_two_outboxes_are_two_messages(client: FlaskClient) -> None:
    found = answered(client, payload(1), payload(1, epoch=OTHER_EPOCH, id=ID_7))["receipts"]

    assert [one["epoch"] for one in found] == [EPOCH, OTHER_EPOCH]


@pytest.mark.parametrize(
    ("line", "reason"), [(row[1], row[2].reason) for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_rubbish_is_set_aside_and_the_next_is_taken(client: FlaskClient, line: bytes, reason: str) -> None:
    told = answered(client, line, payload(1)) if line else answered(client, payload(1))

    receipts = [word for message in told["receipts"] for word in message["signals"]]
    assert (receipts[-1]["seq"], receipts[-1]["status"]) in {(1, "accepted"), (1234, "refused")}
    assert asked_for(client) == 1
    assert [aside["reason"] for aside in get(client, "/api/v1/quarantine")["items"]] == [reason] * bool(line)
    assert told["set_aside"] + len(receipts) == 1 + bool(line)


def test_a_station_may_not_press_for_another_ones_loop(client: FlaskClient) -> None:
    (word,) = words(client, payload(1), station="castings")

    assert (word["status"], word["reason"]) == ("refused", "not_your_loop")


def test_a_station_that_is_not_of_the_plant_is_refused_as_on_mqtt(client: FlaskClient) -> None:
    (word,) = words(client, payload(1), station="stranger")

    assert (word["status"], word["reason"]) == ("refused", "unknown_station")


@pytest.mark.parametrize("station", ["Assembly", "a" * 33, "..", "%00"])
def test_what_can_be_no_station_is_not_found(client: FlaskClient, station: str) -> None:
    assert send(client, payload(1), station=station).status_code == 404


@pytest.mark.parametrize("count", [0, SIGNALS_MOST + 1])
def test_too_few_or_too_many_are_told_and_none_is_taken(client: FlaskClient, count: int) -> None:
    told = send(client, *[payload(seq) for seq in range(1, count + 1)])

    assert told.status_code == 400
    assert f"has {count} lines" in told.get_json()["detail"]
    assert asked_for(client) == 0


def test_a_body_without_end_is_not_read(client: FlaskClient) -> None:
    assert send(client, b" " * 70_000).status_code == 413


def test_another_media_type_is_told(client: FlaskClient) -> None:
    assert send(client, payload(1), **{"Content-Type": "application/json"}).status_code == 415


def test_without_a_commit_there_is_no_word_but_the_advice_to_send_again(
    site: Site, client: FlaskClient
) -> None:
    site.is_stuck = True
    told = send(client, payload(1))
    assert told.status_code == 503
    assert "send again" in told.get_json()["detail"]
    assert told.headers["Retry-After"]

    site.is_stuck = False
    assert words(client, payload(1, attempt=2))[0]["status"] == "accepted"


def test_who_waits_for_a_commit_holds_up_nobody_else(site: Site, client: FlaskClient) -> None:
    while site.parts.senders.take():
        pass

    told = send(client, payload(1))

    assert (told.status_code, told.headers["Retry-After"]) == (503, "2")
    site.parts.senders.give_back()
    assert words(client, payload(1))[0]["status"] == "accepted"
    assert words(client, payload(2))[0]["status"] == "accepted"


def test_the_event_is_the_stations_and_no_persons(client: FlaskClient) -> None:
    words(client, payload(1))

    last = json.loads(client.get("/api/v1/events?limit=1000").get_data())["items"][-1]
    assert (last["kind"], last["station"], last["role"]) == ("card_moved", "assembly", None)

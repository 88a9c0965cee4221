import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from kanban_protocol.codec import encode
from kanban_protocol.messages import CommandKind, ShownLamps
from tests.hub.signals import EPOCH, payload
from tests.hub.test_presence import HEARTBEAT
from tests.hub.web.account.person import tablet
from tests.hub.web.api.test_signals import words
from tests.hub.web.ask import get, order
from tests.hub.web.site import Site

PANEL = "/api/v1/stations/{}/panel"
BEAT = f"/api/v1/stations/assembly/panels/{EPOCH}"


def beat(outbox: int = 0, **shown: str) -> dict[str, Any]:

    heartbeat = json.loads(encode(HEARTBEAT)) | {"outbox": outbox, "oldest_s": 7.5 * bool(outbox)}
    lamps = json.loads(encode(ShownLamps(v=1, epoch="b" * 16, revision=4, lamps={}))) | {"lamps": shown}
    return {"heartbeat": heartbeat, "shown": lamps, "version": "abc123"}


def test_a_panel_is_told_what_a_station_is_told(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")

    state = get(client, PANEL.format("paint"))

    assert (state["station"], state["name"]) == ("paint", "Paint shop")
    slots = [(slot["slot"], slot["loop"], slot["side"]) for slot in state["assignment"]["slots"]]
    assert slots == [(1, "bracket", "supplier"), (2, "casting", "consumer")]
    assert state["lamps"]["slots"] == {"1": "slow", "2": "off"}
    assert state["lamps"]["epoch"] == state["epoch"]
    assert state["commit_age_s"] == 1.0


def test_it_shows_what_it_needs_and_what_it_makes(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hand.seconds += 600

    state = get(client, PANEL.format("paint"))

    (need,) = state["needs"]
    assert (need["slot"], need["full"], need["cards"], need["lasts"]) == (2, 3, 3, "6 h")
    (made,) = state["makes"]
    assert (made["slot"], made["card"], made["state"], made["consumer"]) == (
        1, "bracket-0001", "requested", "Final assembly",
    )  # fmt: skip
    assert (made["asked"], made["urgency"]) == ("10 min", "soon")


def test_it_shows_the_calls_that_it_waits_for(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help", topic="screwdriver")

    (call,) = get(client, PANEL.format("assembly"))["calls"]

    assert (call["kind"], call["word"], call["about"]) == ("Help", "not taken yet", "screwdriver")
    assert get(client, PANEL.format("paint"))["calls"] == []


def test_it_is_told_how_far_its_outbox_is_here(client: FlaskClient) -> None:
    words(client, payload(1), payload(2), payload(4))

    assert get(client, f"{PANEL.format('assembly')}?outbox={EPOCH}")["taken"] == 2
    assert get(client, f"{PANEL.format('assembly')}?outbox={'0' * 16}")["taken"] == 0
    assert get(client, PANEL.format("assembly"))["taken"] == 0


def test_a_reader_may_not_press_and_a_tablet_is_told_what_its_orders_bear(
    site: Site, client: FlaskClient
) -> None:
    assert (get(client, PANEL.format("paint"))["may_signal"], get(client, PANEL.format("paint"))["form"]) == (
        False, None,
    )  # fmt: skip
    person = tablet(site, "paint")

    state = get(person.client, PANEL.format("paint"))

    assert state["may_signal"] is True
    assert len(state["form"]) == 64
    assert get(person.client, PANEL.format("assembly"))["may_signal"] is False


def test_a_command_is_there_for_ten_seconds(site: Site, client: FlaskClient) -> None:
    site.parts.commands.give("paint", CommandKind.IDENTIFY)
    site.hand.seconds += 3

    command = get(client, PANEL.format("paint"))["command"]

    assert (command["command"]["command"], command["age_s"]) == ("identify", 3.0)
    assert get(client, PANEL.format("assembly"))["command"] is None
    site.hand.seconds += 10
    assert get(client, PANEL.format("paint"))["command"] is None


def test_a_station_that_is_not_there(client: FlaskClient) -> None:
    get(client, PANEL.format("nowhere"), 404)
    order(client, f"/api/v1/stations/nowhere/panels/{EPOCH}", beat(), 404)


def test_a_panel_that_beats_is_heard_as_its_station(site: Site, client: FlaskClient) -> None:
    order(client, BEAT, beat(outbox=3, red="off"))
    site.hand.seconds += 8

    station = get(client, "/api/v1/stations/assembly")

    assert (station["online"], station["age_s"], station["clock"]) == (True, 8, "sync")
    assert station["outbox"] == {"depth": 3, "oldest_s": 7.5}
    assert station["lamps_shown"] == {"epoch": "b" * 16, "revision": 4, "lamps": {"red": "off"}}
    (panel,) = station["panels"]
    assert (panel["epoch"], panel["online"], panel["version"], panel["place"]) == (
        EPOCH,
        True,
        "abc123",
        None,
    )


def test_neither_hardware_nor_panel_speaks_for_the_other(site: Site, client: FlaskClient) -> None:
    site.hear("assembly", outbox=1)
    site.show("assembly")
    site.hand.seconds += 40
    order(client, BEAT, beat(outbox=2, red="double"))

    station = get(client, "/api/v1/stations/assembly")

    assert (station["online"], station["age_s"], station["firmware"]) == (False, 40, "0.3.0")
    assert station["outbox"]["depth"] == 3
    assert station["lamps_shown"]["lamps"]["red"] == "off"
    assert [(panel["online"], panel["lamps_shown"]["lamps"]) for panel in station["panels"]] == [
        (True, {"red": "double"})
    ]


def test_a_tablet_is_named_by_the_place_of_its_link(site: Site) -> None:
    person = tablet(site, "assembly")
    form = get(person.client, PANEL.format("assembly"))["form"]

    answer = person.client.post(
        BEAT, json=beat(), headers={"Origin": "http://localhost", "X-Kanban-Form": form}
    )

    assert answer.status_code == 200
    (panel,) = get(person.client, "/api/v1/stations/assembly")["panels"]
    assert panel["place"] == "Line 2"


@pytest.mark.parametrize("epoch", ["x", "A" * 16, "0" * 17])
def test_an_outbox_has_the_epoch_of_the_contract(client: FlaskClient, epoch: str) -> None:
    order(client, f"/api/v1/stations/assembly/panels/{epoch}", beat(), 400)


def test_a_beat_is_closed(client: FlaskClient) -> None:
    told = order(client, BEAT, {**beat(), "heartbeat": {"v": 1, "boot": "x"}, "cpu": 1}, 400)

    assert {fault["where"] for fault in told["errors"]} == {"body.cpu", "body.heartbeat"}

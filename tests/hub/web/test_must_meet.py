"""What a plant must be able to expect, one promise a test, through the doors that people and programs use."""

import uuid
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.moves import RULES, Move, Standing, State
from kanban_hub.domain.plant import LoopKind, Plant
from kanban_hub.orders import StartTrial
from tests.hub.bench import started
from tests.hub.web.ask import get, order
from tests.hub.web.site import PLANT, Site


def card(client: FlaskClient, number: int, loop: str = "bracket") -> dict[str, object]:
    found: dict[str, object] = get(client, f"/api/v1/cards/{loop}-{number:04d}")
    return found


def changed(plant: Plant, loop_id: str, **changes: object) -> Plant:
    return plant.with_loop(replace(plant.loops[loop_id], **changes))  # type: ignore[arg-type]


def later(site: Site, seconds: float) -> None:
    site.hand.seconds += seconds


def test_cards_are_numbered_in_their_loop_and_have_a_state_and_a_standing(client: FlaskClient) -> None:
    first = card(client, 1)
    assert (first["state"], first["standing"]) == (State.FULL, Standing.ACTIVE)
    assert [one["id"] for one in get(client, "/api/v1/cards?loop=bracket")["items"]] == [
        f"bracket-{n:04d}" for n in (1, 2, 3, 4)
    ]


def test_what_is_not_in_the_table_of_moves_is_refused_and_shown(site: Site, client: FlaskClient) -> None:
    assert Move.SHIP in RULES
    told = order(client, "/api/v1/cards/bracket-0001/supply", {"move": "ship"}, 409)
    assert (told["reason"], card(client, 1)["state"]) == ("not_allowed", "full")

    site.signal("paint", "advance", loop="bracket")
    (event,) = [e for e in get(client, "/api/v1/events?limit=1000")["items"] if e["kind"] == "signal_refused"]
    assert event["data"]["reason"] == "over_production"


def test_a_signal_counts_once_and_a_press_within_the_window_is_the_same_press() -> None:
    bench, probe = started()
    bench.press(1, mono_ms=1_000)
    bench.press(1, mono_ms=1_000)  # the network sent it twice
    bench.press(2, mono_ms=2_000)  # a nervous finger
    bench.press(3, mono_ms=9_000)
    assert [receipt.status for receipt in probe.receipts()] == ["accepted", "accepted", "already", "accepted"]
    states = [one.state for one in bench.ledger.floor.cards_of("bracket")] if bench.ledger.floor else []
    assert states.count(State.REQUESTED) == 2


def test_a_wrong_press_is_taken_back_at_the_station_and_by_a_supervisor(
    site: Site, client: FlaskClient
) -> None:
    bench, probe = started()
    bench.press(1, mono_ms=1_000)
    bench.press(2, "undo", body={"signal": str(uuid.UUID(int=1))}, mono_ms=4_000)
    assert [(receipt.card, receipt.state) for receipt in probe.receipts()][-1] == ("bracket-0001", "full")

    site.signal("assembly", "pull", loop="bracket")
    later(site, 3_600)
    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "undo"})
    assert card(client, 1)["state"] == "full"
    moves = [
        e["data"] for e in get(client, "/api/v1/events?limit=1000")["items"] if e["kind"] == "card_moved"
    ]
    assert [data["move"] for data in moves] == ["pull", "undo"]


def test_a_batch_collects_visibly_and_goes_when_it_is_complete_or_released(
    site: Site, client: FlaskClient
) -> None:
    site.load(changed(PLANT, "bracket", batch=3))
    for _ in range(2):
        later(site, 60)
        site.signal("assembly", "pull", loop="bracket")
    assert [card(client, n)["state"] for n in (1, 2)] == ["collecting", "collecting"]
    assert "2 of 3 collected" in client.get("/").get_data(as_text=True)

    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "release"})
    assert [card(client, n)["state"] for n in (1, 2)] == ["requested", "requested"]


def test_the_queue_is_in_the_order_of_starvation_and_shows_its_sum(site: Site, client: FlaskClient) -> None:
    for _ in range(3):
        later(site, 60)
        site.signal("assembly", "pull", loop="bracket")
    queue = get(client, "/api/v1/stations/paint/queue")["items"]
    minutes = [entry["minutes_to_starvation"] for entry in queue]
    assert minutes == sorted(minutes)
    assert queue[0]["arithmetic"].startswith("20 pieces ÷ 30/h − 2 h lead time = ")


def test_a_card_is_held_with_a_reason_and_never_without(client: FlaskClient) -> None:
    order(client, "/api/v1/cards/bracket-0001/moves", {"move": "hold"}, 409)
    held = order(client, "/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "label torn"})
    assert (held["standing"], held["standing_reason"]) == ("held", "label torn")


def test_one_time_cards_end_by_themselves(site: Site, client: FlaskClient) -> None:
    (issued,) = order(client, "/api/v1/loops/bracket/cards", {"reason": "fair", "cards": 1})["cards"]
    site.signal("assembly", "scan", code=issued["id"], intent="receive")
    later(site, 60)
    site.signal("assembly", "scan", code=issued["id"])
    assert get(client, f"/api/v1/cards/{issued['id']}")["standing"] == "retired"
    assert all(sheet["even"] for sheet in get(client, "/api/v1/balance")["items"])


@pytest.mark.parametrize("kind", [LoopKind.CARD, LoopKind.TWO_BIN])
def test_two_cards_and_two_bins_meet_at_a_supermarket(
    site: Site, client: FlaskClient, kind: LoopKind
) -> None:
    made = replace(
        PLANT.loops["bracket"], id="made", supplier="castings", consumer="paint", cards=2, kind=kind
    )
    site.load(changed(PLANT.with_loop(made), "bracket", pulls="made"))
    site.signal("assembly", "pull", loop="bracket")
    order(client, "/api/v1/cards/bracket-0001/supply", {"move": "ship"})
    assert [card(client, n, "made")["state"] for n in (1, 2)] == ["requested", "full"]


def test_a_loop_is_sized_by_many_formulas_that_show_their_sum(client: FlaskClient) -> None:
    told = get(client, "/api/v1/loops/bracket/sizing")
    assert len([one for one in told["formulas"] if one["figure"]]) >= 3
    assert told["proposal"]["text"]


def test_another_size_is_replayed_first(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    told = get(client, "/api/v1/loops/bracket/replay?cards=2")
    assert told["loop"] == "bracket"


def test_a_tried_size_goes_back_by_itself() -> None:
    bench, _ = started()
    until_ms = bench.clock.now_ms() + 3_600_000
    bench.ledger.carry_out(StartTrial("bracket", 5, until_ms, "fewer stock-outs?"))
    assert bench.ledger.floor is not None
    assert bench.ledger.floor.sizes["bracket"].cards == 5
    bench.go_on(3_601)
    size = bench.ledger.floor.sizes["bracket"]
    assert (size.cards, size.surplus) == (4, 1)


def test_a_count_finds_which_cards_are_lost_and_a_lost_number_is_void_for_ever(
    site: Site, client: FlaskClient
) -> None:
    audit = order(client, "/api/v1/audits", {"loop": "bracket"})["id"]
    for number in (1, 2, 4):
        told = order(client, f"/api/v1/audits/{audit}/sightings", {"card": f"bracket-{number:04d}"})
    assert [one["card"] for one in told["missing"]] == ["bracket-0003"]
    order(client, "/api/v1/cards/bracket-0003/moves", {"move": "lose"})
    site.signal("assembly", "scan", code="bracket-0003")
    assert get(client, "/api/v1/events?limit=1000")["items"][-1]["data"]["reason"] == "card_lost"
    assert len(get(client, "/api/v1/cards?loop=bracket")["items"]) == 4


def test_a_pull_lights_the_lamp_of_the_station_upstream() -> None:
    bench, _ = started()
    assert bench.lamps("paint").slots["1"] == "off"
    bench.press(1)
    assert bench.lamps("paint").slots["1"] == "slow"
    assert bench.lamps("paint").because


@pytest.mark.parametrize(
    ("disposition", "state", "standing"),
    [
        ("clear", "full", "active"),
        ("rework", "in_process", "active"),
        ("return", "requested", "active"),
        ("scrap", "quarantined", "retired"),
    ],
)
def test_a_fail_quarantines_feeds_the_line_and_waits_for_a_disposition(
    site: Site, client: FlaskClient, disposition: str, state: str, standing: str
) -> None:
    site.signal("assembly", "fail", loop="bracket")
    assert card(client, 1)["state"] == "quarantined"
    assert get(client, "/api/v1/stations/paint/queue")["items"][0]["replacement"]
    decided = order(client, "/api/v1/cards/bracket-0001/moves", {"move": disposition})
    assert (decided["state"], decided["standing"]) == (state, standing)


def test_a_call_is_taken_arrived_at_solved_and_closed(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "help")
    call = get(client, "/api/v1/calls")["items"][0]["id"]
    for body in ({"move": "take"}, {"move": "arrive"}, {"move": "solve", "cause": "belt"}, {"move": "close"}):
        told = order(client, f"/api/v1/calls/{call}/moves", body)
    assert told["state"] == "closed"


def test_every_event_has_its_own_time_and_that_of_its_arrival() -> None:
    bench, _ = started()
    bench.press(1, age_ms=90_000)
    with bench.store.view() as view:
        recorded = view.latest_event_of("bracket-0001")
    assert recorded is not None
    moment = recorded.occasion.moment
    assert moment.received_ms - moment.at_ms == 90_000
    assert moment.clock == "sync"


def test_the_key_figures_are_there_and_name_their_events(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    figures = {one["name"] for one in get(client, "/api/v1/evidence")["items"]}
    assert {
        "lead-times",
        "stock-outs",
        "turns",
        "queue-age",
        "on-time",
        "first-pass-yield",
        "pareto",
    } <= figures
    assert {"response-times", "pace", "bullwhip", "ghost-cards", "balance"} <= figures

from kanban_hub.domain import standing
from kanban_hub.domain.evidence.chronicle import Bounds, Chronicle
from kanban_hub.domain.evidence.step import place
from kanban_hub.domain.moves import Standing, State
from tests.hub.domain.evidence.past import Entry, chronicle, round_trip
from tests.hub.domain.shopfloor import Shopfloor


def moves(made: Chronicle) -> list[tuple[str, str]]:
    return [(step.card, str(step.move)) for step in made.steps() if step.move is not None]


def test_a_move_that_was_taken_back_and_its_undo_never_were(shop: Shopfloor) -> None:
    shop.pull()
    shop.undo(shop.signal)

    assert moves(chronicle(shop)) == []


def test_only_the_move_that_was_taken_back_is_gone(shop: Shopfloor) -> None:
    shop.pulls(2)
    shop.undo(shop.signal)
    shop.wait(10)
    shop.pull()

    assert moves(chronicle(shop)) == [("bracket-0001", "pull"), ("bracket-0002", "pull")]


def test_a_fail_that_was_taken_back_asked_for_no_replacement(shop: Shopfloor) -> None:
    shop.fail()
    shop.undo(shop.signal)

    assert [step.card for step in chronicle(shop).steps() if step.is_request] == []


def test_a_hold_between_a_pull_and_its_undo_stays(shop: Shopfloor) -> None:
    shop.pull()
    shop.order(standing.hold(shop.card(1), "bent"))
    shop.undo(shop.signal)

    last = list(chronicle(shop).steps())[-1]
    assert (last.card, last.after.standing) == ("bracket-0001", Standing.HELD)
    assert moves(chronicle(shop)) == []


def test_pulls_and_replacements_are_requests_and_the_successor_of_a_lost_card_is_none(
    shop: Shopfloor,
) -> None:
    shop.pull()
    shop.fail()
    shop.order(standing.lose(shop.floor, shop.card(1)))

    assert [step.card for step in chronicle(shop).steps() if step.is_request] == [
        "bracket-0001",
        "bracket-0005",
    ]


def test_no_more_steps_and_facts_are_kept_than_its_bounds_say(shop: Shopfloor) -> None:
    for _ in range(6):
        shop.wait(10)
        shop.pull()

    made = chronicle(shop, Bounds(steps=3, facts=1))

    assert [step.number for step in made.steps()] == [7, 8, 9]
    assert len(list(made.facts())) == 1
    assert made.opening()["bracket-0001"] == ("bracket", place(State.REQUESTED))
    assert made.opening()["bracket-0002"] == ("bracket", place(State.FULL))


def test_what_is_too_old_is_forgotten_and_it_says_since_when_it_is_complete(
    shop: Shopfloor,
) -> None:
    began_ms = shop.now_ms
    assert chronicle(shop).from_ms == began_ms
    round_trip(shop, 1, 1, 1)
    shop.wait(100)
    shop.pull()

    made = chronicle(shop, Bounds(age_ms=50_000))

    assert moves(made) == [("bracket-0002", "pull")]
    assert made.from_ms == began_ms + 3_001
    assert made.opening()["bracket-0002"] == ("bracket", place(State.FULL))


def test_begun_in_mid_history_it_knows_where_every_card_was(shop: Shopfloor) -> None:
    shop.pulls(2)
    cut = len(shop.log)
    shop.advance()
    shop.pulls(1)

    made = Chronicle(cards=shop.floor.cards.values())
    for number, (event, occasion) in enumerate(shop.log[cut:], cut + 1):
        made.take(Entry(number, event, occasion))

    states = [str(where.state) for _, (_, where) in sorted(made.opening().items())]
    assert states == ["requested", "requested", "full", "full"]


def test_a_card_was_last_seen_where_a_station_pressed_or_scanned_it(shop: Shopfloor) -> None:
    shop.pull()
    shop.order(standing.hold(shop.card(1), "bent"))

    seen = chronicle(shop).sightings

    assert (seen["bracket-0001"].station, seen["bracket-0001"].kind) == ("assembly", "card_moved")
    assert (seen["bracket-0004"].station, seen["bracket-0004"].kind) == (None, "card_issued")


def test_a_card_that_is_scanned_again_was_seen_though_nothing_moved(shop: Shopfloor) -> None:
    shop.pull()
    shop.wait(60)
    shop.scan("bracket-0001")

    assert chronicle(shop).sightings["bracket-0001"].number == len(shop.log)

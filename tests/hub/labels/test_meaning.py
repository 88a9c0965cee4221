import pytest

from kanban_hub.domain.binding import Target
from kanban_hub.labels.check import checked
from kanban_hub.labels.mh10 import written
from kanban_hub.orders import BindLabel
from kanban_hub.ports import EventFilter
from kanban_protocol.messages import Receipt
from tests.hub.bench import HubBench, Probe, started

GTIN = "09506000134352"
LOT = written([("15K", "BRACKET-0001"), ("P", "BRACKET"), ("Q", "18"), ("1T", "A-778")])


class Door:
    """A hub at whose stations codes are scanned, ten seconds apart."""

    def __init__(self, bench: HubBench, probe: Probe) -> None:
        self.bench, self.probe = bench, probe
        self._seq = 0

    def scan(self, code: str, station: str = "assembly", kind: str = "scan", **rest: str) -> Receipt:
        self._seq += 1
        self.bench.hand.seconds += 10
        mono_ms = round(self.bench.hand.seconds * 1000)
        self.bench.press(self._seq, kind, station, body={"code": code, **rest}, mono_ms=mono_ms)
        return self.probe.receipts()[-1]

    def bind(self, key: str, target: Target) -> None:
        self.bench.ledger.carry_out(BindLabel(key, target))

    def contents(self, card: str) -> tuple[int | None, str | None]:
        with self.bench.store.view() as view:
            found = view.floor().cards[card]
        return found.quantity, found.lot


@pytest.fixture
def door() -> Door:
    return Door(*started())


@pytest.mark.parametrize("code", ["bracket-0003", checked("bracket-0003"), "15KBRACKET-0003"])
def test_every_form_of_a_card_number_is_its_card(door: Door, code: str) -> None:
    receipt = door.scan(code)

    assert (receipt.status, receipt.card, receipt.state) == ("accepted", "bracket-0003", "requested")


def test_wrong_check_characters_are_unreadable_and_move_nothing(door: Door) -> None:
    receipt = door.scan(checked("bracket-0003").replace("3.", "4.", 1))

    assert (receipt.status, receipt.reason) == ("refused", "unreadable")
    with door.bench.store.view() as view:
        assert view.counts()["refused"] == {"unreadable": 1}
        assert {card.state for card in view.floor().cards.values()} == {"full"}


@pytest.mark.parametrize("code", ["[)>\x1e06\x1dQ20\x1d1TA\x1e\x04", "[)>0615KBRACKET-0003Q20"])
def test_a_label_that_names_nothing_or_is_broken_is_unreadable(door: Door, code: str) -> None:
    assert door.scan(code).reason == "unreadable"
    assert door.scan(code, kind="fail").reason == "unreadable"


@pytest.mark.parametrize("code", ["KB10", "9506000134352", "BRACKET_0001", "bracket-000"])
def test_what_is_bound_to_nothing_is_no_card_known_here(door: Door, code: str) -> None:
    assert door.scan(code).reason == "unknown_card"


def test_a_bound_item_is_pulled_and_another_that_only_begins_like_it_is_not(door: Door) -> None:
    door.bind("text:KB100", Target(item="bracket"))

    assert door.scan("KB10").reason == "unknown_card"
    assert door.scan("KB100").card == "bracket-0001"


def test_a_label_bound_to_a_card_is_that_card(door: Door) -> None:
    door.bind(f"serial:{GTIN}/S1", Target(card="bracket-0003"))

    assert door.scan(f"01{GTIN}21S1").card == "bracket-0003"
    assert door.scan(f"01{GTIN}21S2").reason == "unknown_card"


def test_the_plants_own_item_number_on_a_suppliers_label_needs_no_binding(door: Door) -> None:
    assert door.scan(written([("P", "BRACKET"), ("Q", "20")])).card == "bracket-0001"


def test_a_label_bound_to_what_the_plant_no_longer_has_means_nothing(door: Door) -> None:
    door.bind("text:OLD", Target(loop="casting"))

    assert door.scan("OLD").reason == "not_your_loop"


def test_lot_and_quantity_of_the_label_are_kept_when_it_is_shipped(door: Door) -> None:
    door.scan("bracket-0001")
    door.scan("bracket-0001", "paint")
    assert door.contents("bracket-0001") == (None, None)

    assert door.scan(LOT, "paint").state == "in_transit"

    assert door.contents("bracket-0001") == (18, "A-778")
    with door.bench.store.view() as view:
        kinds = [one.event.kind for one in view.events(EventFilter(card="bracket-0001"))]
    assert kinds[-2:] == ["card_moved", "card_counted"]


def test_lot_of_the_label_is_kept_when_it_is_received(door: Door) -> None:
    door.scan("bracket-0001")
    door.scan("bracket-0001", "paint")
    door.scan("bracket-0001", "paint")

    assert door.scan(LOT.replace("Q18", "Q20")).state == "full"

    assert door.contents("bracket-0001") == (None, "A-778")


def test_a_label_at_a_pull_says_nothing_of_what_is_gone(door: Door) -> None:
    assert door.scan(LOT).state == "requested"

    assert door.contents("bracket-0001") == (None, None)


def test_the_lot_of_a_bad_container_is_that_of_its_label(door: Door) -> None:
    assert door.scan(LOT, kind="fail", defect="Scratched").state == "quarantined"

    assert door.contents("bracket-0001")[1] == "A-778"


def test_a_lot_too_long_to_be_kept_is_refused_and_never_cut(door: Door) -> None:
    door.scan("bracket-0001")
    door.scan("bracket-0001", "paint")

    receipt = door.scan(written([("15K", "BRACKET-0001"), ("1T", "x" * 81)]), "paint")

    assert (receipt.status, receipt.reason) == ("refused", "not_allowed")

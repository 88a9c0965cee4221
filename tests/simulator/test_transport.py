from kanban_simulator.transport import Transport
from kanban_simulator.world import CardSeen, World

SHIPPED = World({}, (CardSeen("bracket-0001", "bracket", "in_transit", "1"),))
LOOP = "bracket"


def test_a_container_arrives_when_it_has_travelled() -> None:
    transport = Transport(travel_s=3, rescan_s=8)
    transport.look(SHIPPED, 10)
    transport.look(SHIPPED, 12)

    assert transport.arrived(SHIPPED, LOOP, 12.9) is None
    assert transport.arrived(SHIPPED, LOOP, 13) == SHIPPED.cards[0]


def test_a_scanned_container_is_scanned_again_only_when_it_has_not_helped_for_long() -> None:
    transport = Transport(travel_s=3, rescan_s=8)
    transport.look(SHIPPED, 0)
    transport.scanned(SHIPPED.cards[0], 3)

    assert transport.arrived(SHIPPED, LOOP, 10) is None
    assert transport.arrived(SHIPPED, LOOP, 11) is not None


def test_a_card_that_comes_round_again_travels_anew() -> None:
    transport = Transport(travel_s=3, rescan_s=8)
    transport.look(SHIPPED, 0)
    transport.look(World({}), 5)
    transport.look(SHIPPED, 100)

    assert transport.arrived(SHIPPED, LOOP, 102) is None

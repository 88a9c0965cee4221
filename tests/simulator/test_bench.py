from kanban_hub.domain.plant import KanbanLoop
from kanban_simulator.bench import Bench
from kanban_simulator.world import CardSeen, World

LOOP = KanbanLoop("bracket", "bracket", "paint", "assembly", container_quantity=20, cards=2)
ONE_FULL = World({}, (CardSeen("bracket-0001", "bracket", "full"),))


def test_a_container_is_empty_when_its_last_piece_is_used() -> None:
    bench = Bench([LOOP])

    assert [bench.use(10), bench.use(10), bench.use(10)] == [[], ["bracket"], []]


def test_there_is_material_while_a_container_is_open_or_a_full_one_stands_here() -> None:
    bench = Bench([LOOP])
    assert bench.has_all(ONE_FULL, waiting=0)
    assert not bench.has_all(World({}), waiting=0)

    bench.use(10)

    assert bench.has_all(World({}), waiting=0)


def test_a_full_container_whose_pull_waits_in_the_outbox_is_not_there_any_more() -> None:
    assert not Bench([LOOP]).has_all(ONE_FULL, waiting=1)


def test_a_container_that_was_set_aside_is_not_used_up() -> None:
    bench = Bench([LOOP])
    bench.use(10)
    bench.lose("bracket")

    assert bench.use(10) == []


def test_who_consumes_nothing_always_has_all() -> None:
    assert Bench([]).has_all(World({}), waiting=0)

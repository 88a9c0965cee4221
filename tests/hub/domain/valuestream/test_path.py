from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.domain.valuestream.path import longest, upstream


def plant(*ways: str) -> Plant:
    loops = [KanbanLoop(way, "i", way[0], way[1], 1, 1) for way in ways]
    stations = dict.fromkeys("".join(ways))
    return Plant("plant", [Station(name, name) for name in stations], [Item("i", "I")], loops)


def test_an_end_needs_all_that_comes_to_it() -> None:
    site = plant("ab", "bc", "xc", "cz", "cy", "qy")

    assert [loop.id for loop in upstream(site, "cz")] == ["ab", "bc", "xc", "cz"]


def test_a_circle_is_walked_once() -> None:
    assert [loop.id for loop in upstream(plant("ab", "bc", "ca", "cd"), "cd")] == ["ab", "bc", "ca", "cd"]


def test_the_way_that_takes_longest_is_found_whatever_its_number_of_steps() -> None:
    loops = plant("ab", "bd", "ad", "xd").loops.values()

    assert longest(loops, {"ab": 3, "bd": 4, "ad": 6, "xd": 1}) == ["ab", "bd"]
    assert longest(loops, {"ab": 3, "bd": 4, "ad": 8, "xd": 1}) == ["ad"]
    assert longest(loops, {"ab": 3, "bd": 4, "ad": 8, "xd": 99}) == ["xd"]


def test_a_loop_that_leads_back_is_left_out() -> None:
    assert longest(plant("ab", "bc", "ca").loops.values(), {"ab": 1, "bc": 1, "ca": 9}) == ["ab", "bc"]


def test_of_two_loops_between_the_same_stations_the_slower_counts() -> None:
    loops = [KanbanLoop(name, "i", "a", "b", 1, 1) for name in ("one", "two")]

    assert longest(loops, {"one": 5, "two": 7}) == ["two"]


def test_no_loop_is_no_way() -> None:
    assert longest([], {}) == []

from kanban_hardware.inputs import Scanned
from kanban_hardware.repeats import Repeats


def taken(repeats: Repeats, readings: list[tuple[str, float]]) -> list[str]:
    return [code for code, at_s in readings if repeats.is_new(Scanned(code, at_s))]


def test_a_tag_that_lies_on_the_reader_is_one_reading_however_long() -> None:
    readings = [("A", number * 0.5) for number in range(1000)]
    assert taken(Repeats(3.0), readings) == ["A"]


def test_a_tag_that_comes_back_after_the_window_is_another_reading() -> None:
    assert taken(Repeats(3.0), [("A", 0.0), ("A", 2.9), ("A", 5.9)]) == ["A", "A"]


def test_two_tags_that_are_seen_in_turn_are_one_reading_each() -> None:
    readings = [(code, number * 0.1) for number, code in enumerate("ABABAB")]
    assert taken(Repeats(3.0), readings) == ["A", "B"]


def test_a_tag_that_lies_there_at_the_start_gives_no_reading_until_it_was_taken_away() -> None:
    repeats = Repeats(3.0)
    repeats.begin(100.0)
    lying = [("A", 100.0 + number * 0.5) for number in range(20)]
    assert taken(repeats, [*lying, ("B", 105.0), ("A", 113.0)]) == ["B", "A"]


def test_without_a_window_every_reading_counts() -> None:
    repeats = Repeats(0.0)
    repeats.begin(0.0)
    assert taken(repeats, [("A", 0.0), ("A", 0.0), ("A", 0.1)]) == ["A", "A", "A"]


def test_codes_that_are_past_are_forgotten() -> None:
    repeats = Repeats(1.0)
    for number in range(10_000):
        repeats.is_new(Scanned(str(number), number * 0.5))
    assert len(repeats._last_s) <= 2

from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.button import Button, ButtonTiming
from kanban_hardware.inputs import ButtonInput, Freed, Held, Pressed, Released, Stuck, StuckReason

PART = "slot-1"
# Times that are exact in binary, so that the sums in the tests are too.
TIMING = ButtonTiming(debounce_s=0.03125, hold_s=2.0, stuck_s=10.0)
D = TIMING.debounce_s


def button(closed: bool = False) -> Button:
    return Button(PART, closed=closed, at_s=0.0, timing=TIMING)


def press(machine: Button, down_s: float, up_s: float) -> list[ButtonInput]:
    return machine.edge(True, down_s) + machine.edge(False, up_s) + machine.advance(up_s + 1)


def test_a_press_is_reported_once_and_then_its_release() -> None:
    assert press(button(), 1.0, 1.5) == [Pressed(PART, 1.0 + D), Released(PART, 1.5 + D)]


def test_a_press_is_reported_when_it_settles_and_not_at_the_release() -> None:
    machine = button()
    machine.edge(True, 1.0)
    assert machine.due_s() == 1.0 + D
    assert machine.advance(1.0 + D) == [Pressed(PART, 1.0 + D)]


def test_a_long_press_is_held_once() -> None:
    machine = button()
    assert machine.edge(True, 1.0) + machine.advance(9.0) == [
        Pressed(PART, 1.0 + D),
        Held(PART, 3.0 + D, pressed_at_s=1.0 + D),
    ]
    assert machine.advance(9.5) == []


def test_a_press_for_too_long_is_stuck_until_it_is_released() -> None:
    machine = button()
    machine.edge(True, 1.0)
    assert machine.advance(60.0)[2:] == [Stuck(PART, 11.0 + D)]
    assert machine.is_stuck
    assert machine.edge(False, 70.0) + machine.advance(71.0) == [
        Freed(PART, 70.0 + D),
        Released(PART, 70.0 + D),
    ]
    assert not machine.is_stuck


def test_a_button_closed_at_the_start_gives_no_press_until_it_was_released() -> None:
    machine = button(closed=True)
    assert machine.advance(0.0) == [Stuck(PART, 0.0)]
    assert machine.advance(100.0) == []
    assert machine.edge(False, 101.0) + machine.advance(102.0) == [Freed(PART, 101.0 + D)]
    assert press(machine, 103.0, 103.5) == [Pressed(PART, 103.0 + D), Released(PART, 103.5 + D)]


def test_chatter_is_stuck_and_no_press_and_ends_when_the_contact_rests_open() -> None:
    machine = button()
    inputs = [found for tick in range(1000) for found in machine.edge(tick % 2 == 0, 1.0 + tick / 256)]
    assert [type(found) for found in inputs] == [Stuck]
    assert inputs[0] == Stuck(PART, inputs[0].at_s, StuckReason.CHATTER)
    assert [type(found) for found in machine.advance(10.0)] == [Freed]


def test_chatter_that_ends_closed_gives_no_press() -> None:
    machine = button()
    for tick in range(1001):
        machine.edge(tick % 2 == 0, 1.0 + tick / 256)
    assert machine.advance(20.0) == []
    assert machine.is_stuck
    machine.edge(False, 21.0)
    assert machine.advance(22.0) == [Freed(PART, 21.0 + D)]


def test_chatter_during_a_press_still_ends_in_one_release() -> None:
    machine = button()
    inputs = machine.edge(True, 1.0) + machine.advance(1.5)
    for tick in range(1000):
        inputs += machine.edge(tick % 2 == 1, 2.0 + tick / 256)
    inputs += machine.edge(False, 7.0) + machine.advance(10.0)
    assert [type(found) for found in inputs] == [Pressed, Stuck, Freed, Released]


gaps = st.floats(min_value=0.0005, max_value=4)


@given(st.lists(gaps, max_size=120))
def test_whatever_the_contact_does_presses_pair_with_releases_and_stuck_with_freed(
    waits: list[float],
) -> None:
    machine = button()
    inputs: list[ButtonInput] = []
    at_s, closed = 0.0, False
    for wait_s in waits:
        at_s, closed = at_s + wait_s, not closed
        inputs += machine.edge(closed, at_s)
    inputs += machine.edge(False, at_s + 1) + machine.advance(at_s + 5)
    presses = [found for found in inputs if isinstance(found, Pressed | Released)]
    assert [isinstance(found, Pressed) for found in presses] == [True, False] * (len(presses) // 2)
    faults = [found for found in inputs if isinstance(found, Stuck | Freed)]
    assert [isinstance(found, Stuck) for found in faults] == [True, False] * (len(faults) // 2)
    times = [found.at_s for found in inputs]
    assert times == sorted(times)


@given(st.lists(st.tuples(gaps, st.floats(min_value=0, max_value=1)), max_size=40))
def test_when_the_thread_wakes_changes_nothing(waits: list[tuple[float, float]]) -> None:
    prompt, late = button(), button()
    heard: list[ButtonInput] = []
    seen: list[ButtonInput] = []
    at_s, closed = 0.0, False
    for wait_s, part in waits:
        heard += prompt.advance(at_s + wait_s * part)
        at_s, closed = at_s + wait_s, not closed
        heard += prompt.edge(closed, at_s)
        seen += late.edge(closed, at_s)
    assert heard + prompt.advance(at_s + 20) == seen + late.advance(at_s + 20)


def test_a_press_is_not_held_for_longer_than_it_was_seen() -> None:
    machine = button()
    machine.edge(True, 1.0)
    found = machine.sample(True, 2.0) + machine.sample(False, 9.0)
    assert machine.due_s() == 9.0 + D, "neither a hold nor a busy loop meanwhile"
    found += machine.sample(False, 9.0 + D)
    assert found == [Pressed(PART, 1.0 + D), Released(PART, 9.0 + D)]


rests = st.integers(min_value=5, max_value=200).map(lambda ticks: ticks / 32)


@given(st.lists(rests, max_size=30), st.lists(st.tuples(rests, st.booleans()), min_size=1, max_size=60))
def test_each_press_is_heard_as_it_was_by_a_program_that_is_held_up(
    waits: list[float], turns: list[tuple[float, bool]]
) -> None:
    """It may read a pin before the edges reach it; they come a moment later, with their own times."""
    coming = [(index % 2 == 0, sum(waits[: index + 1])) for index in range(len(waits))]
    prompt, held_up = button(), button()
    heard = [found for closed, at_s in coming for found in prompt.edge(closed, at_s)]
    seen: list[ButtonInput] = []
    now_s, level = 0.0, False
    for wait_s, has_edges in [*turns, (sum(waits) + 1, True)]:
        now_s += wait_s
        is_now = [closed for closed, at_s in coming if at_s <= now_s]
        level = is_now[-1] if is_now else level
        if not has_edges:
            seen += held_up.sample(level, now_s)
        for closed, at_s in [edge for edge in coming if edge[1] <= now_s]:
            seen += held_up.edge(closed, at_s)
        coming = [edge for edge in coming if edge[1] > now_s]
        seen += held_up.sample(level, now_s)
    heard += prompt.advance(now_s)
    assert [found for found in seen if isinstance(found, Pressed | Released)] == [
        found for found in heard if isinstance(found, Pressed | Released)
    ]

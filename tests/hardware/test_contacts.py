from kanban_hardware.button import Button, ButtonTiming
from kanban_hardware.contacts import PATIENCE_S, POLL_S, SAMPLE_S, Contacts
from kanban_hardware.inputs import Pressed, Released, Stuck

OPEN = {17: True, 5: True}


def contacts(levels: dict[int, bool] = OPEN) -> Contacts:
    parts = {17: "slot-1", 5: "quality"}
    return Contacts({pin: Button(part, not levels[pin], 0.0, ButtonTiming()) for pin, part in parts.items()})


def test_an_edge_and_the_next_sample_make_a_press() -> None:
    panel = contacts()
    assert panel.edge(17, False, 1.0) == []
    assert panel.sample({17: False, 5: True}, 1.05) == [Pressed("slot-1", 1.02)]


def test_two_buttons_at_once_are_two_presses_in_the_order_of_time() -> None:
    panel = contacts()
    panel.edge(5, False, 1.0)
    panel.edge(17, False, 1.005)
    found = panel.sample({17: False, 5: False}, 1.05)
    assert found == [Pressed("quality", 1.02), Pressed("slot-1", 1.0249999999999999)]


def test_a_press_without_an_edge_is_found_by_sampling_and_counted() -> None:
    panel = contacts()
    panel.sample({17: False, 5: True}, 1.0)
    assert panel.due_s(1.0) == 1.0 + PATIENCE_S
    assert panel.sample({17: False, 5: True}, 1.0 + PATIENCE_S) == [Pressed("slot-1", 1.02)]
    assert panel.missed_edges == 1


def test_while_edges_are_missing_none_is_waited_for() -> None:
    panel = contacts()
    panel.sample({17: False, 5: True}, 1.0)
    panel.sample({17: False, 5: True}, 1.1)
    panel.sample(OPEN, 2.0)
    assert panel.sample(OPEN, 2.02) == [Released("slot-1", 2.02)]


def test_missing_edges_are_made_good_by_sampling_faster_until_one_comes() -> None:
    panel = contacts()
    assert panel.due_s(1.0) == 1.0 + SAMPLE_S
    panel.sample({17: False, 5: True}, 1.0)
    panel.sample({17: False, 5: True}, 1.1)
    assert panel.due_s(1.11) == 1.11 + POLL_S
    panel.edge(17, True, 1.2)
    panel.sample(OPEN, 1.3)
    assert panel.due_s(1.3) == 1.3 + SAMPLE_S


def test_the_contacts_are_due_when_a_level_settles() -> None:
    panel = contacts()
    panel.edge(17, False, 1.0)
    assert panel.due_s(1.0) == 1.02


def test_a_pin_that_cannot_be_read_keeps_its_level_and_its_time_runs_on() -> None:
    panel = contacts()
    panel.edge(17, False, 1.0)
    assert panel.sample({5: True}, 1.1) == [Pressed("slot-1", 1.02)]
    panel.edge(17, True, 1.2)
    assert panel.sample({}, 1.3) == [Released("slot-1", 1.22)]


def test_a_stuck_button_leaves_the_others_working() -> None:
    panel = contacts({17: False, 5: True})
    assert panel.sample({17: False, 5: True}, 0.1) == [Stuck("slot-1", 0.0)]
    assert panel.stuck == ["slot-1"]
    panel.edge(5, False, 1.0)
    assert panel.sample({17: False, 5: False}, 1.1) == [Pressed("quality", 1.02)]

from kanban_hardware.buzzer import Tone
from kanban_hardware.inputs import Held, Pressed, Released, Stuck
from kanban_hardware.panel_state import PanelState
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import DEFAULT_WIRING, SlotWiring, Wiring

OPEN = dict.fromkeys(DEFAULT_WIRING.buttons.values(), True)
BUZZER = 26


def panel() -> PanelState:
    return PanelState(DEFAULT_WIRING, OPEN, 0.0)


def test_a_press_held_for_two_seconds_is_pressed_held_and_released() -> None:
    state = panel()
    down = OPEN | {17: False}
    inputs = state.edge(17, False, 1.0) + state.sample(down, 3.5)
    inputs += state.edge(17, True, 4.0) + state.sample(OPEN, 5.0)
    assert inputs == [Pressed("slot-1", 1.02), Held("slot-1", 3.02, 1.02), Released("slot-1", 4.02)]


def test_the_times_of_the_wiring_are_used() -> None:
    wiring = Wiring(slots=(SlotWiring(1, 17, 22),), debounce_ms=125, hold_ms=250, stuck_ms=500)
    state = PanelState(wiring, {17: True}, 0.0)
    inputs = state.edge(17, False, 1.0) + state.sample({17: False}, 9.0)
    assert inputs == [Pressed("slot-1", 1.125), Held("slot-1", 1.375, 1.125), Stuck("slot-1", 1.625)]


def test_a_button_whose_pin_could_not_be_read_at_the_start_counts_as_open() -> None:
    state = PanelState(DEFAULT_WIRING, {}, 0.0)
    assert state.sample(OPEN, 1.0) == []
    assert state.contacts.stuck == []


def test_each_lamp_has_the_level_of_its_pattern_at_its_own_pin() -> None:
    state = panel()
    state.show({"slot-1": Pattern.ON, "green": Pattern.ON, "red": Pattern.OFF})
    lit = {pin for pin, level in state.levels(1.0).items() if level}
    assert lit == {22, 19}


def test_a_beep_sounds_the_buzzers_pin_and_ends_when_due() -> None:
    state = panel()
    state.show({})
    state.beep(Tone.SHORT, 1.0)
    assert state.levels(1.0)[BUZZER]
    assert state.due_s(1.0) == 1.08
    assert not state.levels(1.08)[BUZZER]


def test_a_panel_without_a_buzzer_takes_a_beep_in_silence() -> None:
    state = PanelState(Wiring(slots=(SlotWiring(1, 17, 22),)), {17: True}, 0.0)
    state.beep(Tone.LONG, 1.0)
    assert set(state.levels(1.0)) == {22}


def test_what_is_shown_is_what_the_pins_took() -> None:
    state = panel()
    state.show({"slot-1": Pattern.ON, "red": Pattern.ON})
    for pin, wanted in state.levels(1.0).items():
        state.follow(pin, wanted, False if pin == 6 else wanted)
    shown = state.shown()
    assert (shown["slot-1"], shown["red"]) == (Pattern.ON, Pattern.OFF)
    assert state.lamps.failing == ["red"]


def test_with_steady_lamps_and_still_buttons_the_panel_is_due_four_times_a_second() -> None:
    state = panel()
    state.show({"slot-1": Pattern.ON})
    assert state.due_s(1.0) == 1.25

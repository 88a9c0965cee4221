from kanban_hardware.simulated import SimulatedPins


def ignore(_pin: int, _level: bool, _ago_s: float) -> None:
    pass


def test_two_stations_in_one_process_have_their_own_pins() -> None:
    one, two = SimulatedPins(), SimulatedPins()
    for pins in (one, two):
        pins.open_output(22)
        pins.open_input(17, ignore)
    one.drive(22, True)
    one.press(17)
    assert one.levels() == {22: True}
    assert two.levels() == {22: False}
    assert two.level(17) is True
    one.close()
    two.close()


def test_a_contact_held_before_the_start_is_closed_at_the_start() -> None:
    pins = SimulatedPins()
    pins.press(17)
    pins.open_input(17, ignore)
    assert pins.level(17) is False
    pins.release(17)
    assert pins.level(17) is True
    pins.close()


def test_a_contact_is_still_held_after_a_restart() -> None:
    pins = SimulatedPins()
    pins.open_input(17, ignore)
    pins.press(17)
    pins.close()
    pins.open_input(17, ignore)
    assert pins.level(17) is False
    pins.close()


def test_closed_pins_can_be_pressed_and_show_nothing() -> None:
    pins = SimulatedPins()
    pins.open_input(17, ignore)
    pins.open_output(22)
    pins.close()
    pins.press(17)
    pins.release(17)
    assert pins.levels() == {}

from threading import Event, Thread

from kanban_simulator.button import Button


def button(is_closing: Event | None = None) -> tuple[Button, list[bool]]:
    touches: list[bool] = []
    return Button(touches.append, is_closing or Event()), touches


def test_a_press_is_down_and_up_again_when_it_returns() -> None:
    finger, touches = button()

    finger.press(0.001)

    assert touches == [True, False]
    assert not finger.is_down


def test_presses_at_the_same_time_come_one_after_the_other() -> None:
    finger, touches = button()

    threads = [Thread(target=finger.press, args=[0.001]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert touches == [True, False] * 3


def test_a_button_goes_down_and_stays_until_it_is_let_go() -> None:
    finger, touches = button()

    finger.down()
    assert (touches, finger.is_down) == ([True], True)
    finger.up()

    assert touches == [True, False]


def test_down_twice_and_up_twice_are_once() -> None:
    finger, touches = button()

    finger.down()
    finger.down()
    finger.up()
    finger.up()

    assert touches == [True, False]


def test_a_long_hold_ends_when_the_station_closes() -> None:
    is_closing = Event()
    is_closing.set()
    finger, touches = button(is_closing)

    finger.press(1_000)

    assert touches == [True, False]

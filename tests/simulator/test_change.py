from threading import Thread

from kanban_simulator.change import Changes

WAIT_S = 5.0


def test_a_change_that_came_before_is_not_waited_for() -> None:
    changes = Changes()
    changes.note()

    assert changes.wait(0, WAIT_S) == 1


def test_a_change_wakes_all_who_wait() -> None:
    changes = Changes()
    woken: list[int] = []
    watchers = [Thread(target=lambda: woken.append(changes.wait(0, WAIT_S))) for _ in range(3)]
    for watcher in watchers:
        watcher.start()

    changes.note()
    for watcher in watchers:
        watcher.join()

    assert woken == [1, 1, 1]


def test_without_a_change_the_wait_ends_by_itself() -> None:
    assert Changes().wait(0, 0.001) == 0

from pathlib import Path
from threading import Event, Thread, get_native_id

from kanban_hardware.timerslack import timer_slack


def slack_ns() -> int:
    return int(Path(f"/proc/{get_native_id()}/timerslack_ns").read_text())


def test_threads_that_start_meanwhile_may_wake_later_and_keep_it() -> None:
    before_ns, ended, told = slack_ns(), Event(), list[int]()

    def tell() -> None:
        ended.wait()
        told.append(slack_ns())

    thread = Thread(target=tell)
    with timer_slack(0.005):
        thread.start()
    ended.set()
    thread.join()
    assert told == [5_000_000]
    assert slack_ns() == before_ns

import signal
import threading

from kanban_device.mailbox import Mailbox
from kanban_hardware.inputs import Pressed


def test_a_signal_that_is_handled_past_the_end_of_a_wait_does_not_have_it_wait_for_ever() -> None:
    mailbox, never = Mailbox(), threading.Event()
    before = signal.signal(signal.SIGALRM, lambda *_: never.wait(0.1))
    late = threading.Timer(5.0, mailbox.put, [Pressed("slot-1", 0.0)])
    late.start()
    signal.setitimer(signal.ITIMER_REAL, 0.02)

    letter = mailbox.take(0.05)

    late.cancel()
    late.join()
    signal.signal(signal.SIGALRM, before)
    assert letter is None

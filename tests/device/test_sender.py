from itertools import pairwise

import pytest

from kanban_device.clock import Stamp
from kanban_device.row import Row
from kanban_device.sender import LONGEST_RESEND_S, WINDOW, Sender, age_ms
from kanban_protocol.signals import MAX_AGE_MS
from kanban_protocol.signals import Clock as ClockQuality
from tests.device.fakes import BOOT

SYNC, HELD = ClockQuality.SYNC, ClockQuality.HELD


def row(seq: int, kind: str = "pull") -> Row:
    return Row(seq, f"id-{seq}", kind, "{}", Stamp(BOOT, 0, 0, SYNC))


def rows(*kinds: str) -> list[Row]:
    return [row(seq, kind) for seq, kind in enumerate(kinds, 1)]


@pytest.fixture
def sender() -> Sender:
    opened = Sender(lambda: 0.5)
    opened.resume()
    return opened


def sent(sender: Sender, pending: list[Row], now_s: float) -> list[tuple[int, int]]:
    return [(sending.row.seq, sending.attempt) for sending in sender.decide(pending, now_s)]


def test_eight_are_under_way_oldest_first(sender: Sender) -> None:
    pending = rows(*["pull"] * 20)
    assert [seq for seq, _ in sent(sender, pending, 0.0)] == list(range(1, WINDOW + 1))
    assert sent(sender, pending, 1.0) == []


def test_a_receipt_lets_the_next_one_go(sender: Sender) -> None:
    pending = rows(*["pull"] * 20)
    sent(sender, pending, 0.0)
    assert sent(sender, pending[1:], 1.0) == [(9, 1)]


def test_a_signal_is_sent_again_after_two_seconds_and_then_ever_more_slowly(sender: Sender) -> None:
    pending, times = rows("pull"), [0.0]
    sent(sender, pending, 0.0)
    for _ in range(8):
        due_s = sender.due_s()
        assert due_s
        assert sent(sender, pending, due_s - 0.001) == []
        assert len(sent(sender, pending, due_s)) == 1
        times.append(due_s)
    gaps = [round(after - before, 2) for before, after in pairwise(times)]
    assert gaps[:3] == [2.0, 3.4, 5.78]
    assert gaps[-1] == LONGEST_RESEND_S


@pytest.mark.parametrize(("draw", "delay_s"), [(0.0, 1.5), (1.0, 2.5)])
def test_resending_is_spread_by_a_quarter(draw: float, delay_s: float) -> None:
    sender = Sender(lambda: draw)
    sender.resume()
    sent(sender, rows("pull"), 0.0)
    assert sender.due_s() == delay_s


def test_nothing_is_sent_while_nobody_is_there(sender: Sender) -> None:
    sender.pause()
    assert sent(sender, rows("pull"), 0.0) == []
    assert sender.due_s() is None


def test_everything_in_the_window_is_due_at_once_when_the_way_is_open_again(sender: Sender) -> None:
    pending = rows("pull", "pull")
    sent(sender, pending, 0.0)
    sender.pause()
    sender.resume()
    assert sent(sender, pending, 0.1) == [(1, 2), (2, 2)]


def test_an_undo_waits_for_every_earlier_receipt(sender: Sender) -> None:
    pending = rows("pull", "pull", "undo")
    assert sent(sender, pending, 0.0) == [(1, 1), (2, 1)]
    assert sent(sender, pending[1:], 0.1) == []
    assert sent(sender, pending[2:], 0.2) == [(3, 1)]


def test_what_was_pressed_after_an_undo_waits_for_it(sender: Sender) -> None:
    pending = rows("undo", "pull")
    assert sent(sender, pending, 0.0) == [(1, 1)]
    assert sent(sender, pending[1:], 0.1) == [(2, 1)]


def test_a_renewed_outbox_starts_its_attempts_anew(sender: Sender) -> None:
    sent(sender, rows("pull"), 0.0)
    sender.restart()
    assert sent(sender, rows("pull"), 0.1) == [(1, 1)]


@pytest.mark.parametrize(
    ("pressed", "now", "age"),
    [
        (Stamp(BOOT, 1_000, 0, HELD), Stamp(BOOT, 4_000, 99, HELD), 3_000),
        (Stamp(BOOT, 1_000, 9_000, SYNC), Stamp("00000001", 10, 9_500, SYNC), 500),
        (Stamp(BOOT, 1_000, 9_000, HELD), Stamp("00000001", 10, 9_500, SYNC), 0),
        (Stamp(BOOT, 1_000, 9_000, SYNC), Stamp("00000001", 10, 8_000, SYNC), 0),
        (Stamp(BOOT, 0, 0, SYNC), Stamp(BOOT, 2 * MAX_AGE_MS, 0, SYNC), MAX_AGE_MS),
    ],
)
def test_the_age_is_told_by_the_clock_that_can_be_trusted(pressed: Stamp, now: Stamp, age: int) -> None:
    assert age_ms(pressed, now) == age

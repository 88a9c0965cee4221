"""The sender, turned by hand on a real database, with a clock that goes on only when told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kanban_hub.clock import SteadyClock
from kanban_hub.errors import StoreError
from kanban_hub.inbox import Delivery
from kanban_hub.ledger import Ledger
from kanban_hub.loading import load_plant
from kanban_hub.notices.announcer import Announcer
from kanban_hub.notices.build import carriers_of
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.errors import RefusedForGoodError, UnreachableError
from kanban_hub.notices.notice import Channel, Notice, NoticeState
from kanban_hub.notices.ports import NoticeFilter, NoticeQueue
from kanban_hub.notices.sender import ATTEMPTS_MOST, BATCH_MOST, KEEP_SENT_MS, Carrier, Sender, SenderParts
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from tests.hub.bench import PLANT, HandClock
from tests.hub.notices.receivers import Receiver, mail_server, receiver
from tests.hub.notices.samples import START_MS, config, mail, person, post, smtp, webhook
from tests.hub.signals import payload
from tests.waiting import until

HOUR_S = 3_600.0


@dataclass
class Quiet:
    """Nothing is told by time."""

    told: list[Notice] = field(default_factory=list)
    is_kept: bool = False

    def due(self, now_ms: int) -> list[Notice]:
        return self.told

    def kept(self) -> None:
        self.is_kept = True


@dataclass
class FakeCarrier:
    """Takes everything, or fails with `error`. All its notices have one target."""

    error: Exception | None = None
    carried: list[str] = field(default_factory=list)

    def target(self, notice: Notice) -> str:
        return "one"

    def carry(self, notice: Notice) -> None:
        self.carried.append(notice.id)
        if self.error is not None:
            raise self.error


@dataclass
class Unwritable:
    """A store on a full disk: it can be read."""

    store: DatabaseStore

    @contextmanager
    def notices(self, *, writes: bool = True) -> Iterator[NoticeQueue]:
        if writes:
            raise StoreError("disk full")
        with self.store.notices(writes=False) as queue:
            yield queue


class Desk:
    """A store and a sender on it; `start` makes another sender, as after a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = DatabaseStore(url_of(folder))
        self.hand = HandClock(0.0)
        self.watch = Quiet()

    def clock(self) -> SteadyClock:
        return SteadyClock(0, lambda: START_MS / 1000, self.hand)

    def sender(self, mails: Carrier | None = None, told: NoticesConfig | None = None) -> Sender:
        carriers = carriers_of(told or NoticesConfig()) | ({Channel.MAIL: mails} if mails else {})
        return Sender(SenderParts(self.store, self.clock(), carriers, self.watch, lambda: 0.5))

    def enqueue(self, *notices: Notice) -> None:
        with self.store.notices() as queue:
            queue.enqueue(notices)

    def all(self, state: NoticeState | None = None) -> list[Notice]:
        with self.store.notices(writes=False) as queue:
            return queue.page(NoticeFilter(state=state, limit=1_000))[::-1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def test_what_is_due_is_delivered_once(desk: Desk) -> None:
    with mail_server() as server:
        told = config(person(), smtp=smtp(server.port))
        desk.enqueue(mail(key="a"), mail(key="b"))
        sender = desk.sender(told=told)
        sender.turn()
        sender.turn()
        assert len(server.mails) == 2
    assert [(notice.state.value, notice.attempts) for notice in desk.all()] == [("sent", 1)] * 2
    assert sender.counts == {"sent": 2}


def test_what_was_enqueued_before_a_restart_is_sent_after_it_and_not_again(desk: Desk) -> None:
    carrier = FakeCarrier()
    desk.enqueue(mail())
    desk.store.close()
    desk.store = DatabaseStore(url_of(desk.folder))
    desk.sender(carrier).turn()
    desk.enqueue(mail())
    desk.sender(carrier).turn()
    assert carrier.carried == [mail().id]


def test_what_was_sent_and_could_not_be_kept_as_sent_comes_again_under_the_same_id(desk: Desk) -> None:
    with mail_server() as server:
        told = config(person(), smtp=smtp(server.port))
        desk.enqueue(mail())
        for store in (Unwritable(desk.store), desk.store):
            sender = Sender(SenderParts(store, desk.clock(), carriers_of(told), desk.watch))
            with suppress(StoreError):
                sender.turn()
        first, again = server.mails
    assert first["Message-ID"] == again["Message-ID"]
    assert len(desk.all(NoticeState.SENT)) == 1


def test_a_receiver_that_failed_gets_it_again_after_a_while(desk: Desk, hook: Receiver) -> None:
    hook.answers = [500, 200]
    told = config(webhooks=[webhook(hook.url, desk.folder)])
    desk.enqueue(post())
    sender = desk.sender(told=told)
    sender.turn()
    sender.turn()
    assert [posted.path for posted in hook.posted] == ["/hook?a=b"]
    assert desk.all()[0].last_error == "the receiver answers 500"
    desk.hand.seconds += 30
    sender.turn()
    assert len(hook.posted) == 2
    assert desk.all()[0].state is NoticeState.SENT


def test_a_receiver_that_is_away_for_hours_gets_everything_afterwards(desk: Desk) -> None:
    carrier = FakeCarrier(UnreachableError("away"))
    sender = desk.sender(carrier)
    for hour in range(6):
        desk.enqueue(mail(key=str(hour), due_ms=desk.clock().now_ms()))
        sender.turn()
        desk.hand.seconds += HOUR_S
    carrier.error = None
    tries = len(carrier.carried)
    assert tries < 40, "it is not hammered"
    desk.hand.seconds += 6 * HOUR_S
    sender.turn()
    assert [notice.state.value for notice in desk.all()] == ["sent"] * 6


def test_after_the_last_attempt_a_notice_is_dead_within_about_a_day(desk: Desk) -> None:
    carrier = FakeCarrier(UnreachableError("away"))
    sender = desk.sender(carrier)
    desk.enqueue(mail())
    while desk.all(NoticeState.WAITING):
        sender.turn()
        desk.hand.seconds += 60
    (dead,) = desk.all(NoticeState.DEAD)
    assert (dead.attempts, dead.last_error) == (ATTEMPTS_MOST, "away")
    assert 6 * HOUR_S < desk.hand.seconds < 26 * HOUR_S
    desk.hand.seconds += 24 * HOUR_S
    sender.turn()
    assert len(carrier.carried) == ATTEMPTS_MOST


def test_what_is_refused_for_good_is_dead_at_once_and_tried_again_when_ordered(desk: Desk) -> None:
    carrier = FakeCarrier(RefusedForGoodError("550"))
    sender = desk.sender(carrier)
    desk.enqueue(mail())
    sender.turn()
    (dead,) = desk.all(NoticeState.DEAD)
    carrier.error = None
    with desk.store.notices() as queue:
        queue.retry(dead.number, desk.clock().now_ms())
    sender.turn()
    assert desk.all()[0].state is NoticeState.SENT


def test_a_target_that_cannot_be_reached_is_tried_once_a_turn(desk: Desk) -> None:
    carrier = FakeCarrier(UnreachableError("away"))
    desk.enqueue(*(mail(key=str(n)) for n in range(5)))
    desk.sender(carrier).turn()
    assert len(carrier.carried) == 1
    assert {notice.attempts for notice in desk.all()} == {1}


def test_a_turn_takes_a_bounded_number(desk: Desk) -> None:
    carrier = FakeCarrier()
    desk.enqueue(*(mail(key=str(n)) for n in range(BATCH_MOST + 5)))
    desk.sender(carrier).turn()
    assert len(carrier.carried) == BATCH_MOST


def test_a_fault_of_the_program_in_one_notice_does_not_stop_the_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    carrier = FakeCarrier(ZeroDivisionError("oops"))
    desk.enqueue(mail(key="a"), mail(key="b"))
    desk.sender(carrier).turn()
    assert len(carrier.carried) == 2
    assert "fault of this program" in str(desk.all()[0].last_error)
    assert "ZeroDivisionError" in caplog.text


def test_what_time_has_brought_is_sent_in_the_same_turn(desk: Desk) -> None:
    carrier, desk.watch.told = FakeCarrier(), [mail()]
    desk.sender(carrier).turn()
    assert carrier.carried == [mail().id]
    assert desk.watch.is_kept


def test_what_was_sent_is_forgotten_after_a_month(desk: Desk) -> None:
    sender = desk.sender(FakeCarrier())
    desk.enqueue(mail())
    sender.turn()
    desk.hand.seconds += KEEP_SENT_MS / 1000 + 1
    sender.turn()
    assert desk.all() == []


def test_a_slow_receiver_does_not_hold_the_writer_up(desk: Desk, hook: Receiver) -> None:
    hook.hangs = threading.Event()
    told = config(webhooks=[webhook(hook.url, desk.folder)])
    load_plant(desk.store, PLANT)
    ledger = Ledger(desk.store, desk.clock(), Announcer(told))
    desk.enqueue(post())
    sender = desk.sender(told=told)
    sender.start()
    try:
        assert hook.came.wait(20), "the sender is in the middle of its request"
        help_press = payload(1, "help", body={})
        done = ledger.take([Delivery("assembly", "t", help_press, desk.clock().now_ms())])
        assert [word.receipt.status for word in done.receipts] == ["accepted"]
        assert [notice.state.value for notice in desk.all()] == ["waiting", "waiting"]
    finally:
        hook.hangs.set()
    until(lambda: len(desk.all(NoticeState.SENT)) == 2, "both are sent")
    sender.stop()


def test_a_stopped_sender_ends(desk: Desk) -> None:
    sender = desk.sender(FakeCarrier())
    sender.start()
    sender.stop()
    assert not any(thread.name == "notices" for thread in threading.enumerate())

"""What every queue of notices promises."""

from dataclasses import replace

import pytest

from kanban_hub.notices.notice import Notice, NoticeState
from kanban_hub.notices.ports import NoticeFilter
from kanban_hub.ports import Store
from tests.hub.notices.samples import START_MS, mail


def kept(store: Store, *notices: Notice) -> list[Notice]:
    """All that is kept once `notices` were enqueued, oldest first."""
    with store.notices() as queue:
        queue.enqueue(notices)
    with store.notices(writes=False) as queue:
        return queue.page(NoticeFilter())[::-1]


def test_a_notice_comes_back_as_it_was_with_a_number(store: Store) -> None:
    (found,) = kept(store, mail())
    assert found.number > 0
    assert replace(found, number=0) == mail()


def test_the_same_event_for_the_same_recipient_is_kept_once(store: Store) -> None:
    kept(store, mail(key="a"))
    found = kept(store, mail(key="a", subject="again"), mail(key="b"), mail("other", key="a"))
    assert [(notice.recipient, notice.subject) for notice in found] == [
        ("lead", mail().subject),
        ("lead", mail().subject),
        ("other", mail().subject),
    ]


def test_notices_are_committed_with_the_writers_transaction_or_not_at_all(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as work:
            work.enqueue([mail(key="a")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.transaction() as work:
        work.enqueue([mail(key="b")])
    assert [notice.id for notice in kept(store)] == [mail(key="b").id]


def test_sending_changes_no_revision(store: Store) -> None:
    with store.view() as view:
        before = view.revision()
    (found,) = kept(store, mail())
    with store.notices() as queue:
        queue.save(found.sent(START_MS))
    with store.view() as view:
        assert view.revision() == before


def test_only_what_waits_and_is_due_is_given_the_longest_due_first(store: Store) -> None:
    times = {"late": START_MS + 1, "new": START_MS, "old": START_MS - 5, "sent": 0}
    found = kept(store, *(mail(key=key, due_ms=due_ms) for key, due_ms in times.items()))
    with store.notices() as queue:
        queue.save(found[3].sent(START_MS))
        due = queue.due(START_MS, 10)
        assert len(queue.due(START_MS, 1)) == 1
    assert [notice.id for notice in due] == [mail(key="old").id, mail(key="new").id]


def test_how_far_a_notice_has_come_is_kept(store: Store) -> None:
    (found,) = kept(store, mail())
    failed = found.failed("nobody there", START_MS + 9)
    with store.notices() as queue:
        queue.save(failed)
        assert queue.find(found.number) == failed
        assert queue.counts() == {"waiting": 1, "sent": 0, "dead": 0}


def test_only_a_dead_notice_is_tried_again_with_all_its_attempts(store: Store) -> None:
    (found,) = kept(store, mail())
    with store.notices() as queue:
        assert not queue.retry(found.number, START_MS)
        assert not queue.retry(999, START_MS)
        queue.save(found.dead("no", START_MS))
        assert queue.retry(found.number, START_MS + 7)
        (due,) = queue.due(START_MS + 7, 10)
    assert (due.state, due.attempts, due.due_ms, due.ended_ms) == (
        NoticeState.WAITING, 0, START_MS + 7, None,
    )  # fmt: skip


def test_pages_go_from_the_newest_to_the_oldest_and_by_state(store: Store) -> None:
    found = kept(store, *(mail(key=key) for key in "abc"))
    with store.notices() as queue:
        queue.save(found[1].dead("no", START_MS))
        first = queue.page(NoticeFilter(limit=2))
        rest = queue.page(NoticeFilter(before=first[-1].number))
        dead = queue.page(NoticeFilter(state=NoticeState.DEAD))
    assert [notice.number for notice in first + rest] == [3, 2, 1]
    assert [notice.number for notice in dead] == [2]


def test_what_was_sent_long_ago_and_too_many_of_the_dead_are_forgotten(store: Store) -> None:
    found = kept(store, *(mail(key=key) for key in "abcdef"))
    with store.notices() as queue:
        queue.save(found[0].sent(START_MS - 1))
        queue.save(found[1].sent(START_MS))
        for notice in found[2:5]:
            queue.save(notice.dead("no", 0))
        queue.prune(START_MS, 2)
        left = [notice.number for notice in queue.page(NoticeFilter())]
    assert left == [6, 5, 4, 2]

"""A queue of notices in memory."""

from collections.abc import Iterable
from dataclasses import replace

from kanban_hub.notices.notice import Notice, NoticeState
from kanban_hub.notices.ports import NoticeFilter


class InMemoryNotices:
    """A `NoticeQueue` on a dictionary of notices by number."""

    def __init__(self, notices: dict[int, Notice]) -> None:
        self._notices = notices

    def enqueue(self, notices: Iterable[Notice]) -> None:
        known = {notice.id for notice in self._notices.values()}
        for notice in notices:
            if notice.id not in known:
                known.add(notice.id)
                number = max(self._notices, default=0) + 1
                self._notices[number] = replace(notice, number=number)

    def due(self, now_ms: int, limit: int) -> list[Notice]:
        waiting = [n for n in self._notices.values() if n.state is NoticeState.WAITING and n.due_ms <= now_ms]
        return sorted(waiting, key=lambda notice: (notice.due_ms, notice.number))[:limit]

    def save(self, notice: Notice) -> None:
        self._notices[notice.number] = notice

    def retry(self, number: int, now_ms: int) -> bool:
        known = self.find(number)
        if known is None or known.state is not NoticeState.DEAD:
            return False
        waiting = NoticeState.WAITING
        self._notices[number] = replace(known, state=waiting, attempts=0, due_ms=now_ms, ended_ms=None)
        return True

    def prune(self, before_ms: int, most_dead: int) -> None:
        dead = [n.number for n in self._notices.values() if n.state is NoticeState.DEAD]
        gone = set(sorted(dead, reverse=True)[most_dead:])
        for notice in list(self._notices.values()):
            is_old = notice.state is NoticeState.SENT and (notice.ended_ms or 0) < before_ms
            if is_old or notice.number in gone:
                del self._notices[notice.number]

    def page(self, which: NoticeFilter) -> list[Notice]:
        found = [
            notice
            for notice in self._notices.values()
            if which.state in (None, notice.state) and (which.before is None or notice.number < which.before)
        ]
        return sorted(found, key=lambda notice: -notice.number)[: which.limit]

    def find(self, number: int) -> Notice | None:
        return self._notices.get(number)

    def counts(self) -> dict[str, int]:
        states = [notice.state for notice in self._notices.values()]
        return {state.value: states.count(state) for state in NoticeState}

"""What time alone tells, on a real store with a clock that goes on only when told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kanban_hub.loading import load_plant
from kanban_hub.notices.config import Digest, NoticesConfig
from kanban_hub.notices.notice import Notice, NoticeEvent
from kanban_hub.notices.silence import TELL_AFTER_S, Silence
from kanban_hub.notices.watch import LOOK_EVERY_MS, Watch
from kanban_hub.presence import Presence
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from kanban_protocol.messages import LampPattern, StationHeartbeat, StationStatus
from kanban_protocol.signals import Clock
from tests.hub.bench import PLANT, HandClock
from tests.hub.notices.samples import config, person

MORNING_MS = int(datetime(2026, 11, 23, 5, 0, tzinfo=UTC).timestamp() * 1000)
SILENT = [NoticeEvent.STATION_SILENT]
DAILY = [NoticeEvent.DIGEST]


class Post:
    """A watch, asked as the sender asks it."""

    def __init__(self, store: DatabaseStore, told: NoticesConfig) -> None:
        self.hand = HandClock(1_000.0)
        self.presence = Presence(self.hand)
        self.watch = Watch(told, store, Silence(self.presence, self.hand()))

    def go_on(self, seconds: float, hears: tuple[str, ...] = ()) -> list[Notice]:
        self.hand.seconds += seconds
        for station in hears:
            self.presence.hear(station)
        found = self.watch.due(MORNING_MS + int((self.hand() - 1_000) * 1000))
        self.watch.kept()
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    made = DatabaseStore(url_of(tmp_path))
    load_plant(made, PLANT)
    yield made
    made.close()


def test_a_station_that_becomes_silent_is_told_once_until_it_is_heard_again(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=SILENT)))
    assert post.go_on(5, hears=("paint", "assembly")) == []
    assert post.go_on(TELL_AFTER_S - 1, hears=("assembly",)) == []
    (first,) = post.go_on(5, hears=("assembly",))
    assert first.subject == "Paint shop is silent"
    assert "not been heard since 2026-11-23 05:00" in first.body
    assert post.go_on(60, hears=("assembly",)) == []
    assert post.go_on(5, hears=("assembly", "paint")) == []
    (second,) = post.go_on(TELL_AFTER_S, hears=("assembly",))
    assert second.id != first.id


def test_a_station_that_was_never_heard_is_told_once_a_day_also_over_restarts(store: DatabaseStore) -> None:
    told = config(person(events=SILENT))
    found = [Post(store, told).go_on(TELL_AFTER_S) for _ in range(2)]
    assert [notice.id for notice in found[0]] == [notice.id for notice in found[1]]
    assert [notice.subject for notice in found[0]] == ["Final assembly is silent", "Paint shop is silent"]


def test_an_external_supplier_is_missed_only_where_a_station_was_there(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=SILENT, stations=["castings-inc"])))
    assert post.go_on(TELL_AFTER_S) == []
    gone = StationStatus(v=1, online=False, boot="8f64b87a", connection=1, firmware="0.3.0")
    post.presence.hear("castings-inc", gone, is_retained=True)
    assert [notice.subject for notice in post.go_on(5)] == ["Castings Inc. is silent"]


def test_what_was_not_kept_is_given_again(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=SILENT)))
    post.hand.seconds += TELL_AFTER_S
    assert post.watch.due(MORNING_MS) == post.watch.due(MORNING_MS) != []


def test_the_digest_goes_out_once_at_its_time(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=DAILY), digest=Digest(at="06:00")))
    assert post.go_on(3_590) == []
    (found,) = post.go_on(10)
    assert found.subject.startswith("2026-11-23: ")
    assert post.go_on(10) == []
    assert len(post.go_on(86_400)) == 1


def test_it_looks_only_now_and_then(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=SILENT)))
    post.go_on(TELL_AFTER_S - 1)
    assert post.go_on(LOOK_EVERY_MS / 1000 - 1) == []
    assert len(post.go_on(1)) == 2


def test_without_a_plant_there_is_nothing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    bare = DatabaseStore(url_of(tmp_path / "bare"))
    assert Post(bare, config(person())).go_on(TELL_AFTER_S) == []
    bare.close()


def beat(**told: object) -> StationHeartbeat:
    fields: dict[str, Any] = {
        "v": 1, "boot": "8f64b87a", "uptime_s": 5, "outbox": 0, "oldest_s": 0.0, "clock": Clock.SYNC,
        "temperature_c": None, "disk_free_bytes": None, "inputs": {}, "lamps_revision": 1, "refused": 0,
    }  # fmt: skip
    return StationHeartbeat(**fields | told)


def test_a_lamp_that_does_not_follow_is_told_once_until_it_is_mended(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=[NoticeEvent.LAMPS_WRONG])))
    post.presence.hear("paint", beat(stuck_lamps={"1": LampPattern.OFF, "red": LampPattern.ON}))
    (first,) = post.go_on(5)
    assert first.subject == "Paint shop: lamps are not as they should be"
    assert "Lamps that do not follow: 1, red" in first.body
    assert post.go_on(5, hears=("paint",)) == []
    post.presence.hear("paint", beat())
    assert post.go_on(5) == []


def test_a_silent_station_has_no_lamps_that_are_wrong(store: DatabaseStore) -> None:
    post = Post(store, config(person(events=[NoticeEvent.LAMPS_WRONG])))
    post.presence.hear("paint", beat(stuck_lamps={"1": LampPattern.OFF}))
    assert post.go_on(31) == []

import pytest

from kanban_hub.presence import STATIONS_MOST, Heard, Presence
from kanban_protocol.messages import ShownLamps, StationHeartbeat, StationStatus
from kanban_protocol.signals import Clock
from tests.hub.bench import HandClock

BOOT, NEXT_BOOT = "8f64b87a", "00000002"


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def presence(hand: HandClock) -> Presence:
    return Presence(hand)


def status(*, online: bool = True, boot: str = BOOT, connection: int = 1) -> StationStatus:
    return StationStatus(v=1, online=online, boot=boot, connection=connection, firmware="0.1.0")


HEARTBEAT = StationHeartbeat(
    v=1, boot=BOOT, uptime_s=1, outbox=0, oldest_s=0.0, clock=Clock.SYNC, temperature_c=None,
    disk_free_bytes=None, inputs={}, lamps_revision=None, refused=0,
)  # fmt: skip


def is_online(presence: Presence) -> bool:
    return presence.of("paint").is_online(presence.now_s())


def test_a_station_that_was_never_heard_is_not_online(presence: Presence) -> None:
    assert presence.of("paint") == Heard("paint")
    assert presence.of("paint").age_s(5.0) is None
    assert not is_online(presence)
    assert presence.all() == []


def test_a_station_is_silent_after_thirty_seconds(presence: Presence, hand: HandClock) -> None:
    presence.hear("paint", HEARTBEAT)
    hand.seconds += 30
    assert is_online(presence)
    hand.seconds += 0.1
    assert not is_online(presence)
    presence.hear("paint", HEARTBEAT)
    assert is_online(presence)


def test_a_signal_is_a_word_too(presence: Presence) -> None:
    presence.hear("paint")
    assert is_online(presence)


def test_a_retained_online_alone_proves_nothing(presence: Presence) -> None:
    presence.hear("paint", status(), is_retained=True)
    assert not is_online(presence)
    assert presence.of("paint").status == status()
    presence.hear("paint", HEARTBEAT)
    assert is_online(presence)


def test_a_will_is_believed(presence: Presence) -> None:
    presence.hear("paint", status())
    presence.hear("paint", status(online=False))
    assert not is_online(presence)


def test_the_will_of_an_earlier_connection_is_ignored(presence: Presence) -> None:
    presence.hear("paint", status(connection=2))
    presence.hear("paint", status(online=False, connection=1))
    assert is_online(presence)
    assert presence.of("paint").status == status(connection=2)


def test_the_will_of_an_earlier_boot_is_ignored(presence: Presence) -> None:
    presence.hear("paint", status(boot=NEXT_BOOT))
    presence.hear("paint", status(online=False, connection=9))
    assert is_online(presence)


def test_a_will_that_the_broker_remembers_is_believed_whatever_its_boot(presence: Presence) -> None:
    presence.hear("paint", status())
    presence.hear("paint", status(online=False, boot=NEXT_BOOT), is_retained=True)
    assert not is_online(presence)


def test_a_word_after_the_will_is_the_next_connection_s(presence: Presence) -> None:
    presence.hear("paint", status(online=False), is_retained=True)
    presence.hear("paint", ShownLamps(v=1, epoch=None, revision=None, lamps={}), is_retained=True)
    assert not is_online(presence)
    presence.hear("paint", HEARTBEAT)
    assert is_online(presence)


def test_station_and_broker_that_die_together_are_noticed_by_silence(
    presence: Presence, hand: HandClock
) -> None:
    presence.hear("paint", status())
    hand.seconds += 31
    assert not is_online(presence)


def test_the_last_word_of_each_kind_is_kept(presence: Presence) -> None:
    shown = ShownLamps(v=1, epoch=None, revision=None, lamps={})
    for message in (status(), HEARTBEAT, shown):
        presence.hear("paint", message)
    heard = presence.of("paint")
    assert (heard.status, heard.heartbeat, heard.shown) == (status(), HEARTBEAT, shown)


def test_what_was_not_taken_is_counted_by_reason(presence: Presence) -> None:
    for reason in ("not_json", "hub_busy", "not_json"):
        presence.count("paint", reason)
    assert presence.of("paint").counts == {"not_json": 2, "hub_busy": 1}
    assert presence.of("paint").heard_s is None


def test_invented_names_take_no_more_than_their_share_of_memory(presence: Presence) -> None:
    presence.hear("paint")
    for number in range(STATIONS_MOST + 5):
        presence.hear(f"name-{number}")
    assert len(presence.all()) == STATIONS_MOST
    assert is_online(presence)

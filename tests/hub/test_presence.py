"""Who was heard, and when: a retained word is no sign of life."""

from kanban_hub.presence import Presence
from kanban_protocol.messages import StationStatus
from tests.hub.bench import HandClock


def status(*, online: bool, connection: int, boot: str = "8f64b87a") -> StationStatus:
    return StationStatus(v=1, online=online, boot=boot, connection=connection, firmware="0.1.0")


def test_a_station_is_silent_after_thirty_seconds() -> None:
    clock = HandClock()
    presence = Presence(clock)
    presence.hear("paint")
    clock.seconds += 30
    assert presence.of("paint").is_online(clock())
    clock.seconds += 0.1
    assert not presence.of("paint").is_online(clock())


def test_a_retained_online_alone_is_no_sign_of_life() -> None:
    presence = Presence(HandClock())
    presence.hear("paint", status(online=True, connection=1), is_retained=True)

    assert presence.of("paint").age_s(presence.now_s()) is None
    assert not presence.of("paint").is_online(presence.now_s())


def test_a_will_of_an_older_connection_is_not_believed() -> None:
    presence = Presence(HandClock())
    presence.hear("paint", status(online=True, connection=2))
    presence.hear("paint", status(online=False, connection=1))
    assert presence.of("paint").is_online(presence.now_s())

    presence.hear("paint", status(online=False, connection=2))
    assert not presence.of("paint").is_online(presence.now_s())

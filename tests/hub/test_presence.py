import msgspec
import pytest

from kanban_hub.presence import PANELS_MOST, STATIONS_MOST, Heard, Panel, Presence
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


SHOWN = ShownLamps(v=1, epoch=None, revision=None, lamps={})


def panel(epoch: str = "a" * 16, outbox: int = 0, oldest_s: float = 0.0) -> Panel:
    beat = msgspec.structs.replace(HEARTBEAT, outbox=outbox, oldest_s=oldest_s)
    return Panel(epoch, 0.0, beat, SHOWN, "v1")


def test_a_panel_in_place_of_hardware_is_the_station(presence: Presence, hand: HandClock) -> None:
    presence.hear_panel("paint", panel())
    heard = presence.of("paint")
    assert not heard.has_box
    assert (is_online(presence), heard.age_s(hand()), heard.lamps) == (True, 0.0, SHOWN)
    hand.seconds += 31
    assert not is_online(presence)


def test_a_panel_beside_hardware_does_not_hide_that_it_is_silent(presence: Presence, hand: HandClock) -> None:
    presence.hear("paint", HEARTBEAT)
    hand.seconds += 31
    presence.hear_panel("paint", panel())
    heard = presence.of("paint")
    assert heard.has_box
    assert not is_online(presence)
    assert heard.age_s(hand()) == 31
    assert heard.panels[0].is_online(hand())
    assert heard.lamps is None  # the box has not said what it shows, and nobody says it for it


def test_hardware_says_nothing_over_its_panels(presence: Presence) -> None:
    presence.hear_panel("paint", panel(outbox=2, oldest_s=9.0))
    presence.hear("paint", HEARTBEAT)
    presence.hear("paint", SHOWN)
    heard = presence.of("paint")
    assert heard.panels[0].heartbeat.outbox == 2
    assert heard.heartbeat == HEARTBEAT
    assert heard.kept == (2, 9.0)


def test_hardware_that_was_gone_before_the_start_does_not_make_its_panel_silent(presence: Presence) -> None:
    presence.hear("paint", status(online=False), is_retained=True)
    assert not is_online(presence)
    presence.hear_panel("paint", panel())
    assert is_online(presence)


def test_the_panel_heard_last_comes_first_and_each_is_known_by_its_outbox(presence: Presence) -> None:
    for epoch in ("a" * 16, "b" * 16, "a" * 16):
        presence.hear_panel("paint", panel(epoch))
    assert [one.epoch[0] for one in presence.of("paint").panels] == ["a", "b"]


def test_a_panel_is_forgotten_after_a_day_unless_it_keeps_signals(
    presence: Presence, hand: HandClock
) -> None:
    presence.hear_panel("paint", panel("a" * 16, outbox=1))
    presence.hear_panel("paint", panel("b" * 16))
    hand.seconds += 86_401
    presence.hear_panel("paint", panel("c" * 16))
    assert [one.epoch[0] for one in presence.of("paint").panels] == ["c", "a"]


def test_browsers_that_always_come_anew_take_no_more_of_our_memory(presence: Presence) -> None:
    for number in range(PANELS_MOST + 5):
        presence.hear_panel("paint", panel(f"{number:016x}"))
    assert len(presence.of("paint").panels) == PANELS_MOST

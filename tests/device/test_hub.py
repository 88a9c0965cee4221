import pytest

from kanban_device.effects import Effect, Pause, Remember, Resume, Unsettle
from kanban_device.hub import HUB_EPOCH, Hub
from kanban_device.hubwatch import HubHearing, HubWatch
from kanban_device.resync import Resync
from kanban_protocol.messages import Sync
from tests.device.fakes import HUB_EPOCH as OLD
from tests.device.fakes import hub_status, lamp_state

NEW = "00000000000000ff"
OUTBOX = "9f2c61d0a7b34e55"


@pytest.fixture
def hub() -> Hub:
    return Hub(HubWatch(15.0, 0.0), Resync(OUTBOX, 10, OLD))


def status(hub: Hub, epoch: str = OLD, *, retained: bool = False, online: bool = True) -> list[Effect]:
    return hub.take_status(hub_status(epoch, online=online), 1.0, retained=retained)


def sync(count: int, epoch: str = OUTBOX) -> Sync:
    return Sync(v=1, epochs={epoch: count})


def revision(hub: Hub) -> int | None:
    return hub.applied.revision if hub.applied else None


def test_the_brokers_memory_of_the_hub_is_no_sign_of_life(hub: Hub) -> None:
    status(hub, retained=True)
    assert hub.hearing(1.0) is HubHearing.STARTING
    status(hub)
    assert hub.hearing(1.0) is HubHearing.HEARD


def test_the_hubs_goodbye_is_loss_at_once_and_stops_sending(hub: Hub) -> None:
    status(hub)
    assert status(hub, online=False) == [Pause()]
    assert hub.hearing(1.0) is HubHearing.LOST
    assert hub.link() == [], "a link alone does not bring the hub back"
    assert hub.hear(2.0) == [Resume()]
    assert hub.hearing(2.0) is HubHearing.HEARD


def test_silence_since_the_start_becomes_loss(hub: Hub) -> None:
    assert hub.hearing(14.9) is HubHearing.STARTING
    assert hub.hearing(15.0) is HubHearing.LOST


def test_lamps_wait_for_the_hub_to_announce_their_epoch(hub: Hub) -> None:
    hub.take_lamps(lamp_state(7))
    assert revision(hub) is None
    status(hub, retained=True)
    assert revision(hub) == 7


def test_a_lower_or_equal_revision_of_one_epoch_is_stale(hub: Hub) -> None:
    status(hub)
    for number in (7, 6, 7, 9, 8):
        hub.take_lamps(lamp_state(number))
    assert revision(hub) == 9


def test_a_restored_hub_wins_with_a_lower_revision_under_its_announced_epoch(hub: Hub) -> None:
    status(hub)
    hub.take_lamps(lamp_state(900))
    hub.take_lamps(lamp_state(3, NEW))
    assert revision(hub) == 900
    status(hub, NEW)
    assert revision(hub) == 3


def test_a_retained_state_of_an_old_epoch_does_not_come_back(hub: Hub) -> None:
    status(hub, NEW)
    hub.take_lamps(lamp_state(3, NEW))
    hub.take_lamps(lamp_state(900, OLD))
    assert revision(hub) == 3


def test_a_new_hub_epoch_sends_again_what_the_hub_has_not(hub: Hub) -> None:
    assert hub.take_sync(sync(7)) == []
    assert status(hub, NEW, retained=True) == [Unsettle(7), Remember(HUB_EPOCH, NEW)]
    assert status(hub, NEW, retained=True) == []


def test_a_sync_heard_after_the_new_epoch_serves_as_well(hub: Hub) -> None:
    assert status(hub, NEW, retained=True) == []
    assert hub.take_sync(sync(7)) == [Unsettle(7), Remember(HUB_EPOCH, NEW)]


def test_a_hub_that_knows_nothing_of_us_gets_everything(hub: Hub) -> None:
    status(hub, NEW, retained=True)
    assert hub.take_sync(sync(5, "0" * 16)) == [Unsettle(0), Remember(HUB_EPOCH, NEW)]


def test_the_same_hub_counting_on_asks_for_nothing(hub: Hub) -> None:
    status(hub, retained=True)
    assert [hub.take_sync(sync(count)) for count in (5, 6, 10)] == [[], [], []]


def test_a_count_that_goes_back_asks_again_even_after_a_stale_one_was_used(hub: Hub) -> None:
    hub.take_sync(sync(10))
    assert status(hub, NEW, retained=True) == [Remember(HUB_EPOCH, NEW)]
    assert hub.take_sync(sync(4)) == [Unsettle(4)]


def test_a_count_above_our_own_is_ignored(hub: Hub) -> None:
    status(hub, NEW, retained=True)
    assert hub.take_sync(sync(11)) == []
    hub.count(11)
    assert hub.take_sync(sync(11)) == [Remember(HUB_EPOCH, NEW)]


def test_after_a_renewal_the_count_is_of_the_new_epoch(hub: Hub) -> None:
    hub.take_sync(sync(10))
    hub.renew("1" * 16, 2)
    assert hub.take_sync(sync(0, "1" * 16)) == []
    assert status(hub, NEW, retained=True) == [Unsettle(0), Remember(HUB_EPOCH, NEW)]

import pytest

from kanban_hub.ports import EventFilter
from kanban_protocol.codec import encode
from kanban_protocol.link import Received
from kanban_protocol.messages import ShownLamps, StationStatus
from kanban_protocol.topics import Up
from tests.hub.bench import HubBench, started
from tests.hub.signals import payload

STATUS = StationStatus(v=1, online=True, boot="8f64b87a", connection=1, firmware="0.1.0")


@pytest.fixture
def bench() -> HubBench:
    return started()[0]


def test_the_link_s_state_is_known(bench: HubBench) -> None:
    assert bench.intake.is_connected
    bench.link.drop()
    assert [bench.intake.is_connected] == [False]
    bench.connect()
    assert bench.intake.is_connected


def test_a_signal_is_enqueued_and_its_station_heard(bench: HubBench) -> None:
    bench.send("assembly", payload(1))
    assert bench.writer.depth() == 1
    assert bench.presence.of("assembly").is_online(bench.hand())


def test_a_station_s_own_words_reach_the_presence(bench: HubBench) -> None:
    shown = ShownLamps(v=1, epoch=None, revision=None, lamps={})
    bench.send("paint", encode(STATUS), Up.STATUS)
    bench.send("paint", encode(shown), Up.LAMPS)
    heard = bench.presence.of("paint")
    assert (heard.status, heard.shown) == (STATUS, shown)
    assert bench.writer.depth() == 0


@pytest.mark.parametrize("channel", [Up.STATUS, Up.HEARTBEAT, Up.LAMPS])
def test_a_word_that_is_no_word_is_counted_and_harms_nothing(bench: HubBench, channel: Up) -> None:
    bench.send("paint", b'{"v":1', channel)
    bench.send("paint", b"", channel)
    assert bench.presence.of("paint").counts == {"not_json": 1, "empty": 1}
    assert bench.presence.of("paint").is_online(bench.hand())


@pytest.mark.parametrize(
    "topic", ["kanban/v1/plant/down/paint/lamps", "kanban/v1/plant/hub/status", "kanban/v1/other/up/x/signal"]
)
def test_what_is_no_station_s_word_is_set_aside(bench: HubBench, topic: str) -> None:
    bench.intake.take(Received(topic, payload(1), retained=False, at_s=0.0))
    bench.writer.turn()
    with bench.store.view() as view:
        ((_, message),) = view.set_aside()
    assert (message.reason, message.topic, message.station) == ("unknown_topic", topic, None)


def test_other_stations_go_on_beside_one_that_sends_rubbish() -> None:
    bench, probe = started()
    for number in range(200):
        bench.send("paint", b"\xff" * (number % 7))
    bench.send("assembly", payload(1))
    while bench.writer.depth():
        bench.writer.turn()
    assert [receipt.status for receipt in probe.receipts()] == ["accepted"]
    with bench.store.view() as view:
        assert sum(view.counts()["set_aside"].values()) == 200
        assert view.events(EventFilter(card="bracket-0001"))


def test_nothing_of_a_revoked_station_is_taken_and_each_try_is_counted(bench: HubBench) -> None:
    bench.barred.add("paint")
    bench.send("paint", payload(1))
    bench.send("paint", encode(STATUS), Up.STATUS)
    bench.intake.take(Received("kanban/v1/plant/up/paint/status", encode(STATUS), retained=True, at_s=0.0))
    bench.send("assembly", payload(1))

    heard = bench.presence.of("paint")
    assert (heard.counts, heard.has_spoken) == ({"revoked": 2}, False)
    assert bench.writer.depth() == 1

"""What every implementation of `Link` promises: the fake in memory and the real one with a real broker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_protocol.errors import TooLargeError
from kanban_protocol.link import Session, Will
from tests.contracts.floor import Floor, InMemoryFloor, MosquittoFloor, Side


@pytest.fixture(params=["memory", pytest.param("mosquitto", marks=pytest.mark.mosquitto)])
def floor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Floor]:
    made: Floor = InMemoryFloor() if request.param == "memory" else MosquittoFloor(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hub(floor: Floor) -> Side:
    side = Side(floor, "hub", "up/+/signal", "gone/station")
    side.connected()
    return side


@pytest.fixture
def station(floor: Floor) -> Side:
    side = Side(floor, "station", "down/paint/lamps")
    side.connected()
    return side


def test_the_first_connection_is_number_one(floor: Floor) -> None:
    assert Side(floor, "hub", "up/+/signal").connected().connection == 1


def test_a_link_without_filters_connects_too(floor: Floor) -> None:
    assert Side(floor, "hub").connected().connection == 1


def test_messages_arrive_in_their_order(hub: Side, station: Side) -> None:
    sent = [b"%d" % number for number in range(100)]
    assert all(station.link.publish("up/paint/signal", payload) for payload in sent)
    assert [hub.received().payload for _ in sent] == sent


def test_a_message_says_its_topic_and_that_it_is_live(hub: Side, station: Side) -> None:
    station.link.publish("up/paint/signal", b"x")
    event = hub.received()
    assert (event.topic, event.retained) == ("up/paint/signal", False)


def test_a_message_of_quality_zero_arrives_too(hub: Side, station: Side) -> None:
    station.link.publish("up/paint/signal", b"x", qos=0)
    assert hub.received().payload == b"x"


def test_a_retained_message_reaches_who_is_there_as_live(hub: Side, station: Side) -> None:
    hub.link.publish("down/paint/lamps", b"x", retain=True)
    assert station.received().retained is False


def test_a_retained_message_reaches_a_late_comer_as_retained(floor: Floor, hub: Side, station: Side) -> None:
    hub.link.publish("down/paint/lamps", b"old", retain=True)
    hub.link.publish("down/paint/lamps", b"new", retain=True)
    station.received()
    station.received()
    late = Side(floor, "late", "down/paint/lamps")
    late.connected()
    event = late.received()
    assert (event.payload, event.retained) == (b"new", True)


def test_only_what_a_filter_names_is_delivered(hub: Side, station: Side) -> None:
    for topic in ("up/paint/status", "up/signal", "up/paint/signal/x", "UP/paint/signal", "up/paint/signal"):
        station.link.publish(topic, topic.encode())
    assert hub.received().payload == b"up/paint/signal"


def test_a_drop_is_told_and_its_will_published(floor: Floor, hub: Side, station: Side) -> None:
    floor.cut(station.link)
    station.disconnected()
    event = hub.received()
    assert (event.topic, event.payload) == ("gone/station", b"1")


def test_a_dropped_link_comes_back_with_a_higher_number(floor: Floor, station: Side) -> None:
    floor.cut(station.link)
    station.disconnected()
    assert station.connected().connection > 1


def test_each_connection_leaves_its_own_will(floor: Floor, hub: Side, station: Side) -> None:
    wills = []
    for _ in range(2):
        floor.cut(station.link)
        station.disconnected()
        wills.append(hub.received().payload)
        station.connected()
    assert int(wills[0]) < int(wills[1])


def test_a_closed_link_leaves_no_will_and_what_it_said_last_arrives(
    floor: Floor, hub: Side, station: Side
) -> None:
    station.link.publish("up/paint/signal", b"last word")
    station.link.close()
    assert hub.received().payload == b"last word"
    station.disconnected()
    # The next event at the hub is what a third link says later, and no will before it.
    third = Side(floor, "third")
    third.connected()
    third.link.publish("up/third/signal", b"later")
    assert hub.received().payload == b"later"


def test_nothing_is_taken_while_disconnected(floor: Floor, station: Side) -> None:
    floor.kill_broker()
    station.disconnected()
    assert station.link.publish("up/paint/signal", b"x") is False


def test_nothing_is_taken_before_the_start_and_after_the_end(floor: Floor) -> None:
    link = floor.link(Session("early", (), lambda _n: Will("gone/early", b"")), lambda _event: None)
    assert link.publish("up/paint/signal", b"x") is False
    link.close()
    assert link.publish("up/paint/signal", b"x") is False


def test_what_is_too_large_is_refused_here_and_the_rest_flows(hub: Side, station: Side) -> None:
    with pytest.raises(TooLargeError) as caught:
        station.link.publish("up/paint/signal", b"x" * (MAX_MESSAGE_BYTES + 1))
    assert (caught.value.size_bytes, caught.value.limit_bytes) == (MAX_MESSAGE_BYTES + 1, MAX_MESSAGE_BYTES)
    assert station.link.publish("up/paint/signal", b"y" * MAX_MESSAGE_BYTES)
    assert len(hub.received().payload) == MAX_MESSAGE_BYTES


def test_what_a_taker_raises_harms_no_later_message(hub: Side, station: Side) -> None:
    station.link.publish("up/paint/signal", b"poison")
    station.link.publish("up/paint/signal", b"good")
    assert [hub.received().payload, hub.received().payload] == [b"poison", b"good"]


def test_after_a_broker_restart_links_and_subscriptions_are_back(
    floor: Floor, hub: Side, station: Side
) -> None:
    floor.kill_broker()
    hub.disconnected()
    station.disconnected()
    floor.start_broker()
    assert hub.connected().connection > 1
    assert station.connected().connection > 1
    station.link.publish("up/paint/signal", b"x")
    assert hub.received().payload == b"x"


def test_what_a_broker_retained_goes_with_it(floor: Floor, hub: Side, station: Side) -> None:
    hub.link.publish("down/paint/lamps", b"old", retain=True)
    station.received()
    floor.kill_broker()
    hub.disconnected()
    station.disconnected()
    floor.start_broker()
    hub.connected()
    station.connected()
    hub.link.publish("down/paint/lamps", b"new")
    assert station.received().payload == b"new"


def test_closing_twice_is_closing_once(station: Side) -> None:
    station.link.close()
    station.link.close()
    station.disconnected()
    assert station.events.empty()

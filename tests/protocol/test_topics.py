import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_protocol.errors import UnknownTopicError
from kanban_protocol.topics import Address, Down, Hub, Topics, Up

TOPICS = Topics("plant")
ALL = {
    **{TOPICS.up("paint", up): Address("paint", up) for up in Up},
    **{TOPICS.down("paint", down): Address("paint", down) for down in Down},
    **{TOPICS.hub(hub): Address(None, hub) for hub in Hub},
}


def test_the_topics_are_those_of_the_contract() -> None:
    assert set(ALL) == {
        "kanban/v1/plant/up/paint/signal",
        "kanban/v1/plant/up/paint/status",
        "kanban/v1/plant/up/paint/heartbeat",
        "kanban/v1/plant/up/paint/lamps",
        "kanban/v1/plant/down/paint/receipts",
        "kanban/v1/plant/down/paint/sync",
        "kanban/v1/plant/down/paint/lamps",
        "kanban/v1/plant/down/paint/assignment",
        "kanban/v1/plant/down/paint/command",
        "kanban/v1/plant/hub/status",
        "kanban/v1/plant/hub/heartbeat",
    }


@pytest.mark.parametrize("topic", ALL)
def test_what_is_built_is_read_back(topic: str) -> None:
    assert TOPICS.read(topic) == ALL[topic]


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "kanban",
        "kanban/v1/plant/up/paint",
        "kanban/v1/plant/up/paint/signal/x",
        "kanban/v1/plant/up/paint/signal/",
        "/kanban/v1/plant/up/paint/signal",
        "kanban/v1/plant/up//signal",
        "kanban/v1//up/paint/signal",
        "kanban/v1/other/up/paint/signal",
        "kanban/v2/plant/up/paint/signal",
        "Kanban/v1/plant/up/paint/signal",
        "kanban/v1/plant/up/Paint/signal",
        "kanban/v1/plant/up/paint/Signal",
        "kanban/v1/plant/up/../signal",
        "kanban/v1/plant/up/paint\n/signal",
        "kanban/v1/plant/up/+/signal",
        "kanban/v1/plant/up/#",
        "kanban/v1/plant/up/paint/receipts",
        "kanban/v1/plant/down/paint/signal",
        "kanban/v1/plant/hub/lamps",
        "kanban/v1/plant/hub/paint/status",
        "$SYS/broker/uptime",
        "$share/hub/kanban/v1/plant/up/paint/signal",
    ],
)
def test_any_other_topic_is_unknown(topic: str) -> None:
    with pytest.raises(UnknownTopicError, match="plant"):
        TOPICS.read(topic)


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from([*"/+#$", "kanban", "v1", "plant", "up", "paint"])).map("/".join))
def test_no_other_text_is_read_as_a_topic(topic: str) -> None:
    with pytest.raises(UnknownTopicError):
        TOPICS.read(topic)


def test_a_long_topic_is_cut_in_the_error() -> None:
    with pytest.raises(UnknownTopicError) as caught:
        TOPICS.read("x" * 10_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", ["", "Paint", "a/b", "+", "#", "a" * 33])
def test_no_topic_is_built_of_a_bad_id(name: str) -> None:
    with pytest.raises(UnknownTopicError):
        Topics(name)
    with pytest.raises(UnknownTopicError):
        TOPICS.up(name, Up.SIGNAL)
    with pytest.raises(UnknownTopicError):
        TOPICS.down(name, Down.LAMPS)


def test_a_station_hears_all_that_goes_to_it_and_nothing_else() -> None:
    addresses = [TOPICS.read(topic) for topic in TOPICS.for_station("paint")]
    assert addresses == [*(Address("paint", down) for down in Down), *(Address(None, hub) for hub in Hub)]


def test_the_hub_hears_all_that_goes_up_from_every_station() -> None:
    assert TOPICS.for_hub() == tuple(f"kanban/v1/plant/up/+/{up}" for up in Up)

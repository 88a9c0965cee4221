"""A tower that is told over a true HTTP connection, and tells what it shows over a true socket."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from queue import Queue

import pytest

from kanban_hardware import network_lamp
from kanban_hardware.inputs import Found, Lost, PartInput
from kanban_hardware.network_lamp import NetworkLamp
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import NetworkLampWiring
from tests.hardware.tower import DEADLINE_S, Tower, served
from tests.waiting import until

WANTED = {"red": Pattern.OFF, "amber": Pattern.SLOW, "green": Pattern.ON, "slot-1": Pattern.FAST}
SHOWN = {"red": Pattern.OFF, "amber": Pattern.SLOW, "green": Pattern.ON}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_lamp, "LOOK_S", 0.02)
    monkeypatch.setattr(network_lamp, "BACKOFF_S", (0.02,))


@pytest.fixture
def heard() -> Queue[PartInput]:
    return Queue()


@pytest.fixture(params=["la6", "nh"])
def tower(request: pytest.FixtureRequest) -> Tower:
    return Tower(request.param)


Start = Callable[..., NetworkLamp]


@pytest.fixture
def start(tower: Tower, heard: Queue[PartInput]) -> Iterator[Start]:
    with ExitStack() as ending:
        http, pns = ending.enter_context(served(tower))

        def started(*, tells: bool = True) -> NetworkLamp:
            url = f"http://127.0.0.1:{http}"
            lamp = NetworkLamp(
                NetworkLampWiring(url, tower.kind, status_port=pns if tells else None), heard.put
            )
            lamp.open()
            ending.callback(lamp.close)
            return lamp

        yield started


@pytest.mark.parametrize("tells", [True, False])
def test_it_shows_what_is_wanted_and_says_so(
    start: Start, tower: Tower, heard: Queue[PartInput], tells: bool
) -> None:
    lamp = start(tells=tells)
    lamp.show(WANTED)
    tower.wait([0, 2, 1, 0, 0])
    until(lambda: lamp.shown() == SHOWN, "what the lamp shows")
    assert lamp.failing == []
    assert heard.empty()


def test_at_the_end_it_is_dark(start: Start, tower: Tower) -> None:
    lamp = start()
    lamp.show(WANTED)
    tower.wait([0, 2, 1, 0, 0])
    lamp.close()
    assert tower.tiers == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("tells", [True, False])
def test_one_that_was_switched_off_and_on_is_told_again(start: Start, tower: Tower, tells: bool) -> None:
    start(tells=tells).show(WANTED)
    tower.wait([0, 2, 1, 0, 0])
    tower.restart()
    tower.wait([0, 2, 1, 0, 0])


def test_what_shows_already_is_not_told_again_or_its_flashing_would_begin_anew(
    start: Start, tower: Tower
) -> None:
    lamp = start()
    lamp.show(WANTED)
    until(lambda: lamp.shown() == SHOWN, "what the lamp shows")
    told, asked = len(tower.commands), tower.asked
    until(lambda: tower.asked >= asked + 5, "the lamp to be asked")
    assert len(tower.commands) == told


def test_one_that_cannot_be_reached_is_lost_counts_as_dark_and_comes_back(
    start: Start, tower: Tower, heard: Queue[PartInput], caplog: pytest.LogCaptureFixture
) -> None:
    lamp = start()
    lamp.show(WANTED)
    until(lambda: lamp.shown() == SHOWN, "what the lamp shows")
    tower.is_cut = True
    lost = heard.get(timeout=DEADLINE_S)
    assert isinstance(lost, Lost)
    assert lost.part == "network-lamp"
    assert lamp.failing == ["red", "amber", "green"]
    assert set(lamp.shown().values()) == {Pattern.OFF}
    lamp.show(SHOWN | {"red": Pattern.ON})
    tower.is_cut = False
    assert isinstance(heard.get(timeout=DEADLINE_S), Found)
    tower.wait([1, 2, 1, 0, 0])
    assert caplog.text.count("is lost") == 1


def test_one_whose_commands_are_switched_off_is_lost_with_the_way_out(
    start: Start, tower: Tower, heard: Queue[PartInput], caplog: pytest.LogCaptureFixture
) -> None:
    tower.is_command_allowed = False
    start().show(WANTED)
    assert isinstance(heard.get(timeout=DEADLINE_S), Lost)
    assert "Switch HTTP command control on" in caplog.text


def test_one_that_follows_only_by_its_word_is_seen_to_show_something_else(
    start: Start, tower: Tower, heard: Queue[PartInput]
) -> None:
    lamp = start()
    lamp.show(WANTED)
    until(lambda: lamp.shown() == SHOWN, "what the lamp shows")
    tower.is_lying = True
    lamp.show({"red": Pattern.ON})
    asked = tower.asked
    until(lambda: tower.asked >= asked + 5, "the lamp to be asked")
    assert lamp.shown() == SHOWN, "it says Success, and goes on showing what it did"


def test_a_machine_that_speaks_no_http_is_lost(heard: Queue[PartInput]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        lamp = NetworkLamp(NetworkLampWiring(f"http://127.0.0.1:{port}"), heard.put)
        lamp.open()
        lamp.show(WANTED)
        line, _ = deaf.accept()
        line.sendall(b"SSH-2.0-OpenSSH\r\n")
        line.close()
        assert isinstance(heard.get(timeout=DEADLINE_S), Lost)
    lamp.close()

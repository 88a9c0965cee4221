"""What systemd would hear, on a socket of our own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_device.supervisor import Supervisor


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.setblocking(False)
        yield heard


def words(ear: socket.socket) -> list[str]:
    found = []
    try:
        while True:
            found.append(ear.recv(4096).decode())
    except BlockingIOError:
        return found


def test_each_word_is_one_datagram_of_sd_notify(ear: socket.socket) -> None:
    supervisor = Supervisor.of({"NOTIFY_SOCKET": str(ear.getsockname())})
    supervisor.ready()
    supervisor.alive()
    supervisor.stopping()
    assert words(ear) == ["READY=1", "WATCHDOG=1", "STOPPING=1"]


def test_a_status_is_one_line_and_said_when_it_changes(ear: socket.socket) -> None:
    supervisor = Supervisor(str(ear.getsockname()))
    for text in ("hub lost", "hub lost", "hub\nheard\x00", "x" * 999):
        supervisor.status(text)
    assert words(ear) == ["STATUS=hub lost", "STATUS=hub heard\x00", "STATUS=" + "x" * 200]


def test_an_abstract_socket_is_heard_too() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("\0kanban-test-supervisor")
        heard.setblocking(False)
        Supervisor("@kanban-test-supervisor").ready()
        assert words(heard) == ["READY=1"]


def test_without_a_supervisor_nothing_is_said_and_nothing_fails() -> None:
    supervisor = Supervisor.of({})
    supervisor.ready()
    assert not supervisor.is_there


def test_a_supervisor_that_is_gone_or_does_not_listen_harms_nothing(ear: socket.socket) -> None:
    Supervisor("/nowhere/notify").ready()
    supervisor = Supervisor(str(ear.getsockname()))
    for _ in range(1_000):  # more than its queue holds: a blocking socket would hang here
        supervisor.alive()
    assert 0 < len(words(ear)) < 1_000


@pytest.mark.parametrize(
    ("told", "wanted_s"),
    [({"WATCHDOG_USEC": "20000000"}, 20.0), ({"WATCHDOG_USEC": "soon"}, 20.0), ({}, 20.0)],
)
def test_the_time_of_the_watchdog_is_the_supervisors(told: dict[str, str], wanted_s: float) -> None:
    assert Supervisor.of(told).watchdog_s == wanted_s
    assert Supervisor.of({"WATCHDOG_USEC": "8000000"}).watchdog_s == 8.0

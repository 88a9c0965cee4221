import socket
from collections.abc import Iterator

import pytest

from kanban_simulator.loopback import HOST, bind, port_of
from kanban_simulator.proxy import Proxy

WAIT_S = 5.0
SILENCE_S = 0.1


class Cable:
    """A proxy with a listener behind it and one connection through it."""

    def __init__(self) -> None:
        self.listener = bind()
        self.listener.listen()
        self.proxy = Proxy(HOST, port_of(self.listener))
        self.near = self.connect()
        self.far, _ = self.listener.accept()
        self.far.settimeout(WAIT_S)

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.proxy.port), timeout=WAIT_S)

    def close(self) -> None:
        self.proxy.close()
        for end in (self.near, self.far, self.listener):
            end.close()


@pytest.fixture
def cable() -> Iterator[Cable]:
    made = Cable()
    yield made
    made.close()


def has_silence(end: socket.socket) -> bool:
    end.settimeout(SILENCE_S)
    try:
        end.recv(1)
    except TimeoutError:
        return True
    finally:
        end.settimeout(WAIT_S)
    return False


def test_bytes_go_both_ways(cable: Cable) -> None:
    cable.near.sendall(b"up")
    cable.far.sendall(b"down")

    assert cable.far.recv(10) == b"up"
    assert cable.near.recv(10) == b"down"


def test_a_cut_freezes_what_stands_tells_neither_end_and_refuses_what_is_new(cable: Cable) -> None:
    cable.proxy.cut()
    cable.near.sendall(b"up")
    cable.far.sendall(b"down")

    assert has_silence(cable.far)
    assert has_silence(cable.near)
    with pytest.raises(ConnectionRefusedError):
        cable.connect()


def test_what_was_sent_during_the_cut_arrives_after_it(cable: Cable) -> None:
    cable.proxy.cut()
    cable.near.sendall(b"up")
    cable.proxy.restore()

    assert cable.far.recv(10) == b"up"


def test_cutting_and_restoring_twice_is_once(cable: Cable) -> None:
    cable.proxy.cut()
    cable.proxy.cut()
    cable.proxy.restore()
    cable.proxy.restore()
    cable.near.sendall(b"up")

    assert cable.far.recv(10) == b"up"


def test_an_end_that_closes_closes_the_other(cable: Cable) -> None:
    cable.far.close()

    with pytest.raises(ConnectionResetError):
        cable.near.recv(10)


def test_an_end_that_closed_during_the_cut_is_told_after_it(cable: Cable) -> None:
    cable.proxy.cut()
    cable.far.close()
    assert has_silence(cable.near)
    cable.proxy.restore()

    with pytest.raises(ConnectionResetError):
        cable.near.recv(10)


def test_a_connection_to_nobody_is_reset(cable: Cable) -> None:
    cable.listener.close()

    with pytest.raises(ConnectionResetError), cable.connect() as lonely:
        lonely.recv(10)


def test_the_port_is_the_same_after_a_cut(cable: Cable) -> None:
    before = cable.proxy.port
    cable.proxy.cut()
    cable.proxy.restore()

    cable.connect().close()
    assert cable.proxy.port == before

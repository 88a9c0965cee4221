import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from kanban_hub.web.server import listen, run, serve
from tests.hub.web.site import Site

DEADLINE_S = 10.0


class Served:
    """`site` behind the real server on a free port."""

    def __init__(self, site: Site) -> None:
        self.stop = threading.Event()
        listening = listen(site.app, "127.0.0.1", 0, self.stop)
        self.port = listening.port
        self.thread = threading.Thread(target=run, args=(listening, self.stop))
        self.thread.start()

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        connection.request("GET", path, headers={"Connection": "close"})
        return connection.getresponse()

    def end(self) -> bool:
        self.stop.set()
        self.thread.join(DEADLINE_S)
        return not self.thread.is_alive()


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    started = Served(site)
    yield started
    assert started.end()


def line_with(response: http.client.HTTPResponse, start: bytes) -> bytes:
    while not (line := response.readline()).startswith(start):
        assert line, "the stream has ended"
    return line


def test_pages_and_api_are_served(served: Served) -> None:
    assert served.get("/").status == 200
    assert served.get("/api/v1/cards").status == 200


def test_a_change_reaches_an_open_stream(site: Site, served: Served) -> None:
    stream = served.get("/api/v1/stream")
    line_with(stream, b"data:")

    site.signal("assembly", "pull", loop="bracket")

    assert b'"loops":["bracket"]' in line_with(stream, b"data:")
    stream.close()


def test_open_streams_end_when_the_hub_stops(served: Served) -> None:
    stream = served.get("/api/v1/stream")
    line_with(stream, b"data:")

    assert served.end()

    assert stream.read() is not None


def test_the_seat_of_a_client_that_has_vanished_is_free_again(site: Site, served: Served) -> None:
    stream = served.get("/api/v1/stream")
    line_with(stream, b"data:")
    freed = threading.Event()
    give_back = site.parts.seats.give_back

    def watched() -> None:
        give_back()
        freed.set()

    object.__setattr__(site.parts.seats, "give_back", watched)
    second = served.get("/api/v1/stream")
    line_with(second, b"data:")
    second.close()

    assert freed.wait(DEADLINE_S)
    assert site.parts.seats.taken == 1
    stream.close()


def test_a_port_that_is_taken_is_an_error_of_the_system(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve(site.app, "127.0.0.1", taken.getsockname()[1], threading.Event())

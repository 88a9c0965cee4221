import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from flask import Response

from kanban_hub.web.server import listen, run, serve
from tests.hub.web.site import Site

DEADLINE_S = 10.0


class Served:
    """`site` behind the real server on a free port."""

    def __init__(self, site: Site) -> None:
        self.stop = threading.Event()
        self.listening = listen(site.app, "127.0.0.1", 0, self.stop)
        self.thread = threading.Thread(target=run, args=(self.listening, self.stop))
        self.thread.start()

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.listening.port, timeout=DEADLINE_S)
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


def test_a_file_whose_client_is_gone_when_the_hub_stops_is_closed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[BinaryIO] = []
    is_asked, is_stopping = threading.Event(), threading.Event()

    def wait_for_the_end(response: Response) -> Response:
        files.append(response.response.file)  # type: ignore[union-attr]  # waitress's wrapper of a file
        is_asked.set()
        is_stopping.wait(DEADLINE_S)
        return response

    site.app.after_request(wait_for_the_end)
    served = Served(site)
    threads = served.listening.server.task_dispatcher
    shutdown = threads.shutdown

    client = socket.create_connection(("127.0.0.1", served.listening.port), DEADLINE_S)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends by a reset

    def shut_down() -> None:
        client.close()
        is_stopping.set()
        shutdown()

    monkeypatch.setattr(threads, "shutdown", shut_down)
    client.sendall(b"GET /static/page.css HTTP/1.1\r\nHost: hub\r\n\r\n")
    assert is_asked.wait(DEADLINE_S)

    assert served.end()

    assert [file.closed for file in files] == [True]


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

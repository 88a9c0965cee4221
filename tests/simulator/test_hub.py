import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kanban_simulator.errors import HubRefusedError, HubSilentError, ProcessError
from kanban_simulator.hub import Hub, HubClient
from kanban_simulator.loopback import HOST, bind, port_of

PAGES = {
    "/cards?limit=2": (200, {"items": [1, 2], "next": "abc"}),
    "/cards?limit=2&cursor=abc": (200, {"items": [3], "next": None}),
    "/missing": (404, {"detail": "no card 'x'"}),
}


class Pages(BaseHTTPRequestHandler):
    """A few answers, and an echo of what is posted with its token."""

    def do_GET(self) -> None:
        self._answer(*PAGES[self.path])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(200, {"body": body, "token": self.headers["Authorization"]})

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def client() -> Iterator[HubClient]:
    server = HTTPServer((HOST, 0), Pages)
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield HubClient(f"http://{HOST}:{server.server_port}", "secret")
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_list_is_read_to_its_last_page(client: HubClient) -> None:
    assert client.items("/cards?limit=2") == [1, 2, 3]


def test_an_order_bears_the_token(client: HubClient) -> None:
    assert client.post("/moves", {"move": "scrap"}) == {"body": {"move": "scrap"}, "token": "Bearer secret"}


def test_a_refusal_carries_the_hub_s_own_words(client: HubClient) -> None:
    with pytest.raises(HubRefusedError, match="404: no card 'x'"):
        client.get("/missing")


def test_a_hub_that_does_not_answer_is_told_apart() -> None:
    with bind() as nobody, pytest.raises(HubSilentError):
        HubClient(f"http://{HOST}:{port_of(nobody)}").get("/healthz")


def test_a_plant_that_the_hub_refuses_is_told_with_the_hub_s_faults(tmp_path: Path) -> None:
    plant = tmp_path / "plant.toml"
    plant.write_text('site = "UPPER"\n')

    with pytest.raises(ProcessError, match=r"(?s)load failed with code 2.*plant\.toml:1: site"):
        Hub(tmp_path, plant, "mqtt://127.0.0.1:1")

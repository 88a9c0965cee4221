import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kanban_device.update.download import Download
from kanban_device.update.errors import FetchError
from kanban_protocol import release
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import ReleaseFile

CONTENT = bytes(range(256)) * 1_000
FILE = ReleaseFile(
    name="a-1-py3-none-any.whl", sha256="0" * 64, size_bytes=len(CONTENT), python="py3", machine="any"
)


class Hub(ThreadingHTTPServer):
    """Hands out `content`, and does at each request what the next of `ways` says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = CONTENT
        self.ways: list[str] = []
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        hub, span = self.server, self.headers.get("Range")
        hub.asked.append((self.path, span))
        way = hub.ways.pop(0) if hub.ways else ""
        begin = int(span.removeprefix("bytes=").rstrip("-")) if span and way != "whole" else 0
        body = hub.content[begin:]
        if way.isdigit():
            self.send_error(int(way))
            return
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(body)))
        if way == "away":
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if way == "cut" else body)

    def log_message(self, *_given: object) -> None:
        """Quiet."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def download(hub: Hub, waits: list[float]) -> Download:
    return Download(hub.url, None, 12, waits.append)


def test_a_file_comes_whole(hub: Hub, download: Download, tmp_path: Path) -> None:
    download.file(tmp_path, FILE)

    assert (tmp_path / FILE.name).read_bytes() == CONTENT
    assert hub.asked == [(f"/releases/12/{FILE.name}", None)]


def test_after_a_cut_only_the_rest_is_fetched(
    hub: Hub, download: Download, tmp_path: Path, waits: list[float]
) -> None:
    hub.ways = ["cut", "cut"]

    download.file(tmp_path, FILE)

    assert (tmp_path / FILE.name).read_bytes() == CONTENT
    assert [span for _, span in hub.asked] == [None, "bytes=128000-", "bytes=192000-"]
    assert len(waits) == 2


def test_what_another_try_has_fetched_is_kept(hub: Hub, download: Download, tmp_path: Path) -> None:
    (tmp_path / FILE.name).write_bytes(CONTENT[:1_000])

    download.file(tmp_path, FILE)
    download.file(tmp_path, FILE)

    assert (tmp_path / FILE.name).read_bytes() == CONTENT
    assert [span for _, span in hub.asked] == ["bytes=1000-"], "a whole file is not asked for again"


def test_a_hub_that_knows_no_ranges_sends_all_again(hub: Hub, download: Download, tmp_path: Path) -> None:
    (tmp_path / FILE.name).write_bytes(b"x" * 1_000)
    hub.ways = ["whole"]

    download.file(tmp_path, FILE)

    assert (tmp_path / FILE.name).read_bytes() == CONTENT


def test_more_than_the_manifest_names_is_not_stored(hub: Hub, download: Download, tmp_path: Path) -> None:
    hub.content = CONTENT + b"more"

    with pytest.raises(FetchError) as caught:
        download.file(tmp_path, FILE)

    assert caught.value.fault is UpdateFault.DAMAGED
    assert (tmp_path / FILE.name).stat().st_size <= len(CONTENT)


@pytest.mark.parametrize("way", ["404", "500", "302"])
def test_a_hub_that_does_not_hand_it_out_is_told(
    hub: Hub, download: Download, tmp_path: Path, way: str
) -> None:
    hub.ways = [way]

    with pytest.raises(FetchError, match=way) as caught:
        download.file(tmp_path, FILE)

    assert caught.value.fault is UpdateFault.UNREACHABLE
    assert len(hub.asked) == 1, "a redirection is not followed"


def test_a_hub_that_is_away_is_given_up_after_some_tries(
    download: Download, hub: Hub, tmp_path: Path, waits: list[float]
) -> None:
    hub.ways = ["cut"] * 99
    hub.content = b""

    with pytest.raises(FetchError) as caught:
        download.file(tmp_path, FILE)

    assert caught.value.fault is UpdateFault.UNREACHABLE
    assert len(waits) == 7


def test_manifest_and_signature_are_always_fetched_anew_and_never_too_large(
    hub: Hub, download: Download, tmp_path: Path
) -> None:
    (tmp_path / release.MANIFEST).write_bytes(b"old")
    hub.content = b"s" * 64

    download.manifest(tmp_path)

    assert (tmp_path / release.MANIFEST).read_bytes() == b"s" * 64
    hub.content = b"s" * 65
    with pytest.raises(FetchError) as caught:
        download.manifest(tmp_path)
    assert caught.value.fault is UpdateFault.DAMAGED


@pytest.mark.parametrize("url", ["file:///etc", "ftp://hub", "hub.local"])
def test_only_http_is_spoken(url: str) -> None:
    with pytest.raises(FetchError):
        Download(url, None, 1)


def test_an_authority_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"ca\.crt"):
        Download("https://hub.local", str(tmp_path / "ca.crt"), 1)

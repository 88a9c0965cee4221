from pathlib import Path

import pytest
from werkzeug.test import Client

from kanban_hub.releases.handout import Handout
from kanban_hub.releases.shelf import Shelf
from kanban_protocol import release
from tests.hub.releases.shop import signed

WHEEL = "/releases/12/kanban_signal_station-0.12-py3-none-any.whl"


@pytest.fixture
def client(tmp_path: Path, key_files: tuple[Path, Path]) -> Client:
    shelf = Shelf(tmp_path / "data")
    (tmp_path / "data").mkdir()
    shelf.trust(key_files[1])
    shelf.add(signed(tmp_path, key_files[0], 12))
    return Client(Handout(shelf))


def got(client: Client, path: str, span: str | None = None) -> tuple[int, bytes, str | None]:
    """Status, content and length of an answer, which is closed as a server does it."""
    with client.get(path, headers={"Range": span} if span else {}) as answer:
        return answer.status_code, answer.get_data(), answer.headers.get("Content-Length")


def test_a_file_is_handed_out_whole_or_from_where_a_download_was_cut(client: Client, tmp_path: Path) -> None:
    content = (tmp_path / "data" / WHEEL.lstrip("/")).read_bytes()

    assert got(client, WHEEL) == (200, content, str(len(content)))
    assert got(client, WHEEL, "bytes=100-") == (206, content[100:], str(len(content) - 100))
    assert got(client, WHEEL, "bytes=9999999-")[0] == 416
    with client.head(WHEEL) as answer:
        assert answer.headers["Content-Length"] == str(len(content))


def test_manifest_and_signature_are_handed_out(client: Client) -> None:
    with client.get(f"/releases/12/{release.MANIFEST}") as answer:
        assert answer.mimetype == "application/json"
    assert len(got(client, f"/releases/12/{release.SIGNATURE}")[1]) == 64


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/releases",
        "/releases/12",
        "/releases/13/manifest.json",
        "/releases/012/manifest.json",
        "/releases/12/../../release.pub",
        "/releases/12/%2e%2e%2f%2e%2e%2frelease.pub",
        "/releases/12/manifest.json/",
        f"/releases/{'9' * 30}/manifest.json",
        "/releases/12/" + "a" * 5_000 + ".whl",
    ],
)
def test_everything_else_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_it_is_only_read(client: Client) -> None:
    assert client.post(WHEEL).status_code == 405
    assert client.delete(WHEEL).status_code == 405

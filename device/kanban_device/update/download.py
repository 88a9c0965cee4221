"""Fetch a release from the hub's door, piece by piece: what was fetched before a cut is not fetched again."""

import errno
import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from kanban_device.update.errors import FetchError
from kanban_protocol.backoff import Backoff
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import MANIFEST, MAX_MANIFEST_BYTES, SIGNATURE, SIGNATURE_BYTES, ReleaseFile

TIMEOUT_S = 30.0
TRIES = 8
CHUNK_BYTES = 65_536
PARTIAL = 206


class Download:
    """What one hub hands out of one release. `ca` is the file with the hub's authority, for `https`."""

    def __init__(
        self, url: str, ca: str | None, number: int, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """Raises `FetchError` for a `ca` that cannot be used."""
        self._base = f"{url.rstrip('/')}/releases/{number}"
        self._wait = wait
        self._backoff = Backoff()
        self._opener = _opener(url, ca)

    def manifest(self, folder: Path) -> None:
        """Put manifest and signature into `folder`, always anew: they are small. Raises `FetchError`."""
        for name, limit_bytes in ((MANIFEST, MAX_MANIFEST_BYTES), (SIGNATURE, SIGNATURE_BYTES)):
            self._again(name, partial(self._anew, folder / name, limit_bytes))

    def file(self, folder: Path, file: ReleaseFile) -> None:
        """Have `file` whole in `folder`, from where it was left; its hash is looked at later.

        Raises `FetchError`.
        """
        path = folder / file.name
        if path.exists() and path.stat().st_size > file.size_bytes:
            path.unlink()
        self._again(file.name, lambda: self._rest(path, file))

    def _anew(self, path: Path, limit_bytes: int) -> None:
        path.unlink(missing_ok=True)
        self._append(path, path.name, limit_bytes)

    def _rest(self, path: Path, file: ReleaseFile) -> None:
        if _size(path) < file.size_bytes:
            self._append(path, file.name, file.size_bytes)
        if _size(path) < file.size_bytes:
            raise http.client.IncompleteRead(b"", file.size_bytes - _size(path))

    def _again(self, name: str, step: Callable[[], None]) -> None:
        """Do `step` until it succeeds; after some failures in a row nobody is there."""
        for attempt in range(TRIES):
            try:
                step()
            except urllib.error.HTTPError as error:
                error.close()
                text = f"{self._base}/{name}: the hub answers {error.code}"
                raise FetchError(UpdateFault.UNREACHABLE, text) from error
            except (OSError, http.client.HTTPException) as error:
                is_full = getattr(error, "errno", None) == errno.ENOSPC
                if is_full or attempt == TRIES - 1:
                    fault = UpdateFault.NO_ROOM if is_full else UpdateFault.UNREACHABLE
                    raise FetchError(fault, f"{self._base}/{name}: {error}") from error
                self._wait(self._backoff.delay_s(attempt))
            else:
                return

    def _append(self, path: Path, name: str, limit_bytes: int) -> None:
        have = _size(path)
        headers = {"Range": f"bytes={have}-"} if have else {}
        request = urllib.request.Request(f"{self._base}/{name}", headers=headers)  # noqa: S310  # checked: http(s)
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            is_rest = have > 0 and answer.status == PARTIAL
            with path.open("ab" if is_rest else "wb") as file:
                _copy(answer, file, limit_bytes - (have if is_rest else 0))


def _copy(source: Any, target: IO[bytes], limit_bytes: int) -> None:
    """Raises `FetchError` when more comes than the manifest has named."""
    left = limit_bytes
    while piece := source.read1(CHUNK_BYTES):
        if len(piece) > left:
            raise FetchError(UpdateFault.DAMAGED, f"the hub sends more than {limit_bytes} bytes")
        target.write(piece)
        left -= len(piece)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _opener(url: str, ca: str | None) -> urllib.request.OpenerDirector:
    """Goes straight to the hub and nowhere else: no proxy of the environment, no redirection."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise FetchError(UpdateFault.UNREACHABLE, f"{url}: the hub's door is http:// or https://")
    try:
        context = ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise FetchError(UpdateFault.UNREACHABLE, f"{ca}: {error.strerror or error}") from error
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=context),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener

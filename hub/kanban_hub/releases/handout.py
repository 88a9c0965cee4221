"""Hand out the files of releases, whole or from where a download was cut; to anybody, for all is signed."""

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import NotFound, RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from kanban_hub.releases.shelf import Shelf

PATH = re.compile(r"/releases/([1-9][0-9]{0,9})/([^/]+)")


class Handout:
    """A WSGI application: `GET /releases/NUMBER/FILE`, with ranges (RFC 9110 §14)."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        found = PATH.fullmatch(environ.get("PATH_INFO", ""))
        if found is None:
            return Response(status=404)(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return Response(status=405, headers={"Allow": "GET, HEAD"})(environ, start_response)
        try:
            answer = handed(self._shelf, int(found[1]), found[2], environ)
        except (NotFound, RequestedRangeNotSatisfiable) as error:
            answer = Response(status=error.code)
        return answer(environ, start_response)


def handed(shelf: Shelf, number: int, name: str, environ: Any) -> Response:
    """The answer with one file. Raises werkzeug's `NotFound`, `RequestedRangeNotSatisfiable`."""
    path = shelf.file(number, name)
    if path is None:
        raise NotFound
    _check_range(environ.get("HTTP_RANGE"), path.stat().st_size)
    media_type = "application/json" if name.endswith(".json") else "application/octet-stream"
    # No validator: a file of a number never changes, and what asks for ranges names none.
    return send_file(path, environ, mimetype=media_type, conditional=True, etag=False)


def _check_range(asked: str | None, size_bytes: int) -> None:
    """Before the file is opened: werkzeug would leave it open."""
    span = parse_range_header(asked)
    if asked is not None and (span is None or span.range_for_length(size_bytes) is None):
        raise RequestedRangeNotSatisfiable(size_bytes)

"""The HTTP server: waitress, set so that streams neither hold dead clients nor hold up the end."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress import wasyncore  # type: ignore[import-untyped]  # waitress ships no types
from waitress.server import create_server  # type: ignore[import-untyped]

from kanban_hub.web.seats import STREAMS_MOST
from kanban_hub.web.stream import STOPPING

log = logging.getLogger(__name__)

# Threads beside those that streams may hold, for all other requests.
THREADS_SPARE = 16
CONNECTIONS_MOST = 1_000
IDLE_S = 120
LOOK_S = 0.5
# Flask refuses earlier, with a problem document; this only bounds what is buffered before.
BODY_MOST_BYTES = 1_048_576


@dataclass(frozen=True)
class Listening:
    """A server with its sockets. `addresses` are host and port of each."""

    server: Any
    sockets: dict[int, Any]
    addresses: tuple[tuple[str, int], ...]


def serve(app: Flask, host: str, port: int, stop: threading.Event) -> None:
    """Serve `app` until `stop` is set. Raises `OSError` when the address cannot be used."""
    run(listen(app, host, port, stop), stop)


def listen(app: Flask, host: str, port: int, stop: threading.Event) -> Listening:
    """Open the sockets; port 0 takes a free one, which `addresses` tells."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[STOPPING] = stop.is_set
        return app(environ, start_response)

    sockets: dict[int, Any] = {}
    server = create_server(
        application,
        map=sockets,
        host=host,
        port=port,
        threads=STREAMS_MOST + THREADS_SPARE,
        # With 1 waitress looks at a socket whose request it still answers, so a stream learns that its
        # client has gone. Safe since 3.0.1 (CVE-2024-49768).
        channel_request_lookahead=1,
        connection_limit=CONNECTIONS_MOST,
        channel_timeout=IDLE_S,
        max_request_body_size=BODY_MOST_BYTES,
        ident="kanban-hub",
    )
    several = getattr(server, "effective_listen", None)  # a name such as localhost may mean two addresses
    addresses = several or [(server.effective_host, server.effective_port)]
    return Listening(server, sockets, tuple((str(a), int(p)) for a, p in addresses))


def run(listening: Listening, stop: threading.Event) -> None:
    """Serve until `stop` is set; then the streams end, then the threads, then the sockets."""
    for host, port in listening.addresses:
        log.info("serving http://%s:%d/", f"[{host}]" if ":" in host else host, port)
    while not stop.is_set():
        # poll, because select() ends at 1024 file descriptors
        wasyncore.loop(timeout=LOOK_S, use_poll=True, map=listening.sockets, count=1)
    listening.server.task_dispatcher.shutdown()
    wasyncore.close_all(listening.sockets)

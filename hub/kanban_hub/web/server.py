"""The HTTP server: waitress, set so that streams neither hold dead clients nor hold up the end."""

import logging
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress import wasyncore  # type: ignore[import-untyped]  # waitress ships no types
from waitress.server import create_server  # type: ignore[import-untyped]

from kanban_hub.web.discretion import discreet
from kanban_hub.web.seats import STREAMS_MOST
from kanban_hub.web.stream import STOPPING

log = logging.getLogger(__name__)

# Threads beside those that streams may hold, for all other requests.
THREADS_SPARE = 16
THREADS = STREAMS_MOST + THREADS_SPARE
CONNECTIONS_MOST = 1_000
IDLE_S = 120
LOOK_S = 0.5
# Flask refuses earlier, with a problem document; this only bounds what is buffered before.
BODY_MOST_BYTES = 1_048_576


@dataclass(frozen=True)
class Listening:
    """A server with its open sockets, at `host` and `port`."""

    server: Any
    sockets: dict[int, Any]
    host: str
    port: int


def serve(app: Flask, host: str, port: int, stop: threading.Event, threads: int = THREADS) -> None:
    """Serve `app` until `stop` is set. Raises `OSError` when the address cannot be used."""
    run(listen(app, host, port, stop, threads), stop)


def listen(app: Flask, host: str, port: int, stop: threading.Event, threads: int = THREADS) -> Listening:
    """Open the socket; port 0 takes a free one. Raises `OSError`."""
    logging.getLogger("waitress").addFilter(discreet)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[STOPPING] = stop.is_set
        return app(environ, start_response)

    # Here and not in waitress, which leaves its threads running when the address cannot be used.
    opened = _open(host, port)
    sockets: dict[int, Any] = {}
    server = create_server(
        application,
        map=sockets,
        sockets=[opened],
        threads=threads,
        # With 1 waitress looks at a socket whose request it still answers, so a stream learns that its
        # client has gone. Safe since 3.0.1 (CVE-2024-49768).
        channel_request_lookahead=1,
        connection_limit=CONNECTIONS_MOST,
        channel_timeout=IDLE_S,
        max_request_body_size=BODY_MOST_BYTES,
        ident="kanban-hub",
    )
    return Listening(server, sockets, *opened.getsockname()[:2])


def run(listening: Listening, stop: threading.Event) -> None:
    """Serve until `stop` is set; then the streams end, then the threads, then the sockets."""
    host = f"[{listening.host}]" if ":" in listening.host else listening.host
    log.info("serving http://%s:%d/", host, listening.port)
    while not stop.is_set():
        # poll, because select() ends at 1024 file descriptors
        wasyncore.loop(timeout=LOOK_S, use_poll=True, map=listening.sockets, count=1)
    listening.server.task_dispatcher.shutdown()
    for channel in list(listening.server.active_channels.values()):
        channel.handle_close()  # which closes the files, too, that its client has not taken whole
    wasyncore.close_all(listening.sockets)


def _open(host: str, port: int) -> socket.socket:
    """A listening socket; of a name with several addresses the IPv4 one, as stations write it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family = min((info[0] for info in found), key=lambda family: family != socket.AF_INET)
    return socket.create_server((host, port), family=family)

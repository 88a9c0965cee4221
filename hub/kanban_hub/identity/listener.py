"""The door's listener: cheroot with TLS, where a client may show a certificate and need not."""

import logging
import ssl
from collections.abc import Callable
from pathlib import Path
from socket import AF_INET, AF_INET6, create_server
from typing import Any
from wsgiref.types import WSGIApplication

from cheroot.server import HTTPConnection
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Gateway_10, Server

from kanban_hub.identity.door import BODY_MOST, CERTIFICATE

log = logging.getLogger(__name__)

THREADS = 8
# A station that says nothing holds one thread for so long.
IDLE_S = 5
WAITING_MOST = 64


def context_of(pem: Path, trusted: Path) -> ssl.SSLContext:
    """`pem` is key and certificate of the door; `trusted` are the authorities of clients."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(pem)
    context.load_verify_locations(trusted)
    # A new Pi has none; a wrong or expired one ends the handshake.
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


class _Adapter(BuiltinSSLAdapter):
    """Leaves the handshake to the thread of the connection.

    cheroot makes it in the thread that accepts, so that one client that says nothing would hold up all.
    """

    def wrap(self, sock: Any) -> tuple[Any, dict[str, Any]]:
        return self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False), {
            "wsgi.url_scheme": "https"
        }


class _Connection(HTTPConnection):
    has_shaken = False

    def communicate(self) -> bool:
        if not self.has_shaken:
            try:
                self.socket.do_handshake()
            except OSError as error:
                log.info("the door let nobody in from %s: %s", self.remote_addr, error)
                return False
            self.has_shaken = True
        return bool(super().communicate())  # type: ignore[no-untyped-call]


class _Gateway(Gateway_10):
    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]  # cheroot's stubs say None
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        return environ | {CERTIFICATE: self.req.conn.socket.getpeercert(binary_form=True)}


class Listener:
    """Serves `app` at `address` from `open` until `close`."""

    def __init__(self, app: WSGIApplication, address: tuple[str, int], pem: Path, trusted: Path) -> None:
        self._server = Server(
            address, app, numthreads=THREADS, timeout=IDLE_S, request_queue_size=WAITING_MOST
        )
        self._server.gateway = _Gateway
        self._server.ConnectionClass = _Connection
        self._server.max_request_body_size = BODY_MOST
        self._server.max_request_header_size = BODY_MOST
        self._server.error_log = _told  # type: ignore[method-assign,assignment]
        self._server.ssl_adapter = _Adapter(str(pem), str(pem))
        self.follow(pem, trusted)

    def follow(self, pem: Path, trusted: Path) -> None:
        """Show another certificate from now on, also while serving."""
        self._server.ssl_adapter.context = context_of(pem, trusted)

    def open(self) -> int:
        """Take the port, and say which; 0 takes a free one. Raises `OSError`."""
        # Asked before, because cheroot leaves a socket open when the address cannot be used.
        with create_server(self._server.bind_addr, family=family_of(self._server.bind_addr[0])):
            pass
        self._server.prepare()
        port: int = self._server.bind_addr[1]
        log.info("stations' door at https://%s:%d/", self._server.bind_addr[0], port)
        return port

    def serve(self) -> None:
        """Until `close`."""
        self._server.serve()

    @property
    def close(self) -> Callable[[], None]:
        return self._server.stop


def family_of(host: str) -> int:
    return AF_INET6 if ":" in host else AF_INET


def _told(text: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
    log.log(level, "%s", text, exc_info=traceback)

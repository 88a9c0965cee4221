"""A PATLITE tower on this machine: true HTTP and true PNS, by the makers' manuals, as a test's double."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, TCPServer
from threading import Condition, Thread
from urllib.parse import parse_qs, urlsplit

DEADLINE_S = 10.0


class Tower:
    """Keeps what it was told. `kind` is "la6" or "nh": they answer PNS in different forms."""

    def __init__(self, kind: str = "la6") -> None:
        self.kind = kind
        self.tiers = [0] * 5
        self.commands: list[str] = []
        self.asked = 0
        self.is_command_allowed = True
        self.is_smart = False
        self.is_lying = False
        self.is_cut = False
        self._changed = Condition()

    def command(self, path: str) -> tuple[int, bytes]:
        address = urlsplit(path)
        query = parse_qs(address.query)
        with self._changed:
            self.commands.append(path)
            self._changed.notify_all()
            if address.path != "/api/control" or not self.is_command_allowed:
                return 404, b"Not Found"
            if list(query) != ["alert"] or len(query["alert"][0]) != 6:
                return 200, b"Error."
            if self.is_lying:
                return 200, b"Success."
            digits = [int(digit) for digit in query["alert"][0][:5]]
            self.tiers = [old if new == 9 else new for old, new in zip(self.tiers, digits, strict=True)]
            return 200, b"Success."

    def status(self, request: bytes) -> bytes:
        self.asked += 1
        if self.kind == "nh":
            return bytes([*self.tiers, 0]) if request == b"XXG\0\0\0" else b"\x15"
        if request != b"ABG\0\0\0":
            return b"\x15"
        return bytes([*[0] * 8, int(self.is_smart), *self.tiers, 0])

    def wait(self, tiers: list[int]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.tiers == tiers, DEADLINE_S), self.tiers

    def restart(self) -> None:
        """As after a power cut: dark, and knowing nothing."""
        with self._changed:
            self.tiers = [0] * 5


class Commands(BaseHTTPRequestHandler):
    tower: Tower

    def do_GET(self) -> None:
        if self.tower.is_cut:
            self.connection.close()
            return
        status, text = self.tower.command(self.path)
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


class Status(BaseRequestHandler):
    tower: Tower

    def handle(self) -> None:
        request: bytes = self.request.recv(64)
        if not self.tower.is_cut:
            self.request.sendall(self.tower.status(request))


@contextmanager
def served(tower: Tower) -> Iterator[tuple[int, int]]:
    """The ports of its HTTP and its PNS."""
    here, own = ("127.0.0.1", 0), {"tower": tower}
    servers = [
        ThreadingHTTPServer(here, type("TowersCommands", (Commands,), own)),
        TCPServer(here, type("TowersStatus", (Status,), own)),
    ]
    threads = [Thread(target=server.serve_forever, args=(0.02,)) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield servers[0].server_address[1], servers[1].server_address[1]
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()

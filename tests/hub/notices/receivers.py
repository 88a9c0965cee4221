"""A real SMTP server and a real HTTP receiver, in threads of the test, on loopback."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.mosquitto import free_port

USER, PASSWORD = b"kanban", b"a secret of the mail server"


@dataclass
class MailServer:
    """Keeps what it takes. `answer` is its word on each mail, `refused` on each recipient."""

    answer: str = "250 taken"
    recipient_answer: str = "250 taken"
    mails: list[EmailMessage] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    port: int = 0
    sender_answer: str = "250 taken"
    leaves_without_a_word: bool = False

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.leaves_without_a_word:
            server.transport.abort()
        return "221 bye"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.was_encrypted.append(session.ssl is not None)
        return self.answer


def server_tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@contextmanager
def mail_server(
    starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, *, login: bool = False
) -> Iterator[MailServer]:
    handler = MailServer(port=free_port())
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=handler.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=lambda *arguments: AuthResult(
            success=arguments[-1].login == USER and arguments[-1].password == PASSWORD, handled=False
        ),
        auth_required=login,
        auth_require_tls=starttls is not None,
    )
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@dataclass
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Keeps what is posted; answers what `answers` say, the last of them for ever."""

    answers: list[int] = field(default_factory=lambda: [204])
    headers: dict[str, str] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    trickles: bool = False
    hangs: threading.Event | None = None
    came: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=b"

    def next_answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Answering(BaseHTTPRequestHandler):
    """One request to the `Receiver` of its server."""

    server: "Listening"

    def do_POST(self) -> None:
        kept, length = self.server.kept, int(self.headers["Content-Length"])
        kept.posted.append(Posted(self.path, dict(self.headers), self.rfile.read(length)))
        kept.came.set()
        if kept.hangs is not None:
            kept.hangs.wait(20)
        if kept.trickles:
            self._trickle()
            return
        self.send_response(kept.next_answer())
        for name, value in kept.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _trickle(self) -> None:
        """A status that never ends, one sign after another, until the other side has gone."""
        never = threading.Event()
        try:
            while not never.wait(0.02):
                self.wfile.write(b"H")
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
        """Nothing to the test's output."""


class Listening(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.kept = Receiver(port=self.server_address[1])
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust the certificate, or has gone, is what the tests are about."""


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    server = Listening(tls)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.kept
    finally:
        server.shutdown()
        server.server_close()

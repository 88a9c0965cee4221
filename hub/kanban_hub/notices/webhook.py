"""Notices by webhook: one signed POST to an address that was checked, and nothing read but the status."""

import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from kanban_hub.notices import address, deadline, secret, signature
from kanban_hub.notices.address import Target
from kanban_hub.notices.config import NoticesConfig, Webhook
from kanban_hub.notices.errors import RefusedForGoodError, RejectedError, UnreachableError
from kanban_hub.notices.notice import Notice

TIMEOUT_S = 10.0
WHOLE_S = 20.0
_TAKEN = range(200, 300)
_GONE = 410


@dataclass(frozen=True)
class WebhookCarrier:
    """Posts to the webhooks of `config`. `wall` is Unix time, by which receivers judge a signature's age."""

    config: NoticesConfig
    wall: Callable[[], float] = time.time
    whole_s: float = WHOLE_S

    def target(self, notice: Notice) -> str:
        return f"webhook {notice.recipient}"

    def carry(self, notice: Notice) -> None:
        """Returns when the receiver has said 2xx. Raises a `DeliveryError`."""
        webhook = self.config.webhook(notice.recipient)
        if webhook is None:
            raise RefusedForGoodError("the recipient is no longer in the notices file")
        body = notice.body.encode()
        signed = signature.headers(
            secret.signing_key(webhook.secret_file), f"msg_{notice.id}", int(self.wall()), body
        )
        status = self._post(webhook, signed, body)
        if status == _GONE:  # Standard Webhooks: "the endpoint is no longer active"
            raise RefusedForGoodError("the receiver says that it is gone for good (410)")
        if status not in _TAKEN:
            raise RejectedError(f"the receiver answers {status}")

    def _post(self, webhook: Webhook, signed: dict[str, str], body: bytes) -> int:
        target = address.parse(webhook.url, allow_private=webhook.allow_private)
        found = address.resolve(target, allow_private=webhook.allow_private)
        headers = {**signed, "Host": target.host_header, "Content-Type": "application/json"}
        try:
            with (
                closing(_connection(target, found, webhook.ca)) as connection,
                deadline.within(self.whole_s, lambda: connection.sock),
            ):
                connection.request("POST", target.path, body, headers, preload_content=False)
                return connection.getresponse().status
        except (HTTPError, HTTPException, OSError) as error:
            raise UnreachableError(_reason(error)) from None


def _connection(target: Target, found: str, ca: str | None) -> HTTPConnection:
    """To the address `found` itself; TLS is held against the name in the URL. It follows no redirects."""
    if target.scheme == "http":
        return HTTPConnection(found, target.port, timeout=TIMEOUT_S)
    return HTTPSConnection(
        found,
        target.port,
        timeout=TIMEOUT_S,
        ssl_context=ssl.create_default_context(cafile=ca),
        server_hostname=target.host,
    )


def _reason(error: Exception) -> str:
    """In plain words, without the URL: its path may hold a secret."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the receiver's certificate is not valid: {error.verify_message}"
    is_late = isinstance(error, TimeoutError | ConnectTimeoutError)
    if is_late and not isinstance(error, NewConnectionError):
        return "the receiver does not answer in time"
    return f"the receiver cannot be reached ({type(error).__name__})"

import base64
import hashlib
import hmac
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from kanban_hub.notices.errors import RefusedForGoodError, RejectedError, UnreachableError
from kanban_hub.notices.webhook import WebhookCarrier
from tests.hub.notices.receivers import Posted, Receiver, receiver, server_tls
from tests.hub.notices.samples import KEY, config, post, webhook
from tests.mosquitto import free_port

AT_S = 1_795_446_074


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def carrier(url: str, folder: Path, **rest: object) -> WebhookCarrier:
    return WebhookCarrier(config(webhooks=[webhook(url, folder, **rest)]), lambda: AT_S + 0.9)


def is_signed(posted: Posted, key: bytes) -> bool:
    """As a receiver checks it, by the words of Standard Webhooks alone."""
    headers = {name.lower(): value for name, value in posted.headers.items()}
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + posted.body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


def test_a_webhook_is_posted_and_signed(hook: Receiver, tmp_path: Path) -> None:
    carrier(hook.url, tmp_path).carry(post())

    (posted,) = hook.posted
    assert (posted.path, posted.body) == ("/hook?a=b", b'{"type":"call_raised"}')
    assert posted.headers["Content-Type"] == "application/json"
    assert posted.headers["Host"] == f"127.0.0.1:{hook.port}"
    assert posted.headers["webhook-timestamp"] == str(AT_S)
    assert is_signed(posted, KEY)


def test_another_key_or_another_content_does_not_fit_the_signature(hook: Receiver, tmp_path: Path) -> None:
    carrier(hook.url, tmp_path).carry(post())

    (posted,) = hook.posted
    assert not is_signed(posted, KEY[::-1])
    assert not is_signed(Posted(posted.path, posted.headers, posted.body + b" "), KEY)
    late = {**posted.headers, "webhook-timestamp": str(AT_S + 1)}
    assert not is_signed(Posted(posted.path, late, posted.body), KEY)


def test_a_webhook_that_is_sent_twice_bears_the_same_id(hook: Receiver, tmp_path: Path) -> None:
    for key in ("a", "a", "b"):
        carrier(hook.url, tmp_path).carry(post(key=key))

    first, again, other = (posted.headers["webhook-id"] for posted in hook.posted)
    assert first == again != other


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, RejectedError), (302, RejectedError), (404, RejectedError), (410, RefusedForGoodError)],
)
def test_what_is_not_2xx_was_not_taken(
    hook: Receiver, tmp_path: Path, status: int, kind: type[Exception]
) -> None:
    hook.answers = [status]
    with pytest.raises(kind, match=str(status)):
        carrier(hook.url, tmp_path).carry(post())


def test_a_redirect_is_not_followed(hook: Receiver, tmp_path: Path) -> None:
    hook.answers, hook.headers = [307], {"Location": f"http://127.0.0.1:{hook.port}/inside"}
    with pytest.raises(RejectedError, match="307"):
        carrier(hook.url, tmp_path).carry(post())
    assert [posted.path for posted in hook.posted] == ["/hook?a=b"]


def test_no_request_goes_to_a_private_address_unless_the_file_allows_it(
    hook: Receiver, tmp_path: Path
) -> None:
    with receiver(server_tls(trustme.CA(), "localhost")) as inside:
        url = f"https://localhost:{inside.port}/"
        with pytest.raises(RefusedForGoodError, match="private"):
            carrier(url, tmp_path, allow_private=False).carry(post())
        assert inside.posted == []


def test_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedForGoodError, match="private"):
        carrier("https://rebound.example/", tmp_path, allow_private=False).carry(post())


def test_the_name_is_resolved_once_and_the_checked_address_is_used(
    hook: Receiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real, asked = socket.getaddrinfo, []

    def resolve(host: str, *rest: object, **named: object) -> object:
        if host != "hook.example":
            return real(host, *rest, **named)  # type: ignore[arg-type]  # as it was called
        asked.append(host)
        return real("127.0.0.1", *rest, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    carrier(f"http://hook.example:{hook.port}/", tmp_path).carry(post())
    assert asked == ["hook.example"]
    assert hook.posted[0].headers["Host"] == f"hook.example:{hook.port}"


def test_tls_is_held_against_the_name_in_the_url(tmp_path: Path) -> None:
    authority, known = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(known))
    with receiver(server_tls(authority, "localhost")) as hook:
        carrier(f"https://localhost:{hook.port}/", tmp_path, ca=str(known)).carry(post())
        with pytest.raises(UnreachableError, match=r"certificate is not valid.*127\.0\.0\.1"):
            carrier(f"https://127.0.0.1:{hook.port}/", tmp_path, ca=str(known)).carry(post())
        with pytest.raises(UnreachableError, match="certificate is not valid"):
            carrier(f"https://localhost:{hook.port}/", tmp_path).carry(post())
        assert len(hook.posted) == 1


def test_a_receiver_that_trickles_is_cut_off(hook: Receiver, tmp_path: Path) -> None:
    hook.trickles = True
    slow = WebhookCarrier(config(webhooks=[webhook(hook.url, tmp_path)]), whole_s=0.2)
    with pytest.raises(UnreachableError):
        slow.carry(post())


def test_a_receiver_that_is_not_there_is_told_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="cannot be reached") as refused:
        carrier(f"http://127.0.0.1:{free_port()}/very-secret", tmp_path).carry(post())
    assert "very-secret" not in str(refused.value)


def test_a_webhook_that_left_the_file_is_not_posted_to(hook: Receiver, tmp_path: Path) -> None:
    with pytest.raises(RefusedForGoodError, match="no longer"):
        carrier(hook.url, tmp_path).carry(post("gone"))

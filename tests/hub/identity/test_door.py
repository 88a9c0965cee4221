"""The stations' door: what it answers, and to whom, in process and over TLS."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from io import BytesIO
from pathlib import Path
from socket import create_connection
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from kanban_hub.errors import StoreError
from kanban_hub.identity import keyfile, own, paper
from kanban_hub.identity.door import BODY_MOST, CERTIFICATE, TRIES_A_MINUTE, Door
from kanban_hub.identity.listener import IDLE_S, Listener
from kanban_hub.throttle import Throttle
from tests.hub.identity.desk import Desk, asked

JSON = "application/json"


@dataclass
class Caller:
    """Asks a door as cheroot would."""

    desk: Desk
    certificate: bytes | None = None
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        throttle = Throttle(TRIES_A_MINUTE, lambda: self.desk.now_s)
        self.door = Door(
            self.desk.joining, self.desk.authority, lambda host: f"mqtts://{host}:8883", throttle
        )

    def ask(self, method: str, path: str, body: bytes = b"", **more: str) -> tuple[int, dict[str, Any]]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "hub.lan", "REMOTE_ADDR": "10.0.0.7",
            "CONTENT_TYPE": JSON, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
            CERTIFICATE: self.certificate,
        }  # fmt: skip
        told: list[Any] = []
        answer = b"".join(self.door(environ | more, lambda *given: told.extend(given)))  # type: ignore[arg-type]
        headers = dict(told[1])
        assert int(headers["Content-Length"]) == len(answer)
        is_json = headers["Content-Type"].endswith("json")
        return int(told[0][:3]), json.loads(answer) if is_json else {"text": answer.decode()}

    def join(self, **form: Any) -> tuple[int, dict[str, Any]]:
        return self.ask("POST", "/join", json.dumps(form).encode())


@pytest.fixture
def caller(desk: Desk) -> Caller:
    return Caller(desk)


def test_a_code_and_a_request_give_certificate_authority_and_broker(caller: Caller) -> None:
    code = caller.desk.codes.issue("paint", None).text

    status, joined = caller.join(station="paint", code=code, csr=asked())

    assert (status, joined["station"], joined["broker"]) == (200, "paint", "mqtts://hub.lan:8883")
    assert joined["authority"] == caller.ask("GET", "/authority")[1]["text"]
    made = x509.load_pem_x509_certificate(joined["certificate"].encode())
    caller.certificate = made.public_bytes(serialization.Encoding.DER)
    assert caller.ask("GET", "/certificate") == (200, {"station": "paint"})
    status, renewed = caller.ask("POST", "/renew", json.dumps({"csr": asked()}).encode())
    assert (status, renewed["certificate"] != joined["certificate"]) == (200, True)


@pytest.mark.parametrize(
    ("form", "status", "reason"),
    [
        ({}, 400, "bad_request"),
        ({"station": "paint", "code": "AAAAA-AAAAA"}, 400, "bad_request"),
        ({"station": "paint", "code": "A" * 41, "csr": "x"}, 400, "bad_request"),
        ({"station": "../paint", "code": "AAAAA-AAAAA", "csr": "x"}, 400, "bad_request"),
        ({"station": "paint", "code": "AAAAA-AAAAA", "csr": "x", "more": 1}, 400, "bad_request"),
        ({"station": "paint", "code": "AAAAA-AAAAA", "csr": "x"}, 400, "bad_request"),
        ({"station": "nowhere", "code": "AAAAA-AAAAA", "csr": asked(None)}, 404, "unknown_station"),
        ({"station": "paint", "code": "AAAAA-AAAAA", "csr": asked()}, 403, "no_code"),
    ],
)
def test_each_fault_of_a_join_has_its_own_answer(
    caller: Caller, form: dict[str, Any], status: int, reason: str
) -> None:
    answered, told = caller.join(**form)

    assert (answered, told["reason"], bool(told["detail"])) == (status, reason, True)


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/", {}, 404),
        ("GET", "/join", {}, 405),
        ("POST", "/join", {"CONTENT_TYPE": "text/plain"}, 415),
        ("POST", "/join", {"CONTENT_TYPE": ""}, 415),
        ("POST", "/join", {"CONTENT_LENGTH": ""}, 411),
        ("POST", "/join", {"CONTENT_LENGTH": "-1"}, 411),
        ("POST", "/join", {"CONTENT_LENGTH": str(BODY_MOST + 1)}, 413),
        ("POST", "/join", {}, 400),
        ("POST", "/renew", {}, 401),
        ("GET", "/certificate", {}, 401),
        ("GET", "/authority/../identity/authority-1.key", {}, 404),
    ],
)
def test_what_is_asked_wrongly_is_told(
    caller: Caller, method: str, path: str, more: dict[str, str], status: int
) -> None:
    assert caller.ask(method, path, b"", **more)[0] == status


def test_who_tries_too_often_waits_a_minute(caller: Caller) -> None:
    for _ in range(TRIES_A_MINUTE):
        assert caller.join()[0] == 400
    assert caller.join()[0] == 429
    assert caller.ask("POST", "/join", REMOTE_ADDR="10.0.0.8")[0] == 400
    caller.desk.later(61)
    assert caller.join()[0] == 400


def test_while_the_database_cannot_be_written_a_station_is_asked_to_come_again(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = caller.desk.codes.issue("paint", None).text

    def locked(**_: Any) -> Any:
        raise StoreError("database is locked")

    monkeypatch.setattr(caller.desk.store, "identities", locked)
    assert caller.join(station="paint", code=code, csr=asked())[0] == 503


def test_further_applications_stand_beside_the_routes(desk: Desk) -> None:
    def releases(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", JSON), ("Content-Length", "2")])
        return [b"{}"]

    caller = Caller(desk)
    caller.door = Door(desk.joining, desk.authority, str, caller.door.throttle, {"releases": releases})
    assert caller.ask("GET", "/releases/7/manifest.json") == (200, {})
    assert caller.ask("GET", "/other")[0] == 404


@pytest.fixture
def served(caller: Caller) -> Iterator[tuple[Listener, int]]:
    """The door over TLS, which knows no clock but the wall's."""
    caller.desk.now_s = time.time()
    authority = caller.desk.authority()
    pem = own.at_door(authority, ["127.0.0.1"], caller.desk.now_ms())
    listener = Listener(caller.door, ("127.0.0.1", 0), pem, own.trusted(authority))
    port = listener.open()
    thread = threading.Thread(target=listener.serve)
    thread.start()
    yield listener, port
    listener.close()
    thread.join()


def get(port: int, context: ssl.SSLContext, path: str = "/certificate") -> tuple[int, dict[str, Any]]:
    with_tls = HTTPSConnection("127.0.0.1", port, context=context, timeout=IDLE_S)
    try:
        with_tls.request("GET", path)
        answer = with_tls.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        with_tls.close()


def context_of(folder: Path, *chain: bytes) -> ssl.SSLContext:
    """Trusts the hub's authority, and shows what `chain` is when there is one."""
    context = ssl.create_default_context(cafile=folder / "hub" / "identity" / "trusted.crt")
    if chain:
        keyfile.write(folder / "own.pem", b"".join(chain))
        context.load_cert_chain(folder / "own.pem")
    return context


def test_over_tls_a_station_is_known_by_its_certificate_and_others_are_nobody(
    desk: Desk, served: tuple[Listener, int], tmp_path: Path
) -> None:
    key, foreign = paper.fresh_key(), paper.fresh_authority(desk.now_ms())
    joined = desk.join(key=asked("paint", key))
    port = served[1]

    assert get(port, context_of(tmp_path, paper.key_pem(key), joined.certificate.encode())) == (
        200,
        {"station": "paint"},
    )
    assert get(port, context_of(tmp_path))[0] == 401

    span_ms = desk.now_ms() - 2 * paper.DAY_MS, desk.now_ms() - 1
    for by in (foreign, desk.authority().signer):  # of somebody else; run out
        bad = paper.client(
            by, "paint", key.public_key(), span_ms if by is not foreign else (span_ms[1], 2 * span_ms[1])
        )
        with pytest.raises((ssl.SSLError, ConnectionError)):
            get(port, context_of(tmp_path, paper.key_pem(key), paper.pem(bad)))


def test_clients_that_say_nothing_hold_nobody_up(
    desk: Desk, served: tuple[Listener, int], tmp_path: Path
) -> None:
    silent = [create_connection(("127.0.0.1", served[1])) for _ in range(3)]
    try:
        assert get(served[1], context_of(tmp_path))[0] == 401
    finally:
        for one in silent:
            one.close()


def test_the_door_shows_another_certificate_while_it_serves(
    desk: Desk, served: tuple[Listener, int], tmp_path: Path
) -> None:
    listener, port = served
    before = context_of(tmp_path)
    authority = desk.authority().begin_next(desk.now_ms()).switch().drop()
    assert get(port, before)[0] == 401

    listener.follow(own.at_door(authority, ["127.0.0.1"], desk.now_ms()), own.trusted(authority))

    assert get(port, context_of(tmp_path))[0] == 401
    with pytest.raises(ssl.SSLCertVerificationError):
        get(port, before)

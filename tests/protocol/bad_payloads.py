"""Payloads that are no signal, each with the error that says why. (name, payload, error)."""

import json
from typing import Any

from kanban_protocol import errors
from kanban_protocol.errors import ProtocolError

ID = "0198f2c4-7c1e-7abc-8def-0123456789ab"
GOOD: dict[str, Any] = {
    "v": 1,
    "id": ID,
    "epoch": "9f2c61d0a7b34e55",
    "seq": 1234,
    "kind": "pull",
    "body": {"loop": "bracket", "slot": 1},
    "boot": "8f64b87a",
    "mono_ms": 912345,
    "wall_ms": 1795446074123,
    "clock": "sync",
    "age_ms": 1870,
    "attempt": 2,
}
TEXT = json.dumps(GOOD)
NULL, ESC, TURN, NO_WIDTH, COMBINING = "\0", "\x1b", "\u202e", "\u200b", "a\u0301"


def but(**fields: Any) -> bytes:
    """The good signal with other fields."""
    return json.dumps({**GOOD, **fields}).encode()


def without(field: str) -> bytes:
    return json.dumps({name: value for name, value in GOOD.items() if name != field}).encode()


def body(kind: str, **fields: Any) -> bytes:
    return but(kind=kind, body=fields)


def padded(size_bytes: int) -> bytes:
    return TEXT.ljust(size_bytes).encode()


def put(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new).encode()


Row = tuple[str, bytes, type[ProtocolError]]

FORM: list[Row] = [
    ("empty", b"", errors.EmptyMessageError),
    ("one byte", b"x", errors.NotJsonError),
    ("2,049 bytes", padded(2_049), errors.TooLargeError),
    ("16,385 bytes", padded(16_385), errors.TooLargeError),
    ("not UTF-8", b'{"v": "\xff"}', errors.NotUtf8Error),
    ("UTF-16 with its mark", TEXT.encode("utf-16"), errors.NotUtf8Error),
    ("UTF-16 without", TEXT.encode("utf-16-le"), errors.NotJsonError),
    ("a byte order mark", b"\xef\xbb\xbf" + TEXT.encode(), errors.NotJsonError),
    ("cut in the middle", TEXT.encode()[:100], errors.NotJsonError),
    ("something after the end", TEXT.encode() + b"x", errors.NotJsonError),
    ("single quotes", b"{'v': 1}", errors.NotJsonError),
    ("a trailing comma", b'{"v": 1,}', errors.NotJsonError),
    ("a control character in a string", b'{"v": 1, "a": "\x01"}', errors.NotJsonError),
    ("5,000 digits", b'{"v": ' + b"9" * 2_000 + b"9}", errors.UnknownVersionError),
    ("a list", b"[]", errors.NotAnObjectError),
    ("a string", b'"pull"', errors.NotAnObjectError),
    ("null", b"null", errors.NotAnObjectError),
    ("a number", b"1", errors.NotAnObjectError),
    ("nested 5 deep", but(body={"a": {"b": {"c": {}}}}), errors.TooDeepError),
    ("nested 900 deep", b'{"a":' + b"[" * 900 + b"]" * 900 + b"}", errors.TooDeepError),
    ("nested 2,000 deep", b"[" * 2_000, errors.TooDeepError),
    ("a key twice", put('"seq": 1234', '"seq": 1234, "seq": 1'), errors.DuplicateKeyError),
    ("a key twice in the body", put('"slot": 1', '"slot": 1, "slot": 2'), errors.DuplicateKeyError),
    ("NaN", put("1234,", "NaN,"), errors.NotANumberError),
    ("Infinity", put("1234,", "Infinity,"), errors.NotANumberError),
    ("-Infinity", put("1234,", "-Infinity,"), errors.NotANumberError),
    ("1e400", put("1234,", "1e400,"), errors.NotANumberError),
    ("a lone surrogate in a value", put("bracket", "\\ud800"), errors.NotUtf8Error),
    ("a lone surrogate in a key", put('"seq"', '"\\udfff"'), errors.NotUtf8Error),
]

NUMBERS: list[Row] = [
    ("seq 2^53", but(seq=2**53), errors.WrongValueError),
    ("seq 2^63", but(seq=2**63), errors.WrongValueError),
    ("seq 2^64", but(seq=2**64), errors.WrongValueError),
    ("seq of 1,500 digits", put("1234,", "9" * 1_500 + ","), errors.WrongValueError),
    ("seq negative", but(seq=-1), errors.WrongValueError),
    ("seq 0", but(seq=0), errors.WrongValueError),
    ("seq 1.0", but(seq=1.0), errors.WrongTypeError),
    ("seq 1e3", put("1234,", "1e3,"), errors.WrongTypeError),
    ("seq true", but(seq=True), errors.WrongTypeError),
    ("seq a string", but(seq="1234"), errors.WrongTypeError),
    ("seq null", but(seq=None), errors.WrongTypeError),
    ("age negative", but(age_ms=-1), errors.WrongValueError),
    ("age over 30 days", but(age_ms=30 * 86_400_000 + 1), errors.WrongValueError),
    ("wall clock before 1970", but(wall_ms=-1), errors.WrongValueError),
    ("wall clock after 9999", but(wall_ms=253_402_300_800_000), errors.WrongValueError),
    ("attempt 0", but(attempt=0), errors.WrongValueError),
    ("slot 0", body("pull", loop="bracket", slot=0), errors.WrongValueError),
    ("slot 9", body("pull", loop="bracket", slot=9), errors.WrongValueError),
]

FIELDS: list[Row] = [
    ("version 0", but(v=0), errors.UnknownVersionError),
    ("version 2", but(v=2), errors.UnknownVersionError),
    ("version 2 with a new form", b'{"v": 2, "new": []}', errors.UnknownVersionError),
    ("version as a string", but(v="1"), errors.UnknownVersionError),
    ("version true", but(v=True), errors.UnknownVersionError),
    ("version 1.0", but(v=1.0), errors.WrongTypeError),
    ("version null", but(v=None), errors.WrongTypeError),
    *[(f"no {name}", without(name), errors.MissingFieldError) for name in GOOD],
    ("an unknown field", but(extra=1), errors.UnknownFieldError),
    ("the station in the payload", but(station="paint"), errors.UnknownFieldError),
    ("an unknown field in the body", body("pull", loop="bracket", extra=1), errors.UnknownFieldError),
    ("a field of another kind", body("pull", loop="bracket", code="x"), errors.UnknownFieldError),
    ("100 unknown fields", body("pull", **{f"k{n}": 1 for n in range(100)}), errors.UnknownFieldError),
    ("no loop", body("pull"), errors.MissingFieldError),
    ("body null", but(body=None), errors.WrongTypeError),
    ("body a list", but(body=[]), errors.WrongTypeError),
    ("an unknown kind", but(kind="push"), errors.WrongValueError),
    ("kind a number", but(kind=1), errors.WrongTypeError),
    ("an unknown clock", but(clock="good"), errors.WrongValueError),
    ("clock a number", but(clock=1), errors.WrongTypeError),
    ("an unknown intent", body("scan", code="x", intent="eat"), errors.WrongValueError),
    ("a fail of nothing", body("fail"), errors.WrongValueError),
    ("a fail of loop and code", body("fail", loop="bracket", code="x"), errors.WrongValueError),
]

IDS: list[Row] = [
    ("epoch too short", but(epoch="9f2c"), errors.BadIdError),
    ("epoch too long", but(epoch="0" * 17), errors.BadIdError),
    ("epoch in upper case", but(epoch="9F2C61D0A7B34E55"), errors.BadIdError),
    ("epoch with a line feed", but(epoch="9f2c61d0a7b34e55\n"), errors.BadIdError),
    ("epoch a number", but(epoch=1), errors.WrongTypeError),
    ("boot too short", but(boot="8f64"), errors.BadIdError),
    ("id in upper case", but(id=ID.upper()), errors.BadIdError),
    ("id in braces", but(id="{" + ID + "}"), errors.BadIdError),
    ("id as a URN", but(id="urn:uuid:" + ID), errors.BadIdError),
    ("id without hyphens", but(id=ID.replace("-", "")), errors.BadIdError),
    ("undo of no id", body("undo", signal="1234"), errors.BadIdError),
    ("loop empty", body("pull", loop=""), errors.BadIdError),
    ("loop in upper case", body("pull", loop="Bracket"), errors.BadIdError),
    ("loop of 33 characters", body("pull", loop="b" * 33), errors.BadIdError),
    ("loop with a line feed", body("pull", loop="bracket\n"), errors.BadIdError),
    ("loop as a path", body("pull", loop="../etc"), errors.BadIdError),
    ("loop with a wildcard", body("pull", loop="+"), errors.BadIdError),
]

_NO_CODE = {
    "empty": "",
    "of 129 characters": "a" * 129,
    "with NUL": NULL,
    "with ESC": ESC,
    "with a turned direction": TURN,
    "with a character of no width": NO_WIDTH,
    "with a combining character": COMBINING,
    "with wide digits": "１２",  # noqa: RUF001 - int() would read these digits as 12
    "with a line feed": "bracket-0003\n",
}
_NO_TEXT = {
    "empty": "",
    "of 81 characters": "a" * 81,
    "with NUL": NULL,
    "with ESC": ESC,
    "with a turned direction": TURN,
    "with a character of no width": NO_WIDTH,
    "with a byte order mark": "\ufeff",
    "with a line separator": "\u2028",
    "with a line feed": "late\n",
}
TEXTS: list[Row] = [
    *[(f"code {name}", body("scan", code=code), errors.WrongValueError) for name, code in _NO_CODE.items()],
    *[(f"topic {name}", body("help", topic=text), errors.WrongValueError) for name, text in _NO_TEXT.items()],
]

ROWS: list[Row] = [*FORM, *NUMBERS, *FIELDS, *IDS, *TEXTS]

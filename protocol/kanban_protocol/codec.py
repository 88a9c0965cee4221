"""Bytes to typed messages and back. Strict: what is not of the contract raises, and says in what way."""

import hashlib
import json
import re
from typing import Any, Final, NoReturn, TypeVar

import msgspec

from kanban_protocol import errors, ids
from kanban_protocol.signals import MAX_SAFE_INTEGER, Signal

MAX_SIGNAL_BYTES: Final = 2_048
# A station with eight slots needs about 3 kB of lamps. A broker's limit is on the whole packet: 1 kB more.
MAX_MESSAGE_BYTES: Final = 16_384
MAX_DEPTH: Final = 4

T = TypeVar("T")

_encoder = msgspec.json.Encoder()
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def encode(message: Any) -> bytes:
    """`message` as JSON.

    Raises `TooLargeError` when no receiver would take it.
    """
    payload = _encoder.encode(message)
    if len(payload) > MAX_MESSAGE_BYTES:
        raise errors.TooLargeError(len(payload), MAX_MESSAGE_BYTES)
    return payload


def decode_signal(payload: bytes) -> Signal:
    """The signal in `payload`, at most 2,048 bytes.

    Raises a `ProtocolError` of the kind that names the fault.
    """
    signal: Signal = decode(Signal, payload, MAX_SIGNAL_BYTES)
    return signal


def decode(form: Any, payload: bytes, limit_bytes: int = MAX_MESSAGE_BYTES) -> Any:
    """The message of type `form` in `payload`.

    Raises a `ProtocolError` of the kind that names the fault.
    """
    check_json(payload, limit_bytes)
    decoder = _decoders.get(form)
    if decoder is None:
        decoder = _decoders[form] = msgspec.json.Decoder(form)
    try:
        return decoder.decode(payload)
    except msgspec.ValidationError as error:
        raise _schema_error(str(error)) from None
    except msgspec.DecodeError as error:
        raise errors.NotJsonError(str(error)) from None


def check_json(payload: bytes, limit_bytes: int = MAX_MESSAGE_BYTES) -> dict[str, Any]:
    """The JSON object in `payload`, after every check that needs no schema but the version's.

    The fast decoder keeps the last of two equal keys in silence, so the keys are looked at here.
    """
    if not payload:
        raise errors.EmptyMessageError("no payload")
    if len(payload) > limit_bytes:
        raise errors.TooLargeError(len(payload), limit_bytes)
    found = _parse(payload)
    if not isinstance(found, dict):
        raise errors.NotAnObjectError(f"a JSON {type(found).__name__}, not an object")
    if _is_deeper(found, MAX_DEPTH):
        raise errors.TooDeepError(f"nested deeper than {MAX_DEPTH}")
    version = found.get("v")
    if version is not None and (isinstance(version, bool) or version != 1):
        raise errors.UnknownVersionError(f"version {version!r:.40}, this program speaks 1")
    return found


def content_digest(signal: Signal) -> bytes:
    """16 bytes that are equal for equal contents.

    The key is left out, so that a signal saved from a damaged outbox is known again under its new key;
    so are `age_ms` and `attempt`, which are of the sending.
    """
    content = msgspec.structs.replace(signal, epoch="0" * 16, seq=1, age_ms=0, attempt=1)
    return hashlib.sha256(_encoder.encode(content)).digest()[:16]


def key_in(payload: bytes) -> tuple[str, int] | None:
    """The (epoch, seq) of a signal that is refused for its form, when at least these two are intact.

    A refusal with a key leaves the sender's outbox; without one it can only be counted here.
    """
    try:
        found = check_json(payload, MAX_MESSAGE_BYTES)
    except errors.UnknownVersionError:
        found = _parse(payload)
    except errors.ProtocolError:
        return None
    epoch, seq = found.get("epoch"), found.get("seq")
    if not isinstance(epoch, str) or not re.search(ids.EPOCH_PATTERN, epoch):
        return None
    if type(seq) is not int or not 1 <= seq <= MAX_SAFE_INTEGER:
        return None
    return epoch, seq


def _parse(payload: bytes) -> Any:
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise errors.NotUtf8Error(f"byte {error.start} is not UTF-8") from None
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise errors.TooDeepError(f"nested deeper than {MAX_DEPTH}") from None
    except errors.ProtocolError:
        raise
    except ValueError as error:  # also an integer of more than 4,300 digits (CPython's limit)
        raise errors.NotJsonError(str(error)) from None
    _no_lone_surrogate(payload, text)
    return found


def _no_lone_surrogate(payload: bytes, text: str) -> None:
    # "\ud800" alone is valid JSON and no text: neither UTF-8 nor SQLite can hold it.
    if b"\\u" not in payload and b"\\U" not in payload:
        return
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise errors.NotUtf8Error("a lone surrogate escape") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise errors.DuplicateKeyError(f"key {twice!r:.40} stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise errors.NotANumberError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise errors.NotANumberError(f"{text:.40} is beyond every float")
    return number


def _is_deeper(value: Any, levels: int) -> bool:
    # Looks no further down than the limit: what the parser survived could still exhaust the stack here.
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(element, levels - 1) for element in inner)


# The schema library names a fault in its text only; the test of this table fails when the texts change.
_FAULTS: Final = (
    ("Object contains unknown field", errors.UnknownFieldError),
    ("Object missing required field", errors.MissingFieldError),
    ("Expected `str` matching regex", errors.WrongValueError),
    ("Expected `str` of length", errors.WrongValueError),
    ("Expected `int` >=", errors.WrongValueError),
    ("Expected `int` <=", errors.WrongValueError),
    ("Expected `float` ", errors.WrongValueError),
    ("Expected `array` of length", errors.WrongValueError),
    ("Expected `object` of length", errors.WrongValueError),
    ("Invalid enum value", errors.WrongValueError),
    ("Invalid value", errors.WrongValueError),
    ("Expected", errors.WrongTypeError),
)


def _schema_error(text: str) -> errors.SchemaError:
    if any(f"regex {pattern!r}" in text for pattern in ids.ID_PATTERNS):
        return errors.BadIdError(text)
    kind = next((kind for start, kind in _FAULTS if text.startswith(start)), errors.WrongValueError)
    return kind(text)

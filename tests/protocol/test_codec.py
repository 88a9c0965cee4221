import contextlib
import json
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import Meta

from kanban_protocol import codec, errors, examples
from kanban_protocol.signals import SIGNAL_TYPES, Pull, Scan, Signal
from tests.protocol.bad_payloads import GOOD, ROWS, TEXT, but, padded, put
from tests.protocol.strategies import ALL_TYPES, json_values, signals_of_any_kind, values

NAMES = [name for name, _, _ in ROWS]
# A slow machine is no failure, so there is no deadline.
some = settings(deadline=None, max_examples=40)
many = settings(deadline=None, max_examples=100)
SENDING = {"epoch": "0" * 16, "seq": 1, "age_ms": 0, "attempt": 1}


@pytest.mark.parametrize(("name", "payload", "error"), ROWS, ids=NAMES)
def test_bad_input_raises_the_error_that_names_it(
    name: str, payload: bytes, error: type[errors.ProtocolError]
) -> None:
    with pytest.raises(errors.ProtocolError) as caught:
        codec.decode_signal(payload)
    assert type(caught.value) is error


def test_no_two_rows_of_bad_input_share_a_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    "payload",
    [
        padded(2_048),
        but(wall_ms=0),
        but(wall_ms=253_402_300_799_999),
        but(seq=10**9),
        but(age_ms=30 * 86_400_000),
        but(seq=2**53 - 1),
        but(kind="help", body={"topic": "Zu spät: Ä́\U0001f600"}),
        but(kind="scan", body={"code": "[)>\x1e06\x1d15Kbracket-0003\x1e\x04"}),
        but(kind="scan", body={"code": "'; DROP TABLE cards;--"}),
        put("bracket", "\\u0062racket"),
    ],
)
def test_odd_but_allowed_input_is_taken(payload: bytes) -> None:
    codec.decode_signal(payload)


@pytest.mark.parametrize("form", ALL_TYPES)
@some
@given(data=st.data())
def test_what_is_encoded_decodes_to_the_same(form: type[Any], data: st.DataObject) -> None:
    message = data.draw(values(form))
    assert codec.decode(form, codec.encode(message)) == message


@many
@given(signals_of_any_kind())
def test_a_signal_decodes_to_its_own_kind_and_fits(signal: Signal) -> None:
    assert codec.decode_signal(codec.encode(signal)) == signal


@many
@given(st.binary(max_size=200) | json_values().map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_only_a_protocol_error_is_raised(payload: bytes) -> None:
    for form in (Signal, *ALL_TYPES):
        with contextlib.suppress(errors.ProtocolError):
            codec.decode(form, payload)
    codec.key_in(payload)


@many
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 255))
def test_one_damaged_byte_raises_only_a_protocol_error(place: int, byte: int) -> None:
    payload = bytearray(TEXT.encode())
    payload[place] = byte
    with contextlib.suppress(errors.ProtocolError):
        codec.decode_signal(bytes(payload))


@pytest.mark.parametrize("depth", [5, 100, 900, 990, 1_000, 5_000, 8_000])
def test_deep_nesting_never_exhausts_the_stack(depth: int) -> None:
    with pytest.raises(errors.TooDeepError):
        codec.check_json(b'{"a":' + b"[" * depth + b"]" * depth + b"}", 20_000)


def test_a_number_of_more_digits_than_python_reads_is_no_json() -> None:
    with pytest.raises(errors.NotJsonError):
        codec.check_json(b'{"v": ' + b"9" * 5_000 + b"}")


def test_a_message_too_large_for_every_receiver_is_not_encoded() -> None:
    with pytest.raises(errors.TooLargeError) as caught:
        codec.encode({"v": 1, "text": "x" * codec.MAX_MESSAGE_BYTES})
    assert caught.value.limit_bytes == codec.MAX_MESSAGE_BYTES
    assert caught.value.size_bytes > codec.MAX_MESSAGE_BYTES


@many
@given(signals_of_any_kind(), signals_of_any_kind())
def test_digests_are_equal_iff_the_contents_are(one: Signal, other: Signal) -> None:
    is_same = msgspec.structs.replace(one, **SENDING) == msgspec.structs.replace(other, **SENDING)
    assert (codec.content_digest(one) == codec.content_digest(other)) is is_same


@many
@given(signals_of_any_kind(), st.integers(1, 99), st.integers(0, 99), st.integers(1, 99))
def test_key_and_sending_are_no_part_of_the_content(
    signal: Signal, seq: int, age_ms: int, attempt: int
) -> None:
    again = msgspec.structs.replace(signal, epoch="f" * 16, seq=seq, age_ms=age_ms, attempt=attempt)
    assert codec.content_digest(again) == codec.content_digest(signal)


@pytest.mark.parametrize(
    "field", [field for field in GOOD if field not in (*SENDING, "v", "kind", "body", "clock")]
)
@some
@given(data=st.data())
def test_every_other_field_is_part_of_the_content(field: str, data: st.DataObject) -> None:
    signal = codec.decode_signal(TEXT.encode())
    kind = next(each.type for each in msgspec.structs.fields(Pull) if each.name == field)
    value = data.draw(values(kind))
    assume(value != getattr(signal, field))
    other = msgspec.structs.replace(signal, **{field: value})
    assert codec.content_digest(other) != codec.content_digest(signal)


def test_a_default_written_out_is_the_same_content() -> None:
    short = codec.decode_signal(but(kind="scan", body={"code": "x"}))
    written_out = codec.decode_signal(but(kind="scan", body={"code": "x", "intent": "next"}))
    assert isinstance(short, Scan)
    assert codec.content_digest(short) == codec.content_digest(written_out)


@pytest.mark.parametrize("payload", [but(x=1), but(v=2), but(kind="push"), but(body={}), but(id="x")])
def test_the_key_of_a_bad_signal_is_still_read(payload: bytes) -> None:
    assert codec.key_in(payload) == ("9f2c61d0a7b34e55", 1234)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"{}",
        but(epoch="9F2C61D0A7B34E55"),
        but(epoch=None),
        but(seq=0),
        but(seq=True),
        but(seq=2**53),
        put('"seq": 1234', '"seq": 1, "seq": 1'),
    ],
)
def test_no_key_is_read_that_is_not_whole(payload: bytes) -> None:
    assert codec.key_in(payload) is None


@pytest.mark.parametrize(
    ("form", "payload", "start"),
    [
        (Signal, but(x=1), "Object contains unknown field"),
        (Signal, b'{"v": 1}', "Object missing required field"),
        (Signal, but(epoch="x"), "Expected `str` matching regex '^[0-9a-f]{16}$(?!\\\\n)'"),
        (Signal, but(kind="scan", body={"code": ""}), "Expected `str` of length"),
        (Signal, but(seq=0), "Expected `int` >="),
        (Signal, but(seq=2**53), "Expected `int` <="),
        (float, b"{}", "Expected `float`, got"),
        (Annotated[float, Meta(ge=1)], b"0.5", "Expected `float` >="),
        (Annotated[list[int], Meta(max_length=1)], b"[1, 2]", "Expected `array` of length"),
        (Annotated[dict[str, int], Meta(min_length=1)], b"{}", "Expected `object` of length"),
        (Signal, but(clock="x"), "Invalid enum value"),
        (Signal, but(kind="x"), "Invalid value"),
        (Signal, but(seq="1"), "Expected `int`, got `str`"),
    ],
)
def test_the_texts_that_name_a_fault_are_still_those_of_the_schema_library(
    form: Any, payload: bytes, start: str
) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.Decoder(form).decode(payload)
    assert str(caught.value).startswith(start)


@pytest.mark.parametrize("signal", examples.SIGNALS)
def test_there_is_an_example_of_every_kind_of_signal(signal: Signal) -> None:
    assert type(signal) in SIGNAL_TYPES
    assert codec.decode_signal(codec.encode(signal)) == signal

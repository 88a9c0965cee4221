import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.framer import LIMIT_BYTES, Frame, Framer
from kanban_hardware.inputs import Scanned, Unreadable, UnreadableReason

TOO_LONG = Unreadable(UnreadableReason.TOO_LONG, 1.0)
INCOMPLETE = UnreadableReason.INCOMPLETE
CHARACTERS = Unreadable(UnreadableReason.CHARACTERS, 1.0)


def frames(data: bytes, terminator: str = "line") -> list[Frame]:
    return Framer(terminator).feed(data, 1.0)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n"])
def test_every_usual_line_end_ends_a_code_once(end: bytes) -> None:
    assert frames(b"BRACKET-0001" + end) == [Scanned("BRACKET-0001", 1.0)]


def test_empty_lines_and_blank_lines_vanish() -> None:
    assert frames(b"\r\n\r\n   \r\n\t\r\n") == []


def test_two_codes_in_one_read_are_two_codes() -> None:
    assert frames(b"A1\rA2\r\n") == [Scanned("A1", 1.0), Scanned("A2", 1.0)]


@pytest.mark.parametrize("prefix", [b"]C1", b"]Q3", b"]d2", b"]C0"])
def test_the_aim_prefix_is_stripped(prefix: bytes) -> None:
    assert frames(prefix + b"BRACKET-0001\r") == [Scanned("BRACKET-0001", 1.0)]


def test_blanks_around_a_code_are_stripped_and_those_within_kept() -> None:
    assert frames(b"  BRACKET 0001 \t\r") == [Scanned("BRACKET 0001", 1.0)]


def test_an_iso_15434_envelope_passes_whole() -> None:
    envelope = "[)>\x1e06\x1dPBRACKET\x1dQ20\x1e\x04"
    assert frames(envelope.encode() + b"\r") == [Scanned(envelope, 1.0)]


@pytest.mark.parametrize("byte", [b"\x00", b"\x1b", b"\x7f", b"\x80", b"\xff", b"\x09"])
def test_any_other_character_within_a_code_makes_it_unreadable(byte: bytes) -> None:
    assert frames(b"AB" + byte + b"CD\r") == [CHARACTERS]


def test_a_code_of_the_limit_passes_and_one_byte_more_does_not() -> None:
    assert frames(b"A" * LIMIT_BYTES + b"\r") == [Scanned("A" * LIMIT_BYTES, 1.0)]
    assert frames(b"A" * (LIMIT_BYTES + 1) + b"\r") == [TOO_LONG]


def test_a_flood_without_an_end_is_reported_once_and_the_next_code_is_read() -> None:
    framer = Framer()
    found = [frame for _ in range(256) for frame in framer.feed(b"x" * 4096, 1.0)]
    assert found == [TOO_LONG]
    assert framer.feed(b"x\rB2\r", 1.0) == [Scanned("B2", 1.0)]


def test_a_flood_that_stops_without_an_end_does_not_take_the_next_code_with_it() -> None:
    framer = Framer()
    framer.feed(b"x" * 4096, 1.0)
    assert framer.expire(2.0) == []
    assert framer.feed(b"B2\r", 5.0) == [Scanned("B2", 5.0)]


def test_a_line_without_an_end_is_incomplete_after_a_second() -> None:
    framer = Framer()
    framer.feed(b"BRACK", 1.0)
    assert framer.expire(1.9) == []
    assert framer.expire(2.0) == [Unreadable(INCOMPLETE, 2.0)]
    assert framer.expire(9.0) == []


def test_a_code_that_comes_in_slow_parts_is_one_code() -> None:
    framer = Framer()
    assert framer.feed(b"KB-00", 1.0) + framer.expire(1.5) == []
    assert framer.feed(b"1234\r", 1.6) == [Scanned("KB-001234", 1.6)]


def test_a_cut_off_line_is_not_joined_to_a_code_long_after() -> None:
    framer = Framer()
    framer.feed(b"KB-00", 1.0)
    assert framer.feed(b"KB-001234\r", 9.0) == [Unreadable(INCOMPLETE, 9.0), Scanned("KB-001234", 9.0)]


def test_in_gap_mode_silence_ends_a_code() -> None:
    framer = Framer("gap")
    assert framer.feed(b"A1", 1.0) + framer.expire(1.05) == []
    assert framer.expire(1.125) == [Scanned("A1", 1.125)]
    assert framer.expire(9.0) == []


def test_in_gap_mode_a_line_end_ends_a_code_at_once() -> None:
    assert frames(b"A1\r\n", "gap") == [Scanned("A1", 1.0)]


def test_in_gap_mode_a_flood_is_reported_once_and_ends_with_silence() -> None:
    framer = Framer("gap")
    assert framer.feed(b"x" * 4096, 1.0) == [TOO_LONG]
    assert framer.expire(1.5) == []
    assert framer.feed(b"A1", 2.0) + framer.expire(3.0) == [Scanned("A1", 3.0)]


def test_what_was_begun_can_be_dropped() -> None:
    framer = Framer()
    framer.feed(b"BRACK", 1.0)
    framer.drop()
    assert framer.feed(b"A1\r", 1.1) == [Scanned("A1", 1.1)]


@st.composite
def split(draw: st.DrawFn, data: bytes) -> list[bytes]:
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]


streams = st.lists(
    st.one_of(
        st.binary(max_size=200), st.sampled_from([b"A1\r", b"]C1B2\r\n", b"\n", b"x" * 129, b"x" * 128])
    )
).map(b"".join)


@given(st.data(), streams, st.sampled_from(["line", "gap"]))
def test_however_the_stream_is_split_the_codes_are_the_same(
    data: st.DataObject, stream: bytes, terminator: str
) -> None:
    framer = Framer(terminator)
    parts = data.draw(split(stream))
    assert [frame for part in parts for frame in framer.feed(part, 1.0)] == frames(stream, terminator)


@given(streams)
def test_a_code_is_short_and_printable_whatever_comes(stream: bytes) -> None:
    for frame in frames(stream + b"\r"):
        if isinstance(frame, Scanned):
            assert 0 < len(frame.code) <= LIMIT_BYTES
            assert all(" " <= character <= "~" or character in "\x1d\x1e\x04" for character in frame.code)

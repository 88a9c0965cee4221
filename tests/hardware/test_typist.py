"""Keys as the kernel reports them, typed by scanners that are set to several languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.framer import Framer
from kanban_hardware.inputs import Scanned, Unreadable
from kanban_hardware.keymap import KEYMAPS
from kanban_hardware.typist import KeyEvent as Key
from kanban_hardware.typist import Typist
from tests.hardware.keys import CAPS, DROPPED, ENTER, REPORT, down, typed, up

GS = "\x1d"


def read(events: list[Key], keymap: str = "us") -> list[str]:
    """The codes that come out at the end, unreadable ones as their reason."""
    typist, framer = Typist(keymap), Framer()
    frames = []
    for event in events:
        letters = typist.feed(event)
        frames += framer.spoil(1.0) if letters is None else framer.feed(letters, 1.0)
    return [frame.code if isinstance(frame, Scanned) else frame.reason.value for frame in frames]


@pytest.mark.parametrize("keymap", KEYMAPS)
@given(code=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40))
def test_what_a_scanner_types_in_its_language_is_what_it_has_read(keymap: str, code: str) -> None:
    known = {letter for key in KEYMAPS[keymap].values() for letter in key}
    code = "".join(letter for letter in code if letter in known) or "A"
    framed = Framer().feed(code.encode() + b"\r", 1.0)
    assert read(typed(code, keymap), keymap) == [frame.code for frame in framed if isinstance(frame, Scanned)]


@pytest.mark.parametrize("keymap", KEYMAPS)
def test_every_letter_of_a_card_number_can_be_typed(keymap: str) -> None:
    known = {letter for key in KEYMAPS[keymap].values() for letter in key}
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:/.$%+* []()") <= known


def test_a_scanner_set_to_german_read_as_american_shows_the_known_swaps() -> None:
    assert read(typed("XYZ-0001", "de"), "us") == ["XZY/0001"]
    assert read(typed("XYZ-0001", "us"), "de") != ["XYZ-0001"]


def test_caps_lock_turns_letters_and_no_digits() -> None:
    assert read([down(CAPS), up(CAPS), *typed("bracket-0001", "us")]) == ["BRACKET-0001"]
    assert read([*[down(CAPS), up(CAPS)] * 2, *typed("b-1", "us")]) == ["b-1"]


def test_shift_over_caps_lock_gives_small_letters() -> None:
    assert read([down(CAPS), up(CAPS), *typed("AB", "us")]) == ["ab"]


def test_a_separator_of_gs1_is_typed_as_control_and_a_bracket() -> None:
    bracket, control = 27, 29
    events = [
        *typed("01A", "us")[:-2],
        down(control),
        down(bracket),
        up(bracket),
        up(control),
        *typed("10B", "us"),
    ]
    assert read(events) == [f"01A{GS}10B"]


def test_the_keypad_types_digits() -> None:
    assert read([down(79), up(79), down(80), up(80), down(96), up(96)]) == ["12"]


def test_a_key_that_repeats_by_itself_types_once() -> None:
    assert read([down(30), Key(1, 30, 2), Key(1, 30, 2), up(30), down(ENTER)]) == ["a"]


def test_a_letter_that_no_code_has_is_unreadable() -> None:
    assert read([down(26), up(26), *typed("A", "de")], "de") == ["characters"]


def test_a_code_of_which_the_kernel_lost_keys_is_unreadable_once_and_the_next_is_read() -> None:
    code = typed("BRACKET-0001", "us")
    broken = [*code[:5], DROPPED, *code[5:7], REPORT, *code[9:14], DROPPED, REPORT, *code[14:]]
    assert read([*broken, *typed("BRACKET-0002", "us")]) == ["incomplete", "BRACKET-0002"]


def test_a_shift_whose_end_was_lost_does_not_stay() -> None:
    assert read([down(42), DROPPED, REPORT, down(ENTER), *typed("a1", "us")]) == ["incomplete", "a1"]


def test_what_is_no_key_types_nothing() -> None:
    scan_code, led = Key(4, 4, 458756), Key(17, 1, 1)
    assert read([scan_code, led, down(59), *typed("A", "us")]) == ["A"]


def test_unreadable_is_told_as_such() -> None:
    assert isinstance(Framer().spoil(1.0)[0], Unreadable)

import json

import pytest

from kanban_simulator.errors import BadRequestError
from kanban_simulator.form import MAX_BODY_BYTES, Hand, Press, Scan, Switch, read


def flaws(form: type, body: bytes) -> list[str]:
    with pytest.raises(BadRequestError) as caught:
        read(form, body)
    return [flaw.where for flaw in caught.value.flaws]


def test_a_press_is_read_and_holds_for_100_ms_where_nothing_is_said() -> None:
    assert read(Press, b'{"slot": 1, "hold_ms": 2500}') == Press(1, 2500)
    assert read(Press, b'{"slot": 8}') == Press(8, 100)
    assert read(Hand, b"{}") == Hand(100)


def test_all_flaws_of_a_body_are_told_at_once() -> None:
    assert flaws(Press, b'{"slot": "1", "hold_ms": 0, "colour": "red"}') == ["colour", "hold_ms", "slot"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"1",
        b"[]",
        b"null",
        b"{",
        b'{"slot": 1, "slot": 2}',
        b'{"slot": NaN}',
        b"\xff",
        b'{"slot": ' + b"1" * MAX_BODY_BYTES + b"}",
    ],
)
def test_what_is_no_closed_json_object_is_one_flaw_of_the_whole(body: bytes) -> None:
    assert flaws(Press, body) == [""]


@pytest.mark.parametrize("slot", [0, 9, -1, 1.5, True, None, "1", [1]])
def test_a_slot_is_a_whole_number_from_1_to_8(slot: object) -> None:
    assert flaws(Press, json.dumps({"slot": slot}).encode()) == ["slot"]


@pytest.mark.parametrize("hold_ms", [0, -1, 60_001, 0.5, "100", None])
def test_a_hold_is_at_most_a_minute(hold_ms: object) -> None:
    assert flaws(Press, json.dumps({"slot": 1, "hold_ms": hold_ms}).encode()) == ["hold_ms"]


@pytest.mark.parametrize("on", [0, 1, "true", None])
def test_a_switch_is_on_or_off_and_nothing_like_it(on: object) -> None:
    assert flaws(Switch, json.dumps({"on": on}).encode()) == ["on"]


@pytest.mark.parametrize("code", ["", "a\r", "a\nb", "a\n", "x" * 1_025, 7])
def test_a_code_has_no_end_inside_and_a_limit(code: object) -> None:
    assert flaws(Scan, json.dumps({"code": code}).encode()) == ["code"]


def test_a_code_may_be_unreadable_because_scanners_send_such() -> None:
    assert read(Scan, '{"code": "\\u0004 ü"}'.encode()).code == "\x04 ü"

import json

import msgspec
import pytest

from kanban_protocol import codec, signals
from kanban_protocol.examples import SIGNALS
from tests.protocol.bad_payloads import GOOD, TEXT, but


def test_a_signal_as_the_contract_shows_it_decodes_to_the_letter() -> None:
    signal = codec.decode_signal(TEXT.encode())
    assert signal == signals.Pull(
        v=1,
        id="0198f2c4-7c1e-7abc-8def-0123456789ab",
        epoch="9f2c61d0a7b34e55",
        seq=1234,
        body=signals.PullBody(loop="bracket", slot=1),
        boot="8f64b87a",
        mono_ms=912345,
        wall_ms=1795446074123,
        clock=signals.Clock.SYNC,
        age_ms=1870,
        attempt=2,
    )
    assert json.loads(codec.encode(signal)) == GOOD


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("pull", {"loop": "bracket"}),
        ("pull", {"loop": "bracket", "slot": 8}),
        ("advance", {"loop": "bracket"}),
        ("advance", {"loop": "bracket", "slot": 1}),
        ("scan", {"code": "bracket-0003-K"}),
        *[("scan", {"code": "x", "intent": intent}) for intent in ("fail", "undo", "receive")],
        ("fail", {"loop": "bracket"}),
        ("fail", {"code": "bracket-0003", "defect": "Paint runs", "lot": "A-778"}),
        ("cannot", {"loop": "bracket"}),
        ("cannot", {"loop": "bracket", "reason": "No steel"}),
        ("help", {}),
        ("help", {"topic": "Forklift"}),
        ("undo", {"signal": "0198f2c4-7c1e-7abc-8def-0123456789ab"}),
    ],
)
def test_every_kind_takes_its_body_and_sends_it_again_unchanged(kind: str, body: dict[str, object]) -> None:
    signal = codec.decode_signal(but(kind=kind, body=body))
    assert type(signal) is signals.KINDS[kind]
    assert json.loads(codec.encode(signal)) == {**GOOD, "kind": kind, "body": body}


def test_the_kinds_are_a_closed_list() -> None:
    assert list(signals.KINDS) == ["pull", "advance", "scan", "fail", "cannot", "help", "undo"]


def test_there_is_one_example_of_each_kind() -> None:
    assert tuple(type(signal) for signal in SIGNALS) == signals.SIGNAL_TYPES


def test_a_signal_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        setattr(SIGNALS[0], "seq", 1)  # noqa: B010 - written plainly the type checker would refuse it


def test_the_largest_signal_fits_its_limit() -> None:
    widest = "\U0001f4a5" * 80
    body = signals.FailBody(code="\\" * 128, defect=widest, lot=widest)
    fields = {name: getattr(SIGNALS[3], name) for name in SIGNALS[3].__struct_fields__}
    fields |= {"body": body, "seq": 2**53 - 1, "mono_ms": 2**53 - 1, "attempt": 1_000_000}
    payload = codec.encode(signals.Fail(**fields))
    assert len(payload) <= codec.MAX_SIGNAL_BYTES
    assert codec.decode_signal(payload) == signals.Fail(**fields)


def test_a_fail_names_exactly_one_container() -> None:
    with pytest.raises(ValueError, match="either"):
        signals.FailBody()
    with pytest.raises(ValueError, match="either"):
        msgspec.structs.replace(signals.FailBody(loop="bracket"), code="x")

import json
from typing import Any

import pytest

from kanban_protocol import codec, errors, messages
from kanban_protocol.examples import MESSAGES, example_of
from kanban_protocol.messages import LampPattern, ReceiptStatus

STATUS = '{"v":1,"online":true,"boot":"8f64b87a","connection":7,"firmware":"0.3.0"}'
SHOWN = '{"v":1,"epoch":"b1c2d3e4f5061728","revision":42,"lamps":{"1":"slow","red":"off"}}'
SYNC = '{"v":1,"epochs":{"9f2c61d0a7b34e55":1234}}'
HUB = '{"v":1,"online":true,"epoch":"b1c2d3e4f5061728","boot":"c0ffee12"}'
RECEIPTS = """
{"v": 1, "epoch": "9f2c61d0a7b34e55",
 "signals": [{"seq": 1234, "status": "accepted", "card": "bracket-0003", "state": "requested"},
             {"seq": 1235, "status": "already", "text": "Already asked for: 4 of 4 on the way"},
             {"seq": 1236, "status": "refused", "reason": "unknown_card", "text": "Card not known here"}]}
"""
LAMPS = """
{"v": 1, "epoch": "b1c2d3e4f5061728", "revision": 42, "as_of": 1795446074123,
 "slots": {"1": "slow"}, "stack": {"red": "off", "amber": "slow", "green": "off"},
 "because": ["0198f2c4-7c1e-7abc-8def-0123456789ab"],
 "display": [{"slot": 1, "text": "Bracket, left: 3 asked, oldest 12 min"}]}
"""


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (messages.StationStatus, STATUS),
        (messages.ShownLamps, SHOWN),
        (messages.Sync, SYNC),
        (messages.HubStatus, HUB),
        (messages.Receipts, RECEIPTS),
        (messages.LampState, LAMPS),
    ],
)
def test_a_message_as_the_contract_shows_it_decodes_to_the_letter(form: type[Any], text: str) -> None:
    message = codec.decode(form, text.encode())
    assert json.loads(codec.encode(message)) == json.loads(text)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_every_example_decodes_to_itself(message: messages.Message) -> None:
    assert codec.decode(type(message), codec.encode(message)) == message


def test_there_is_one_example_of_every_message() -> None:
    assert {type(message) for message in MESSAGES} == set(messages.Message.__subclasses__())
    assert len(MESSAGES) == len(messages.Message.__subclasses__())


def test_an_example_is_found_by_its_type() -> None:
    assert isinstance(example_of(messages.Sync), messages.Sync)


def test_the_lists_of_patterns_and_receipts_are_closed() -> None:
    assert list(LampPattern) == ["off", "slow", "on", "fast", "double"]
    assert list(ReceiptStatus) == ["accepted", "already", "refused"]


def altered(text: str, *path: str | int, to: Any) -> bytes:
    """The JSON of `text` with another value at `path`."""
    found = inner = json.loads(text)
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("form", "payload", "error"),
    [
        (messages.LampState, altered(LAMPS, "slots", "1", to="blink"), errors.WrongValueError),
        (messages.LampState, altered(LAMPS, "slots", "9", to="on"), errors.WrongValueError),
        (messages.LampState, altered(LAMPS, "slots", to={str(n): "on" for n in range(999)}), None),
        (messages.LampState, altered(LAMPS, "stack", "blue", to="on"), errors.UnknownFieldError),
        (messages.LampState, altered(LAMPS, "revision", to=-1), errors.WrongValueError),
        (messages.LampState, altered(LAMPS, "because", to=["x"]), errors.BadIdError),
        (messages.LampState, altered(LAMPS, "because", to=[json.loads(LAMPS)["because"][0]] * 33), None),
        (messages.LampState, altered(LAMPS, "epoch", to="B1C2D3E4F5061728"), errors.BadIdError),
        (messages.ShownLamps, altered(SHOWN, "lamps", "violet", to="on"), errors.WrongValueError),
        (messages.Receipts, altered(RECEIPTS, "signals", to=[]), errors.WrongValueError),
        (
            messages.Receipts,
            altered(RECEIPTS, "signals", to=[{"seq": n, "status": "already"} for n in range(1, 66)]),
            errors.WrongValueError,
        ),
        (messages.Receipts, altered(RECEIPTS, "signals", 2, "reason", to="mood"), errors.WrongValueError),
        (messages.Receipts, altered(RECEIPTS, "signals", 0, "card", to="bracket"), errors.BadIdError),
        (messages.Sync, altered(SYNC, "epochs", "x", to=1), errors.BadIdError),
        (messages.Sync, altered(SYNC, "epochs", "9f2c61d0a7b34e55", to=-1), errors.WrongValueError),
        (messages.Command, b'{"v": 1, "command": "reboot"}', errors.SchemaError),
        (messages.StationStatus, altered(STATUS, "connection", to=True), errors.WrongTypeError),
        (messages.HubStatus, altered(HUB, "v", to=2), errors.UnknownVersionError),
        (messages.HubStatus, b"", errors.EmptyMessageError),
    ],
)
def test_a_message_out_of_its_form_is_refused(
    form: type[Any], payload: bytes, error: type[errors.ProtocolError] | None
) -> None:
    with pytest.raises(error or errors.WrongValueError):
        codec.decode(form, payload)

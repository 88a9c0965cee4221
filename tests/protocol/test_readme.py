"""The README's examples and tables against the types."""

import re
from pathlib import Path

import pytest

from kanban_protocol import messages
from kanban_protocol.codec import decode, decode_signal, encode
from kanban_protocol.refusals import TEXTS
from kanban_protocol.signals import KINDS, Pull
from kanban_protocol.topics import Address, Topics

PAGE = (Path(__file__).parents[2] / "protocol" / "README.md").read_text()
SIGNAL = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]
EXAMPLES = dict(re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL))


def test_the_signal_decodes() -> None:
    assert isinstance(decode_signal(SIGNAL.encode()), Pull)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_decodes_and_comes_back_the_same(name: str) -> None:
    form = getattr(messages, name)

    message = decode(form, EXAMPLES[name].encode())

    assert decode(form, encode(message)) == message


def test_every_message_has_an_example() -> None:
    bases = {messages.Message}
    forms = {form.__name__ for form in messages.Message.__subclasses__()} - {base.__name__ for base in bases}

    assert forms == set(EXAMPLES)


def test_every_topic_of_the_table_is_one() -> None:
    rows = re.findall(r"^\| `(kanban/v1/[^`]+)` \|", PAGE, re.MULTILINE)
    read = [Topics("plant").read(row.format(site="plant", station="paint")) for row in rows]

    assert len(rows) == 11
    assert all(isinstance(address, Address) for address in read)


def test_the_tables_of_kinds_and_refusals_are_the_types() -> None:
    kinds = re.findall(r"^\| `(\w+)` \| .* \| .* \|$", PAGE.split("## The other messages")[0], re.MULTILINE)
    refusals = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", PAGE.split("## Refusals")[1], re.MULTILINE))

    assert kinds == list(KINDS)
    assert refusals == {reason.value: text for reason, text in TEXTS.items()}

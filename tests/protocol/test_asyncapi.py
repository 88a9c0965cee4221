"""The committed document is the one that the types give, and it hangs together."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kanban_protocol import asyncapi
from kanban_protocol.topics import ROOT, Down, Hub, Topics, Up
from tests.protocol.test_readme import EXAMPLES, SIGNAL

FILE = Path(__file__).parents[2] / "protocol" / "asyncapi.json"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key == "$ref")
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_committed_document_is_current() -> None:
    assert FILE.read_text() == asyncapi.text(), (
        "run: python -m kanban_protocol.asyncapi > protocol/asyncapi.json"
    )


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi.document()
    for reference in _references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_topic_is_a_channel() -> None:
    topics = Topics("plant")
    built = [topics.up("paint", up) for up in Up] + [topics.down("paint", down) for down in Down]
    built += [topics.hub(hub) for hub in Hub]

    addresses = [channel.address.format(site="plant", station="paint") for channel in asyncapi.CHANNELS]

    assert sorted(addresses) == sorted(built)
    assert all(address.startswith(ROOT) for address in addresses)


@pytest.mark.parametrize("name", [*EXAMPLES, "Pull"])
def test_the_examples_fit_their_schemas(name: str) -> None:
    example = SIGNAL if name == "Pull" else EXAMPLES[name]
    document = asyncapi.document()
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}

    jsonschema.Draft202012Validator(schema).validate(json.loads(example))

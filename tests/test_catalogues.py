"""Every language is complete: all texts of the code, none empty or doubtful, each with all its values."""

import io
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from kanban_protocol.catalogue import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
RUN = runpy.run_path(str(ROOT / "run"), run_name="run")
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
ROWS = [(folder, language) for folder in RUN["SPEAKING"] for language in TRANSLATED]
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")


def po_file(folder: str, language: str) -> Path:
    return ROOT / folder / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(folder: str, language: str) -> Catalog:
    """Read once for all that look at it: nothing here changes it."""
    with po_file(folder, language).open("rb") as file:
        return read_po(file, locale=language)


def texts(found: Catalog) -> Iterator[Message]:
    """All but the head."""
    return (message for message in found if message.id)


def key(message: Message) -> tuple[object, str | None]:
    return tuple(message.id) if isinstance(message.id, list) else message.id, message.context


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[object, str | None]]]:
    """The texts that stand in the code, as `./run messages` gathers them."""
    made = {}
    for number, (folder, packages) in enumerate(RUN["SPEAKING"].items()):
        template = tmp_path_factory.mktemp("texts") / f"{number}.pot"
        extract = [
            "extract",
            "--mapping-file",
            "pyproject.toml",
            *RUN["MARKS"],
            "--output",
            str(template),
        ]
        command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *extract, *packages]
        subprocess.run(command, check=True, cwd=ROOT)
        with template.open("rb") as file:
            made[folder] = {key(message) for message in texts(read_po(file))}
    return made


def test_every_language_that_is_offered_has_catalogues() -> None:
    assert set(RUN["LANGUAGES"]) == set(TRANSLATED)
    assert [str(po_file(*row)) for row in ROWS if not po_file(*row).exists()] == []


@pytest.mark.parametrize(("folder", "language"), ROWS)
def test_the_texts_of_a_catalogue_are_those_of_the_code(
    folder: str, language: str, extracted: dict[str, set[tuple[object, str | None]]]
) -> None:
    found = {key(message) for message in texts(catalogue(folder, language))}

    assert extracted[folder] - found == set(), "not in the catalogue: ./run messages"
    assert found - extracted[folder] == set(), "no longer in the code: ./run messages"


@pytest.mark.parametrize(("folder", "language"), ROWS)
def test_no_text_is_empty_or_doubtful(folder: str, language: str) -> None:
    open_texts = [
        message.id
        for message in texts(catalogue(folder, language))
        if message.fuzzy or not all(_strings(message))
    ]

    assert open_texts == []


@pytest.mark.parametrize(("folder", "language"), ROWS)
def test_every_translation_keeps_the_places_for_values(folder: str, language: str) -> None:
    """A form for one thing may say it without its number; the others say all."""
    wrong = [message.id for message in texts(catalogue(folder, language)) if not _keeps_places(message)]

    assert wrong == []


@pytest.mark.parametrize(("folder", "language"), ROWS)
def test_every_count_has_all_forms_that_the_language_has(folder: str, language: str) -> None:
    found, forms = catalogue(folder, language), get_plural(language).num_plurals
    counted = [message for message in texts(found) if message.pluralizable]

    assert found.num_plurals == forms
    assert [message.id for message in counted if len(_strings(message)) != forms] == []


@pytest.mark.parametrize(("folder", "language"), ROWS)
def test_what_is_compiled_is_what_is_written(folder: str, language: str) -> None:
    po = catalogue(folder, language)
    anew = io.BytesIO()
    write_mo(anew, po)
    kept = read_mo(io.BytesIO(po_file(folder, language).with_suffix(".mo").read_bytes()))
    wanted = read_mo(io.BytesIO(anew.getvalue()))

    assert _said(kept) == _said(wanted)


def _said(found: Catalog) -> dict[object, tuple[str, ...]]:
    return {key(message): _strings(message) for message in texts(found)}


def _strings(message: Message) -> tuple[str, ...]:
    found = message.string
    return tuple(found) if isinstance(found, list | tuple) else (found or "",)


def _keeps_places(message: Message) -> bool:
    if isinstance(message.id, str):
        return sorted(PLACES.findall(_strings(message)[0])) == sorted(PLACES.findall(message.id))
    all_places = set(PLACES.findall(message.id[1]))
    *fewer, most = (set(PLACES.findall(text)) for text in _strings(message))
    return most == all_places and all(places <= all_places for places in fewer)

"""Segments and interchanges of UN/EDIFACT: syntax version 3 (ISO 9735), character set UNOC (ISO 8859-1)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

ADVICE = "UNA:+.? '"
_LATIN = re.compile(r"[\x20-\x7e\xa0-\xff]")
_RELEASED = str.maketrans({sign: f"?{sign}" for sign in "?+:'"})

Element = str | int | Sequence[str | int]
"""A data element, or the components of a composite one."""


class EdifactError(Exception):
    """Something has no place in the message. Says what, and what to do."""


@dataclass(frozen=True)
class Envelope:
    """Who sends to whom, when, under which control reference (at most 14 characters)."""

    sender: str
    recipient: str
    reference: str
    at_ms: int


def segment(tag: str, *elements: Element) -> str:
    """One segment. Empty elements and components at an end are left out (ISO 9735, 9.1)."""
    parts = [_element(element) for element in elements]
    return "+".join([tag, *_trimmed(parts)]) + "'"


def stamp(at_ms: int, form: str = "%Y%m%d%H%M") -> str:
    """A UTC time in the format 203, or as `form` says."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime(form)


def interchange(envelope: Envelope, kind: str, body: Sequence[str]) -> bytes:
    """An interchange of one message of `kind`, such as `DELJIT:D:97A:UN`, with the segments `body`."""
    name = tuple(kind.split(":"))
    at_ms, reference = envelope.at_ms, envelope.reference
    segments = [
        segment(
            "UNB",
            ("UNOC", 3),
            (envelope.sender, "ZZ"),
            (envelope.recipient, "ZZ"),
            (stamp(at_ms, "%y%m%d"), stamp(at_ms, "%H%M")),
            reference,
            "",
            name[0],
        ),
        segment("UNH", 1, name),
        *body,
        segment("UNT", len(body) + 2, 1),  # UNH and UNT are counted
        segment("UNZ", 1, reference),
    ]
    return (ADVICE + "".join(segments)).encode("latin-1")


def pieces(text: str, most: int) -> list[str]:
    """`text` cut for elements of 35 characters, at most `most` of them; the rest of a name is left out."""
    plain = _latin(text)
    return [plain[at : at + 35] for at in range(0, len(plain), 35)][:most]


def _element(element: Element) -> str:
    components = [element] if isinstance(element, str | int) else element
    return ":".join(_trimmed([_latin(str(part)).translate(_RELEASED) for part in components]))


def _trimmed(parts: list[str]) -> list[str]:
    while parts and not parts[-1]:
        parts = parts[:-1]
    return parts


def _latin(text: str) -> str:
    """`text` in ISO 8859-1 without controls: other letters lose their marks, what is left becomes a dot."""
    return "".join(_latin_sign(sign) for sign in text)


def _latin_sign(sign: str) -> str:
    base = sign if _LATIN.fullmatch(sign) else unicodedata.normalize("NFKD", sign)[0]
    return base if _LATIN.fullmatch(base) else "."

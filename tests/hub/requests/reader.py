"""Reads an EDIFACT interchange, for the tests: segments, elements, components, nothing more."""

import re

SPLIT = {
    sign: re.compile(rf"((?:[^?{re.escape(sign)}]|\?.)*)(?:{re.escape(sign)}|$)", re.DOTALL) for sign in "'+:"
}


def split(text: str, sign: str) -> list[str]:
    """`text` cut at every `sign` that is not released."""
    parts, at = [], 0
    while at <= len(text):
        found = SPLIT[sign].match(text, at)
        assert found is not None, text[at:]
        parts.append(found[1])
        at = found.end() if found.end() > found.end(1) else len(text) + 1
    return parts


def segments(interchange: bytes) -> list[list[list[str]]]:
    """Each segment as elements of components, without the UNA."""
    text = interchange.decode("latin-1")
    assert text.startswith("UNA:+.? '")
    *found, rest = split(text.removeprefix("UNA:+.? '"), "'")
    assert rest == "", "every segment ends with its sign"
    return [
        [[re.sub(r"\?(.)", r"\1", part) for part in split(element, ":")] for element in split(one, "+")]
        for one in found
    ]

"""What the schema library says of a value, in the words of people and in their language."""

import re

from kanban_hub.language import N_, _
from kanban_protocol.ids import NAME_PATTERN
from kanban_protocol.tomlfile import Fault

# The first that fits; `msgspec` words its faults so, a test holds each.
_SAID: tuple[tuple[str, str], ...] = (
    (r"is missing", N_("is missing")),
    (r"no TOML: (?P<why>.*)", N_("this is no TOML: %(why)s")),
    (r"no such setting", N_("there is no such setting")),
    (r"Expected `int(?: \| null)?`, got `float`", N_("this is no whole number")),
    (r"Expected `(?:int|float)(?: \| null)?`, got .*", N_("this is no number")),
    (r"Expected `\w+` > 0(?:\.0)?", N_("more than 0")),
    (r"Expected `\w+` >= (?P<least>[\d.e+]+)", N_("at least %(least)s")),
    (r"Expected `\w+` <= (?P<most>[\d.e+]+)", N_("at most %(most)s")),
    (r"Expected `str` of length >= (?P<least>\d+)", N_("at least %(least)s signs")),
    (r"Expected `str` of length <= (?P<most>\d+)", N_("at most %(most)s signs")),
    (r"Expected `array` of length >= (?P<least>\d+)", N_("at least %(least)s of them")),
    (r"Expected `array` of length (?P<count>\d+), got.*", N_("%(count)s of them")),
    (
        re.escape(f"Expected `str` matching regex {NAME_PATTERN!r}"),
        N_("small letters a to z, digits and hyphens, at most 32"),
    ),
    (r"Expected `str` matching regex '\^\(.*-\(.*", N_("write it such as 09:00-09:15")),
    (r"Expected `str` matching regex '\^\(.*", N_("write it such as 06:00")),
    (r"Invalid enum value '(?P<value>.*)'", N_("'%(value)s' is none of them")),
    (r"Invalid (?:RFC3339 encoded )?date.*", N_("write a day such as 2026-12-25")),
    (r"Expected `(?P<form>\w+)(?: \| null)?`, got `(?P<found>\w+)`", N_("%(form)s and not %(found)s")),
)
_OF_FILE = re.compile(r"\[\[| = |\b[a-z]+_[a-z_]+\b")
_HINTS = {
    "add it": N_("add it"),
    "correct the value": N_("correct the value"),
}


def text_of(fault: Fault) -> str:
    """What is wrong; what the plant's own rules say is said already."""
    for pattern, text in _SAID:
        found = re.fullmatch(pattern, fault.text, re.DOTALL)
        if found:
            return _(text) % {name: value[:100] for name, value in found.groupdict().items()}
    return fault.text


def hint_of(fault: Fault, *, is_of_file: bool = True) -> str:
    """What to do. Beside a field of a form nothing is said in the signs of a file."""
    known = _HINTS.get(fault.hint)
    if known is not None:
        return _(known) if is_of_file else ""
    return fault.hint if is_of_file or not _OF_FILE.search(fault.hint) else ""

"""A small reader of ZPL II, after Zebra's programming guide: what a printer would make of a job."""

import re
from dataclasses import dataclass, field

_COMMAND = re.compile(r"\^([A-Z]{2}|A[0-9A-Z@]|FD)([^^~]*)", re.DOTALL)


_OF_THE_LABEL = ("PW", "LL", "PQ", "CI", "LH")


@dataclass
class Field:
    """One field: where (text by its baseline), by which commands, and its data with the escapes undone."""

    x: int
    y: int
    commands: dict[str, list[str]]
    data: str


@dataclass
class Label:
    width: int = 0
    height: int = 0
    copies: int = 1
    encoding: str = ""
    fields: list[Field] = field(default_factory=list)


def labels(job: bytes) -> list[Label]:
    """The labels in `job`. Raises when a field is not closed or a prefix stands where none may."""
    text = job.decode("ascii")
    assert "~" not in text
    found = [_label(body) for body in re.findall(r"\^XA(.*?)\^XZ", text, re.DOTALL)]
    assert re.sub(r"\^XA.*?\^XZ", "", text, flags=re.DOTALL).strip() == ""
    return found


def _label(body: str) -> Label:
    found = _COMMAND.findall(body)
    said = {name: rest.strip() for name, rest in found}
    label = Label(int(said["PW"]), int(said["LL"]), int(said["PQ"]), said["CI"])
    commands: dict[str, list[str]] = {}
    data = ""
    for name, rest in found:
        if name == "FD":
            data = _plain(rest, commands["FH"][0])
        elif name == "FS":
            x, y = map(int, commands["FT"] if "FT" in commands else commands["FO"])
            label.fields.append(Field(x, y, commands, data))
            commands, data = {}, ""
        elif name not in _OF_THE_LABEL:
            commands[name] = rest.rstrip("\n").split(",")
    assert commands == {}, "every field is closed"
    return label


def _plain(data: str, escape: str) -> str:
    assert escape == "_", "each field says how it is escaped"
    raw = re.sub(rb"_([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), data.encode("ascii"))
    return raw.decode("utf-8")

"""The bodies of the panel's requests: closed, and refused with all their faults at once."""

from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields

from kanban_protocol.codec import check_json
from kanban_protocol.errors import ProtocolError
from kanban_simulator.errors import BadRequestError, Flaw

MAX_BODY_BYTES = 8_192

# Longer holds than the time after which a button counts as stuck (10 s), so that this can be tried too.
HoldMs = Annotated[int, Meta(ge=1, le=60_000)]
SlotNumber = Annotated[int, Meta(ge=1, le=8)]
# Whatever a scanner may send, readable or not; CR and LF end a code, so they cannot stand in one.
ScannedText = Annotated[str, Meta(min_length=1, max_length=1_024, pattern=r"^[^\r\n]*$(?!\n)")]


class Press(Struct):
    """A finger on a lit button."""

    slot: SlotNumber
    hold_ms: HoldMs = 100


class Hand(Struct):
    """A finger on the quality or the help button."""

    hold_ms: HoldMs = 100


class Scan(Struct):
    """A code held before the scanner."""

    code: ScannedText


class Switch(Struct):
    """The mains switch or the network plug."""

    on: bool


class Hold(Struct):
    """A button by its part, that goes down or up and stays: "slot-1" …, "quality" or "help"."""

    part: Annotated[str, Meta(min_length=1, max_length=16)]


T = TypeVar("T", bound=Struct)


def read(form: type[T], payload: bytes) -> T:
    """The form in a request's body. Raises BadRequestError with every fault of it."""
    try:
        found = check_json(payload, MAX_BODY_BYTES)
    except ProtocolError as error:
        raise BadRequestError([Flaw("", str(error))]) from None
    known = {field.name: field for field in fields(form)}
    flaws = [Flaw(name, f"no such field; known here: {', '.join(known)}") for name in found.keys() - known]
    for name, field in known.items():
        if name in found:
            flaws += _flaws(name, found[name], field.type)
        elif field.required:
            flaws.append(Flaw(name, "is missing"))
    if flaws:
        raise BadRequestError(sorted(flaws, key=lambda flaw: flaw.where))
    return convert(found, form)


def _flaws(name: str, value: Any, form: Any) -> list[Flaw]:
    try:
        convert(value, form)
    except ValidationError as error:
        return [Flaw(name, str(error))]
    return []

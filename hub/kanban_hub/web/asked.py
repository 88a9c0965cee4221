"""What a client asks: query and body as closed types, with every fault told at once."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

import msgspec
from flask import Request
from msgspec import Struct
from werkzeug.datastructures import MultiDict

from kanban_hub.web.problem import Fault, ProblemError, faulty, problem
from kanban_protocol.codec import check_json
from kanban_protocol.errors import ProtocolError


def query(form: type[Struct] | None, arguments: MultiDict[str, str]) -> Any:
    """The query as `form`. Without a form no parameter is known."""
    known = _names(form)
    faults = [Fault(f"query.{name}", _unknown(known)) for name in arguments if name not in known]
    twice = [name for name in known if len(arguments.getlist(name)) > 1]
    faults += [Fault(f"query.{name}", "is given more than once") for name in twice]
    if form is None:
        if faults:
            raise faulty(faults)
        return None
    given = {name: arguments[name] for name in known if name in arguments}
    return _checked(form, given, "query", faults)


def body(form: type[Struct], request: Request) -> Any:
    """The JSON body as `form`."""
    if request.mimetype != "application/json":
        raise ProblemError(problem(415, "send the body as application/json"))
    try:
        found = check_json(request.get_data())
    except ProtocolError as error:
        raise faulty([Fault("body", str(error))]) from None
    known = _names(form)
    faults = [Fault(f"body.{_short(name)}", _unknown(known)) for name in found if name not in known]
    given = {name: value for name, value in found.items() if name in known}
    return _checked(form, given, "body", faults)


def text(media_type: str, request: Request) -> str:
    """The body as text."""
    try:
        return octets(media_type, request).decode()
    except UnicodeDecodeError as error:
        raise faulty([Fault("body", f"is not UTF-8: {error.reason} at byte {error.start}")]) from None


def octets(media_type: str, request: Request) -> bytes:
    """The body as it came; `media_type` may be such as `image/*`."""
    if not fnmatchcase(request.mimetype, media_type):
        raise ProblemError(problem(415, f"send the body as {media_type}"))
    return request.get_data()


def _checked(form: type[Struct], given: dict[str, Any], place: str, faults: list[Fault]) -> Any:
    """`given` as `form`: each value by itself, because the schema library stops at the first fault."""
    faulty_values = list(_faults(form, given, place))
    faults += [*faulty_values, *_missing(form, given, place)]
    if faults:
        raise faulty(faults)
    try:
        return msgspec.convert(given, form, strict=place == "body")
    except msgspec.ValidationError as error:
        raise faulty([Fault(place, str(error))]) from None


def _faults(form: type[Struct], given: dict[str, Any], place: str) -> Iterator[Fault]:
    for field in msgspec.structs.fields(form):
        if field.encode_name not in given:
            continue
        alone = msgspec.defstruct("Alone", [(field.name, field.type)])
        try:
            msgspec.convert({field.name: given[field.encode_name]}, alone, strict=place == "body")
        except msgspec.ValidationError as error:
            yield Fault(f"{place}.{field.encode_name}", str(error).partition(" - at `$")[0])


def _missing(form: type[Struct], given: dict[str, Any], place: str) -> Iterator[Fault]:
    for field in msgspec.structs.fields(form):
        if field.required and field.encode_name not in given:
            yield Fault(f"{place}.{field.encode_name}", "is missing")


def _names(form: type[Struct] | None) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(form)] if form is not None else []


def _unknown(known: Iterable[str]) -> str:
    names = ", ".join(known)
    return f"is not known; known here: {names}" if names else "is not known; none is taken here"


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"  # noqa: PLR2004  # an echo, not the whole of it

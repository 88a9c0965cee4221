"""What people are told of a setting of the plant's file, kept with its type: there is no second list."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from msgspec import NODEFAULT, Meta, Struct, inspect


def setting(title: str, said: str, *, unit: str = "", of: str = "", part: str = "", **rest: Any) -> Meta:
    """What a page shows beside a field, marked by `N_`.

    `unit` is `s` for times, `of` the table whose ids may be named, `part` the heading under which settings
    stand that a plant may well leave as they are. `rest` are bounds of `msgspec.Meta`, and `is_ordered` for a
    list whose order says something.
    """
    extra = {"unit": unit, "of": of, "part": part, "is_ordered": rest.pop("is_ordered", False)}
    return Meta(title=title, description=said, extra=extra, **rest)


class Kind(StrEnum):
    """How a setting is typed in."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"  # a list of texts
    PLACE = "place"  # two numbers
    DAY = "day"


@dataclass(frozen=True)
class Setting:
    """One setting of a table. `least` and `most` bound a number, `most` also the length of a text.

    `choices` are the values of a closed list.
    """

    name: str
    kind: Kind
    title: str
    said: str
    unit: str
    of: str
    part: str
    is_required: bool
    default: Any
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    is_ordered: bool = False


def settings_of(table: type[Struct]) -> list[Setting]:
    """The settings of a table of the file, in its order."""
    told = inspect.type_info(table)
    assert isinstance(told, inspect.StructType)
    return [_setting(field) for field in told.fields]


def _setting(field: inspect.Field) -> Setting:
    schema: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for node in _wrapped(field.type):
        schema |= node.extra_json_schema or {}
        extra |= node.extra or {}
    core = _core(field.type)
    default = field.default if field.default is not NODEFAULT else None
    least, most = _bounds(core)
    return Setting(
        field.encode_name,
        _kind(core, extra.get("of", "")),
        schema.get("title", field.encode_name),
        schema.get("description", ""),
        extra.get("unit", ""),
        extra.get("of", ""),
        extra.get("part", ""),
        field.required,
        default,
        _choices(core),
        least,
        most,
        extra.get("is_ordered", False),
    )


def _wrapped(node: inspect.Type) -> Iterator[inspect.Metadata]:
    """What is told of a type, also where it may be left out."""
    match node:
        case inspect.Metadata():
            yield node
            yield from _wrapped(node.type)
        case inspect.UnionType():
            for one in node.types:
                yield from _wrapped(one)


def _core(node: inspect.Type) -> inspect.Type:
    """The type itself, without what is told of it and without `None`."""
    match node:
        case inspect.Metadata():
            return _core(node.type)
        case inspect.UnionType():
            return _core(next(one for one in node.types if not isinstance(one, inspect.NoneType)))
    return node


_KINDS: dict[type[inspect.Type], Kind] = {
    inspect.IntType: Kind.WHOLE,
    inspect.FloatType: Kind.NUMBER,
    inspect.BoolType: Kind.SWITCH,
    inspect.TupleType: Kind.PLACE,
    inspect.DateType: Kind.DAY,
}


def _kind(core: inspect.Type, of: str) -> Kind:
    is_closed = bool(of or _choices(core))
    if isinstance(core, inspect.ListType):
        return Kind.CHOICES if is_closed else Kind.WORDS
    return Kind.CHOICE if is_closed else _KINDS.get(type(core), Kind.TEXT)


def _choices(core: inspect.Type) -> tuple[str, ...]:
    match core:
        case inspect.ListType():
            return _choices(_core(core.item_type))
        case inspect.EnumType():
            return tuple(one.value for one in core.cls)
    return ()


def _bounds(core: inspect.Type) -> tuple[float | None, float | None]:
    match core:
        case inspect.IntType() | inspect.FloatType():
            return (core.ge if core.ge is not None else core.gt), core.le
        case inspect.StrType():
            return None, core.max_length
    return None, None

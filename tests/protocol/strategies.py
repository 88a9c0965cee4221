"""Values of the contract's types, drawn from the types themselves: no list of them to forget one in."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from kanban_protocol import messages, signals
from kanban_protocol.ids import END, LoopId

MESSAGE_TYPES: tuple[type[Any], ...] = tuple(messages.Message.__subclasses__())
ALL_TYPES: tuple[type[Any], ...] = (*signals.SIGNAL_TYPES, *MESSAGE_TYPES)


def values(form: Any) -> st.SearchStrategy[Any]:
    """Valid values of the type `form`."""
    return _of(inspect.type_info(form))


def _of(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.Metadata(type=inner):
            return _of(inner)
        case inspect.StructType(cls=cls, fields=fields):
            return _struct(cls, fields)
        case inspect.UnionType(types=types):
            return st.one_of([_of(each) for each in types])
        case inspect.ListType(item_type=item, min_length=least, max_length=most):
            return st.lists(_of(item), min_size=least or 0, max_size=min(most or 6, 6))
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(_of(key), _of(value), max_size=6)
        case _:
            return _plain(kind)


def _plain(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StrType():
            return _texts(kind)
        case inspect.EnumType(cls=cls):
            return st.sampled_from(list(cls))
        case inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case inspect.FloatType(ge=least, le=most):
            return st.floats(least, most, allow_nan=False, allow_infinity=False)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
    raise NotImplementedError(kind)


def _texts(kind: inspect.StrType) -> st.SearchStrategy[str]:
    if kind.pattern is None:
        return st.text(st.characters(codec="utf-8"), max_size=kind.max_length or 40)
    inner = kind.pattern.removeprefix("^").removesuffix(END)
    texts = st.from_regex(inner, fullmatch=True)
    return texts.filter(lambda text: 1 <= len(text) <= (kind.max_length or len(text)))


def _struct(cls: type[Any], fields: tuple[inspect.Field, ...]) -> st.SearchStrategy[Any]:
    parts = {field.name: _of(field.type) for field in fields}
    if cls is signals.FailBody:  # exactly one of the two
        parts |= {"loop": st.none()}
        by_code = st.builds(cls, **parts | {"code": values(signals.Code)})
        return by_code | st.builds(cls, **parts | {"loop": values(LoopId), "code": st.none()})
    return st.builds(cls, **parts)


def signals_of_any_kind() -> st.SearchStrategy[signals.Signal]:
    return st.one_of([values(form) for form in signals.SIGNAL_TYPES])


def json_values() -> st.SearchStrategy[Any]:
    """Any JSON, with a liking for the contract's own field names."""
    names = sorted({field.encode_name for form in ALL_TYPES for field in msgspec.structs.fields(form)})
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    keys = st.sampled_from(names) | st.text(max_size=5)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=8)
    )

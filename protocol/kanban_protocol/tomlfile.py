"""How every program reads a TOML file: typed, closed, and with all faults at once, each with its line."""

import dataclasses
import difflib
import re
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

MAX_FILE_BYTES = 1_000_000

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `where` is a path such as `loops[2].cards`; empty for the file as a whole."""

    where: str
    text: str
    hint: str
    line: int | None = None


class ConfigError(Exception):
    """A file that cannot be used. Its text lists every fault as `file:line: where: what` and a hint."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = sorted(faults, key=lambda fault: fault.line or 0)
        super().__init__("\n".join(self._row(fault) for fault in self.faults))

    def _row(self, fault: Fault) -> str:
        place = f"{self.path}:{fault.line}" if fault.line else str(self.path)
        what = f"{fault.where}: {fault.text}" if fault.where else fault.text
        return f"{place}: {what}\n    {fault.hint}"


class TomlFile:
    """A parsed file that still knows on which line each value stands."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Read `path`, or `text` as if it stood there. Raises `ConfigError` when it is no TOML."""
        self.path = path
        text = _text(path) if text is None else text
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            fault = Fault("", f"no TOML: {error}", "see https://toml.io", int(line[1]) if line else None)
            raise ConfigError(path, [fault]) from None
        self._lines = dict(_lines(text))

    def convert(self, form: type[T]) -> T:
        """The file's content as `form`. Raises `ConfigError` with every fault of its form."""
        faults = faults_of(form, self.data)
        if faults:
            raise self.error(faults)
        return msgspec.convert(self.data, form)

    def error(self, faults: list[Fault]) -> ConfigError:
        """The error that reports `faults` with the lines of this file."""
        return ConfigError(self.path, [dataclasses.replace(f, line=self._line_of(f.where)) for f in faults])

    def _line_of(self, where: str) -> int | None:
        """The line of the value at `where`, or of the nearest table around it."""
        while where:
            if where in self._lines:
                return self._lines[where]
            # `[...]` is how msgspec names a key of a table that may have any.
            where = re.sub(r"(\.?[^.\[\]]+|\[[^\[\]]*\])$", "", where)
        return None


def faults_of(form: Any, data: Any) -> list[Fault]:
    """Every fault of `data`, as it came from a file, as a `form`; without lines."""
    faults = list(_faults(form, data, ""))
    if not faults:
        try:
            msgspec.convert(data, form)
        except msgspec.ValidationError as error:
            faults.append(_fault_of(error, ""))
    return faults


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_FILE_BYTES:
            raise ConfigError(path, [Fault("", f"{len(raw)} bytes", f"at most {MAX_FILE_BYTES} are read")])
        return raw.decode("utf-8")
    except OSError as error:
        hint = "name an existing file that this user may read"
        raise ConfigError(path, [Fault("", error.strerror or str(error), hint)]) from None
    except UnicodeDecodeError as error:
        raise ConfigError(path, [Fault("", f"byte {error.start} is not UTF-8", "save it as UTF-8")]) from None


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """(path, line) of each table head and each key: enough for people to find the place."""
    table, counts = "", dict[str, int]()
    for number, row in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\[\s*([\w.-]+)\s*\]\]", row):
            index = counts[head[1]] = counts.get(head[1], -1) + 1
            table = f"{head[1]}[{index}]"
            yield table, number
        elif head := re.match(r"\s*\[\s*([\w.-]+)\s*\]", row):
            table = head[1]
            yield table, number
        elif key := re.match(r"\s*([\w-]+)\s*=", row):
            yield f"{table}.{key[1]}" if table else key[1], number


def _faults(form: Any, value: Any, where: str) -> Iterator[Fault]:
    """Every fault of `value`. The schema library alone stops at the first."""
    form = _plain(form)
    fields = _fields(form)
    if fields is not None and isinstance(value, dict):
        yield from _table_faults(fields, value, where)
    elif get_origin(form) in (list, tuple) and isinstance(value, list):
        for index, element in enumerate(value):
            yield from _faults(get_args(form)[0], element, f"{where}[{index}]")
    else:
        try:
            msgspec.convert(value, form)
        except msgspec.ValidationError as error:
            yield _fault_of(error, where)


def _table_faults(fields: dict[str, tuple[Any, bool]], value: dict[str, Any], where: str) -> Iterator[Fault]:
    for name, content in value.items():
        inside = f"{where}.{name}" if where else name
        if name in fields:
            yield from _faults(_annotated(fields[name][0], content), content, inside)
        else:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(fields)}"
            yield Fault(inside, "no such setting", hint)
    for name, (_, is_required) in fields.items():
        if is_required and name not in value:
            yield Fault(f"{where}.{name}" if where else name, "is missing", "add it")


def _fault_of(error: msgspec.ValidationError, where: str) -> Fault:
    text, _, inner = str(error).partition(" - at `$")
    return Fault((where + inner.rstrip("`")).lstrip("."), text, "correct the value")


def _fields(form: Any) -> dict[str, tuple[Any, bool]] | None:
    """Name to (type, is required), for a table's form; `None` for everything else."""
    if isinstance(form, type) and issubclass(form, msgspec.Struct):
        return {f.encode_name: (f.type, f.required) for f in msgspec.structs.fields(form)}
    if isinstance(form, type) and dataclasses.is_dataclass(form):
        hints = get_type_hints(form, include_extras=True)
        return {f.name: (hints[f.name], _is_required(f)) for f in dataclasses.fields(form)}
    return None


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _plain(form: Any) -> Any:
    """`X | None` as `X`: TOML has no null."""
    if get_origin(form) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(form) if kind is not type(None)]
        return kinds[0] if len(kinds) == 1 else form
    return form


def _annotated(form: Any, value: Any) -> Any:
    """An annotated list loses its own bounds here; the whole is converted at the end and shows them."""
    if get_origin(form) is Annotated and isinstance(value, list):
        return get_args(form)[0]
    return form

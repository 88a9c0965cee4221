"""The fields of a form, made from the settings of a table; and what was typed into them, as a row again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from kanban_hub.cellvalue import number_of, value_of
from kanban_hub.language import _
from kanban_hub.plantdraft import Row, Tables
from kanban_hub.setting import Kind, Setting
from kanban_hub.web.plant import duration
from kanban_hub.web.plant.choices import Choice, choices_of, word

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Field:
    """A field as the page shows it. `values` are what stands in it: one text, or what is ticked.

    `usual` is what holds where nothing is typed. A `fixed` field is shown and not changed. `places` are the
    numbers by which what is ticked is put in order.
    """

    setting: Setting
    title: str
    said: str
    values: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    usual: str = ""
    unit: str = ""
    faults: tuple[str, ...] = ()
    is_fixed: bool = False
    places: Mapping[str, int] | None = None

    @property
    def name(self) -> str:
        return self.setting.name

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def is_asked(self) -> bool:
        """Whether it may not stay empty. An id may: it is made from the name."""
        return self.setting.is_required and self.name != "id"

    def word_of(self, value: str) -> str:
        return dict(self.choices).get(value, value)


def typed_of(settings: Iterable[Setting], row: Row) -> Typed:
    """What the fields hold that show `row`."""
    typed: dict[str, list[str]] = {}
    for setting in settings:
        value = row.get(setting.name)
        typed[setting.name] = _texts(setting, value)
        if setting.unit == "s":
            number, unit = _time(setting, value)
            typed[setting.name], typed[f"{setting.name}.unit"] = number, [unit]
    return typed


def row_of(settings: Iterable[Setting], form: MultiDict[str, str]) -> dict[str, Any]:
    """The row that was typed in; an empty field is a setting that is not there."""
    row: dict[str, Any] = {}
    for setting in settings:
        value = _read(setting, form)
        if value not in ("", [], None):
            row[setting.name] = value
    return row


def fields_of(
    settings: Iterable[Setting],
    typed: Typed,
    tables: Tables,
    faults: Mapping[str, tuple[str, ...]],
    fixed: Iterable[str],
) -> list[Field]:
    """The fields of a form with what was typed and what is wrong with it."""
    held = set(fixed)
    return [
        Field(
            setting,
            _(setting.title),
            _(setting.said),
            tuple(typed.get(setting.name, ())),
            tuple(choices_of(setting, tables)),
            _usual(setting),
            (typed.get(f"{setting.name}.unit") or ["min"])[0],
            faults.get(setting.name, ()),
            setting.name in held,
            _places(setting, typed.get(setting.name, ())),
        )
        for setting in settings
    ]


def shown(setting: Setting, value: Any) -> str:
    """A value of the file as people read it in a table."""
    if value is None:
        return ""
    if setting.unit == "s":
        return duration.shown(value)
    if setting.kind is Kind.SWITCH:
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(word(setting.name, str(one)) for one in value)
    return word(setting.name, _number(value))


def _time(setting: Setting, seconds: float | None) -> tuple[list[str], str]:
    """The number, if there is one, and the unit: an empty field offers that of what is usual."""
    if seconds is None:
        return [], duration.split(setting.default)[1] if setting.default else "min"
    number, unit = duration.split(seconds)
    return [number], unit


def _texts(setting: Setting, value: Any) -> list[str]:
    match value:
        case None | False:
            return []
        case True:
            return ["true"]
        case list() if setting.kind is Kind.WORDS:
            return [", ".join(map(str, value))]
        case list():
            return [_number(one) for one in value]
    return [_number(value)]


def _number(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _read(setting: Setting, form: MultiDict[str, str]) -> Any:
    texts = [text.strip() for text in form.getlist(setting.name)]
    if setting.kind is Kind.CHOICES:
        return _ordered(setting, texts, form)
    if setting.kind is Kind.PLACE:
        return [number_of(text) for text in texts] if any(texts) else None
    text = texts[0] if texts else ""
    if setting.kind is Kind.SWITCH:
        return bool(text) or None
    if text and setting.unit == "s":
        return _seconds(setting, text, form.get(f"{setting.name}.unit", "s"))
    return value_of(setting, text) if text else None


def _seconds(setting: Setting, text: str, unit: str) -> float | str:
    number = number_of(text)
    if isinstance(number, str):
        return text
    seconds = duration.joined(number, unit)
    return int(seconds) if setting.kind is Kind.WHOLE and seconds.is_integer() else seconds


def _ordered(setting: Setting, ticked: list[str], form: MultiDict[str, str]) -> list[str]:
    """What is ticked, by the numbers typed beside where there are any."""
    if not setting.is_ordered:
        return ticked
    places = {value: number_of(form.get(f"{setting.name}.place.{value}", "")) for value in ticked}
    last = len(ticked) + 1.0
    return sorted(ticked, key=lambda value: place if isinstance(place := places[value], float) else last)


def _places(setting: Setting, values: Iterable[str]) -> Mapping[str, int] | None:
    return {value: place for place, value in enumerate(values, 1)} if setting.is_ordered else None


def _usual(setting: Setting) -> str:
    if setting.default in (None, False) or setting.kind is Kind.CHOICES:
        return ""
    return shown(setting, setting.default)

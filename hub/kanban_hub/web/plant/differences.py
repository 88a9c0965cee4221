"""What a change of the plant does, as people read it before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from kanban_hub.cardeffect import CardEffect, Effect
from kanban_hub.language import N_, _, ngettext
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdiff import Became, RowChange, SettingChange
from kanban_hub.setting import Setting
from kanban_hub.web.plant.fields import shown
from kanban_hub.web.plant.sheets import settings_by_name, word_of

_BECAME: dict[Became, str] = {
    Became.ADDED: N_("added"),
    Became.CHANGED: N_("changed"),
    Became.REMOVED: N_("removed"),
    Became.MOVED: N_("in another order"),
}
_LOOKS = {Became.ADDED: "calm", Became.CHANGED: "work", Became.REMOVED: "asked", Became.MOVED: "quiet"}
WAYS: dict[PlantWay, str] = {
    PlantWay.FILE: N_("file loaded on the hub's machine"),
    PlantWay.PAGE: N_("page"),
    PlantWay.IMPORT: N_("import"),
    PlantWay.UNDO: N_("taken back"),
    PlantWay.TRIAL: N_("trial kept"),
    PlantWay.API: N_("program"),
}
_NUMBERS_SHOWN = 3


@dataclass(frozen=True)
class SettingPicture:
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangePicture:
    """A row that became different. `look` is that of its sign, `became` the word in it."""

    look: str
    became: str
    what: str
    key: str
    settings: tuple[SettingPicture, ...]


def pictures(difference: Iterable[RowChange]) -> list[ChangePicture]:
    return [_picture(row) for row in difference]


def card_texts(effects: Iterable[CardEffect]) -> list[str]:
    """A sentence for each thing that happens to the cards of a loop."""
    return [_card_text(one) for one in effects]


def _picture(row: RowChange) -> ChangePicture:
    settings = settings_by_name(row.table)
    told = tuple(
        _setting(settings.get(one.name), one) for one in row.settings if not _is_plain(row, settings, one)
    )
    key = "" if row.key == row.table else row.key
    return ChangePicture(_LOOKS[row.became], _(_BECAME[row.became]), _(word_of(row.table)), key, told)


def _is_plain(row: RowChange, settings: dict[str, Setting], one: SettingChange) -> bool:
    """Whether it says nothing: the key again, or what holds anyhow in a row that comes or goes."""
    setting = settings.get(one.name)
    if row.became is Became.CHANGED or setting is None:
        return False
    value = one.after if row.became is Became.ADDED else one.before
    return one.name == "id" or value == setting.default


def _setting(setting: Setting | None, one: SettingChange) -> SettingPicture:
    if setting is None:  # of a plant that an earlier program knew
        return SettingPicture(one.name, str(one.before or ""), str(one.after or ""))
    return SettingPicture(_(setting.title), shown(setting, one.before), shown(setting, one.after))


def _card_text(one: CardEffect) -> str:
    said = {"loop": one.loop, "count": one.count, "cards": _numbers(one.cards)}
    match one.effect:
        case Effect.ISSUED:
            text = ngettext(
                "%(loop)s: %(count)s card is issued, as a full container at the consumer: %(cards)s.",
                "%(loop)s: %(count)s cards are issued, as full containers at the consumer: %(cards)s.",
                one.count,
            )
        case Effect.SURPLUS:
            text = ngettext(
                "%(loop)s: %(count)s card is too many; it goes for ever when it is next pulled.",
                "%(loop)s: %(count)s cards are too many; each goes for ever when it is next pulled.",
                one.count,
            )
        case Effect.EXCHANGED:
            text = ngettext(
                "%(loop)s: the printed quantity is no longer true; %(count)s card is exchanged "
                "at its next pull.",
                "%(loop)s: the printed quantity is no longer true; %(count)s cards are exchanged, "
                "each at its next pull.",
                one.count,
            )
        case Effect.RETIRED:
            text = ngettext(
                "%(loop)s: %(count)s card is retired at once.",
                "%(loop)s: %(count)s cards are retired at once.",
                one.count,
            )
        case Effect.ENDED:
            text = _("%(loop)s: the loop ends; its numbers stay void for ever.")
        case Effect.TRIAL_ENDED:
            text = _("%(loop)s: the trial that runs ends with this.")
    return text % said


def _numbers(cards: tuple[str, ...]) -> str:
    if len(cards) <= _NUMBERS_SHOWN:
        return ", ".join(cards)
    return f"{cards[0]} … {cards[-1]}"

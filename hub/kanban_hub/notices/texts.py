"""What notices say, in plain words: one row an event. A line with a fact that is not there is left out."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.domain.andon import CallKind
from kanban_hub.language import N_, _
from kanban_hub.notices.notice import NoticeEvent

SUBJECT_MOST = 150


@dataclass(frozen=True)
class Words:
    subject: str
    lines: tuple[str, ...]


_CALL = (
    N_("Kind: {kind}"),
    N_("Says: {topic}"),
    N_("Item: {item}"),
    N_("Supplier's number: {supplier_item}"),
    N_("Card: {card}"),
    N_("Way: {supplier} to {consumer}"),
    N_("Called: {raised}"),
)

ENGLISH: dict[NoticeEvent, Words] = {
    NoticeEvent.REQUESTED: Words(
        N_("{supplier}: new requests, {count} to be seen"), (N_("Asked for and not seen yet:"), "{requests}")
    ),
    NoticeEvent.CALL_RAISED: Words(N_("{station} calls: {kind}"), (N_("{station} needs help."), *_CALL)),
    NoticeEvent.CALL_ESCALATED: Words(
        N_("{station} still waits: {kind}, level {level}"),
        (N_("A call was not answered in its time. It is now at level {level}."), *_CALL),
    ),
    NoticeEvent.LINE_STOPPED: Words(
        N_("Line stopped at {station}"), (N_("The line stands at {station}."), *_CALL)
    ),
    NoticeEvent.STARVING: Words(
        N_("{consumer} has no full container left: {item}"),
        (
            N_("The last full container of {item} at {consumer} is gone."),
            N_("Supplier: {supplier}"),
            N_("Supplier's number: {supplier_item}"),
            N_("Containers asked for: {asked}"),
            N_("Since: {at}"),
        ),
    ),
    NoticeEvent.PROMISE_LATE: Words(
        N_("{item}: promised later than the stock lasts"),
        (
            N_("{supplier} promises {item} for {ready}."),
            N_("{consumer} runs out at about {empty}."),
            N_("Reason: {reason}"),
        ),
    ),
    NoticeEvent.STATION_SILENT: Words(
        N_("{station} is silent"),
        (
            N_("{station} has not been heard since {heard}."),
            N_(
                "Presses there are kept by the station and arrive later. Its lamps say that it knows nothing."
            ),
        ),
    ),
    NoticeEvent.LAMPS_WRONG: Words(
        N_("{station}: lamps are not as they should be"),
        (
            N_("{station} shows something else than it should."),
            N_("Lamps that do not follow: {lamps}"),
            N_("Since: {at}"),
            N_("A lamp that stays dark may hide a request: somebody has to look there."),
        ),
    ),
    NoticeEvent.DIGEST: Words(N_("{day}: {summary}"), ("{report}",)),
}
_KINDS: dict[str, str] = {
    CallKind.QUALITY.value: N_("quality"),
    CallKind.MATERIAL.value: N_("material"),
    CallKind.HELP.value: N_("help"),
    CallKind.MACHINE.value: N_("machine"),
}


def spoken(event: NoticeEvent) -> Words:
    """The words of `event` in the language that is spoken."""
    words = ENGLISH[event]
    return Words(_(words.subject), tuple(map(_, words.lines)))


def kind(value: str) -> str:
    """A kind of call in the language that is spoken."""
    return _(_KINDS[value]) if value in _KINDS else value


def subject(words: Words, facts: Mapping[str, str]) -> str:
    """One line, however many the names in it have: nothing in it can begin another header."""
    return one_line(words.subject.format_map(facts))[:SUBJECT_MOST]


def body(words: Words, facts: Mapping[str, str]) -> str:
    return "\n".join(line.format_map(facts) for line in words.lines if _is_known(line, facts)) + "\n"


def one_line(text: str) -> str:
    """Without control signs, line ends included (Unicode's too), and without doubled spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _is_known(line: str, facts: Mapping[str, str]) -> bool:
    names = [name for _text, name, _form, _way in string.Formatter().parse(line) if name is not None]
    return all(facts.get(name) for name in names)

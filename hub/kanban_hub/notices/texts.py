"""What notices say, in plain words: one row an event. A line with a fact that is not there is left out."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.notices.notice import NoticeEvent

SUBJECT_MOST = 150


@dataclass(frozen=True)
class Words:
    subject: str
    lines: tuple[str, ...]


_CALL = (
    "Kind: {kind}",
    "Says: {topic}",
    "Item: {item}",
    "Supplier's number: {supplier_item}",
    "Card: {card}",
    "Way: {supplier} to {consumer}",
    "Called: {raised}",
)

ENGLISH: dict[NoticeEvent, Words] = {
    NoticeEvent.REQUESTED: Words(
        "{supplier}: new requests, {count} to be seen", ("Asked for and not seen yet:", "{requests}")
    ),
    NoticeEvent.CALL_RAISED: Words("{station} calls: {kind}", ("{station} needs help.", *_CALL)),
    NoticeEvent.CALL_ESCALATED: Words(
        "{station} still waits: {kind}, level {level}",
        ("A call was not answered in its time. It is now at level {level}.", *_CALL),
    ),
    NoticeEvent.LINE_STOPPED: Words("Line stopped at {station}", ("The line stands at {station}.", *_CALL)),
    NoticeEvent.STARVING: Words(
        "{consumer} has no full container left: {item}",
        (
            "The last full container of {item} at {consumer} is gone.",
            "Supplier: {supplier}",
            "Supplier's number: {supplier_item}",
            "Containers asked for: {asked}",
            "Since: {at}",
        ),
    ),
    NoticeEvent.PROMISE_LATE: Words(
        "{item}: promised later than the stock lasts",
        (
            "{supplier} promises {item} for {ready}.",
            "{consumer} runs out at about {empty}.",
            "Reason: {reason}",
        ),
    ),
    NoticeEvent.STATION_SILENT: Words(
        "{station} is silent",
        (
            "{station} has not been heard since {heard}.",
            "Presses there are kept by the station and arrive later. Its lamps say that it knows nothing.",
        ),
    ),
    NoticeEvent.DIGEST: Words("{day}: {summary}", ("{report}",)),
}
LANGUAGES: dict[str, dict[NoticeEvent, Words]] = {"en": ENGLISH}


def subject(words: Words, facts: Mapping[str, str]) -> str:
    """One line, however many the names in it have: nothing in it can begin another header."""
    return one_line(words.subject.format_map(facts))[:SUBJECT_MOST]


def body(words: Words, facts: Mapping[str, str]) -> str:
    return "\n".join(line.format_map(facts) for line in words.lines if _is_known(line, facts)) + "\n"


def one_line(text: str) -> str:
    """Without control signs, line ends included (Unicode's too), and without doubled spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _is_known(line: str, facts: Mapping[str, str]) -> bool:
    names = [name for _, name, _, _ in string.Formatter().parse(line) if name is not None]
    return all(facts.get(name) for name in names)

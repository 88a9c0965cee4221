"""Why the hub, or the station itself, refuses a signal: a closed list, each with its text for people."""

from enum import StrEnum


class Refusal(StrEnum):
    MALFORMED = "malformed"
    CONFLICT = "conflict"
    UNKNOWN_STATION = "unknown_station"
    UNKNOWN_LOOP = "unknown_loop"
    UNKNOWN_CARD = "unknown_card"
    UNKNOWN_SIGNAL = "unknown_signal"
    NOT_YOUR_LOOP = "not_your_loop"
    NOT_ALLOWED = "not_allowed"
    OVER_PRODUCTION = "over_production"
    NOTHING_TO_FAIL = "nothing_to_fail"
    QUARANTINED = "quarantined"
    CARD_HELD = "card_held"
    CARD_LOST = "card_lost"
    CARD_RETIRED = "card_retired"
    TOO_LATE = "too_late"
    BUILT_ON = "built_on"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOT_ASSIGNED = "not_assigned"
    STORE_FULL = "store_full"
    UNREADABLE = "unreadable"


# At most six words each: they are read on a small display in ten seconds.
TEXTS: dict[Refusal, str] = {
    Refusal.MALFORMED: "Signal not understood by the hub",
    Refusal.CONFLICT: "Same number, other content: set aside",
    Refusal.UNKNOWN_STATION: "Station not known at the hub",
    Refusal.UNKNOWN_LOOP: "Loop not known here",
    Refusal.UNKNOWN_CARD: "Card not known here",
    Refusal.UNKNOWN_SIGNAL: "Nothing known to take back",
    Refusal.NOT_YOUR_LOOP: "Not for this station",
    Refusal.NOT_ALLOWED: "Not possible for this card now",
    Refusal.OVER_PRODUCTION: "No card asks for this",
    Refusal.NOTHING_TO_FAIL: "No container here to fail",
    Refusal.QUARANTINED: "Quarantined: do not use",
    Refusal.CARD_HELD: "Card is on hold",
    Refusal.CARD_LOST: "Card was reported lost: void",
    Refusal.CARD_RETIRED: "Card is retired: void",
    Refusal.TOO_LATE: "Too late to take back",
    Refusal.BUILT_ON: "Somebody has gone on already",
    Refusal.NOTHING_TO_UNDO: "Nothing to take back",
    Refusal.NOT_ASSIGNED: "Button has no meaning yet",
    Refusal.STORE_FULL: "Store full: call for help",
    Refusal.UNREADABLE: "Code not readable: scan again",
}

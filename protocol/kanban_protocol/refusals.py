"""Why the hub, or the station itself, refuses a signal: a closed list, each with its text for people."""

from enum import StrEnum

from kanban_protocol.catalogue import N_


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
    Refusal.MALFORMED: N_("Signal not understood by the hub"),
    Refusal.CONFLICT: N_("Same number, other content: set aside"),
    Refusal.UNKNOWN_STATION: N_("Station not known at the hub"),
    Refusal.UNKNOWN_LOOP: N_("Loop not known here"),
    Refusal.UNKNOWN_CARD: N_("Card not known here"),
    Refusal.UNKNOWN_SIGNAL: N_("Nothing known to take back"),
    Refusal.NOT_YOUR_LOOP: N_("Not for this station"),
    Refusal.NOT_ALLOWED: N_("Not possible for this card now"),
    Refusal.OVER_PRODUCTION: N_("No card asks for this"),
    Refusal.NOTHING_TO_FAIL: N_("No container here to fail"),
    Refusal.QUARANTINED: N_("Quarantined: do not use"),
    Refusal.CARD_HELD: N_("Card is on hold"),
    Refusal.CARD_LOST: N_("Card was reported lost: void"),
    Refusal.CARD_RETIRED: N_("Card is retired: void"),
    Refusal.TOO_LATE: N_("Too late to take back"),
    Refusal.BUILT_ON: N_("Somebody has gone on already"),
    Refusal.NOTHING_TO_UNDO: N_("Nothing to take back"),
    Refusal.NOT_ASSIGNED: N_("Button has no meaning yet"),
    Refusal.STORE_FULL: N_("Store full: call for help"),
    Refusal.UNREADABLE: N_("Code not readable: scan again"),
}

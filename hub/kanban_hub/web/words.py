"""How pages say it: in the words of the glossary, coarse where exact would only flicker."""

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.moves import Role, State
from kanban_hub.language import N_, _
from kanban_hub.web.numerals import numeral

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_HOURS_UNTIL_DAYS = 48
_MINUTES_UNTIL_HOURS = 120
# Near starvation a minute is coarse; below it ten seconds are the least that is worth a change.
_MINUTES_EXACT, _STEP_S = 3, 10

_STATES: dict[State, str] = {
    State.FULL: N_("full"),
    State.COLLECTING: N_("collecting"),
    State.REQUESTED: N_("requested"),
    State.ACCEPTED: N_("accepted"),
    State.IN_PROCESS: N_("in process"),
    State.DONE: N_("done"),
    State.IN_TRANSIT: N_("in transit"),
    State.QUARANTINED: N_("quarantined"),
}
_CALLS: dict[CallKind, str] = {
    CallKind.QUALITY: N_("Quality fail"),
    CallKind.MATERIAL: N_("Cannot deliver"),
    CallKind.HELP: N_("Help"),
    CallKind.MACHINE: N_("Machine"),
}
_CALL_STATES: dict[CallState, str] = {
    CallState.RAISED: N_("not taken yet"),
    CallState.TAKEN: N_("taken"),
    CallState.ARRIVED: N_("help is there"),
    CallState.SOLVED: N_("solved"),
    CallState.CLOSED: N_("closed"),
    CallState.REJECTED: N_("was none"),
    CallState.WITHDRAWN: N_("withdrawn"),
}
_ROLES: dict[AccountRole, str] = {
    AccountRole.OPERATOR: N_("operator"),
    AccountRole.SUPERVISOR: N_("supervisor"),
    AccountRole.QUALITY: N_("quality"),
    AccountRole.SUPPLIER: N_("supplier"),
    AccountRole.ADMIN: N_("admin"),
    AccountRole.SCREEN: N_("screen"),
    AccountRole.STATION: N_("station"),
}
_EVENT_ROLES: dict[str, str] = {
    **{one.value: word for one, word in _ROLES.items()},
    AccountRole.STATION.value: N_("station"),
    Role.CONSUMER.value: N_("consumer"),
    Role.CUSTOMER.value: N_("customer"),
    Role.HUB.value: N_("hub"),
}
# How a lamp is lit, by `LampPattern`.
_PATTERNS = {
    "off": N_("off"),
    "slow": N_("slow"),
    "on": N_("on"),
    "fast": N_("fast"),
    "double": N_("double"),
}
_COLOURS = {
    "red": N_("red"),
    "amber": N_("amber"),
    "green": N_("green"),
    "blue": N_("blue"),
    "white": N_("white"),
}


def role(one: AccountRole) -> str:
    return _(_ROLES[one])


def role_of_event(one: str) -> str:
    """In which role something was ordered: one of the domain's, or of an account's."""
    return _(_EVENT_ROLES.get(one, one))


def state(one: State) -> str:
    return _(_STATES[one])


def pattern(one: str) -> str:
    """How a lamp is lit."""
    return _(_PATTERNS[one])


def place(one: str) -> str:
    """A lamp by its place: a colour of the stack light, or a slot number."""
    return _(_COLOURS[one]) if one in _COLOURS else _("slot %(number)s") % {"number": one}


def kind(one: CallKind) -> str:
    return _(_CALLS[one])


def call_state(one: CallState) -> str:
    return _(_CALL_STATES[one])


def call(one: AndonCall) -> str:
    """How an open call stands."""
    level = _("level %(level)s") % {"level": one.level} if one.level else ""
    stopped = _("line stopped") if one.stopped_ms is not None else ""
    return ", ".join(part for part in (_(_CALL_STATES[one.state]), level, stopped) if part)


def age(age_s: float) -> str:
    """How long ago, in whole minutes, hours or days."""
    if age_s < _MINUTE_S:
        return _("< 1 min")
    if age_s < _MINUTES_EXACT * _MINUTE_S:
        return _("%(count)s min") % {"count": int(age_s // _MINUTE_S)}
    return duration(age_s / _MINUTE_S)


def duration(minutes: float) -> str:
    """A time of at least 0 minutes."""
    if minutes < _MINUTES_EXACT:
        return _("%(count)s s") % {"count": int(minutes * _MINUTE_S // _STEP_S * _STEP_S)}
    if minutes < _MINUTES_UNTIL_HOURS:
        return _("%(count)s min") % {"count": int(minutes)}
    hours = int(minutes * _MINUTE_S // _HOUR_S)
    if hours < _HOURS_UNTIL_DAYS:
        return _("%(count)s h") % {"count": hours}
    return _("%(count)s d") % {"count": hours * _HOUR_S // _DAY_S}


def measured(seconds: float) -> str:
    """A time that was measured, of at least 0 seconds: as exact as it can be compared with others."""
    if seconds < _MINUTES_EXACT * _MINUTE_S:
        return _("%(count)s s") % {"count": numeral(seconds, 0)}
    if seconds < _MINUTES_UNTIL_HOURS * _MINUTE_S:
        return _("%(count)s min") % {"count": numeral(seconds / _MINUTE_S, 0)}
    if seconds < _HOURS_UNTIL_DAYS * _HOUR_S:
        return _("%(count)s h") % {"count": numeral(seconds / _HOUR_S, 1)}
    return _("%(count)s d") % {"count": numeral(seconds / _DAY_S, 1)}


def spare(minutes: float) -> str:
    """The time that is left, or lacks, until the consumer starves."""
    if minutes < 0:
        return _("%(time)s short") % {"time": duration(-minutes)}
    return _("%(time)s to spare") % {"time": duration(minutes)}

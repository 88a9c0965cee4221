"""Accounts are for access only: no event, card or call ever names one."""

from dataclasses import dataclass
from enum import StrEnum

NAME_MOST = 32


class AccountRole(StrEnum):
    """What somebody may do here, by the table `RIGHTS`. An account may have several."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    SUPPLIER = "supplier"
    ADMIN = "admin"
    SCREEN = "screen"  # of a link, never of an account
    STATION = "station"  # in the same way


ROLES_OF_LINKS = (AccountRole.SCREEN, AccountRole.STATION)
ROLES_OF_ACCOUNTS = tuple(role for role in AccountRole if role not in ROLES_OF_LINKS)


@dataclass(frozen=True)
class Account:
    """`password` is a hash; without one nobody can log in yet. `station` is that of a supplier.

    `issuer` and `subject` are who a provider of log-ins says it is; such an account has no password here.
    """

    name: str
    roles: frozenset[AccountRole]
    made_ms: int
    station: str | None = None
    password: str | None = None
    is_disabled: bool = False
    issuer: str | None = None
    subject: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it logs in here, by a password of the hub's."""
        return self.issuer is None


@dataclass(frozen=True)
class Session:
    """`digest` is the hash of what the browser bears: who reads the database cannot log in with it."""

    digest: str
    account: str
    made_ms: int
    seen_ms: int


@dataclass(frozen=True)
class Invitation:
    """A link that sets a password, once. `account` is `None` for the first account of a hub."""

    digest: str
    account: str | None
    expires_ms: int


class Access(StrEnum):
    """What the access log tells."""

    LOGGED_IN = "logged in"
    REFUSED = "log-in refused"
    LOGGED_OUT = "logged out"
    PASSWORD_SET = "password set"  # noqa: S105  # what was done, no password
    ADDED = "account added"
    DISABLED = "account disabled"
    ENABLED = "account let in again"
    RESET = "account reset"
    ROLES_SET = "roles set"
    SESSIONS_ENDED = "sessions ended"
    SCREEN_ADDED = "screen added"
    SCREEN_REVOKED = "screen taken back"
    STATION_LINKED = "station link added"
    STATION_UNLINKED = "station link taken back"
    TOKEN_ADDED = "token added"  # noqa: S105  # what was done, no token
    TOKEN_REVOKED = "token taken back"  # noqa: S105
    PLANT_CHANGED = "plant changed"
    BACKED_UP = "backup downloaded"
    NOTICE_TESTED = "test notice sent"
    CODE_ADDED = "join code added"
    CODE_WITHDRAWN = "join code withdrawn"
    JOIN_REFUSED = "join refused"
    STATION_JOINED = "station joined"
    STATION_RENEWED = "station renewed"
    STATION_REVOKED = "station revoked"
    UPDATE_ORDERED = "update ordered"
    UPDATE_ABORTED = "update aborted"
    UPDATE_STOPPED = "update stopped"
    UPDATE_DONE = "update done"


@dataclass(frozen=True)
class AccessEntry:
    """Who used or administered access. `by` is the account that did it; `None`: whoever runs the hub.

    `about` is what it was done to: an account, a screen, a station, a token, or a plant's change by its
    number. `address` is the client's.
    """

    at_ms: int
    what: Access
    by: str | None
    about: str | None
    address: str | None = None

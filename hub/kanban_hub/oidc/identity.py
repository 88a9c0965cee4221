"""Who a provider says somebody is, and which roles that gives here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kanban_hub.accounts.account import NAME_MOST, AccountRole
from kanban_hub.language import _
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.oidc.errors import NoRoleError

_NAMELESS = "person"


@dataclass(frozen=True)
class Identity:
    """`issuer` and `subject` together are one person for ever; `name` is what to call an account of it."""

    issuer: str
    subject: str
    name: str
    roles: frozenset[AccountRole]
    station: str | None = None


def identity(config: OidcConfig, claims: Mapping[str, Any]) -> Identity:
    """What `claims` say. Raises `NoRoleError`."""
    values = _listed(_claim(claims, config.roles_claim))
    roles = frozenset(role for value in values for role in config.roles.get(value, ()))
    station = _claim(claims, config.station_claim) if config.station_claim else None
    if AccountRole.SUPPLIER in roles and not isinstance(station, str):
        roles -= {AccountRole.SUPPLIER}
    if not roles:
        raise NoRoleError(
            _("%(provider)s knows you, and what it says of you gives no role here. Ask an admin for one.")
            % {"provider": config.name}
        )
    is_supplier = AccountRole.SUPPLIER in roles
    name = _name(str(_claim(claims, config.name_claim) or ""))
    return Identity(config.issuer, str(claims["sub"]), name, roles, str(station) if is_supplier else None)


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of this very name, or the one that `a.b` leads to."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def _name(said: str) -> str:
    """A name as accounts have them: of an address for mail the part before the `@`, without accents."""
    plain = unicodedata.normalize("NFKD", said.partition("@")[0]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._-]+", "-", plain).strip("._-")[:NAME_MOST] or _NAMELESS

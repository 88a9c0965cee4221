"""How the hub knows a provider of OpenID Connect, and what its claims mean here."""

from dataclasses import dataclass
from pathlib import Path

from kanban_hub.accounts.account import AccountRole


@dataclass(frozen=True)
class OidcConfig:
    """`name` is what people call the provider. `hub_url` is where it sends them back, without a slash at its
    end; empty: as they reached the hub. `secret_file` holds the client's secret, which a public client has
    none of. Claims are named as `a.b` where one lies in another. `roles` are those for each value of the
    roles' claim; `station_claim` names the station of a supplier.
    """

    issuer: str
    client_id: str
    name: str
    roles: dict[str, frozenset[AccountRole]]
    secret_file: Path | None = None
    hub_url: str = ""
    ca: Path | None = None
    scopes: tuple[str, ...] = ("openid", "profile")
    name_claim: str = "preferred_username"
    roles_claim: str = "groups"
    station_claim: str | None = None

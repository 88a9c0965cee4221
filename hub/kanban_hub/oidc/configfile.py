"""Reading the file that `kanban-hub run --oidc` names, with all its faults at once."""

import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from kanban_hub.accounts.account import AccountRole
from kanban_hub.notices import secret
from kanban_hub.notices.errors import DeliveryError
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.suppliers.addresses import checked_public_url
from kanban_protocol.tomlfile import Fault, TomlFile

Text = Annotated[str, Meta(min_length=1, max_length=255)]
Role = Literal["operator", "supervisor", "quality", "supplier", "admin"]
OPENID = "openid"


class OidcFile(Struct, forbid_unknown_fields=True, frozen=True):
    issuer: Text
    client_id: Text
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    roles: dict[str, Role | list[Role]]
    client_secret_file: Text | None = None
    hub_url: Text | None = None
    ca: Text | None = None
    scopes: tuple[Text, ...] = (OPENID, "profile")
    name_claim: Text = "preferred_username"
    roles_claim: Text = "groups"
    station_claim: Text | None = None


def load(path: Path) -> OidcConfig:
    """Read the file; names of other files in it are relative to it. Raises `ConfigError` with every fault."""
    file = TomlFile(path)
    told = file.convert(OidcFile)
    faults = list(_faults(told, path.parent))
    if faults:
        raise file.error(faults)
    return OidcConfig(
        issuer=told.issuer,
        client_id=told.client_id,
        name=told.name,
        roles={value: frozenset(map(AccountRole, _listed(role))) for value, role in told.roles.items()},
        secret_file=_beside(path.parent, told.client_secret_file),
        hub_url=checked_public_url(told.hub_url) if told.hub_url else "",
        ca=_beside(path.parent, told.ca),
        scopes=tuple(dict.fromkeys([OPENID, *told.scopes])),
        name_claim=told.name_claim,
        roles_claim=told.roles_claim,
        station_claim=told.station_claim,
    )


def _listed(role: str | list[Role]) -> list[str]:
    return [role] if isinstance(role, str) else [*role]


def _beside(folder: Path, name: str | None) -> Path | None:
    return folder / name if name is not None else None


def _faults(told: OidcFile, folder: Path) -> Iterator[Fault]:
    yield from _issuer_faults(told.issuer)
    if told.hub_url is not None:
        try:
            checked_public_url(told.hub_url)
        except ValueError as error:
            yield Fault("hub_url", str(error), "it is where people reach the hub")
    if not told.roles:
        yield Fault("roles", "nobody would have a role", 'for example "kanban-admins" = "admin"')
    needs_station = any("supplier" in _listed(role) for role in told.roles.values())
    if needs_station and told.station_claim is None:
        yield Fault("station_claim", "is missing", "a supplier needs the station that it delivers from")
    yield from _file_faults(told, folder)


def _issuer_faults(issuer: str) -> Iterator[Fault]:
    parts = urlsplit(issuer)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        yield Fault(
            "issuer", "is no address of a provider", 'as issuer = "https://login.example.com/realms/plant"'
        )
    elif parts.scheme == "http" and not _is_loopback(parts.hostname):
        yield Fault("issuer", "without TLS only on this machine", "log-ins go by HTTPS")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _file_faults(told: OidcFile, folder: Path) -> Iterator[Fault]:
    if told.client_secret_file is not None:
        try:
            secret.read(str(folder / told.client_secret_file))
        except DeliveryError as error:
            hint = "the file holds the secret alone, readable by the hub's user only"
            yield Fault("client_secret_file", str(error), hint)
    if told.ca is not None:
        try:
            ssl.create_default_context(cafile=folder / told.ca)
        except OSError as error:  # an SSLError is one too
            yield Fault(
                "ca", f"{told.ca}: {error.strerror or error}", "name the authority's certificate, as PEM"
            )

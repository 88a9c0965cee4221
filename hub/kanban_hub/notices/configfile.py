"""Reading the notices file, with all its faults at once."""

import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from kanban_hub.domain.plant import Plant
from kanban_hub.notices import address, secret
from kanban_hub.notices.config import NoticesConfig, Smtp, Webhook
from kanban_hub.notices.errors import DeliveryError
from kanban_protocol.tomlfile import Fault, TomlFile

Table = TypeVar("Table", bound=Struct)


def load(path: Path, plant: Plant | None = None) -> NoticesConfig:
    """Read the file; names of other files in it are relative to it.

    With a `plant` the stations and shifts that it names have to be there. Raises `ConfigError` with
    every fault.
    """
    file = TomlFile(path)
    config = _placed(file.convert(NoticesConfig), path.parent)
    faults = [*_faults(config), *(plant_faults(config, plant) if plant is not None else ())]
    if faults:
        raise file.error(faults)
    return _confined(config)


def _placed(config: NoticesConfig, folder: Path) -> NoticesConfig:
    smtp = config.smtp and _with_files(config.smtp, folder, "password_file", "ca")
    webhooks = [_with_files(webhook, folder, "secret_file", "ca") for webhook in config.webhooks]
    return structs.replace(config, smtp=smtp, webhooks=webhooks)


def _confined(config: NoticesConfig) -> NoticesConfig:
    """Whoever is outside the plant is told of its own station only."""
    people = [
        structs.replace(person, stations=[person.supplier]) if person.supplier is not None else person
        for person in config.people
    ]
    return structs.replace(config, people=people)


def _with_files(table: Table, folder: Path, *names: str) -> Table:
    files = {name: str(folder / value) for name in names if (value := getattr(table, name)) is not None}
    return structs.replace(table, **files)


def _faults(config: NoticesConfig) -> Iterator[Fault]:
    yield from _repeated(config)
    for index, person in enumerate(config.people):
        if person.supplier is not None and person.stations is not None:
            hint = "leave `stations` out: a supplier is told of its own parts only"
            yield Fault(f"people[{index}].stations", "`supplier` names the station already", hint)
    if config.smtp is not None:
        yield from _smtp_faults(config.smtp)
    elif config.people:
        yield Fault("people[0]", "there is no mail server", "add [smtp], or leave people out")
    for index, webhook in enumerate(config.webhooks):
        yield from _webhook_faults(f"webhooks[{index}]", webhook)


def _repeated(config: NoticesConfig) -> Iterator[Fault]:
    places = [(f"people[{index}].id", row.id) for index, row in enumerate(config.people)]
    places += [(f"webhooks[{index}].id", row.id) for index, row in enumerate(config.webhooks)]
    known: set[str] = set()
    for where, one in places:
        if one in known:
            yield Fault(where, f"{one!r} stands twice", "give each person and webhook its own id")
        known.add(one)


def _smtp_faults(smtp: Smtp) -> Iterator[Fault]:
    if smtp.tls == "none" and not smtp.allow_plain and not _is_loopback(smtp.host):
        hint = 'write tls = "starttls" or "tls"; allow_plain = true sends everything readable'
        yield Fault("smtp.tls", "without TLS only to this machine", hint)
    if (smtp.user is None) != (smtp.password_file is None):
        yield Fault("smtp", "user and password_file belong together", "name both, or neither")
    if smtp.password_file is not None:
        yield from _secret_faults("smtp.password_file", smtp.password_file)
    yield from _authority_faults("smtp.ca", smtp.ca)


def _webhook_faults(where: str, webhook: Webhook) -> Iterator[Fault]:
    try:
        target = address.parse(webhook.url, allow_private=webhook.allow_private)
        if _is_number(target.host):
            address.check(target.host, allow_private=webhook.allow_private)
    except ValueError as error:
        yield Fault(f"{where}.url", str(error), 'for example url = "https://hooks.example.com/kanban"')
    except DeliveryError as error:
        yield Fault(f"{where}.url", str(error), "allow_private = true lets it")
    yield from _secret_faults(f"{where}.secret_file", webhook.secret_file, secret.signing_key)
    yield from _authority_faults(f"{where}.ca", webhook.ca)


def _secret_faults(where: str, path: str, read: secret.Reader = secret.read) -> Iterator[Fault]:
    try:
        read(path)
    except DeliveryError as error:
        yield Fault(where, str(error), "the file holds the secret alone, readable by the hub's user only")


def _authority_faults(where: str, path: str | None) -> Iterator[Fault]:
    if path is None:
        return
    hint = "name the file of the authority's certificate, as PEM"
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        yield Fault(where, f"no certificate in {path}", hint)
    except OSError as error:
        yield Fault(where, f"{path}: {error.strerror}", hint)


def plant_faults(config: NoticesConfig, plant: Plant) -> Iterator[Fault]:
    """What the file names and `plant` does not have, and whom an escalation names and the file does not."""
    known = {"station": list(plant.stations), "shift": [shift.id for shift in plant.calendar.shifts]}
    for index, person in enumerate(config.people):
        yield from _supplier_faults(f"people[{index}].supplier", person.supplier, plant)
        stations = person.stations if person.supplier is None else None
        named = {"station": stations or (), "shift": person.shifts or ()}
        for what, ids in named.items():
            for one in sorted(set(ids) - set(known[what])):
                hint = f"known there: {', '.join(known[what]) or 'none'}"
                yield Fault(f"people[{index}].{what}s", f"no {what} {one!r} in the plant", hint)
    groups = {group for person in config.people for group in person.groups}
    for group in sorted({group for rule in plant.escalation for group in rule.tell} - groups):
        hint = "the plant's escalation tells it: give somebody this group"
        yield Fault("people", f"nobody is of the group {group!r}", hint)


def _supplier_faults(where: str, supplier: str | None, plant: Plant) -> Iterator[Fault]:
    outside = [station.id for station in plant.stations.values() if station.external]
    if supplier is not None and supplier not in outside:
        hint = f"external stations there: {', '.join(outside) or 'none'}"
        yield Fault(where, f"{supplier!r} is no external station of the plant", hint)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_number(host) and ip_address(host).is_loopback)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

"""The station's file: one typed value, and every fault of the file at once."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct, field

from kanban_device.joining.identity import Identity, shown
from kanban_device.retreat import Level, without
from kanban_hardware import faults
from kanban_hardware.wiring import Wiring
from kanban_protocol.catalogue import LANGUAGES, SOURCE
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.ids import SiteId, StationId
from kanban_protocol.tomlfile import ConfigError, Fault, TomlFile

Seconds = Annotated[float, Meta(ge=1, le=3600)]


class StationTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Who this station is, where it keeps its outbox, and what its own texts are said in."""

    id: StationId
    site: SiteId
    data: Annotated[str, Meta(min_length=1)]
    language: str = SOURCE


class MqttTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the broker is. `ca`, `certificate` and `key` are files, for `mqtts://` only."""

    url: str
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None


class HubTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The hub's station door, where certificates and releases are. `ca` is a file, for `https://` only."""

    url: str
    ca: str | None = None


class TimingTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The station's times, seconds. How long a hold is stands in the wiring: `hardware.hold_ms`."""

    undo_s: Seconds = 30.0
    armed_s: Seconds = 10.0
    hub_lost_s: Seconds = 15.0
    message_s: Seconds = 10.0


class StationConfig(Struct, frozen=True, forbid_unknown_fields=True):
    station: StationTable
    mqtt: MqttTable
    hardware: Wiring
    timing: TimingTable = field(default_factory=TimingTable)
    hub: HubTable | None = None

    @property
    def data(self) -> Path:
        return Path(self.station.data)

    @property
    def broker(self) -> Endpoint:
        """The broker as the file names it. Raises `ValueError`; one from `load` has been checked for it."""
        endpoint = Endpoint.parse(self.mqtt.url)
        return replace(endpoint, ca=self.mqtt.ca, certificate=self.mqtt.certificate, key=self.mqtt.key)

    @property
    def door_ca(self) -> str | None:
        """The authority of the hub's door: what the file names, or what the joining has taught."""
        if self.hub is None or self.hub.ca is not None:
            return self.hub.ca if self.hub is not None else None
        pair = Identity(self.data).current()
        return str(pair.trusted) if pair is not None and self.hub.url.startswith("https:") else None

    @property
    def endpoint(self) -> Endpoint:
        """The broker, with the station's own certificate of now where the file names no other."""
        return shown(self.broker, self.data)


def data_of(path: Path) -> Path | None:
    """The data directory that a station's file names, however faulty the rest of it is."""
    try:
        station = TomlFile(path).data.get("station")
    except ConfigError:
        return None
    data = station.get("data") if isinstance(station, dict) else None
    return Path(data) if isinstance(data, str) and data else None


def load(path: Path, level: Level = Level.NOTHING) -> StationConfig:
    """Read a station's file, without what is left off at `level`.

    Raises `kanban_protocol.tomlfile.ConfigError` with every fault of it.
    """
    file = TomlFile(path)
    file.data = without(file.data, level)
    config = file.convert(StationConfig)
    found = [*_language_faults(config.station), *_mqtt_faults(config.mqtt)]
    hardware = _hardware_faults(config.hardware)
    # What is left off may be all that there was.
    found += [fault for fault in hardware if level is Level.NOTHING or fault.where != "hardware"]
    found += _hub_faults(config.hub)
    if found:
        raise file.error(found)
    return config


def _language_faults(station: StationTable) -> list[Fault]:
    if station.language in LANGUAGES:
        return []
    text = f"'{station.language}' is not spoken here"
    return [Fault("station.language", text, f"one of {', '.join(LANGUAGES)}")]


def _hardware_faults(hardware: Wiring) -> list[Fault]:
    return [Fault(fault.where, fault.text, fault.hint) for fault in faults.faults(hardware)]


def _hub_faults(hub: HubTable | None) -> list[Fault]:
    if hub is None:
        return []
    parts = urlsplit(hub.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        hint = 'for example url = "https://hub.local:8443"'
        return [Fault("hub.url", f"'{hub.url}' is no address of a hub's door", hint)]
    if hub.ca is not None and parts.scheme == "http":
        return [Fault("hub.ca", "is used with https:// only", "write https:// in hub.url")]
    return []


def _mqtt_faults(mqtt: MqttTable) -> list[Fault]:
    try:
        endpoint = Endpoint.parse(mqtt.url)
    except ValueError as error:
        return [Fault("mqtt.url", str(error), 'for example url = "mqtt://hub.local:1883"')]
    files = {"ca": mqtt.ca, "certificate": mqtt.certificate, "key": mqtt.key}
    named = [name for name, value in files.items() if value is not None]
    if named and not endpoint.tls:
        return [
            Fault(f"mqtt.{name}", "is used with mqtts:// only", "write mqtts:// in mqtt.url")
            for name in named
        ]
    if (mqtt.certificate is None) != (mqtt.key is None):
        return [Fault("mqtt", "certificate and key belong together", "name both files, or neither")]
    return []

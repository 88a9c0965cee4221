"""`kanban-hub run`: the hub itself."""

import logging
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kanban_hub import datadir
from kanban_hub.linkcommand import public_url_option
from kanban_hub.notices import configfile
from kanban_hub.oidc import configfile as oidcfile
from kanban_hub.opening import data_option, database_option
from kanban_hub.printers import configfile as printersfile
from kanban_protocol import logs
from kanban_protocol.endpoint import Endpoint

log = logging.getLogger(__name__)

_FILE = click.Path(exists=True, dir_okay=False, readable=True)

notices_option = click.option(
    "--notices",
    "notices_file",
    type=click.Path(path_type=Path),
    help="The notices file: who is told what by mail and webhook.",
)

printers_option = click.option(
    "--printers",
    "printers_file",
    type=click.Path(path_type=Path),
    help="The printers file: label printers that the hub prints on directly.",
)

oidc_option = click.option(
    "--oidc",
    "oidc_file",
    type=click.Path(path_type=Path),
    help="The file of the provider where people can log in too, by OpenID Connect.",
)


@click.command()
@data_option
@database_option
@click.option(
    "--mqtt",
    default="mqtt://127.0.0.1:1883",
    envvar="KANBAN_HUB_MQTT",  # where a password in it is not seen by everybody who lists processes
    show_default=True,
    help="The broker's URL: mqtt:// or mqtts://.",
)
@click.option("--ca", type=_FILE, help="With mqtts: the authority that the broker must show.")
@click.option("--certificate", type=_FILE, help="With mqtts: the hub's certificate.")
@click.option("--key", type=_FILE, help="With mqtts: the certificate's key.")
@click.option(
    "--http", default="127.0.0.1:8080", show_default=True, help="HOST:PORT of the board and the API."
)
@click.option("--suppliers", help="HOST:PORT of the suppliers' pages alone, for the way to the internet.")
@click.option(
    "--door", help="HOST:PORT where stations join and renew their certificates, by TLS: 0.0.0.0:8443."
)
@click.option(
    "--door-name",
    "door_names",
    multiple=True,
    help="A further name or address by which stations reach the door, beside the machine's own.",
)
@click.option(
    "--stations-mqtt",
    metavar="URL",
    help="Where stations that join find the broker, if not where the hub finds it: mqtts://HOST:8883.",
)
@public_url_option
@click.option("--private", is_flag=True, help="Reading needs a log-in or a screen's link too.")
@click.option(
    "--trusted-proxy",
    metavar="ADDRESS",
    help="The reverse proxy whose X-Forwarded headers say who asks, and whether by HTTPS.",
)
@click.option("--log", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@notices_option
@printers_option
@oidc_option
def run(data: Path, mqtt: str, http: str, form: Any, **rest: Any) -> None:
    """Run inbox and web until SIGTERM or Ctrl-C."""
    logs.configure(form)
    notices_file, suppliers = rest["notices_file"], rest["suppliers"]
    told = configfile.load(notices_file) if notices_file is not None else None
    printers_file = rest["printers_file"]
    printers = printersfile.load(printers_file) if printers_file is not None else {}
    oidc_file = rest["oidc_file"]
    oidc = oidcfile.load(oidc_file) if oidc_file is not None else None
    files = {name: rest[name] for name in ("ca", "certificate", "key")}
    endpoint, (host, port) = _endpoint(mqtt, files), _address(http)
    door = _address(rest["door"], "--door") if rest["door"] else None
    stations_mqtt = _parsed(rest["stations_mqtt"], "--stations-mqtt") if rest["stations_mqtt"] else None
    gate = _address(suppliers, "--suppliers") if suppliers else None
    if endpoint.is_exposed:
        log.warning("%s is without TLS: everybody in that network can read and forge signals", endpoint)
    datadir.prepare(data)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    from kanban_hub.hub import HubSettings, RunningHub  # noqa: PLC0415  # the other commands need no web

    settings = HubSettings(
        data,
        endpoint,
        host,
        port,
        notices=told,
        gate=gate,
        public_url=rest["public_url"],
        database=rest["database"],
        is_private=rest["private"],
        trusted_proxy=rest["trusted_proxy"],
        printers=printers,
        oidc=oidc,
        door=door,
        door_names=rest["door_names"],
        stations_mqtt=stations_mqtt,
    )
    with datadir.lock(data):
        RunningHub(settings).run(stop)


def _endpoint(url: str, files: dict[str, str | None]) -> Endpoint:
    """`files` are `ca`, `certificate` and `key`."""
    endpoint = _parsed(url, "--mqtt")
    given = {name: file for name, file in files.items() if file is not None}
    if given and not endpoint.tls:
        raise click.UsageError(f"--{' --'.join(given)} are of use with mqtts:// only")
    if ("certificate" in given) != ("key" in given):
        raise click.UsageError("--certificate and --key go together")
    return replace(endpoint, ca=files["ca"], certificate=files["certificate"], key=files["key"])


def _parsed(url: str, option: str) -> Endpoint:
    try:
        return Endpoint.parse(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _address(text: str, option: str = "--http") -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:  # noqa: PLR2004
        raise click.BadParameter(f"{text!r}: write HOST:PORT", param_hint=option)
    return host.strip("[]"), int(port)

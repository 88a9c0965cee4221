"""How the updater is put together on this machine."""

import logging
import os
import platform
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from kanban_device.clock import is_disciplined, quality
from kanban_device.config import StationConfig
from kanban_device.update import trust
from kanban_device.update.download import Download
from kanban_device.update.errors import FetchError
from kanban_device.update.installation import Station
from kanban_device.update.layout import Layout
from kanban_device.update.machine import Machine, Place
from kanban_device.update.policy import Now
from kanban_device.update.source import Source
from kanban_device.update.updater import Updater
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.messages import UpdateFault

log = logging.getLogger(__name__)

PROBE_S = 5.0
RESTART_S = 120


def updater(config: StationConfig, given: Mapping[str, Any]) -> Updater:
    """`given` are the options `root`, `config`, `key`, `vitals` and `restart`."""
    place = Place(
        station=Station(given["config"].absolute(), config.data.absolute()),
        keys=partial(trust.load_keys, given["key"]),
        vitals=given["vitals"],
    )
    machine = Machine(
        python=(sys.version_info[0], sys.version_info[1]),
        name=platform.machine(),
        now=now,
        now_s=lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
        wait=time.sleep,
        restart=partial(restart, shlex.split(given["restart"])),
        is_network_there=partial(is_reachable, config.endpoint),
    )
    return Updater(Layout(given["root"].absolute()), place, machine)


def door_of(config: StationConfig) -> Callable[[int], Source]:
    """Where releases are fetched, by their number. It raises `FetchError` where the file names no door."""

    def door(number: int) -> Source:
        if config.hub is None:
            text = "the station's file names no hub to fetch releases from: add [hub] with its url"
            raise FetchError(UpdateFault.UNREACHABLE, text)
        return Download(config.hub.url, config.door_ca, number)

    return door


def now() -> Now:
    wall_s = time.time()
    return Now(datetime.fromtimestamp(wall_s, UTC), quality(wall_s, is_disciplined()))


def restart(command: list[str]) -> None:
    """A service that does not start is no error here: it is what a trial finds out."""
    try:
        done = subprocess.run(command, check=False, timeout=RESTART_S, env=dict(os.environ))
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("%s: %s", command[0], error)
        return
    if done.returncode != 0:
        log.warning("%s ended with %d", " ".join(command), done.returncode)


def is_reachable(broker: Endpoint) -> bool:
    """Whether anybody could speak with the broker from here."""
    try:
        with socket.create_connection((broker.host, broker.port), timeout=PROBE_S):
            return True
    except OSError:
        return False

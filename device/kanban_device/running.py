"""The command `kanban-station run`: the station itself, its signals, its exit codes."""

import logging
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import click

from kanban_device import config
from kanban_device.build import build
from kanban_device.clock import SystemClock
from kanban_device.commands import FAILED, config_option, plainly
from kanban_device.config import StationConfig
from kanban_device.errors import DeviceError
from kanban_device.retreat import Level
from kanban_device.service import Retreat, Service
from kanban_device.supervisor import Supervisor
from kanban_device.update.layout import running_release
from kanban_hardware.errors import HardwareError
from kanban_protocol import logs
from kanban_protocol.tomlfile import ConfigError

log = logging.getLogger(__name__)


@click.command()
@config_option
@click.option("--log", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@plainly
def run(path: Path, form: str) -> None:
    """Serve the station until SIGTERM or SIGINT."""
    logs.configure(form)
    # Counted before anything else: also a file that is faulty, and a start that never ends.
    service = _service(path)
    loaded = _config(path, service.retreat.level)
    if loaded.broker.is_exposed:
        log.warning("%s is without TLS: everybody in that network can read and forge signals", loaded.broker)
    stop = _stop_on_signals()
    program = build(loaded, service=service)
    try:
        program.run(stop)
        service.retreat.end()
    except (DeviceError, HardwareError):
        raise
    except Exception:  # the top of the thread that owns the station: a half-dead one is worse than a restart
        log.exception("unexpected: the program ends so that it is started again")
        sys.exit(FAILED)
    finally:
        program.close()


def _config(path: Path, level: Level) -> StationConfig:
    """The file without what is left off; what is wrong with the whole of it is told in the log."""
    if level:
        try:
            config.load(path)
        except ConfigError as error:
            log.error("%s", error)  # noqa: TRY400  # its text says it all
    return config.load(path, level)


def _service(path: Path) -> Service:
    """Starts are counted only where somebody starts again what has ended."""
    supervisor = Supervisor.of()
    directory = config.data_of(path)
    if not supervisor.is_there or directory is None:
        return Service(supervisor)
    installed = running_release()
    release = installed[0] if installed is not None else 0
    return Service(supervisor, Retreat(directory, SystemClock().now_s(), release))


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop

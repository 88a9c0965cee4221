"""The unit that starts the station: installed, enabled, running, and how often it had to be started again."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene

UNIT = "kanban-station.service"
PROPERTIES = "LoadState,UnitFileState,ActiveState,SubState,NRestarts"
ASK_S = 5.0
MANY_RESTARTS = 3
LOG = "journalctl --unit kanban-station --lines 50 says why"
INSTALL = "sudo cp device/kanban-station.service /etc/systemd/system/ && sudo systemctl daemon-reload"


def systemctl() -> str | None:
    """What systemd says of the unit (systemctl(1), show), `Name=value` a line; None where it is not there."""
    if (program := shutil.which("systemctl")) is None:
        return None
    command = [program, "show", UNIT, f"--property={PROPERTIES}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ASK_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout


def look(scene: Scene, ask: Callable[[], str | None] = systemctl) -> Iterator[Finding]:
    # The folder is there exactly when systemd runs as process 1 (sd_booted(3)).
    if scene.is_mock or not scene.machine.exists("/run/systemd/system"):
        return
    told = dict(row.split("=", 1) for row in (ask() or "").splitlines() if "=" in row)
    if told.get("LoadState") == "not-found":
        yield Finding("service", f"{UNIT} is not installed: nothing starts the station at boot", INSTALL)
    elif told:
        yield from _unit(told)


def _unit(told: dict[str, str]) -> Iterator[Finding]:
    state = f"{told.get('ActiveState')} ({told.get('SubState')})"
    restarts = int(told.get("NRestarts") or 0)
    if told.get("UnitFileState") == "disabled":
        yield Finding("service", "does not start at boot", "sudo systemctl enable kanban-station")
    if told.get("ActiveState") == "failed" or told.get("SubState") == "auto-restart":
        yield fail("service", f"{state}, started again {restarts} times", LOG)
    elif restarts >= MANY_RESTARTS:
        yield Finding("service", f"{state}, and had to be started again {restarts} times", LOG)
    elif told.get("ActiveState") == "inactive":
        yield Finding("service", "is stopped", "sudo systemctl start kanban-station, when you are done")
    else:
        yield Finding("service", state)

"""The data directory and the outbox in it. Only read: salvaging is left to the station."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kanban_device import salvage
from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import is_there
from kanban_device.check.scene import Scene

PRIVATE = 0o077


def look(scene: Scene) -> Iterator[Finding]:
    data = scene.config.data
    if not is_there(data):
        yield _absent(scene, data)
        return
    if fault := _write_fault(data):
        remedy = f"Make it a directory of this user's: sudo install -d -o {scene.machine.user} -m 700 {data}"
        yield fail("data", f"{data}: {fault}; nothing can be stored until then", remedy)
        return
    yield Finding("data", f"{data} is writable")
    if data.stat().st_mode & PRIVATE:
        yield Finding("data", f"{data} is open to others", f"chmod 700 {data}: it holds the station's key")
    yield _outbox(data / salvage.FILE)


def _absent(scene: Scene, data: Path) -> Finding:
    parent = next(folder for folder in data.absolute().parents if is_there(folder))
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return Finding("data", f"{data} is not there yet; the first run makes it")
    remedy = f"systemd makes it (StateDirectory=), or: sudo install -d -o {scene.machine.user} -m 700 {data}"
    return fail("data", f"{data} is not there, and {scene.machine.user} may not make it", remedy)


def _write_fault(data: Path) -> str:
    """Try it: a file system that has turned read-only, or is full, still shows the right modes."""
    try:
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"kanban")
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _outbox(path: Path) -> Finding:
    if not is_there(path):
        return Finding("outbox", "there is none yet; the first run makes it")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
            depth = connection.execute("SELECT count(*) FROM signals WHERE status IS NULL").fetchone()[0]
    except sqlite3.Error as error:
        faults, depth = [str(error)], 0
    if faults != ["ok"]:
        remedy = (
            "The next start of the station sets it aside and carries over what can be read; change the card"
        )
        return fail("outbox", f"{path} is damaged: {'; '.join(faults)}", remedy)
    return Finding("outbox", f"whole; {depth} signals wait for their receipt")

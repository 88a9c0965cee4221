"""The scanners: there, ours to open, and nobody else's."""

import fcntl
import os
import stat
import termios
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import Machine
from kanban_device.check.scene import Scene
from kanban_device.check.user import join_group
from kanban_hardware.errors import PartError
from kanban_hardware.keyboard_source import Keyboard, KeyboardSource, input_device
from kanban_hardware.wiring import ScannerWiring

BY_ID = "/dev/serial/by-id"


def look(scene: Scene) -> Iterator[Finding]:
    for number, scanner in enumerate(scene.config.hardware.scanners, 1):
        way = keyboard if scanner.kind == "keyboard" else _serial
        yield way(scene, f"scanner-{number}", scanner)
    if any(scanner.kind == "serial" for scanner in scene.config.hardware.scanners):
        yield from _modem_manager(scene.machine)


def _serial(scene: Scene, part: str, scanner: ScannerWiring) -> Finding:
    port = scanner.port
    if not scene.machine.exists(port):
        return fail(part, f"{port} is not there", _missing(scene.machine))
    if not stat.S_ISCHR(scene.machine.path(port).stat().st_mode):
        return fail(part, f"{port} is no serial port", _missing(scene.machine))
    if not scene.machine.may(port, os.R_OK | os.W_OK):
        group = scene.machine.group_of(port) or "dialout"
        return fail(part, f"{port} may not be opened", join_group(group, scene.machine.user))
    if scene.beside:
        return Finding(part, f"{port} is there")
    if user := busy(scene.machine, port):
        return fail(part, f"{port} is in use by {user}", "Stop it: two readers each get a part of a code")
    return Finding(part, f"{port} is there and free")


def keyboard(
    scene: Scene, part: str, scanner: ScannerWiring, open_device: Callable[[str], Keyboard] = input_device
) -> Finding:
    """A scanner that types. It is opened and grabbed once, as the station does."""
    port = scanner.port
    if not scene.machine.exists(port):
        return fail(part, f"{port} is not there", "Plug it in, and take its name from /dev/input/by-id")
    if not scene.machine.may(port, os.R_OK):
        group = scene.machine.group_of(port) or "input"
        return fail(part, f"{port} may not be read", join_group(group, scene.machine.user))
    if scene.beside:
        return Finding(part, f"{port} is there")
    source = KeyboardSource(replace(scanner, port=str(scene.machine.path(port))), monotonic, open_device)
    try:
        source.open()
    except PartError as error:
        return fail(part, error.reason, error.hint)
    except OSError as error:
        return fail(
            part, f"{port}: {error.strerror}", "Is it a keyboard? Take its name from /dev/input/by-id"
        )
    finally:
        source.close()
    return Finding(part, f"{port} is there and free")


def busy(machine: Machine, port: str) -> str:
    """Who has a port open, as far as this user may see; empty when it can be had."""
    device = os.path.realpath(machine.path(port))
    for process, name in machine.processes():
        if process != os.getpid() and device in _open_files(machine, process):
            return f"{name} (process {process})"
    return _tried(device)


def _open_files(machine: Machine, process: int) -> set[str]:
    files = set()
    for name in machine.names(f"/proc/{process}/fd", "*"):
        try:
            files.add(str(machine.path(name).readlink()))
        except OSError:  # closed meanwhile, or not ours to see
            continue
    return files


def _tried(device: str) -> str:
    """Ask for the port as the station would; a program that took it for itself alone refuses (TIOCEXCL)."""
    try:
        file = os.open(device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return f"another program ({error.strerror})"
    try:
        termios.tcgetattr(file)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # as pyserial does for `exclusive`
    except termios.error:
        return "nobody, but it does not answer as a serial port"
    except OSError:
        return "another program, which has locked it"
    finally:
        os.close(file)
    return ""


def _missing(machine: Machine) -> str:
    remedy = 'Plug it in and set it to "USB-COM" (the barcode is in its manual)'
    names = [Path(name).name for name in machine.names(BY_ID, "*")]
    return f"{remedy}; {BY_ID} has {', '.join(names)}" if names else f"{remedy}; {BY_ID} is empty now"


def _modem_manager(machine: Machine) -> Iterator[Finding]:
    if machine.runs("ModemManager"):
        text = "ModemManager runs: it writes to every new serial port, and scanners answer with nonsense"
        yield Finding("scanners", text, "sudo systemctl disable --now ModemManager")

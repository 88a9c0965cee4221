"""The libraries that reach the pins: gpiozero and lgpio, their versions, and lgpio's working directory."""

import os
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene

LAST_WHEEL = (3, 12)
"""PyPI has wheels of lgpio 0.2.2.0 up to this Python; beyond it pip takes the placeholder 0.0.0.2."""
DEBIAN = "sudo apt install python3-lgpio, with a virtual environment made with --system-site-packages"
BY_PIP = "pip install 'lgpio>=0.2.2'"
# 2.0.1 opens gpiochip4 on every Pi 5, which is gone since kernel 6.6.45 (gpiozero #1166); post1 and post2
# cannot be imported (gpiozero #1229).
BROKEN = ("2.0", "2.0.1", "2.0.1.post1", "2.0.1.post2")


def installed(package: str) -> str | None:
    """The version of an installed package, "unknown" for one without its papers, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown" if find_spec(package) is not None else None


def look(
    scene: Scene,
    versions: Callable[[str], str | None] = installed,
    python: tuple[int, ...] = tuple(sys.version_info[:2]),
) -> Iterator[Finding]:
    if scene.is_mock:
        yield Finding("pins", 'pins = "mock": nothing is driven', 'Write pins = "lgpio" on a Pi')
        return
    yield _gpiozero(versions("gpiozero"))
    yield _lgpio(versions("lgpio"), BY_PIP if python <= LAST_WHEEL else DEBIAN)
    yield from _directory(scene)


def _gpiozero(found: str | None) -> Finding:
    remedy = "pip install 'gpiozero>=2.0.1.post3'"
    if found is None:
        return fail("gpiozero", "is not installed", remedy)
    if found in BROKEN or found.startswith("1."):
        return fail("gpiozero", f"{found} does not serve every Pi", remedy)
    return Finding("gpiozero", found)


def _lgpio(found: str | None, remedy: str) -> Finding:
    if found is None:
        return fail("lgpio", "is not installed: no pin can be used", remedy)
    if found.startswith("0.0."):
        return fail("lgpio", f"{found} is an empty placeholder, which pip takes where no wheel fits", remedy)
    return Finding("lgpio", found)


def _directory(scene: Scene) -> Iterator[Finding]:
    """Lgpio makes a pipe in LG_WD, or else in the working directory (gpiozero #1106)."""
    wanted = scene.machine.environment.get("LG_WD")
    if wanted is None:
        return
    if not Path(wanted).is_dir() or not os.access(wanted, os.W_OK | os.X_OK):
        remedy = (
            f"Make it a directory that {scene.machine.user} may write, as systemd does by RuntimeDirectory="
        )
        yield fail("LG_WD", f"{wanted} cannot be written, and lgpio ends without it", remedy)
    else:
        yield Finding("LG_WD", f"{wanted} can be written")

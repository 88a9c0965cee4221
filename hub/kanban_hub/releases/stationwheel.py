"""Our wheel as stations have it: without hub and simulator, four fifths of it, which nothing there imports.

A wheel is a zip file with a list of what is in it, RECORD (PEP 427).
"""

import base64
import csv
import hashlib
import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from kanban_hub.releases.errors import CollectError

LEFT_OUT = ("kanban_hub/", "kanban_simulator/")
PROGRAM = "kanban-station"


def write(whole: Path, folder: Path) -> Path:
    """Write into `folder` a wheel of the same name that holds what of `whole` is for stations.

    Raises `CollectError` for a wheel without their program.
    """
    target = folder / whole.name
    with ZipFile(whole) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        kept = [info for info in given.infolist() if not info.filename.startswith(LEFT_OUT)]
        contents = {info.filename: given.read(info) for info in kept}
        record = next(name for name in contents if name.endswith(".dist-info/RECORD"))
        scripts = record.replace("/RECORD", "/entry_points.txt")
        entry = _entry(contents.get(scripts, b"").decode())
        if entry is None:
            raise CollectError(f"{whole.name}: has no program {PROGRAM}; name the tree of this project")
        contents[scripts] = f"[console_scripts]\n{entry}\n".encode()
        contents[record] = _record(contents, record)
        for info in kept:
            made.writestr(info, contents[info.filename], ZIP_DEFLATED)
    return target


def _entry(scripts: str) -> str | None:
    """The line of the station's program, which alone is left to be started."""
    lines = (line for line in scripts.splitlines() if line.partition("=")[0].strip() == PROGRAM)
    return next(lines, None)


def _record(contents: dict[str, bytes], record: str) -> bytes:
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    for name, content in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((name, "", "") if name == record else (name, f"sha256={digest}", len(content)))
    return lines.getvalue().encode()

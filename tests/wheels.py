"""Tiny wheels, written without any builder."""

import base64
import hashlib
from pathlib import Path
from zipfile import ZipFile


def write_wheel(
    folder: Path,
    name: str,
    version: str,
    *,
    tag: str = "py3-none-any",
    modules: dict[str, str] | None = None,
    needs: tuple[str, ...] = (),
    scripts: dict[str, str] | None = None,
) -> Path:
    """A wheel for pip. `modules` are files by their path, `scripts` commands to `module:function`."""
    info = f"{name}-{version}.dist-info"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    lines += [f"Requires-Dist: {need}" for need in needs]
    entries = [f"{command} = {target}" for command, target in (scripts or {}).items()]
    files = {
        **(modules or {}),
        f"{info}/METADATA": "\n".join(lines) + "\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{info}/entry_points.txt": "\n".join(["[console_scripts]", *entries]) + "\n",
    }
    rows = [f"{path},sha256={_digest(text)},{len(text.encode())}" for path, text in files.items()]
    path = folder / f"{name}-{version}-{tag}.whl"
    with ZipFile(path, "w") as archive:
        for inner, text in files.items():
            archive.writestr(inner, text)
        archive.writestr(f"{info}/RECORD", "\n".join([*rows, f"{info}/RECORD,,"]) + "\n")
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()

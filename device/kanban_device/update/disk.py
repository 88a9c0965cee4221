"""Small writes that a power cut leaves either as they were or as they should be, never in between."""

import os
from pathlib import Path


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put `content` in the place of `path`: written beside, flushed, renamed."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    flush(path.parent)


def point(link: Path, target: Path) -> None:
    """Have `link` lead to `target`, whatever it led to before. At every moment it leads to one of both."""
    wanted = os.path.relpath(target, link.parent)
    if link.is_symlink() and str(link.readlink()) == wanted:
        return
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(wanted)
    beside.replace(link)
    flush(link.parent)


def remove(path: Path) -> None:
    """Let a file or a link be gone, also after a power cut."""
    if path.is_symlink() or path.exists():
        path.unlink()
        flush(path.parent)


def flush(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path, limit_bytes: int) -> bytes | None:
    """What lies at `path`, None where nothing does. Follows no link: others may write into its folder.

    Raises `OSError`, also for more than `limit_bytes`.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        content = file.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        raise OSError(f"{path} has more than {limit_bytes} bytes")
    return content

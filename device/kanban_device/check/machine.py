"""The machine as a check sees it: its files, its users, its processes. The only place that asks them."""

import grp
import os
import pwd
from collections.abc import Iterator, Mapping
from pathlib import Path


class Machine:
    """A Linux machine below `root`. What cannot be read is None or empty: a check never ends there."""

    def __init__(self, root: Path = Path("/"), environment: Mapping[str, str] = os.environ) -> None:
        self._root = root
        self.environment = dict(environment)

    def path(self, name: str | Path) -> Path:
        """Where `name`, an absolute path, lies."""
        return self._root / str(name).lstrip("/")

    def text(self, name: str | Path) -> str | None:
        """The content of a small file, without blanks and zero bytes around it."""
        try:
            return self.path(name).read_text(encoding="utf-8", errors="replace").strip("\0 \n")
        except OSError:
            return None

    def exists(self, name: str | Path) -> bool:
        return is_there(self.path(name))

    def names(self, folder: str, pattern: str) -> list[str]:
        """The absolute names that match `pattern` in `folder`, in order."""
        try:
            found = sorted(path.name for path in self.path(folder).glob(pattern))
        except OSError:
            return []
        return [f"{folder}/{name}" for name in found]

    def may(self, name: str | Path, mode: int) -> bool:
        """Whether this process may open a file: `mode` is of os.R_OK, os.W_OK, os.X_OK."""
        return os.access(self.path(name), mode)

    @property
    def user(self) -> str:
        return user_name(os.geteuid())

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted(group_name(number) for number in {os.getegid(), *os.getgroups()}))

    def group_of(self, name: str | Path) -> str | None:
        """The group that a file belongs to."""
        try:
            return group_name(self.path(name).stat().st_gid)
        except OSError:
            return None

    def processes(self) -> Iterator[tuple[int, str]]:
        """(process id, name as the kernel has it: at most 15 characters) of all that run."""
        for folder in self.names("/proc", "[0-9]*"):
            if name := self.text(f"{folder}/comm"):
                yield int(folder.rpartition("/")[2]), name

    def runs(self, *names: str) -> str | None:
        """The first of `names` that runs as a process."""
        running = {name for _, name in self.processes()}
        return next((name for name in names if name[:15] in running), None)

    def command(self, process: int) -> str:
        """The command line of a process, or its number where it cannot be seen."""
        text = self.text(f"/proc/{process}/cmdline")
        return text.replace("\0", " ") if text else f"process {process}"


def is_there(path: Path) -> bool:
    """Whether this user can see a file; `Path.exists` raises where one may not even look."""
    return os.path.exists(path)  # noqa: PTH110


def user_name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def group_name(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)

"""Who looks, and who may read what: groups, the data directory's owner, modes of the key files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kanban_device.check.finding import Finding, fail
from kanban_device.check.machine import user_name
from kanban_device.check.scene import Scene

READABLE_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH


def look(scene: Scene) -> Iterator[Finding]:
    yield _user(scene)
    yield from _password(scene)
    for setting, name in _files(scene):
        yield from _file(scene, setting, name)


def join_group(group: str, user: str) -> str:
    """The remedy for a device that belongs to a group this user is not in."""
    return f"sudo usermod --append --groups {group} {user}, then sudo systemctl restart kanban-station"


def _user(scene: Scene) -> Finding:
    user, owner = scene.machine.user, _owner(scene.config.data)
    text = f"{user}, groups {', '.join(scene.machine.groups)}"
    if owner in (None, user):
        return Finding("user", text)
    if user == "root":
        remedy = f"What may be opened is looked at as root; sudo -u {owner} shows what the station may"
        return Finding("user", text, remedy)
    remedy = f"Run the station and this check as {owner}: sudo -u {owner} kanban-station check …"
    return fail("user", f"{text}; but {scene.config.data} belongs to {owner}", remedy)


def _password(scene: Scene) -> Iterator[Finding]:
    if scene.file is None or scene.config.endpoint.password is None:
        return
    if scene.file.stat().st_mode & stat.S_IROTH:
        text = f"{scene.file} holds a password, and everybody on this machine may read it"
        yield fail("file", text, f"sudo chgrp {scene.machine.user} {scene.file}; sudo chmod 640 {scene.file}")


def _owner(data: Path) -> str | None:
    try:
        return user_name(data.stat().st_uid)
    except OSError:
        return None


def _files(scene: Scene) -> Iterator[tuple[str, str]]:
    """Those of the file, or those that joining has brought."""
    broker = scene.config.endpoint
    for setting, name in (("ca", broker.ca), ("certificate", broker.certificate), ("key", broker.key)):
        if name is not None:
            yield setting, name


def _file(scene: Scene, setting: str, name: str) -> Iterator[Finding]:
    part, path = f"mqtt.{setting}", Path(name)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield fail(part, f"{path} is not there", "Join the station again, or correct the path in its file")
        return
    except OSError as error:
        yield fail(part, f"{path}: {error.strerror}", f"Let {scene.machine.user} enter its folder")
        return
    if not os.access(path, os.R_OK):
        yield fail(part, f"{path} cannot be read", f"sudo chown {scene.machine.user} {path}")
    elif setting == "key" and mode & READABLE_BY_OTHERS:
        text = f"{path} is open to others (mode {stat.S_IMODE(mode):04o})"
        yield fail(part, text, f"chmod 600 {path}; who has read it can speak as this station")
    else:
        yield Finding(part, f"{path} can be read")

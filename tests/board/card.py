"""The data partition of a station: its release, its file, its outbox, as an installed Pi has them."""

import hashlib
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kanban_device.update.layout import Layout
from kanban_device.update.state import Memory, State
from kanban_hub.releases.collection import build_own
from tests.board import debian
from tests.board.debian import GUEST
from tests.board.image import CACHE, CHECKOUT, Image, alone, compile_all, make_disk, sbin
from tests.board.tools import run

SIZE_MIB = 512  # an update wants room for what is fetched and for what becomes of it
LABEL = "KANBAN-DATA"
STATION_FILE = "etc/kanban-station/station.toml"
ENABLED = ("kanban-station.service", "kanban-station-update.path")
PACKAGES = ("protocol", "hardware", "device", "hub", "simulator")
GUEST_FOLDERS = ("faults", "powercut")
PROGRAM = """\
#!/opt/kanban-station/releases/{number}/bin/python
import sys
from kanban_device.main import main
sys.exit(main())
"""


@dataclass(frozen=True)
class Card:
    """The partition as one disk, to be copied for each board."""

    disk: Path

    def copy(self, target: Path, files: dict[str, str]) -> Path:
        """A copy of the partition, the caller's to write on, with these files in folders that it has."""
        run("cp", "--sparse=always", str(self.disk), str(target))
        with tempfile.NamedTemporaryFile("w") as content:
            Path(content.name).chmod(0o644)
            for name, text in files.items():
                content.seek(0)
                content.truncate()
                content.write(text)
                content.flush()
                run(sbin("debugfs"), "-w", "-R", f"write {content.name} {name}", str(target))
        return target


def card(image: Image) -> Card:
    """The checkout, installed as release 1 on a Pi; made now where it has changed. Raises `ToolError`."""
    made = Card(CACHE / f"card-{_key(image)}.ext4")
    with alone():
        if not made.disk.exists():
            for old in CACHE.glob("card-*"):
                old.unlink()
            with tempfile.TemporaryDirectory(prefix="card-") as folder:
                fill(image, our_wheel(Path(folder) / "wheel"), Path(folder) / "card")
                begun = Path(folder) / "disk"
                make_disk(begun, Path(folder) / "card", SIZE_MIB, "-L", LABEL)
                shutil.move(begun, made.disk)
    return made


def _key(image: Image) -> str:
    """Of everything that the wheel and the partition are made of."""
    digest = hashlib.sha256(image.folder.name.encode() + Path(__file__).read_bytes())
    content = [
        CHECKOUT / "pyproject.toml",
        *(GUEST / "powercut").iterdir(),
        *(CHECKOUT / "device").glob("*.service"),
    ]
    for package in PACKAGES:
        content += sorted(path for path in (CHECKOUT / package).rglob("*") if path.is_file())
    for path in content:
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def our_wheel(folder: Path) -> Path:
    """The checkout as the wheel that a release carries."""
    folder.mkdir()
    return build_own(CHECKOUT, folder)


def fill(image: Image, wheel: Path, folder: Path) -> None:
    release = folder / "releases/releases/1"
    install(image, wheel, release)
    (release / "whole").touch()
    runs_one = State(running=1, good=1, highest=1)
    Memory(Layout(folder / "releases")).change(lambda _: runs_one)
    (folder / "station").mkdir()
    _system(release / f"lib/python{debian.PYTHON}/site-packages/kanban_device/pi/etc", folder / "etc")


def _system(carried: Path, etc: Path) -> None:
    """What the release carries for a Pi's system, enabled; and a read-only root's table of file systems."""
    shutil.copytree(carried, etc)
    (etc / "kanban-station").mkdir()
    # An emulated board takes longer until a disk is there than any Pi.
    table = (CHECKOUT / "device/read-only/fstab").read_text()
    (etc / "fstab").write_text(table.replace("device-timeout=30s", "device-timeout=180s"))
    for folder in GUEST_FOLDERS:
        shutil.copytree(GUEST / folder, etc / "board" / folder)
    wanted = etc / "systemd/system/multi-user.target.wants"
    wanted.mkdir()
    for unit in ENABLED:
        (wanted / unit).symlink_to(f"../{unit}")


def install(image: Image, wheel: Path, release: Path) -> None:
    """An environment with the station's libraries and our wheel, without running its Python."""
    packages = release / f"lib/python{debian.PYTHON}/site-packages"
    shutil.copytree(image.packages, packages)
    with zipfile.ZipFile(wheel) as ours:
        ours.extractall(packages)
    compile_all(packages)
    (release / "bin").mkdir()
    for name in ("python", "python3"):
        (release / "bin" / name).symlink_to("/usr/bin/python3")
    (release / "bin/kanban-station").write_text(PROGRAM.format(number=release.name))
    (release / "bin/kanban-station").chmod(0o755)
    (release / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = true\nversion = {debian.PYTHON}\n"
    )

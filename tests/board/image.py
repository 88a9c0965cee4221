"""What a board starts from: kernel, first programs, system disk, device tree and the wheels for its Python.

Made once and kept beside the environment, under a key of everything that it is made of.
"""

import fcntl
import gzip
import hashlib
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.board import debian
from tests.board.debian import GUEST
from tests.board.tools import run

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / ".venv" / "board"
# The processor of a Pi 5: an emulator does its atomic instructions quicker than those of older ones. One core
# of it: to keep two in step costs an emulator half as much again, and all takes longer.
MACHINE = ("-M", "virt", "-cpu", "cortex-a76", "-smp", "1", "-m", "512", "-nodefaults", "-display", "none")
# Loaded in this order by the first program, each after what it needs.
MODULES = (
    *("virtio_pci", "virtio_blk", "virtio_net", "virtio_console", "ext4", "crc32c_generic"),
    *("xhci_pci", "usbserial", "ftdi_sio", "cdc_acm", "i2c_dev", "usbhid", "hid_generic", "evdev"),
)
# The tags of wheels that Debian 12's libraries carry on a Pi's processor.
PLATFORMS = ("any", *(f"manylinux{name}_aarch64" for name in ("_2_34", "_2_28", "_2_17", "2014")))
# gpiozero asks the device tree which Pi it is on: revision c03114 is a Pi 4B.
REVISION, MODEL = "c03114", "Raspberry Pi 4 Model B Rev 1.4 (QEMU virt)"
ROOT_MIB = 384
RECIPE = ("debian.py", "image.py", "guest/init", "guest/workbench.service")


@dataclass(frozen=True)
class Image:
    """The files in `folder`. `packages` holds the station's libraries, `wheels` the same as wheels."""

    folder: Path

    @property
    def kernel(self) -> Path:
        return self.folder / "vmlinuz"

    @property
    def initrd(self) -> Path:
        return self.folder / "initrd.img"

    @property
    def tree(self) -> Path:
        return self.folder / "board.dtb"

    @property
    def root(self) -> Path:
        return self.folder / "root.ext4"

    @property
    def wheels(self) -> Path:
        return self.folder / "wheels"

    @property
    def packages(self) -> Path:
        return self.folder / "packages"


def image() -> Image:
    """The image for this checkout, made now where it is not there. Raises `ToolError`."""
    CACHE.mkdir(parents=True, exist_ok=True)
    made = Image(CACHE / _key())
    with alone():
        if not made.folder.exists():
            for old in CACHE.glob("image-*"):
                shutil.rmtree(old)
            begun = CACHE / "begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            _make(Image(begun))
            begun.rename(made.folder)
    return made


def _key() -> str:
    content = "".join((Path(__file__).parent / name).read_text() for name in RECIPE)
    content += repr((_requirements(), sys.version_info[:2]))
    return f"image-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


@contextmanager
def alone() -> Iterator[None]:
    """One process of many makes the image; the others wait for it."""
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(new: Image) -> None:
    archive, root = new.folder / "debian.tar", new.folder / "root"
    debian.archive(archive)
    debian.unpack(archive, root)
    archive.unlink()
    _libraries(new)
    (version,) = (path.name for path in (root / "lib/modules").iterdir())
    shutil.copy(root / f"boot/vmlinuz-{version}", new.kernel)
    _first_programs(new, root, version)
    for folder in ("boot", "lib/modules"):
        shutil.rmtree(root / folder)
    compile_all(root / f"usr/lib/python{debian.PYTHON}")
    compile_all(root / "usr/lib/python3/dist-packages")
    make_disk(new.root, root, ROOT_MIB)
    shutil.rmtree(root)
    _device_tree(new.tree)


def _libraries(new: Image) -> None:
    """What a station needs from others, for the board's Python and processor."""
    fits = ["--python-version", debian.PYTHON, "--implementation", "cp", "--only-binary=:all:"]
    fits += [f"--abi={abi}" for abi in (f"cp{debian.PYTHON.replace('.', '')}", "abi3", "none")]
    fits += [f"--platform={name}" for name in PLATFORMS]
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "download", *fits, "--dest", str(new.wheels), *_requirements())
    wheels = sorted(str(wheel) for wheel in new.wheels.iterdir())
    # A release brings the installer along.
    run(*pip, "download", *fits, "--no-deps", "--dest", str(new.wheels), "pip")
    run(*pip, "install", *fits, "--no-deps", "--no-index", "--target", str(new.packages), *wheels)
    shutil.rmtree(new.packages / "bin", ignore_errors=True)
    compile_all(new.packages)


def _requirements() -> list[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["station"]]


def compile_all(folder: Path) -> None:
    """Byte-compile as an installation on a Pi would have; an emulator takes long over it."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == debian.PYTHON:
        options = ("-q", "-q", "-j", "2", "--invalidation-mode", "unchecked-hash")
        # Some files of the standard library are made to be no Python.
        run("sh", "-c", '"$@" || true', "sh", sys.executable, "-m", "compileall", *options, str(folder))


def _first_programs(new: Image, root: Path, version: str) -> None:
    """The archive that the kernel starts with: busybox, the drivers and `guest/init`."""
    tree = new.folder / "first"
    for folder in ("bin", "dev", "modules", "proc", "root", "sys"):
        (tree / folder).mkdir(parents=True)
    shutil.copy(root / "bin/busybox", tree / "bin")
    shutil.copy(GUEST / "init", tree / "init")
    (tree / "init").chmod(0o755)
    run(sbin("depmod"), "--basedir", str(root), version)
    order = dict.fromkeys(path for name in MODULES for path in _needed(root, version, name))
    for path in order:
        shutil.copy(path, tree / "modules")
    (tree / "modules/order").write_text("".join(f"{path.name}\n" for path in order))
    packed = run(
        "sh", "-c", f"cd '{tree}' && find . | cpio --create --format=newc --quiet --owner=0:0 > ../initrd"
    )
    assert packed == ""
    new.initrd.write_bytes(gzip.compress((new.folder / "initrd").read_bytes(), compresslevel=1))
    (new.folder / "initrd").unlink()
    shutil.rmtree(tree)


def _needed(root: Path, version: str, module: str) -> list[Path]:
    """The files of a driver, what it needs first; none where it is built into the kernel."""
    told = run(sbin("modprobe"), "--dirname", str(root), "--set-version", version, "--show-depends", module)
    return [Path(line.split()[1]) for line in told.splitlines() if line.startswith("insmod ")]


def make_disk(target: Path, content: Path, size_mib: int, *options: str) -> None:
    """A disk of one ext4 file system with a folder's content, owned by root."""
    # Without root's rights a namespace of its own has this user's files be root's.
    as_root = () if os.geteuid() == 0 else ("unshare", "--map-root-user")
    owner = ("-E", "root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0")
    run(
        *as_root,
        sbin("mke2fs"),
        "-q",
        "-t",
        "ext4",
        *owner,
        *options,
        "-d",
        str(content),
        str(target),
        f"{size_mib}M",
    )


def sbin(program: str) -> str:
    return shutil.which(program) or f"/usr/sbin/{program}"


def _device_tree(target: Path) -> None:
    run("qemu-system-aarch64", *MACHINE[:1], f"{MACHINE[1]},dumpdtb={target}", *MACHINE[2:])
    run("fdtput", "-c", str(target), "/system")
    run("fdtput", "-t", "x", str(target), "/system", "linux,revision", REVISION)
    run("fdtput", "-t", "s", str(target), "/", "model", MODEL)

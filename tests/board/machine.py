"""The board as a command of QEMU's: processor, disks, plugs, network, and the sockets to its outside."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.board.image import MACHINE, Image

QEMU = "qemu-system-aarch64"
# What guards against neighbours on the same processor, an emulator does slowly; a board has none.
COMMAND_LINE = (
    "console=ttyAMA0 quiet panic=-1 net.ifnames=0 systemd.show_status=no systemd.getty_auto=no "
    "mitigations=off audit=0 lsm="
)
PLUGGED: dict[str, dict[str, str | bool]] = {
    "scanner": {"driver": "usb-serial", "chardev": "scanner", "serial": "SN0001", "always-plugged": True},
    "wedge": {"driver": "usb-kbd", "serial": "WEDGE1"},
}
SOCKETS = ("qtest", "qmp", "scanner", "shell")


@dataclass(frozen=True)
class Setting:
    """How a board is set up: its data disk, the time it wakes at (UTC), kernel words, more of QEMU.

    `on_line` hears each line of the console at once, in a thread of its own.
    """

    disk: Path
    wakes_at: str | None = None
    words: str = ""
    options: tuple[str, ...] = ()
    on_line: Callable[[str], None] | None = None


def command(image: Image, setting: Setting, folder: Path) -> list[str]:
    """What starts the board. Its `SOCKETS` are in `folder`, where we listen and QEMU calls."""
    words = f"{COMMAND_LINE} {setting.words}".strip()
    return [
        QEMU, *MACHINE, "-accel", "tcg,thread=multi", "-no-reboot", "-serial", "stdio",
        "-kernel", str(image.kernel), "-initrd", str(image.initrd), "-dtb", str(image.tree),
        "-append", words, "-rtc", f"base={setting.wakes_at or 'utc'}",
        *_disks(image, setting), *_sockets(folder), *_devices(), *setting.options,
    ]  # fmt: skip


def _disks(image: Image, setting: Setting) -> list[str]:
    # What is written on the system disk is forgotten at power off; the data disk keeps it.
    root = f"file={image.root},format=raw,if=none,id=root,snapshot=on"
    data = f"driver=file,filename={setting.disk},node-name=data"
    return [
        "-drive", root, "-device", "virtio-blk-pci,drive=root,addr=2",
        "-blockdev", data, "-device", "virtio-blk-pci,drive=data,addr=3",
    ]  # fmt: skip


def _sockets(folder: Path) -> list[str]:
    path = {name: folder / name for name in SOCKETS}
    return [
        "-qtest", f"unix:{path['qtest']}", "-qtest-log", "/dev/null", "-qmp", f"unix:{path['qmp']}",
        "-chardev", f"socket,id=scanner,path={path['scanner']}",
        "-chardev", f"socket,id=shell,path={path['shell']}",
    ]  # fmt: skip


def _devices() -> list[str]:
    plugged = [
        ",".join(_option(*one) for one in {**kind, "id": name}.items()) for name, kind in PLUGGED.items()
    ]
    return [
        "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=shell",
        "-device", "qemu-xhci", *(word for one in plugged for word in ("-device", one)),
        "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic,romfile=",
    ]  # fmt: skip


def _option(name: str, value: str | bool) -> str:
    if name == "driver":
        return str(value)
    return f"{name}={'on' if value is True else value}"

"""Debian for the board: its packages unpacked, without a single program of theirs being run."""

import os
import shutil
from pathlib import Path

from tests.board.tools import run

SUITE = "bookworm"  # its Python is the newest that lgpio has a wheel for
PYTHON = "3.11"
PACKAGES = (
    *("linux-image-arm64", "systemd", "systemd-sysv", "udev", "busybox-static", "kmod", "mount", "e2fsprogs"),
    *("bash", "coreutils", "util-linux", "grep", "sed", "procps", "python3", "python3-venv", "python3-evdev"),
)
LEFT_OUT = (
    "dev/*",
    "boot/initrd*",
    "usr/share/doc/*",
    "usr/share/man/*",
    "usr/share/locale/*",
    "var/cache/*",
)
GUEST = Path(__file__).parent / "guest"

# Users and groups that the maintainers' scripts of base-passwd, udev and systemd would make, as far as
# something on the board asks for them; and `gpio` with its rule, as Raspberry Pi OS has them.
USERS = "root:x:0:0:root:/root:/bin/sh\nkanban:x:990:990::/nonexistent:/usr/sbin/nologin\n"
GROUPS = (
    *("root:0", "adm:4", "tty:5", "disk:6", "lp:7", "kmem:15", "dialout:20", "cdrom:24", "tape:26"),
    *("audio:29", "utmp:43", "video:44", "plugdev:46", "nogroup:65534", "systemd-journal:999", "kvm:998"),
    *("render:997", "input:996", "sgx:995", "gpio:994", "kanban:990"),
)
FILES = {
    "etc/passwd": USERS,
    "etc/group": "".join(
        f"{name}:x:{number}:\n" for name, _, number in (one.partition(":") for one in GROUPS)
    ),
    "etc/hostname": "board\n",
    "etc/machine-id": "b0a2d000000000000000000000000001\n",
    "etc/udev/rules.d/99-com.rules": 'SUBSYSTEM=="gpio", KERNEL=="gpiochip*", GROUP="gpio", MODE="0660"\n',
    # Coldplugging asks 64 consoles that this board does not have, which an emulator does slowly.
    "etc/systemd/system/systemd-udev-trigger.service.d/few.conf": (
        "[Service]\nExecStart=\n"
        "ExecStart=udevadm trigger --action=add --subsystem-match=usb --subsystem-match=gpio "
        "--subsystem-match=input --subsystem-match=block --subsystem-match=virtio-ports\n"
        "ExecStart=udevadm trigger --action=add --subsystem-match=tty --sysname-match=ttyUSB*\n"
    ),
    "etc/systemd/journald.conf": "[Journal]\nStorage=volatile\nForwardToConsole=yes\nMaxLevelConsole=info\n",
}
FOLDERS = ("data", "dev", "mnt", "proc", "run", "sys", "tmp", "opt/kanban-station", "var/lib/kanban-station")
# What a board without login, hardware clock and package archive does not miss, and an emulator runs slowly.
MASKED = (
    *("systemd-sysusers.service", "systemd-logind.service", "systemd-random-seed.service", "getty.target"),
    *("systemd-update-utmp.service", "systemd-update-utmp-runlevel.service", "kmod-static-nodes.service"),
    *("systemd-modules-load.service", "systemd-pstore.service", "dev-hugepages.mount", "dev-mqueue.mount"),
    *("sys-kernel-debug.mount", "sys-kernel-tracing.mount", "modprobe@.service", "e2scrub_reap.service"),
    *("e2scrub_all.timer", "fstrim.timer", "systemd-tmpfiles-clean.timer", "hwclock.service"),
    *("systemd-remount-fs.service", "systemd-network-generator.service", "systemd-machine-id-commit.service"),
    *("systemd-journal-flush.service", "systemd-user-sessions.service", "systemd-ask-password-wall.path"),
)


def archive(target: Path) -> None:
    """The packages for a Pi's processor, as one tar file, from where this machine's apt gets its own."""
    # Nothing of the packages is run, so that nothing of it takes root's rights.
    mode = "root" if os.geteuid() == 0 else "chrootless"
    options = [f"--mode={mode}", "--variant=extract", "--arch=arm64", "--format=tar"]
    options += [f"--include={','.join(PACKAGES)}"]
    run("mmdebstrap", *options, SUITE, str(target), *_mirrors())


def _mirrors() -> list[str]:
    """Where this machine's apt gets Debian from; nothing where mmdebstrap's own default has to do."""
    form = "$(ORIGIN)|$(COMPONENT)|$(SITE)"
    told = run("apt-get", "indextargets", "--format", form, "Created-By: Packages").splitlines()
    sites = [
        site
        for origin, component, site in (line.split("|") for line in told)
        if (origin, component) == ("Debian", "main")
    ]
    return [f"deb {site} {SUITE} main" for site in dict.fromkeys(sites)][:1]


def unpack(archived: Path, root: Path) -> None:
    """The system's files in a folder, with what the packages' own scripts would have added."""
    root.mkdir()
    left_out = [f"--exclude=./{pattern}" for pattern in LEFT_OUT]
    run("tar", "-xf", str(archived), "-C", str(root), "--no-same-owner", *left_out)
    (root / "bin/sh").symlink_to("bash")
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    _units(root / "etc/systemd/system")


def _units(units: Path) -> None:
    settings = units.parents[1] / "tmpfiles.d/systemd-network.conf"
    settings.symlink_to("/dev/null")  # its user does not exist here
    for masked in MASKED:
        (units / masked).unlink(missing_ok=True)
        (units / masked).symlink_to("/dev/null")
    shutil.copy(GUEST / "workbench.service", units)
    wanted = units / "sysinit.target.wants"
    wanted.mkdir(exist_ok=True)
    (wanted / "workbench.service").symlink_to("../workbench.service")

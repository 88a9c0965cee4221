"""A Raspberry Pi as far as the scripts of a card see it: a root folder, and commands that note calls."""

import subprocess
from pathlib import Path

from kanban_hub.sdcard.card import SdCard, files

# The table of a 32 GB card with the image on it, in parted's own words.
TABLE = "BYT;\n/dev/mmcblk0:62333952s:sd/mmc:512:512:msdos:SD:;\n"
IMAGE = "1:16384s:1064959s:1048576s:fat32::lba;\n2:1064960s:5767167s:4702208s:ext4::;\n"
ROOM = "1:5767168s:62333951s:56566784s:free;\n"

FSTAB = "PARTUUID=1234-01 /boot/firmware vfat defaults 0 2\nPARTUUID=1234-02 / ext4 defaults,noatime 0 1\n"

FOLDERS = (
    "etc/systemd/system",
    "etc/cloud",
    "etc/initramfs-tools",
    "var/lib",
    "opt",
    "sys/class/leds/ACT",
)
# Each command notes how it was called. The power goes away at the first call that fits `CUT_BEFORE`, before
# it has done anything, or `CUT_AFTER`, when it has done all.
COMMAND = """\
#!/bin/sh
call="${0##*/} $*"
case $call in
    date\\ +* | getent* | sleep\\ 0*) ;;
    *) echo "$call" >>"$PI/calls" ;;
esac
case $call in $CUT_BEFORE) kill -9 0 ;; esac
(%s)
code=$?
case $call in $CUT_AFTER) kill -9 0 ;; esac
exit $code
"""
BODIES = {
    "apt-get": "exit 1",
    "blkid": 'cat "$PI/label" 2>/dev/null',
    "date": 'case "$*" in -s*) ;; *) exec /bin/date "$@" ;; esac',
    "dpkg": 'echo "${MACHINE:-arm64}"',
    "findmnt": """
case "$*" in
    *" /") echo /dev/mmcblk0p2 ;;
    *) place=${4#"$KANBAN_ROOT"}; grep -qx "$place" "$PI/mounts" 2>/dev/null ;;
esac""",
    "getent": """
case "$*" in
    "group "*) grep -qx "$2" "$PI/groups" ;;
    "passwd 1000") echo "pi:x:1000:1000::/home/pi:/bin/bash" ;;
    "passwd kanban") grep -qx kanban "$PI/users" 2>/dev/null ;;
esac""",
    "groupadd": 'echo "$2" >>"$PI/groups"',
    "install": """
while [ $# -gt 0 ]; do
    case $1 in
        -o | -g) shift 2 ;;
        -d) folder=1; shift ;;
        -m) mode=$2; shift 2 ;;
        *) break ;;
    esac
done
if [ -n "${folder:-}" ]; then mkdir -p "$1"; else cp "$1" "$2"; shift; fi
chmod "$mode" "$1"
""",
    "lsblk": "echo mmcblk0",
    "mkfs.ext4": 'echo KANBAN-DATA >"$PI/label"',
    "mount": 'echo "$1" >>"$PI/mounts"',
    "parted": """
case "$*" in
    *mkpart*) [ -s "$PI/third" ] || echo "3:$8s:$9s:0s:::;" >"$PI/third" ;;
    *"print free") cat "$PI/table" "$PI/third"; [ -s "$PI/third" ] || cat "$PI/room" ;;
    *print) cat "$PI/table" "$PI/third" ;;
esac""",
    "partprobe": "",
    "pinctrl": "",
    "python3": """
case "$*" in
    *lgpio*) exit 0 ;;
    *"update install"*)
        [ -z "${FAULTY:-}" ] || { echo "kanban-station: no room"; exit 1; }
        mkdir -p "$KANBAN_ROOT/opt/kanban-station/releases/7/bin"
        tree="$KANBAN_ROOT/opt/kanban-station/releases/7/lib/python3.13/site-packages/kanban_device/pi"
        mkdir -p "$tree/etc/systemd/system"
        echo unit >"$tree/etc/systemd/system/kanban-station.service"
        cp "$PI/bin/kanban-station" "$KANBAN_ROOT/opt/kanban-station/releases/7/bin/"
        ln -sfn "$KANBAN_ROOT/opt/kanban-station/releases/7" "$KANBAN_ROOT/opt/kanban-station/current" ;;
    *) exec /usr/bin/env PATH="$REAL" python3 "$@" ;;
esac""",
    "kanban-station": """
[ ! -e "$PI/faulty-file" ] || { echo "station.toml: 2 faults"; exit 2; }
[ ! -e "$PI/hub-away" ] || { echo "no hub at hub.lan:8443"; exit 1; }""",
    "rfkill": "",
    "runuser": 'shift 3; exec "$@"',
    "sleep": '[ "$1" = 10 ] || exec /bin/sleep "$1"',
    "sync": "",
    "systemctl": "",
    "systemd-run": "",
    "udevadm": "",
    "update-initramfs": '[ ! -e "$PI/no-initramfs" ] || { echo "no room on /boot"; exit 1; }',
    "useradd": 'echo kanban >>"$PI/users"',
    "usermod": "",
}


class Pi:
    """`root` is what the scripts take for /. What its commands were told is in `calls`."""

    def __init__(self, place: Path, card: SdCard) -> None:
        self.place = place
        self.root = place / "root"
        self.boot = self.root / "boot/firmware"
        self.kanban = self.boot / "kanban"
        for folder in (
            "etc/systemd/system",
            "etc/cloud",
            "etc/initramfs-tools",
            "var/lib",
            "opt",
            "sys/class/leds/ACT",
        ):
            (self.root / folder).mkdir(parents=True)
        for name in ("trigger", "delay_on", "delay_off"):
            (self.root / "sys/class/leds/ACT" / name).write_text("mmc0\n")
        (self.root / "etc/fstab").write_text(FSTAB)
        self.put_card(card)
        (self.boot / "cmdline.txt").write_text("root=PARTUUID=1234-02 rootwait ds=nocloud;i=kanban-paint-1\n")
        for name, text in {"table": TABLE + IMAGE, "room": ROOM, "third": "", "groups": "dialout\n"}.items():
            self.set(name, text)
        (place / "bin").mkdir()
        for name, body in BODIES.items():
            path = place / "bin" / name
            path.write_text(COMMAND % (body or ":"))
            path.chmod(0o755)

    def put_card(self, card: SdCard) -> None:
        for name, content in files(card).items():
            path = self.boot / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def set(self, name: str, text: str) -> None:
        """What the commands find: `table`, `room`, `third` of the card, `label` of its third partition."""
        (self.place / name).write_text(text)

    def wire_stack(self, red: int, amber: int) -> None:
        settings = self.kanban / "setup.conf"
        settings.write_text(settings.read_text() + f"PIN_RED={red}\nPIN_AMBER={amber}\n")

    def switch_on(self, verb: str = "run", **environment: str) -> int:
        """The exit code of the script; -9 for a power cut."""
        (self.place / "calls").write_text("")
        fixed = {"PATH": f"{self.place}/bin:/usr/sbin:/usr/bin:/sbin:/bin", "PI": str(self.place)}
        fixed |= {"KANBAN_ROOT": str(self.root), "REAL": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}
        fixed |= {"CUT_BEFORE": "-", "CUT_AFTER": "-"}
        script = self.kanban / "firstboot.sh"
        done = subprocess.run(
            ["dash", script, verb],
            env=fixed | environment,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )
        self.said = done.stdout + done.stderr
        return done.returncode

    @property
    def calls(self) -> list[str]:
        return (self.place / "calls").read_text().splitlines()

    def told(self, name: str) -> list[str]:
        """With what the command `name` was called."""
        return [call.removeprefix(f"{name} ") for call in self.calls if call.startswith(f"{name} ")]

    @property
    def result(self) -> str:
        return (self.kanban / "result.txt").read_text()

    def read(self, name: str) -> str:
        return (self.root / name).read_text()

    def is_there(self, name: str) -> bool:
        return (self.root / name).exists()

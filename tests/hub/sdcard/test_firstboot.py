"""What the Pi does at its first start, on a root folder of its own with recorded commands."""

import re
from pathlib import Path

import pytest

from tests.hub.sdcard.conftest import NOW_S
from tests.hub.sdcard.pi import Pi

ROOT = Path(__file__).parent.parent.parent.parent
FSTAB_LINES = [
    line for line in (ROOT / "device/read-only/fstab").read_text().splitlines() if not line.startswith("#")
]
OTHERS = "3:5767168s:6767167s:1000000s:ntfs::;\n"
# What is to be done once, whatever happens meanwhile.
ONCE = ("useradd", "parted -s *mkpart", "mkfs.ext4", "mount /data", "mount /opt", "python3 -m", "runuser")
# What changes the card or the system for good, by the commands that do it.
CHANGES = ("parted -s", "mkfs.ext4", "mount ", "python3 -m", "runuser", "useradd", "sync", "systemctl enable")


def changes(pi: Pi) -> list[str]:
    """The names of the changes in their order, without the syncs between."""
    found = [name for call in pi.calls for name in CHANGES if call.startswith(name)]
    return [name for name in found if name != "sync"]


def test_cloud_init_only_starts_a_unit_that_goes_on_by_itself(pi: Pi) -> None:
    code = pi.switch_on("start")

    assert code == 0, pi.said
    assert pi.is_there("etc/systemd/system/kanban-firstboot.service")
    assert pi.told("systemctl") == [
        "daemon-reload",
        "enable kanban-firstboot.service",
        "start --no-block kanban-firstboot.service",
    ]


@pytest.mark.parametrize(("is_asked", "wireless"), [("", "false"), ("yes", "true")])
def test_wifi_is_let_on_only_where_it_is_asked_for(pi: Pi, is_asked: str, wireless: str) -> None:
    state = pi.root / "var/lib/NetworkManager/NetworkManager.state"
    state.parent.mkdir()
    state.write_text("[main]\nWirelessEnabled=false\n")
    settings = pi.kanban / "setup.conf"
    settings.write_text(settings.read_text() + f"WIFI={is_asked}\n")

    pi.switch_on("start")

    assert state.read_text() == f"[main]\nWirelessEnabled={wireless}\n"
    assert pi.told("rfkill") == (["unblock wifi"] if is_asked else [])


def test_a_fresh_pi_becomes_the_station_in_this_order(pi: Pi) -> None:
    code = pi.switch_on()

    assert code == 0, pi.said
    assert changes(pi) == [
        "systemctl enable", "useradd", "parted -s", "mkfs.ext4", "mount ", "mount ", "mount ", "python3 -m",
        "runuser", "systemctl enable",
    ]  # fmt: skip
    assert "enable --now kanban-station.service" in pi.told("systemctl")
    assert pi.read("etc/systemd/system/kanban-station.service") == "unit\n"
    assert "reboot" in pi.told("systemctl")[-2:]
    assert pi.result.startswith("done: this Raspberry Pi is the station paint\n")


def test_the_image_asks_nobody_for_a_users_name(pi: Pi) -> None:
    pi.switch_on()

    assert "disable --now userconfig.service" in pi.told("systemctl")


def test_the_data_partition_fills_the_room_behind_the_system_up_to_a_bound(pi: Pi) -> None:
    pi.switch_on()

    (cut,) = [call for call in pi.told("parted") if "mkpart" in call]
    first, last = map(int, cut.split()[-2:])
    assert first == 5_767_168
    assert (last + 1 - first) * 512 == 8 * 2**30
    assert pi.read("etc/fstab").splitlines()[2:] == FSTAB_LINES


@pytest.mark.parametrize(
    ("room", "third"),
    [
        ("1:5767168s:6767167s:1000000s:free;\n", ""),
        ("", ""),
        ("1:6767168s:62333951s:55566784s:free;\n", OTHERS),
    ],
    ids=["too little", "none", "somebody else's partition"],
)
def test_a_card_without_room_or_with_data_is_left_as_it_is(pi: Pi, room: str, third: str) -> None:
    pi.set("room", room)
    pi.set("third", third)

    code = pi.switch_on()

    assert code == 0, pi.said
    assert "mkfs.ext4" not in changes(pi)
    assert "parted -s" not in changes(pi)
    assert "Note: no data partition: " in pi.result


def test_a_card_whose_data_partition_is_there_keeps_what_is_on_it(pi: Pi) -> None:
    pi.set("third", "3:5767168s:22544383s:16777216s:ext4::;\n")
    pi.set("label", "KANBAN-DATA\n")

    code = pi.switch_on()

    assert code == 0, pi.said
    assert "mkfs.ext4" not in changes(pi)
    assert pi.told("mount") == ["/data", "/var/lib/kanban-station", "/opt/kanban-station"]


def test_after_power_cuts_at_every_change_it_has_done_each_once(pi: Pi) -> None:
    done: list[str] = []
    for change in ONCE:
        for cut in ("CUT_BEFORE", "CUT_AFTER"):
            assert pi.switch_on(**{cut: f"{change}*"}) == -9, (cut, change)
            done += changes(pi)[: -1 if cut == "CUT_BEFORE" else None]

    code = pi.switch_on()

    assert code == 0, pi.said
    assert [name for name in done if name in ("useradd", "parted -s")] == ["useradd", "parted -s"]
    assert pi.result.startswith("done")


def test_a_file_system_is_made_again_only_while_nothing_can_be_on_it(pi: Pi) -> None:
    pi.switch_on(CUT_AFTER="mkfs.ext4*")
    pi.switch_on(CUT_AFTER="mount /data*")
    assert "mkfs.ext4" in changes(pi)

    pi.switch_on()

    assert "mkfs.ext4" not in changes(pi)


def test_without_the_hub_it_waits_says_so_and_can_be_tried_again(pi: Pi) -> None:
    pi.set("hub-away", "")

    code = pi.switch_on()

    assert code == 1
    assert pi.result.startswith(
        "failed: this station has not joined: no hub at hub.lan:8443\nWhat to do: look at the "
    )
    assert "It tries again every half minute." in pi.result
    assert len(pi.told("runuser")) == 10
    (pi.place / "hub-away").unlink()
    assert pi.switch_on() == 0
    assert "python3 -m" not in changes(pi)


def test_a_stations_file_that_cannot_be_read_is_not_tried_again(pi: Pi) -> None:
    pi.set("faulty-file", "")

    code = pi.switch_on()

    assert code == 3
    assert pi.result.startswith("failed: the station's file is faulty: station.toml: 2 faults\n")
    assert len(pi.told("runuser")) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("manifest.json", "is not signed by your key"),
        ("click-8.1-py3-none-any.whl", "click-8.1-py3-none-any.whl is not whole"),
    ],
)
def test_a_release_that_was_changed_is_not_installed(pi: Pi, name: str, said: str) -> None:
    path = pi.kanban / "release" / name
    path.write_bytes(path.read_bytes() + b"\n")

    code = pi.switch_on()

    assert code == 3
    assert not pi.is_there("opt/kanban-station/current")
    assert said in pi.result.splitlines()[0]
    assert "It tries again when the power is switched off and on." in pi.result


def test_what_the_installer_says_is_told(pi: Pi) -> None:
    code = pi.switch_on(FAULTY="1")

    assert code == 3
    assert pi.result.startswith("failed: the release was not installed: kanban-station: no room\n")


def test_a_32_bit_system_is_refused_before_anything_is_done(pi: Pi) -> None:
    code = pi.switch_on(MACHINE="armhf")

    assert code == 3
    assert pi.result.startswith("failed: this Raspberry Pi OS is for armhf, not for 64 bits\n")
    assert changes(pi) == []


def test_a_command_that_fails_is_told_with_its_step(pi: Pi) -> None:
    (pi.place / "bin/useradd").write_text("#!/bin/sh\nexit 9\n")

    code = pi.switch_on()

    assert code == 1
    assert pi.result.startswith("failed: the step make_user stopped\n")


def test_no_secret_stays_on_the_boot_partition(pi: Pi) -> None:
    pi.switch_on()

    assert not (pi.kanban / "code").exists()
    assert not (pi.boot / "network-config").exists()
    left = b"".join(path.read_bytes() for path in pi.boot.rglob("*") if path.is_file())
    assert b"ABCDE-FGHIJ" not in left
    assert pi.is_there("etc/cloud/cloud-init.disabled")


def test_the_system_is_closed_at_last_and_its_data_is_not(pi: Pi) -> None:
    pi.switch_on()

    assert pi.told("update-initramfs") == ["-u -k all"]
    assert (pi.boot / "cmdline.txt").read_text().endswith(" kanban.root=overlay\n")
    assert "PARTUUID=1234-01 /boot/firmware vfat defaults,ro 0 2\n" in pi.read("etc/fstab")
    assert (pi.root / "etc/initramfs-tools/scripts/init-bottom/kanban-overlay").stat().st_mode & 0o111
    assert pi.read("etc/initramfs-tools/modules") == "overlay\n"


def test_nothing_is_swapped_to_the_card(pi: Pi) -> None:
    (pi.root / "var/swap").write_text("pages")

    pi.switch_on()

    assert pi.read("etc/rpi/swap.conf.d/90-kanban.conf") == "[Main]\nMechanism=zram\n"
    assert not pi.is_there("var/swap")


def test_a_system_that_cannot_be_closed_stays_writable_and_says_so(pi: Pi) -> None:
    pi.set("no-initramfs", "")

    code = pi.switch_on()

    assert code == 0, pi.said
    assert "Note: the system stays writable: no room on /boot\n" in pi.result
    assert "kanban.root=overlay" not in (pi.boot / "cmdline.txt").read_text()
    assert "reboot" not in pi.told("systemctl")


def test_without_a_data_partition_the_system_is_never_closed(pi: Pi) -> None:
    pi.set("room", "")

    pi.switch_on()

    assert "Note: the system stays writable\n" in pi.result
    assert pi.told("update-initramfs") == []


def test_nobody_can_log_in_unless_a_key_was_named(pi: Pi) -> None:
    pi.switch_on()

    assert "disable --now ssh.service" in pi.told("systemctl")
    assert not pi.is_there("home/pi/.ssh/authorized_keys")


def test_a_key_that_was_named_lets_in_and_no_password_does(pi: Pi) -> None:
    (pi.kanban / "ssh.pub").write_text("ssh-ed25519 AAAA me\n")

    pi.switch_on()

    assert pi.read("home/pi/.ssh/authorized_keys") == "ssh-ed25519 AAAA me\n"
    assert pi.read("etc/ssh/sshd_config.d/10-kanban.conf") == "PasswordAuthentication no\n"


@pytest.mark.parametrize(("written_s", "is_set"), [(1, False), (NOW_S * 3, True)])
def test_the_clock_is_never_before_the_day_the_card_was_written(pi: Pi, written_s: int, is_set: bool) -> None:
    settings = pi.kanban / "setup.conf"
    settings.write_text(settings.read_text().replace(str(NOW_S), str(written_s)))

    pi.switch_on()

    assert pi.told("date") == ([f"-s @{written_s}"] if is_set else [])


def test_amber_flashes_while_it_works_and_the_boards_lamp_is_given_back(pi: Pi) -> None:
    pi.wire_stack(red=6, amber=13)
    pi.switch_on()

    assert "set 13 op dh" in pi.told("pinctrl")
    assert pi.told("pinctrl")[-1] == "set 13 op dl"
    assert pi.read("sys/class/leds/ACT/trigger") == "mmc0\n"


def test_red_and_the_boards_lamp_tell_a_failure_after_the_script_has_ended(pi: Pi) -> None:
    pi.wire_stack(red=6, amber=13)
    pi.switch_on(MACHINE="armhf")

    (lamp,) = pi.told("systemd-run")
    assert re.search(r"--unit=kanban-firstboot-lamp /bin/sh .*/firstboot.sh blink 6 #\.$", lamp)
    assert (pi.read("sys/class/leds/ACT/trigger"), pi.read("sys/class/leds/ACT/delay_on")) == (
        "timer\n",
        "100\n",
    )


def test_it_may_run_where_no_lamp_can_be_lit(pi: Pi) -> None:
    pi.wire_stack(red=6, amber=13)
    (pi.place / "bin/pinctrl").unlink()
    for path in (pi.root / "sys/class/leds/ACT").iterdir():
        path.unlink()

    assert pi.switch_on() == 0, pi.said

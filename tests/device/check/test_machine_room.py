"""What is found at the machine: users, files, disk, clock, supply, scanners, and the station beside."""

import fcntl
import os
import pty
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kanban_device.build import open_outbox
from kanban_device.check import beside, clock, data, disk, power, scanners, service, user
from kanban_device.check.finding import Verdict
from kanban_device.check.machine import Machine
from kanban_device.check.scene import Scene
from kanban_device.joining.identity import CERTIFICATE, FACTS, KEY, TRUSTED, Identity
from kanban_device.lock import Lock
from kanban_hardware.wiring import DEFAULT_WIRING, ScannerWiring, Wiring
from kanban_protocol.signals import Clock as ClockQuality
from tests.device.check.scenes import PaperMachine, by_part, only, scene_in, with_mqtt
from tests.device.fakes import FakeClock


def test_the_user_and_the_groups_are_told(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    assert by_part(user.look(scene))["user"].text == "kanban, groups kanban"


@pytest.mark.parametrize(("who", "verdict"), [("root", Verdict.NOTE), ("pi", Verdict.FAIL)])
def test_a_look_by_another_than_the_owner_of_the_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, verdict: Verdict
) -> None:
    scene, machine = scene_in(tmp_path)
    scene.config.data.mkdir()
    machine.user = who
    monkeypatch.setattr("kanban_device.check.user.user_name", lambda _number: "kanban")
    found = by_part(user.look(scene))["user"]
    assert found.verdict is verdict
    assert "sudo -u kanban" in found.remedy


def test_a_key_that_others_may_read_and_files_that_are_not_there_are_found(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    key, certificate = machine.write("/key"), machine.write("/certificate")
    key.chmod(0o640)
    files = {"ca": str(tmp_path / "gone"), "certificate": str(certificate), "key": str(key)}
    scene = replace(scene, config=with_mqtt(scene.config, url="mqtts://127.0.0.1", **files))
    found = by_part(user.look(scene))
    assert "is not there" in found["mqtt.ca"].text
    assert not found["mqtt.certificate"].is_bad
    assert f"chmod 600 {key}" in found["mqtt.key"].remedy
    key.chmod(0o600)
    assert not by_part(user.look(scene))["mqtt.key"].is_bad


def test_the_files_that_joining_has_brought_are_looked_at_too(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    identity = Identity(scene.config.data)
    scene.config.data.mkdir(mode=0o700)
    pair = identity.keep({KEY: b"key", CERTIFICATE: b"certificate", TRUSTED: b"ca", FACTS: b"{}"})
    identity.switch(pair)
    pair.key.chmod(0o644)
    scene = replace(scene, config=with_mqtt(scene.config, url="mqtts://127.0.0.1"))
    found = by_part(user.look(scene))
    assert found["mqtt.key"].is_bad
    assert not found["mqtt.ca"].is_bad


def test_a_password_that_everybody_may_read_is_found(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    file = machine.write("/station.toml")
    scene = replace(scene, config=with_mqtt(scene.config, url="mqtts://a:secret@127.0.0.1"), file=file)
    file.chmod(0o644)
    assert "secret" not in by_part(user.look(scene))["file"].text
    file.chmod(0o640)
    assert "file" not in by_part(user.look(scene))


def test_a_data_directory_that_is_not_there_yet_is_well_where_it_can_be_made(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    assert not only(data.look(scene)).is_bad
    assert not scene.config.data.exists(), "a look changes nothing"


def test_a_data_directory_that_is_a_file_is_found(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    scene.config.data.write_text("")
    found = only(data.look(scene))
    assert found.is_bad
    assert f"install -d -o {machine.user}" in found.remedy


def test_an_outbox_is_counted_and_left_as_it_is(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    lock, outbox = open_outbox(scene.config)
    moment = FakeClock()
    outbox.put("pull", "{}", "id-1", moment.stamp(moment.now_s()))
    with lock:
        found = by_part(data.look(scene))
    outbox.close()
    assert "1 signals wait" in found["outbox"].text


def test_a_damaged_outbox_is_found_and_not_touched(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    scene.config.data.mkdir(mode=0o700)
    file = scene.config.data / "outbox.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE signals (seq, status)")
        connection.commit()
    raw = file.read_bytes()
    file.write_bytes(raw[:100] + b"x" * (len(raw) - 100))
    found = by_part(data.look(scene))
    assert found["outbox"].is_bad
    assert not found["data"].is_bad
    assert file.read_bytes()[100:101] == b"x"


def mounted(machine: PaperMachine, kind: str, options: str, source: str = "/dev/mmcblk0p2") -> None:
    machine.write(
        "/proc/self/mountinfo",
        f"22 1 179:2 / / rw,noatime shared:1 - ext4 /dev/root rw\n"
        f"30 22 179:3 / {machine.path('/').parent} {options} shared:2 - {kind} {source} {options}\n",
    )


def test_a_healthy_disk_is_one_line_with_its_room(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    mounted(machine, "ext4", "rw,noatime")
    machine.write("/sys/fs/ext4/mmcblk0p2/errors_count", "0\n")
    assert "MB free" in only(disk.look(scene)).text


@pytest.mark.parametrize(
    ("kind", "options", "verdict", "text"),
    [
        ("ext4", "ro,noatime", Verdict.FAIL, "read-only"),
        ("tmpfs", "rw", Verdict.FAIL, "do not outlive a power cut"),
        ("overlay", "rw", Verdict.NOTE, "upper layer"),
    ],
)
def test_a_disk_that_keeps_nothing_is_found(
    tmp_path: Path, kind: str, options: str, verdict: Verdict, text: str
) -> None:
    scene, machine = scene_in(tmp_path)
    mounted(machine, kind, options)
    _room, found = disk.look(scene)
    assert found.verdict is verdict
    assert text in found.text


def test_errors_and_wear_of_the_card_are_told_where_the_kernel_knows(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    mounted(machine, "ext4", "rw")
    machine.write("/sys/fs/ext4/mmcblk0p2/errors_count", "3\n")
    machine.write("/sys/class/block/mmcblk0p2/dev", "179:2\n")
    wear = machine.write("/sys/class/block/device/life_time", "0x01 0x0a\n")
    texts = [finding.text for finding in disk.look(scene) if finding.is_bad]
    assert texts == [
        "mmcblk0p2 has 3 errors of its file system",
        "mmcblk0p2 is worn: 100 % of its life is used",
    ]
    wear.write_text("0x01 0x02\n")
    assert "at most 20 %" in list(disk.look(scene))[-1].text


def test_too_little_room_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, _ = scene_in(tmp_path)
    monkeypatch.setattr(disk, "needed", lambda: 10**18)
    found = only(disk.look(scene))
    assert found.is_bad
    assert "Make room" in found.remedy


def test_a_journal_on_the_card_is_noted_where_it_is_written(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    machine.write("/var/log/journal/x")
    assert "journal" not in by_part(disk.look(scene))
    machine.run(7, "systemd-journald")
    assert "Storage=volatile" in by_part(disk.look(scene))["journal"].remedy


@pytest.mark.parametrize(
    ("quality", "service", "url", "verdict", "text"),
    [
        (ClockQuality.SYNC, "chronyd", "mqtt://h", Verdict.OK, "sync, by chronyd"),
        (ClockQuality.HELD, None, "mqtt://h", Verdict.NOTE, "no time service runs"),
        (ClockQuality.HELD, "systemd-timesyncd", "mqtt://h", Verdict.NOTE, "has reached no server"),
        (ClockQuality.UNSET, None, "mqtt://h", Verdict.NOTE, "unset"),
        (ClockQuality.UNSET, None, "mqtts://h", Verdict.FAIL, "unset"),
    ],
)
def test_the_clock_is_told_with_what_keeps_it(  # noqa: PLR0917
    tmp_path: Path, quality: ClockQuality, service: str | None, url: str, verdict: Verdict, text: str
) -> None:
    scene, machine = scene_in(tmp_path)
    if service:
        machine.run(12, service)
    moment = FakeClock()
    moment.quality = quality
    found = only(clock.look(replace(scene, config=with_mqtt(scene.config, url=url)), moment))
    assert found.verdict is verdict
    assert text in found.text


@pytest.mark.parametrize(
    ("bits", "verdict", "text"),
    [
        ("0", Verdict.OK, "no low voltage"),
        ("50005", Verdict.FAIL, "too low now"),
        ("50000", Verdict.NOTE, "has been too low"),
    ],
)
def test_low_voltage_now_and_before_is_told(tmp_path: Path, bits: str, verdict: Verdict, text: str) -> None:
    scene, machine = scene_in(tmp_path)
    machine.write(power.THROTTLED_FILE, f"{bits}\n")
    found = by_part(power.look(scene, lambda: None))["supply"]
    assert found.verdict is verdict
    assert text in found.text


def test_where_the_kernel_has_no_file_the_firmware_is_asked(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    found = by_part(power.look(scene, lambda: "throttled=0x20002\n"))
    assert not found["supply"].remedy
    assert "slowed down now" in found["processor"].text


@pytest.mark.parametrize(
    ("milli", "verdict"), [(45_000, Verdict.OK), (72_000, Verdict.NOTE), (85_000, Verdict.FAIL)]
)
def test_heat_is_told(tmp_path: Path, milli: int, verdict: Verdict) -> None:
    scene, machine = scene_in(tmp_path)
    machine.write(power.THERMAL, f"{milli}\n")
    assert by_part(power.look(scene, lambda: None))["temperature"].verdict is verdict


def scanning(folder: Path, port: str) -> tuple[Scene, PaperMachine]:
    wiring = Wiring(slots=DEFAULT_WIRING.slots, scanners=(ScannerWiring(port=port),))
    return scene_in(folder, hardware=wiring)


@contextmanager
def plugged(machine: PaperMachine) -> Iterator[str]:
    """A pseudo terminal as /dev/scanner of the paper machine; its true name."""
    controller, terminal = pty.openpty()
    name = os.ttyname(terminal)
    machine.path("/dev").mkdir(parents=True)
    machine.path("/dev/scanner").symlink_to(name)
    os.close(terminal)
    yield name
    os.close(controller)


def test_a_scanner_that_is_there_and_free_is_well(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    with plugged(machine):
        assert only(scanners.look(scene)).text == "/dev/scanner is there and free"


def test_a_missing_scanner_is_told_with_what_is_plugged_in(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/serial/by-id/usb-scanner")
    assert "is empty now" in only(scanners.look(scene)).remedy
    machine.write("/dev/serial/by-id/usb-Zebra_DS22")
    assert "usb-Zebra_DS22" in only(scanners.look(scene)).remedy


def test_a_port_that_is_none_is_found(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    machine.write("/dev/scanner")
    assert "no serial port" in only(scanners.look(scene)).text


def test_a_scanner_that_this_user_may_not_open_names_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    monkeypatch.setattr(machine, "may", lambda _name, _mode: False)
    monkeypatch.setattr(machine, "group_of", lambda _name: "dialout")
    with plugged(machine):
        found = only(scanners.look(scene))
    assert found.is_bad
    assert "--groups dialout kanban" in found.remedy


def test_a_scanner_that_another_program_reads_is_found_with_its_name(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    with plugged(machine) as name:
        machine.run(4711, "minicom")
        machine.path("/proc/4711/fd").mkdir()
        machine.path("/proc/4711/fd/3").symlink_to(name)
        assert "minicom (process 4711)" in only(scanners.look(scene)).text


def test_a_locked_scanner_is_found_where_its_user_cannot_be_seen(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    with plugged(machine) as name, Path(name).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "has locked it" in only(scanners.look(scene)).text


def test_modem_manager_is_noted_beside_a_serial_scanner(tmp_path: Path) -> None:
    scene, machine = scanning(tmp_path, "/dev/scanner")
    machine.run(99, "ModemManager")
    assert "disable --now ModemManager" in by_part(scanners.look(scene))["scanners"].remedy


def test_a_running_station_is_told_with_how_to_stop_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    assert beside.holder(Machine(), folder) == ""
    with Lock(folder):
        holder = beside.holder(Machine(), folder)
    assert "pytest" in holder or "python" in holder, "the kernel says which process"
    assert beside.holder(Machine(), folder) == "", "the look has not kept the lock"
    scene, _ = scene_in(tmp_path)
    assert "systemctl stop kanban-station" in only(beside.look(replace(scene, beside=holder))).remedy


RUNNING = {"LoadState": "loaded", "UnitFileState": "enabled", "ActiveState": "active", "SubState": "running"}


@pytest.mark.parametrize(
    ("told", "verdicts", "text"),
    [
        ({}, [Verdict.OK], "active (running)"),
        ({"UnitFileState": "disabled"}, [Verdict.NOTE, Verdict.OK], "does not start at boot"),
        (
            {"ActiveState": "activating", "SubState": "auto-restart", "NRestarts": "9"},
            [Verdict.FAIL],
            "9 times",
        ),
        ({"NRestarts": "3"}, [Verdict.NOTE], "had to be started again 3 times"),
        ({"ActiveState": "inactive", "SubState": "dead"}, [Verdict.NOTE], "is stopped"),
        ({"LoadState": "not-found"}, [Verdict.NOTE], "is not installed"),
    ],
)
def test_the_unit_is_told_as_systemd_has_it(
    tmp_path: Path, told: dict[str, str], verdicts: list[Verdict], text: str
) -> None:
    scene, machine = scene_in(tmp_path)
    said = "\n".join(f"{name}={value}" for name, value in {**RUNNING, **told}.items())
    assert list(service.look(scene, lambda: said)) == [], "no systemd runs here"
    machine.write("/run/systemd/system/x")
    found = list(service.look(scene, lambda: said))
    assert [finding.verdict for finding in found] == verdicts
    assert text in found[0].text

"""The scanner's thread on real pseudo terminals: what a cable and a USB plug do to it."""

import os
import tty
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from time import monotonic

import pytest
from serial import Serial

from kanban_hardware.beside import scanner_of
from kanban_hardware.inputs import (
    Found,
    Lost,
    Scanned,
    ScannerInput,
    Unreadable,
    UnreadableReason,
)
from kanban_hardware.scanner import Scanner
from kanban_hardware.wiring import ScannerWiring

DEADLINE_S = 15.0
READY = b"READY"


class Cable:
    """A scanner at a port whose name is a symlink, as in /dev/serial/by-id."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.plug()

    def plug(self) -> None:
        self._scanner_end, station_end = os.openpty()
        tty.setraw(station_end)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(station_end))
        self.port = os.ttyname(station_end)
        os.close(station_end)

    def unplug(self) -> None:
        self.link.unlink()
        os.close(self._scanner_end)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._scanner_end, data) :]


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    made = Cable(tmp_path / "usb-scanner")
    yield made
    if made.link.is_symlink():
        made.unplug()


@pytest.fixture
def heard() -> Queue[ScannerInput]:
    return Queue()


@pytest.fixture
def scanner(cable: Cable, heard: Queue[ScannerInput]) -> Iterator[Scanner]:
    made = made_for(ScannerWiring(port=str(cable.link)), heard)
    made.open()
    wait_until_open(cable, heard)
    yield made
    made.close()


def wait_until_open(cable: Cable, heard: Queue[ScannerInput], sent: bytes = READY) -> None:
    """Scan until it is heard: opening a port throws away what came before."""
    for _ in range(round(DEADLINE_S / 0.1)):
        cable.send(sent + b"\r")
        with suppress(Empty):
            heard.get(timeout=0.1)
            return
    pytest.fail("the scanner's port was never opened")


def made_for(wiring: ScannerWiring, heard: Queue[ScannerInput]) -> Scanner:
    return scanner_of("scanner-1", wiring, heard.put, monotonic)


def hear(heard: Queue[ScannerInput]) -> ScannerInput:
    while isinstance(taken := heard.get(timeout=DEADLINE_S), Scanned) and taken.code == READY.decode():
        continue
    return taken


def lost(scanners: list[Scanner]) -> list[str]:
    return [scanner.name for scanner in scanners if scanner.is_lost]


def code(taken: ScannerInput) -> str:
    assert isinstance(taken, Scanned)
    return taken.code


def test_codes_are_heard_one_by_one(scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]) -> None:
    cable.send(b"]C1BRACKET-0001\r\nBRACKET-0002\r")
    assert [code(hear(heard)), code(hear(heard))] == ["BRACKET-0001", "BRACKET-0002"]
    assert not scanner.is_lost


def test_a_code_in_two_parts_is_one(scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]) -> None:
    cable.send(b"KB-00")
    cable.send(b"1234\r")
    assert code(hear(heard)) == "KB-001234"


def test_a_line_that_never_ends_is_reported(
    scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]
) -> None:
    cable.send(b"KB-00")
    taken = hear(heard)
    assert isinstance(taken, Unreadable)
    assert taken.reason is UnreadableReason.INCOMPLETE


def test_noise_is_unreadable_and_the_next_code_is_read(
    scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]
) -> None:
    cable.send(b"\x00\xff\x80noise\rBRACKET-0001\r")
    assert isinstance(hear(heard), Unreadable)
    assert code(hear(heard)) == "BRACKET-0001"


def test_a_megabyte_without_an_end_is_one_unreadable_code(
    scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]
) -> None:
    cable.send(b"x" * 1_000_000 + b"\rBRACKET-0001\r")
    taken = hear(heard)
    assert isinstance(taken, Unreadable)
    assert taken.reason is UnreadableReason.TOO_LONG
    assert code(hear(heard)) == "BRACKET-0001"


def test_a_scanner_unplugged_in_mid_code_is_lost_once_and_found_under_another_name(
    scanner: Scanner, cable: Cable, heard: Queue[ScannerInput]
) -> None:
    cable.send(b"BRACKET-0001\rBRACK")
    assert code(hear(heard)) == "BRACKET-0001"
    old_port = cable.port
    cable.unplug()
    assert isinstance(hear(heard), Lost)
    assert scanner.name in lost([scanner])
    keep = os.openpty()  # takes the number that was freed, so that the scanner comes back as another
    cable.plug()
    assert isinstance(hear(heard), Found)
    assert lost([scanner]) == []
    assert cable.port != old_port
    cable.send(b"ET-0002\r")
    assert code(hear(heard)) == "ET-0002"
    for end in keep:
        os.close(end)


def test_a_scanner_that_was_never_there_is_lost_and_found_when_it_comes(
    cable: Cable, heard: Queue[ScannerInput]
) -> None:
    cable.unplug()
    scanner = made_for(ScannerWiring(port=str(cable.link)), heard)
    scanner.open()
    taken = hear(heard)
    assert isinstance(taken, Lost)
    assert taken.part == "scanner-1"
    cable.plug()
    assert isinstance(hear(heard), Found)
    scanner.close()


def test_a_port_held_by_another_program_is_a_lost_scanner(cable: Cable, heard: Queue[ScannerInput]) -> None:
    with Serial(cable.port, exclusive=True):
        scanner = made_for(ScannerWiring(port=str(cable.link)), heard)
        scanner.open()
        assert isinstance(hear(heard), Lost)
        scanner.close()


def test_a_scanner_without_line_ends_is_read_by_the_gap(cable: Cable, heard: Queue[ScannerInput]) -> None:
    wiring = replace(ScannerWiring(port=str(cable.link)), terminator="gap")
    scanner = made_for(wiring, heard)
    scanner.open()
    wait_until_open(cable, heard)
    cable.send(b"BRACKET-0001")
    assert code(hear(heard)) == "BRACKET-0001"
    scanner.close()


def test_closing_while_it_waits_ends_the_thread(scanner: Scanner) -> None:
    scanner.close()
    scanner.close()
    assert not scanner._thread.is_alive()


def test_closing_while_it_is_lost_ends_the_thread(heard: Queue[ScannerInput]) -> None:
    scanner = made_for(ScannerWiring(port="/dev/serial/by-id/nothing-here"), heard)
    scanner.open()
    hear(heard)
    scanner.close()
    assert not scanner._thread.is_alive()


def test_an_rfid_reader_that_sends_the_same_tag_again_and_again_is_one_reading(
    cable: Cable, heard: Queue[ScannerInput]
) -> None:
    now_s = [100.0]
    wiring = replace(ScannerWiring(port=str(cable.link)), repeat_ms=3000)
    scanner = scanner_of("scanner-1", wiring, heard.put, lambda: now_s[0])
    scanner.open()
    wait_until_open(cable, heard, b"\x00")  # a code would be taken for a tag that lies there
    now_s[0] += 10.0
    cable.send(b"TAG-A\rTAG-A\rTAG-B\rTAG-A\rTAG-C\r")
    codes: list[str] = []
    while codes[-1:] != ["TAG-C"]:
        taken = hear(heard)
        codes += [taken.code] if isinstance(taken, Scanned) else []
    assert codes == ["TAG-A", "TAG-B", "TAG-C"]
    scanner.close()

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_simulator.serialport import SerialPort

WAIT_S = 5.0


@pytest.fixture
def port(tmp_path: Path) -> Iterator[SerialPort]:
    made = SerialPort(tmp_path / "scanner")
    yield made
    made.close()


def read(path: Path, wait_s: float = WAIT_S) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        return os.read(handle, 1_000) if select.select([handle], [], [], wait_s)[0] else b""
    finally:
        os.close(handle)


def test_a_code_comes_out_of_the_path_with_its_end_unchanged(port: SerialPort) -> None:
    port.send("bracket-0001")

    assert read(port.path) == b"bracket-0001\r\n"


def test_controls_and_other_scripts_pass_as_they_are(port: SerialPort) -> None:
    port.send("[)>\x1e06\x1dQ20\x1e\x04 ü")

    assert read(port.path) == "[)>\x1e06\x1dQ20\x1e\x04 ü\r\n".encode()


def test_what_nobody_read_is_gone_after_a_discard(port: SerialPort) -> None:
    port.send("old")
    port.discard()
    port.send("new")

    assert read(port.path) == b"new\r\n"


def test_the_port_outlives_those_who_open_it(port: SerialPort) -> None:
    port.send("a")
    first = read(port.path)
    port.send("b")

    assert (first, read(port.path)) == (b"a\r\n", b"b\r\n")


def test_the_path_goes_with_the_port(tmp_path: Path) -> None:
    port = SerialPort(tmp_path / "scanner")
    port.close()

    assert not port.path.is_symlink()

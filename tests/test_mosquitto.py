"""The broker that the system tests rely on does what they rely on."""

import socket
from pathlib import Path

import pytest

from tests.mosquitto import Mosquitto

pytestmark = pytest.mark.mosquitto
CONNECT = bytes.fromhex("100d 0004 4d515454 04 02 003c 0001 61")
CONNACK = bytes.fromhex("20020000")


def answer(broker: Mosquitto, timeout_s: float = 5.0) -> bytes:
    with socket.create_connection(("127.0.0.1", broker.port), timeout=timeout_s) as connection:
        connection.sendall(CONNECT)
        return connection.recv(4)


def test_a_started_broker_answers(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker:
        assert answer(broker) == CONNACK


def test_a_killed_broker_comes_back_on_its_port(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker:
        broker.kill9()
        with pytest.raises(OSError):  # noqa: PT011 - refused or reset, the text is the kernel's
            answer(broker)
        broker.start()
        assert answer(broker) == CONNACK


def test_a_restarted_broker_is_another_process(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker:
        before = broker.pid
        broker.restart()
        assert broker.pid != before
        assert answer(broker) == CONNACK


def test_a_frozen_broker_is_silent_until_it_thaws(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker:
        broker.freeze()
        with pytest.raises(TimeoutError):
            answer(broker, timeout_s=0.2)
        broker.thaw()
        assert answer(broker) == CONNACK


def test_a_frozen_broker_can_be_stopped(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker:
        broker.freeze()
        broker.stop()
        broker.stop()


def test_own_settings_come_after_ours(tmp_path: Path) -> None:
    with Mosquitto(tmp_path, "allow_anonymous false") as broker:
        assert answer(broker) == bytes.fromhex("20020005")


def test_a_broker_that_cannot_start_shows_its_log(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no_such_setting"):
        Mosquitto(tmp_path, "no_such_setting 1").start()


def test_a_broker_is_started_once(tmp_path: Path) -> None:
    with Mosquitto(tmp_path) as broker, pytest.raises(RuntimeError, match="already"):
        broker.start()

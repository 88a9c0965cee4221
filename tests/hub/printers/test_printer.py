import socket
from collections.abc import Iterator

import pytest

from kanban_hub.paper.card import QrContent, front
from kanban_hub.printers import printer as module
from kanban_hub.printers.errors import OccupiedError, RefusedError, StuckError, UnreachableError
from kanban_hub.printers.printer import Printer
from tests.hub.paper.faces import ADDRESS, BRACKET
from tests.hub.paper.zplreader import labels
from tests.hub.printers.listener import (
    Listener,
    Manner,
    answers_unasked,
    hangs_up,
    takes,
    takes_a_little,
)


@pytest.fixture
def listener(request: pytest.FixtureRequest) -> Iterator[Listener]:
    manner: Manner = getattr(request, "param", takes)
    made = Listener(manner)
    yield made
    made.close()


def printed(printer: Printer, copies: int = 1) -> None:
    printer.print([front(BRACKET, printer.form, QrContent.LINK, ADDRESS)] * 2, copies)


def test_the_printer_gets_the_whole_job(listener: Listener) -> None:
    printed(listener.printer(), copies=3)

    (job,) = listener.jobs
    assert [(label.width, label.height, label.copies) for label in labels(job)] == [(496, 800, 3)] * 2


@pytest.mark.parametrize("listener", [answers_unasked], indirect=True)
def test_a_printer_that_talks_loses_nothing_of_the_job(listener: Listener) -> None:
    printed(listener.printer())

    assert len(labels(listener.jobs[0])) == 2


def test_one_job_after_another_gets_there(listener: Listener) -> None:
    printer = listener.printer()
    for _ in range(3):
        printed(printer)

    assert len(listener.jobs) == 3


def test_a_port_that_takes_no_jobs_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(
        RefusedError, match=rf"line 1 \(127.0.0.1:{port}\): Connection refused: is raw printing"
    ):
        printed(Printer("line-1", "Printer at line 1", "127.0.0.1", port, 62, 100))


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(UnreachableError, match="is it on, and is this its address"):
        printed(Printer("line-1", "Printer", "printer.invalid", 9100, 62, 100))


def test_an_address_at_which_nothing_answers_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_answers(address: object, timeout: float) -> socket.socket:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", nothing_answers)

    with pytest.raises(UnreachableError, match="no answer in time"):
        printed(Printer("line-1", "Printer", "192.0.2.1", 9100, 62, 100))


@pytest.mark.parametrize("listener", [takes_a_little, hangs_up], indirect=True)
def test_a_printer_that_takes_no_more_is_told_in_time(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEND_S", 0.2)
    monkeypatch.setattr(module, "job", lambda *_: bytes(32 * 1024 * 1024))

    with pytest.raises(StuckError, match="A part may be printed"):
        printed(listener.printer())


def test_a_second_job_does_not_get_into_the_first(listener: Listener) -> None:
    printer = listener.printer()
    with printer.lock, pytest.raises(OccupiedError, match="busy with another job"):
        printed(printer)

    printed(printer)
    assert len(listener.jobs) == 1

import pytest

from kanban_device import effects
from kanban_hardware.inputs import (
    Unreadable,
    UnreadableReason,
)
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import Body, FailBody, Intent, ScanBody
from tests.device.bench import Bench, tones


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_quality_then_a_scan_is_a_fail_of_that_card(bench: Bench) -> None:
    bench.press("quality", 1.0)
    bench.scan("bracket-0001", 5.0)
    assert bench.bodies == [FailBody(code="bracket-0001")]


def test_a_scan_alone_asks_for_the_next_move_and_every_slot_flutters(bench: Bench) -> None:
    done = bench.scan("bracket-0001", 1.0)
    assert bench.bodies == [ScanBody(code="bracket-0001")]
    flutters = [effect.part for effect in done if isinstance(effect, effects.Flutter)]
    assert flutters == ["slot-1", "slot-2", "slot-3", "slot-4"]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("KSS:FAIL", FailBody(code="bracket-0001")),
        ("KSS:UNDO", ScanBody(code="bracket-0001", intent=Intent.UNDO)),
        ("KSS:RECEIVE", ScanBody(code="bracket-0001", intent=Intent.RECEIVE)),
    ],
)
def test_a_command_code_sets_what_the_next_scan_means_and_no_other(
    bench: Bench, command: str, body: Body
) -> None:
    assert tones(bench.scan(command, 1.0)) == ["double"]
    bench.scan("bracket-0001", 5.0)
    bench.scan("bracket-0001", 6.0)
    assert bench.bodies == [body, ScanBody(code="bracket-0001")]


def test_the_help_code_calls_at_once(bench: Bench) -> None:
    bench.scan("KSS:HELP", 1.0)
    assert bench.kinds == ["help"]


def test_an_unreadable_code_is_refused_and_nothing_is_sent(bench: Bench) -> None:
    assert tones(bench.take(Unreadable(UnreadableReason.TOO_LONG, 1.0), 1.0)) == ["long"]
    assert bench.station.texts(1.0) == (TEXTS[Refusal.UNREADABLE],)
    assert bench.stored == []

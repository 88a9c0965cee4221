"""The rim: real threads, so every wait is for a condition, with a deadline."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import Empty, Queue

import pytest

from kanban_hardware.buzzer import PITCHES_HZ, Tone
from kanban_hardware.errors import PinError, WiringError
from kanban_hardware.inputs import Freed, Held, Input, Lost, Pressed, Released, Stuck
from kanban_hardware.panel import EDGES_WAITING, Panel
from kanban_hardware.pattern import Pattern
from kanban_hardware.simulated import SimulatedPins
from kanban_hardware.wiring import (
    DEFAULT_WIRING,
    BuzzerWiring,
    DisplayWiring,
    NetworkLampWiring,
    QualityWiring,
    ScannerWiring,
    SlotWiring,
    Wiring,
)
from tests.fakes.pins import FakePins
from tests.hardware.tower import Tower, served

DEADLINE_S = 10.0
QUICK = Wiring(
    slots=(SlotWiring(1, 17, 22),), quality=QualityWiring(5), debounce_ms=5, hold_ms=60, stuck_ms=120
)


class WatchedPins(FakePins):
    """Wakes a waiting test whenever the panel has driven or read a pin."""

    def __init__(self) -> None:
        super().__init__()
        self._moved = threading.Condition()

    def drive(self, pin: int, level: bool) -> None:
        super().drive(pin, level)
        with self._moved:
            self._moved.notify_all()

    def level(self, pin: int) -> bool:
        with self._moved:
            self._moved.notify_all()
        return super().level(pin)

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._moved:
            assert self._moved.wait_for(condition, DEADLINE_S)


class Bench:
    """A panel with hands, eyes and ears."""

    def __init__(self, wiring: Wiring) -> None:
        self.pins = WatchedPins()
        self.heard: Queue[Input] = Queue()
        self.panel = Panel(wiring, self.pins, self.heard.put)

    def hear(self) -> Input:
        return self.heard.get(timeout=DEADLINE_S)

    def hear_nothing(self) -> None:
        with pytest.raises(Empty):
            self.heard.get_nowait()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench(QUICK)
    made.panel.open()
    yield made
    made.panel.close()


def test_a_press_is_heard_once_and_its_release_once(bench: Bench) -> None:
    bench.pins.press(17)
    pressed = bench.hear()
    bench.pins.release(17)
    released = bench.hear()
    assert isinstance(pressed, Pressed)
    assert pressed.part == "slot-1"
    while isinstance(released, Held | Stuck | Freed):  # a slow machine may make the press a long one
        released = bench.hear()
    assert isinstance(released, Released)
    bench.hear_nothing()


def test_a_long_press_is_held_and_then_stuck(bench: Bench) -> None:
    bench.pins.press(5)
    assert [type(bench.hear()) for _ in range(3)] == [Pressed, Held, Stuck]
    assert bench.panel.health()["stuck"] == ["quality"]
    bench.pins.release(5)
    assert [type(bench.hear()) for _ in range(2)] == [Freed, Released]


def test_a_press_whose_edges_come_late_and_together_is_heard_with_its_times() -> None:
    pins, heard, now_s = FakePins(), Queue[Input](), [100.0]
    panel = Panel(DEFAULT_WIRING, pins, heard.put, clock=lambda: now_s[0])
    panel.open()
    now_s[0] = 101.0
    pins.press(17, ago_s=0.5)
    pins.release(17, ago_s=0.25)
    found = [heard.get(timeout=DEADLINE_S), heard.get(timeout=DEADLINE_S)]
    settled_s = DEFAULT_WIRING.debounce_ms / 1000
    assert found == [Pressed("slot-1", 100.5 + settled_s), Released("slot-1", 100.75 + settled_s)]
    panel.close()


class LatePins(FakePins):
    """A moment after they are read comes what led to the level: `is_late` brings it, and says if it did."""

    is_late: Callable[[], bool] | None = None

    def level(self, pin: int) -> bool:
        level = super().level(pin)
        if self.is_late is not None and self.is_late():
            self.is_late = None
        return level


def test_two_presses_are_not_one_long_one_when_the_edges_between_them_come_after_a_stall() -> None:
    pins, heard, now_s = LatePins(), Queue[Input](), [100.0]
    panel = Panel(DEFAULT_WIRING, pins, heard.put, clock=lambda: now_s[0])
    panel.open()
    pins.press(17)
    now_s[0] = 100.5
    assert heard.get(timeout=DEADLINE_S) == Pressed("slot-1", 100.02)

    def after_stall() -> bool:
        if now_s[0] < 104.5:
            return False
        # In lgpio's order of edges that are more than two seconds apart.
        panel._on_edge(17, False, 0.25)
        panel._on_edge(17, True, 3.5)
        return True

    pins.is_late = after_stall
    now_s[0] = 104.5
    found = [heard.get(timeout=DEADLINE_S), heard.get(timeout=DEADLINE_S)]
    assert found == [Released("slot-1", 101.02), Pressed("slot-1", 104.27)]
    panel.close()


def test_a_press_is_heard_though_no_edge_was_reported(bench: Bench) -> None:
    bench.pins.is_deaf = True
    bench.pins.press(17)
    assert isinstance(bench.hear(), Pressed)
    bench.pins.wait(lambda: bench.panel.health()["edges_missed"] == 1)


def test_a_button_held_at_the_start_is_stuck_and_gives_no_press() -> None:
    pins, heard = SimulatedPins(), Queue[Input]()
    pins.press(17)
    panel = Panel(DEFAULT_WIRING, pins, heard.put)
    panel.open()
    stuck = heard.get(timeout=DEADLINE_S)
    pins.release(17)
    assert (type(stuck), type(heard.get(timeout=DEADLINE_S))) == (Stuck, Freed)
    panel.close()


def test_before_the_first_state_the_lamps_say_that_nothing_is_known(bench: Bench) -> None:
    assert bench.panel.shown() == {"slot-1": Pattern.DOUBLE}


def test_a_state_is_shown_and_reported_when_the_pins_have_it(bench: Bench) -> None:
    bench.panel.show({"slot-1": Pattern.ON})
    bench.pins.wait(lambda: bench.panel.shown() == {"slot-1": Pattern.ON})
    assert bench.pins.level(22) is True


def test_a_blinking_lamp_blinks(bench: Bench) -> None:
    bench.panel.show({"slot-1": Pattern.FAST})
    bench.pins.wait(lambda: [level for pin, level in bench.pins.drives if pin == 22].count(True) >= 3)
    assert bench.panel.shown() == {"slot-1": Pattern.FAST}


def test_a_flutter_lights_a_dark_lamp_and_leaves_it_dark(bench: Bench) -> None:
    bench.panel.show({})
    bench.pins.wait(lambda: bench.panel.shown() == {"slot-1": Pattern.OFF} and not bench.pins.level(22))
    bench.pins.drives.clear()
    bench.panel.flutter("slot-1")
    bench.pins.wait(lambda: bench.pins.drives[:1] == [(22, True)] and bench.pins.drives[-1] == (22, False))


def test_a_beep_sounds_and_ends() -> None:
    bench = Bench(DEFAULT_WIRING)
    bench.panel.open()
    bench.panel.beep(Tone.LONG)
    bench.pins.wait(lambda: [level for pin, level in bench.pins.drives if pin == 26] == [True, False])
    bench.panel.close()


def test_a_lamp_whose_pin_does_not_follow_is_not_reported_as_shown(bench: Bench) -> None:
    bench.pins.stuck = {22: False}
    bench.panel.show({"slot-1": Pattern.ON})
    bench.pins.wait(lambda: bench.panel.health()["lamps_failing"] == ["slot-1"])
    assert bench.panel.shown() == {"slot-1": Pattern.OFF}


def test_a_broken_pin_is_reported_and_the_other_buttons_are_heard(bench: Bench) -> None:
    bench.pins.broken = {22, 5}
    bench.pins.wait(lambda: bench.panel.health()["pins_failing"] == [5, 22])
    bench.pins.press(17)
    assert isinstance(bench.hear(), Pressed)


def test_a_flood_of_edges_is_bounded_and_counted_and_the_last_level_is_heard() -> None:
    bench = Bench(QUICK)
    bench.pins.open_input(17, bench.panel._on_edge)
    for _ in range(EDGES_WAITING):
        bench.pins.press(17)
        bench.pins.release(17)
    assert bench.panel.health()["edges_dropped"] == EDGES_WAITING
    bench.pins.close()


def test_a_panel_that_dies_says_so_and_claims_no_pattern(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_taken: Input) -> None:
        raise RuntimeError("the station's queue is gone")

    pins = FakePins()
    panel = Panel(QUICK, pins, fail)
    panel.open()
    panel.show({"slot-1": Pattern.SLOW})
    with caplog.at_level(logging.CRITICAL):
        pins.press(17)
        panel._thread.join(DEADLINE_S)
    assert not panel.health()["alive"]
    assert panel.shown()["slot-1"] in {Pattern.ON, Pattern.OFF}
    panel.close()


def test_a_panel_whose_thread_hangs_is_dead_and_claims_no_pattern() -> None:
    now_s, reached, resume = [100.0], threading.Event(), threading.Event()

    def hang(_taken: Input) -> None:
        reached.set()
        assert resume.wait(DEADLINE_S)

    pins = SimulatedPins()
    pins.press(17)  # held at the start: an input at the first turn
    panel = Panel(QUICK, pins, hang, clock=lambda: now_s[0])
    panel.open()
    assert reached.wait(DEADLINE_S)
    assert panel.health()["alive"]
    now_s[0] += 2.5
    assert not panel.health()["alive"]
    assert panel.shown() == {"slot-1": Pattern.OFF}
    resume.set()
    panel.close()


def test_a_lost_scanner_is_part_of_the_health() -> None:
    scanner = ScannerWiring(port="/dev/serial/by-id/nothing-here")
    bench = Bench(Wiring(scanners=(scanner,)))
    bench.panel.open()
    lost = bench.hear()
    assert isinstance(lost, Lost)
    assert lost.part == "scanner-1"
    assert bench.panel.health()["scanners_lost"] == ["scanner-1"]
    bench.panel.close()


def test_a_faulty_wiring_is_refused_with_all_its_faults() -> None:
    with pytest.raises(WiringError) as caught:
        Panel(Wiring(slots=(SlotWiring(9, 2, 2),)), FakePins(), lambda _taken: None)
    assert len(caught.value.faults) == 4


def test_a_pin_in_use_is_an_error_at_opening() -> None:
    pins = FakePins()
    pins.broken = {22}
    with pytest.raises(PinError, match="GPIO 22"):
        Panel(QUICK, pins, lambda _taken: None).open()


def test_after_closing_the_lamps_are_out_and_no_thread_is_left() -> None:
    before = threading.active_count()
    pins = FakePins()
    panel = Panel(QUICK, pins, lambda _taken: None)
    panel.open()
    panel.close()
    assert threading.active_count() == before
    assert (22, True) not in pins.drives[-1:]
    assert panel.shown() == {"slot-1": Pattern.OFF}
    assert not panel.health()["alive"]


def test_lamps_on_the_network_are_shown_and_told_beside_those_on_pins() -> None:
    tower = Tower()
    with served(tower) as (http, pns):
        lamp = NetworkLampWiring(f"http://127.0.0.1:{http}", status_port=pns)
        bench = Bench(replace(QUICK, network_lamp=lamp))
        bench.panel.open()
        wanted = {"slot-1": Pattern.ON, "red": Pattern.SLOW, "amber": Pattern.OFF, "green": Pattern.OFF}
        bench.panel.show(wanted)
        tower.wait([2, 0, 0, 0, 0])
        bench.pins.wait(lambda: bench.panel.shown() == wanted)
        assert bench.panel.health()["lamps_failing"] == []
        bench.panel.close()
    assert tower.tiers == [0, 0, 0, 0, 0]


def test_a_tower_that_is_not_there_is_failing_and_stops_no_lamp_on_a_pin() -> None:
    bench = Bench(replace(QUICK, network_lamp=NetworkLampWiring("http://127.0.0.1:9")))
    bench.panel.open()
    bench.panel.show({"slot-1": Pattern.ON, "red": Pattern.ON})
    lost = bench.hear()
    assert isinstance(lost, Lost)
    assert lost.part == "network-lamp"
    assert bench.panel.health()["lamps_failing"] == ["red", "amber", "green"]
    bench.pins.wait(lambda: bench.panel.shown()["slot-1"] is Pattern.ON)
    assert bench.panel.shown()["red"] is Pattern.OFF
    bench.panel.close()


def test_a_display_that_is_not_there_is_lost_and_stops_nothing() -> None:
    bench = Bench(replace(QUICK, display=DisplayWiring(bus=99)))
    bench.panel.open()
    bench.panel.write(("text",))
    lost = bench.hear()
    assert isinstance(lost, Lost)
    assert lost.part == "display"
    bench.pins.press(17)
    assert isinstance(bench.hear(), Pressed)
    bench.panel.close()


def test_a_passive_buzzer_sounds_the_pitch_of_each_tone() -> None:
    bench = Bench(replace(QUICK, buzzer=BuzzerWiring(26, "passive")))
    bench.panel.open()
    bench.panel.beep(Tone.DOUBLE)
    high = (26, PITCHES_HZ[Tone.DOUBLE])
    bench.pins.wait(lambda: bench.pins.tones == [high, (26, 0), high, (26, 0)])
    bench.panel.close()

"""The test by hand, with a person of paper at a panel of simulated pins."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kanban_device.check.finding import Finding, Verdict
from kanban_device.lock import Lock
from kanban_device.tryout import lamps, scanners, screen, tour, tower
from kanban_device.tryout.desk import Event, TerminalDesk, Typed
from kanban_hardware.inputs import Lost, Scanned, Unreadable, UnreadableReason
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.pattern import Pattern
from kanban_hardware.simulated import SimulatedPins
from kanban_hardware.wiring import BuzzerWiring, QualityWiring, SlotWiring, Wiring
from tests.device.check.scenes import by_part, only, scene_in
from tests.device.tryout.desk import Act, ScriptedDesk
from tests.fakes.pins import FakePins

WIRING = Wiring(
    pins="mock",
    slots=(SlotWiring(slot=1, button=17, lamp=22),),
    quality=QualityWiring(button=5),
    buzzer=BuzzerWiring(pin=26),
)
YES = ""


def pressing(
    pins: FakePins | SimulatedPins,
    pin: int,
    times: int = 1,
    bounces_ms: tuple[float, ...] = (),
    held_s: float = 0.2,
) -> Act:
    """A finger on a button, twice a second; both ways it bounces after each of the gaps given."""

    def act(desk: ScriptedDesk) -> None:
        for number in range(times):
            began_s = 0.1 + number * 0.5
            swing(desk, began_s, pins.press, pins.release)
            swing(desk, began_s + held_s, pins.release, pins.press)

    def swing(
        desk: ScriptedDesk, after_s: float, there: Callable[[int], None], back: Callable[[int], None]
    ) -> None:
        desk.after(after_s, partial(there, pin))
        for gap_ms, move in zip(bounces_ms, [back, there] * len(bounces_ms), strict=False):
            after_s += gap_ms / 1000
            desk.after(after_s, partial(move, pin))

    return act


def walked(
    script: dict[str, Act | str], pins: FakePins, wiring: Wiring = WIRING, presses: int = 3
) -> tuple[dict[str, Finding], ScriptedDesk]:
    desk = ScriptedDesk(script)
    return by_part(tour.walk(desk, wiring, lambda _wiring: pins, presses)), desk


def usual(pins: FakePins) -> dict[str, Act | str]:
    """What a person does at a station where all is well."""
    return {
        "Is this lamp lit": YES,
        "Press the slot-1": pressing(pins, 17, 3, (1.0, 0.5)),
        "Press the quality": pressing(pins, 5, 3),
        "Did you hear": YES,
    }


def test_a_station_where_all_is_well_is_walked_through(tmp_path: Path) -> None:
    pins = FakePins()
    found, desk = walked(usual(pins), pins)
    assert {finding.verdict for finding in found.values()} == {Verdict.OK}
    assert found["button slot-1"].text == "3 of 3 presses seen, bounces for 1.5 ms at most"
    assert "  2 of 3   bounced for 1.5 ms" in desk.said
    assert found["bounce"].text.endswith("which calls for debounce_ms = 13; the file's 20 is enough")


def test_it_works_on_the_pins_of_a_virtual_panel_too() -> None:
    pins = SimulatedPins()
    script: dict[str, Act | str] = {
        "Is this lamp lit": YES,
        "Press the slot-1": pressing(pins, 17),
        "Press the quality": "s",
        "Did you hear": YES,
    }
    found = by_part(tour.walk(ScriptedDesk(script), WIRING, lambda _wiring: pins, 1))
    assert not any(finding.is_bad for finding in found.values())
    assert found["button slot-1"].text.startswith("1 of 1 presses seen")


def test_a_lamp_that_nobody_sees_lit_is_dead_behind_its_pin() -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Is this lamp lit": "n"}, pins)
    assert found["lamp slot-1"].is_bad
    assert "look behind it" in found["lamp slot-1"].remedy


@pytest.mark.parametrize(("level", "text"), [(False, "does not switch on"), (True, "does not switch off")])
def test_a_lamp_whose_pin_does_not_follow_is_found_whatever_the_person_says(level: bool, text: str) -> None:
    pins = FakePins()
    pins.stuck[22] = level
    found, _ = walked(usual(pins), pins)
    assert found["lamp slot-1"].is_bad
    assert text in found["lamp slot-1"].text


def test_each_lamp_is_lit_while_it_is_asked_about_and_dark_afterwards() -> None:
    pins, lit = FakePins(), list[bool]()

    def look(desk: ScriptedDesk) -> None:
        lit.append(pins.level(22))
        desk.type(YES)

    panel = PanelPins(WIRING, pins)
    panel.open(lambda _pin, _level, _ago_s: None)
    assert not only(lamps.look(ScriptedDesk({"Is this lamp lit": look}), panel, WIRING.lamps)).remedy
    assert lit == [True]
    assert pins.level(22) is False


def test_a_button_lights_its_own_lamp_while_it_is_closed() -> None:
    pins = FakePins()
    walked(usual(pins), pins, presses=1)
    lamp = [level for pin, level in pins.drives if pin == 22]
    assert lamp[:6] == [True, False, True, False, True, False], "asked about; pressed, with its bounce"


def test_a_button_that_nobody_presses_or_that_is_dead_is_found_after_a_minute() -> None:
    pins = FakePins()
    found, desk = walked(usual(pins) | {"Press the slot-1": lambda _desk: None}, pins)
    assert found["button slot-1"].text == "0 of 3 presses seen within 60 s"
    assert found["button quality"].verdict is Verdict.OK, "the test has gone on"
    assert desk.now_s() > 160.0


def test_a_button_that_is_closed_from_the_start_is_stuck() -> None:
    pins = FakePins()
    pins.stuck[17] = False
    found, _ = walked(usual(pins), pins)
    assert found["button slot-1"].text == "GPIO 17 stays closed"
    assert "short to ground" in found["button slot-1"].remedy


def test_a_button_that_is_held_at_the_start_is_let_go_and_then_tried() -> None:
    pins = SimulatedPins()
    pins.press(17)
    script: dict[str, Act | str] = {
        "Is this lamp lit": YES,
        "It is closed now": lambda desk: desk.after(1.0, lambda: pins.release(17)),
        "Press the slot-1": "s",
        "Press the quality": "s",
        "Did you hear": YES,
    }
    found = by_part(tour.walk(ScriptedDesk(script), WIRING, lambda _wiring: pins, 3))
    assert found["button slot-1"].text == "skipped, 0 of 3 presses seen"


def test_a_button_that_is_never_released_is_stuck() -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Press the slot-1": pressing(pins, 17, 1, held_s=1000.0)}, pins)
    assert found["button slot-1"].is_bad
    assert "stays closed" in found["button slot-1"].text


def test_exchanged_buttons_are_told_while_they_are_pressed() -> None:
    pins = FakePins()
    found, desk = walked(usual(pins) | {"Press the slot-1": pressing(pins, 5, 2)}, pins)
    assert "  that was quality (GPIO 5), not slot-1" in desk.said
    assert "quality answered" in found["button slot-1"].remedy


def test_disturbances_are_no_presses_and_are_noted() -> None:
    pins = FakePins()
    press = pressing(pins, 17, 3)

    def act(desk: ScriptedDesk) -> None:
        desk.after(0.01, lambda: pins.press(17))
        desk.after(0.013, lambda: pins.release(17))
        desk.after(0.08, lambda: press(desk))

    found, _ = walked(usual(pins) | {"Press the slot-1": act}, pins)
    assert found["button slot-1"].text == "3 of 3 presses seen, bounces for 0.0 ms at most; disturbances: 1"
    assert "hardware/README.md" in found["button slot-1"].remedy


def test_a_longer_bounce_proposes_a_longer_debounce_time() -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Press the quality": pressing(pins, 5, 3, (8.0, 6.2))}, pins)
    assert found["bounce"].remedy == "Write it into [hardware]: debounce_ms = 29"
    assert "(quality)" in found["bounce"].text


def test_a_worn_contact_is_to_be_replaced_and_does_not_set_the_time_for_the_others() -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Press the quality": pressing(pins, 5, 3, (20.0, 15.0))}, pins)
    assert "is worn" in found["button quality"].text
    assert "the file's 20 is enough" in found["bounce"].text


@pytest.mark.parametrize("last", ["q", None])
def test_the_test_can_be_ended_at_any_step_and_tells_what_it_has(last: str | None) -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Press the quality": lambda desk: desk.type(last)}, pins)
    assert found["test"].remedy == "Run it again for the rest"
    assert found["button slot-1"].verdict is Verdict.OK
    assert "bounce" in found
    assert "buzzer" not in found


def test_ctrl_c_ends_the_test_as_q_does_and_gives_the_pins_back() -> None:
    pins = FakePins()

    def interrupt(_desk: ScriptedDesk) -> None:
        raise KeyboardInterrupt

    found, _ = walked(usual(pins) | {"Press the quality": interrupt}, pins)
    assert found["test"].remedy == "Run it again for the rest"
    assert found["lamp slot-1"].verdict is Verdict.OK
    assert not any(dict(pins.drives).values())


def test_what_means_nothing_is_asked_again() -> None:
    pins = FakePins()
    found, desk = walked(usual(pins) | {"Is this lamp lit": lambda desk: desk.type("was?", "n")}, pins)
    assert any("Please type one of these" in text for text in desk.said)
    assert found["lamp slot-1"].is_bad


def test_the_buzzer_sounds_all_tones_and_is_silent_afterwards() -> None:
    pins = FakePins()
    found, _ = walked(usual(pins) | {"Did you hear": "n"}, pins)
    levels = [level for pin, level in pins.drives if pin == 26]
    assert levels.count(True) == 4, "short, long, and double is two"
    assert levels[-1] is False
    assert found["buzzer"].is_bad


def test_pins_that_cannot_be_had_are_told_and_nothing_is_asked() -> None:
    pins = FakePins()
    pins.broken.add(22)
    found, desk = walked({}, pins)
    assert found["pins"].is_bad
    assert desk.said == []


class PaperScanner:
    """Puts what a test gives it when it is opened."""

    def __init__(self, desk: ScriptedDesk, *events: Event) -> None:
        self._desk, self._events = desk, events

    def open(self) -> None:
        for event in self._events:
            self._desk.put(event)

    def close(self) -> None:
        self._events = ()


@pytest.mark.parametrize(
    ("events", "verdict", "text"),
    [
        ([Scanned("KSS:FAIL", 1.0)], Verdict.OK, "read 'KSS:FAIL'"),
        ([Unreadable(UnreadableReason.INCOMPLETE, 1.0), Scanned("a", 2.0)], Verdict.OK, "read 'a'"),
        ([Unreadable(UnreadableReason.CHARACTERS, 1.0)], Verdict.FAIL, "no code (tried: 1)"),
        ([Lost("scanner-1", 1.0)], Verdict.FAIL, "read nothing within 60 s"),
        ([Typed("s")], Verdict.NOTE, "skipped"),
    ],
)
def test_a_scanner_is_tried_with_a_code(events: list[Event], verdict: Verdict, text: str) -> None:
    desk = ScriptedDesk({})
    found = only(scanners.look(desk, {"scanner-1": PaperScanner(desk, *events)}))
    assert found.verdict is verdict
    assert text in found.text


def test_a_station_that_runs_keeps_its_parts(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    found = only(tour.invite(ScriptedDesk({}), replace(scene, beside="kanban-station run"), 3))
    assert "systemctl stop" in found.remedy


def test_the_station_cannot_be_started_during_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, _ = scene_in(tmp_path)
    scene.config.data.mkdir()
    Lock(scene.config.data).close()

    def walk(*_args: object) -> list[Finding]:
        with pytest.raises(Exception, match="another kanban-station"):
            Lock(scene.config.data)
        return []

    monkeypatch.setattr(tour, "walk", walk)
    assert tour.invite(ScriptedDesk({}), scene, 3) == []
    Lock(scene.config.data).close()


def test_where_no_station_has_run_the_test_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, _ = scene_in(tmp_path)
    scene.config.data.mkdir()
    monkeypatch.setattr(tour, "walk", lambda *_args: [])
    assert tour.invite(ScriptedDesk({}), scene, 3) == []
    assert list(scene.config.data.iterdir()) == []


def test_a_terminal_gives_its_lines_and_then_says_that_it_has_gone() -> None:
    desk = TerminalDesk(io.StringIO("n\n"))
    assert [desk.take(None), desk.take(None)] == [Typed("n\n"), Typed(None)]
    assert desk.take(desk.now_s()) is None


class PaperTower:
    """Implements `LampOutput`; it may be deaf."""

    parts = ("red", "green")

    def __init__(self, *, is_deaf: bool = False) -> None:
        self._is_deaf = is_deaf
        self._shown: dict[str, Pattern] = {}
        self.is_open = False
        self.alone: list[dict[str, Pattern]] = []

    @property
    def failing(self) -> list[str]:
        return list(self.parts) if self._is_deaf else []

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        self.alone.append(dict(patterns))
        self._shown = {} if self._is_deaf else dict(patterns)

    def shown(self) -> dict[str, Pattern]:
        return self._shown


def test_each_lamp_of_a_tower_is_lit_alone_and_asked_about() -> None:
    lamp = PaperTower()
    desk = ScriptedDesk({"Lamp red": "n", "Lamp green": YES})
    red, green = tower.look(desk, [lamp])
    assert red.is_bad
    assert not green.is_bad
    assert lamp.alone == [{"red": Pattern.ON}, {"green": Pattern.ON}]
    assert not lamp.is_open


def test_a_tower_that_does_not_take_what_it_is_told_is_found_without_asking() -> None:
    desk = ScriptedDesk({})
    found = list(tower.look(desk, [PaperTower(is_deaf=True)]))
    assert [finding.is_bad for finding in found] == [True, True]
    assert desk.now_s() >= 110.0


class PaperDisplay:
    """What of a display is tried by hand."""

    def __init__(self, *, is_lost: bool = False) -> None:
        self.is_lost = is_lost
        self.lines: list[tuple[str, ...]] = []

    def open(self) -> None: ...

    def write(self, lines: tuple[str, ...]) -> None:
        self.lines.append(lines)

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("typed", "is_lost", "verdict", "text"),
    [
        (YES, False, Verdict.OK, "can be read"),
        ("n", False, Verdict.FAIL, "cannot be read"),
        ("s", False, Verdict.NOTE, "skipped"),
        (YES, True, Verdict.FAIL, "does not answer"),
    ],
)
def test_a_display_is_written_and_read_aloud(typed: str, is_lost: bool, verdict: Verdict, text: str) -> None:
    display = PaperDisplay(is_lost=is_lost)
    found = only(screen.look(ScriptedDesk({"Does it show": typed}), display))
    assert found.verdict is verdict
    assert text in found.text
    assert display.lines == [screen.LINES]

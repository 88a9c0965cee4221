from itertools import pairwise

import pytest

from kanban_hardware.buzzer import Buzzer, Tone


def sounding(buzzer: Buzzer, at_s: float) -> list[float]:
    """How long it sounds, is silent, sounds …, found by following `due_s` as the panel does."""
    changes = [at_s]
    while (due_s := buzzer.due_s(changes[-1])) is not None:
        assert buzzer.level(due_s) != buzzer.level(changes[-1])
        changes.append(due_s)
    assert not buzzer.level(changes[-1])
    return [round(later - earlier, 3) for earlier, later in pairwise(changes)]


@pytest.mark.parametrize(
    ("tone", "times_s"), [(Tone.SHORT, [0.08]), (Tone.LONG, [0.6]), (Tone.DOUBLE, [0.08, 0.08, 0.08])]
)
def test_a_tone_sounds_at_once_and_ends_by_itself(tone: Tone, times_s: list[float]) -> None:
    buzzer = Buzzer()
    buzzer.beep(tone, 100.0)
    assert buzzer.level(100.0)
    assert sounding(buzzer, 100.0) == times_s


def test_each_tone_of_a_passive_buzzer_has_a_pitch_of_its_own_while_it_sounds() -> None:
    buzzer = Buzzer()
    heard = []
    for number, tone in enumerate(Tone):
        at_s = 100.0 * number
        buzzer.beep(tone, at_s)
        heard.append(buzzer.pitch_hz(at_s))
        assert buzzer.pitch_hz(at_s + 10) == 0
    heard.sort()
    assert all(higher / lower >= 1.5 for lower, higher in pairwise(heard)), "a fifth apart"
    assert heard[0] >= 1000
    assert heard[-1] <= 10_000, "what lgpio's software PWM can do"


def test_a_buzzer_is_silent_until_it_is_asked() -> None:
    assert not Buzzer().level(5.0)
    assert Buzzer().due_s(5.0) is None


def test_the_next_tone_replaces_the_one_that_still_sounds() -> None:
    buzzer = Buzzer()
    buzzer.beep(Tone.LONG, 100.0)
    buzzer.beep(Tone.SHORT, 100.1)
    assert sounding(buzzer, 100.1) == [0.08]

import logging
import os
import sys
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from gpiozero import Device

from kanban_hardware import gpiozero_pins
from kanban_hardware.errors import PinError, PinsUnavailableError
from kanban_hardware.gpiozero_pins import GpiozeroPins, lgpio_factory, lgpio_hears_edges, mock_factory


def test_a_failing_callback_is_logged_with_its_pin(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_pin: int, _level: bool, _ago_s: float) -> None:
        raise RuntimeError("queue is gone")

    factory = mock_factory()
    pins = GpiozeroPins(factory)
    pins.open_input(17, fail)
    with caplog.at_level(logging.ERROR):
        factory.pin(17).drive_low()
    assert "GPIO 17" in caplog.text
    assert "queue is gone" in caplog.text
    pins.close()


def test_an_input_whose_edges_cannot_be_heard_is_an_error_that_names_the_pin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_pin: object) -> None:
        raise Exception("bad event request")  # noqa: TRY002  # as lgpio's own

    factory = mock_factory()
    monkeypatch.setattr(type(factory.pin(17)), "_enable_event_detect", fail)
    pins = GpiozeroPins(factory)
    with pytest.raises(PinError, match=r"GPIO 17.*bad event request"):
        pins.open_input(17, lambda _pin, _level, _ago_s: None)
    pins.close()


@pytest.mark.parametrize(
    ("ticks", "age_s"),
    [(999.75, 0.25), (1000.0, 0.0), (1000.5, 0.0), (939.0, 0.0), (1.8e9, 0.0)],
    ids=["late", "prompt", "to come", "too old", "by the wall clock"],
)
def test_an_edge_has_the_kernels_time_where_that_is_of_the_same_clock(
    monkeypatch: pytest.MonkeyPatch, ticks: float, age_s: float
) -> None:
    factory, ages_s = mock_factory(), list[float]()
    monkeypatch.setattr(factory, "ticks", lambda: 1000.0)
    pins = GpiozeroPins(factory)
    pins.open_input(17, lambda _pin, _level, ago_s: ages_s.append(ago_s))
    factory.pin(17).when_changed(ticks, 0)
    assert ages_s == [age_s]
    pins.close()


def test_the_end_of_lgpios_only_callback_thread_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, living = Thread(target=lambda: None), Thread(target=Event().wait, daemon=True)
    living.start()
    for thread, hears in ((living, True), (ended, False), (None, True)):
        monkeypatch.setitem(sys.modules, "lgpio", SimpleNamespace(_notify_thread=thread))
        assert GpiozeroPins(mock_factory(), lgpio_hears_edges).hears_edges() is hears


def test_a_tone_is_a_square_wave_that_ends_at_silence() -> None:
    factory = mock_factory()
    pins = GpiozeroPins(factory)
    pins.open_tone(26)
    assert factory.pin(26).frequency is None, "no wave turns before the first tone"
    pins.tone(26, 2000)
    assert (factory.pin(26).frequency, factory.pin(26).state) == (2000, 0.5)
    pins.tone(26, 0)
    assert (factory.pin(26).frequency, factory.pin(26).state) == (None, 0.0)
    pins.close()


def test_gpiozeros_global_factory_is_never_touched() -> None:
    pins = GpiozeroPins(mock_factory())
    pins.open_output(22)
    pins.open_input(17, lambda _pin, _level, _ago_s: None)
    assert Device.pin_factory is None
    pins.close()


def test_the_mock_board_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "GPIOZERO_MOCK_REVISION", "nonsense")
    assert mock_factory().board_info.model == "4B"


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (ModuleNotFoundError("No module named 'lgpio'"), "Install lgpio"),
        (AttributeError("module 'lgpio' has no attribute 'SET_BIAS_DISABLE'"), "Install lgpio"),
        (FileNotFoundError(2, "No such file or directory", ".lgd-nfy-3"), "LG_WD"),
        (PermissionError(13, "Permission denied", ".lgd-nfy0"), "LG_WD"),
        (Exception("can not open gpiochip"), "group gpio"),
        (Exception("unable to locate Pi revision"), 'pins = "mock"'),
    ],
)
def test_unusable_pins_are_an_error_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, error: Exception, remedy: str
) -> None:
    def fail(_name: str) -> None:
        raise error

    monkeypatch.setattr(gpiozero_pins, "import_module", fail)
    with pytest.raises(PinsUnavailableError) as caught:
        lgpio_factory(has_tones=False)
    assert remedy in caught.value.hint
    assert str(error) in str(caught.value)


def test_a_machine_without_gpio_gets_that_error_from_the_real_library() -> None:
    if os.path.exists("/dev/gpiochip0"):  # noqa: PTH110 - one look, no path to keep
        pytest.skip("this machine has GPIO pins")
    with pytest.raises(PinsUnavailableError):
        lgpio_factory(has_tones=False)

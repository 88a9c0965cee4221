"""Parts that a machine may lack: tests that need one are named when not run, and fail where CI is set."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from gpiozero import Device
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect

from tests import chromium, mosquitto, postgresql, spreading


def systemd() -> str | None:
    return shutil.which("systemd-analyze")


# Marker and program have one name.
PROGRAMS = {
    "mosquitto": mosquitto.executable,
    "chromium": chromium.executable,
    "postgresql": postgresql.executable,
    "systemd": systemd,
}
# How long an example takes is a matter of what else the machine does; no test is about that.
settings.register_profile("floor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("floor")
# What a browser shows is waited for; how long it takes is a matter of what else the machine does.
expect.set_options(timeout=30_000)
MISSING = "{} is not installed"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for program, executable in PROGRAMS.items():
        if executable() is None:
            for item in items:
                if item.get_closest_marker(program) is not None:
                    item.add_marker(pytest.mark.skip(reason=MISSING.format(program)))


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)  # when it is known what is left out
def pytest_spread(items: list[pytest.Item]) -> None:
    items[:] = spreading.spread(items, spreading.workers())


def not_run(config: pytest.Config) -> list[tuple[str, str]]:
    """Program and test, of what was skipped for want of a program, in whatever process it would have run."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    return [
        (program, report.nodeid)
        for report in skipped
        for program in PROGRAMS
        if MISSING.format(program) in str(report.longrepr)
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for program, name in not_run(config):
        terminalreporter.write_line(f"NOT RUN, {program} is missing: {name}", yellow=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("CI") and exitstatus == 0 and not_run(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Postgresql]:
    """One PostgreSQL for all tests that need one and let it run."""
    with postgresql.Postgresql() as made:
        yield made


@pytest.fixture(autouse=True)
def _no_shared_pins() -> Iterator[None]:
    """No test may lean on gpiozero's global pin factory: two stations in one process would share it."""
    before = Device.pin_factory
    yield
    assert Device.pin_factory is before, "a test or the code under test set gpiozero's global pin factory"

"""Putting the firmware together: what fails on the way leaves nothing open behind it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kanban_device.build import build, open_outbox
from kanban_device.salvage import FILE
from kanban_hardware.errors import HardwareError
from tests.device.fakes import FakeClock, config_in


def test_a_wiring_that_is_refused_leaves_the_outbox_closed_and_free(tmp_path: Path) -> None:
    config = config_in(tmp_path / "data")
    twice = replace(config.hardware, slots=[*config.hardware.slots, *config.hardware.slots])

    with pytest.raises(HardwareError):
        build(replace(config, hardware=twice), clock=FakeClock())

    assert not (config.data / f"{FILE}-wal").exists(), "the last to close writes all of it into the one file"
    lock, outbox = open_outbox(config)
    assert outbox.salvage is None
    outbox.close()
    lock.close()

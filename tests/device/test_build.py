"""Putting the firmware together: what fails on the way leaves nothing open behind it."""

from functools import partial
from pathlib import Path

import pytest

from kanban_device.build import assemble, open_outbox
from kanban_device.salvage import FILE
from kanban_hardware.errors import PartError
from kanban_protocol.link import MqttLink
from tests.device.fakes import FakeClock, config_in


def test_a_panel_that_cannot_be_had_leaves_the_outbox_closed_and_free(tmp_path: Path) -> None:
    config = config_in(tmp_path / "data")

    def refused(_put: object) -> None:
        raise PartError("it is not there", "put it there")

    with pytest.raises(PartError):
        assemble(config, FakeClock(), partial(MqttLink, lambda: config.endpoint), refused)  # type: ignore[arg-type]

    assert not (config.data / f"{FILE}-wal").exists(), "the last to close writes all of it into the one file"
    lock, outbox = open_outbox(config)
    assert outbox.salvage is None
    outbox.close()
    lock.close()

from pathlib import Path

import pytest

from kanban_device.heartbeat import free_bytes, temperature_c


@pytest.mark.parametrize(
    ("text", "wanted"), [("48312\n", 48.312), ("-999999", None), ("", None), ("hot", None)]
)
def test_the_temperature_is_told_where_it_can_be_true(
    tmp_path: Path, text: str, wanted: float | None
) -> None:
    (tmp_path / "temp").write_text(text)
    assert temperature_c(tmp_path / "temp") == wanted


def test_what_this_machine_does_not_have_is_left_open(tmp_path: Path) -> None:
    assert temperature_c(tmp_path / "none") is None
    assert free_bytes(tmp_path / "none") is None


def test_free_room_is_told(tmp_path: Path) -> None:
    assert (free_bytes(tmp_path) or 0) > 0

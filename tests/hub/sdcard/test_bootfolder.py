"""The boot partition as a folder: what it has to be, and what comes to lie on it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban_hub.sdcard import bootfolder
from kanban_hub.sdcard.card import SdCard, files
from kanban_hub.sdcard.errors import CardError

Bootfs = Callable[..., Path]


def test_a_fresh_boot_partition_takes_the_card(bootfs: Bootfs, card: SdCard) -> None:
    folder = bootfs()

    bootfolder.write(folder, files(card), card.machine)

    assert (folder / "user-data").read_text().startswith("#cloud-config\n")
    assert (folder / "kanban/code").read_text() == "ABCDE-FGHIJ\n"
    assert (folder / "kanban/release/manifest.json").is_file()


def test_the_kernels_line_loses_what_would_take_the_room_of_the_data(bootfs: Bootfs, card: SdCard) -> None:
    folder = bootfs()

    bootfolder.write(folder, files(card), card.machine)

    assert (folder / "cmdline.txt").read_text() == (
        "console=tty1 root=PARTUUID=1234-02 rootfstype=ext4 rootwait ds=nocloud;i=kanban-paint-1\n"
    )


def test_what_was_there_is_kept_aside_once(bootfs: Bootfs, card: SdCard) -> None:
    folder = bootfs()

    first = bootfolder.write(folder, files(card), card.machine)
    second = bootfolder.write(folder, files(card), card.machine)

    assert [path.name for path in first] == [
        "user-data.before-kanban", "meta-data.before-kanban", "network-config.before-kanban",
    ]  # fmt: skip
    assert second == []
    assert (folder / "user-data.before-kanban").read_text() == "#cloud-config\n"


def test_a_second_writing_leaves_nothing_of_the_first(bootfs: Bootfs, card: SdCard) -> None:
    folder = bootfs()
    bootfolder.write(folder, files(card), card.machine)
    (folder / "kanban/release/old.whl").write_bytes(b"old")
    (folder / "kanban/result.txt").write_text("failed: no hub\n")

    bootfolder.write(folder, files(card), card.machine)

    assert not (folder / "kanban/release/old.whl").exists()
    assert not (folder / "kanban/result.txt").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (fault,) = bootfolder.faults(tmp_path / "none")

    assert "no such folder" in fault
    assert "Raspberry Pi Imager" in fault


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (("config.txt", "cmdline.txt"), "it has no config.txt and no cmdline.txt"),
        (("config.txt",), "it has no config.txt. Name the folder"),
        (("meta-data", "user-data"), "(Raspberry Pi reference 2026-06-18) has no cloud-init"),
    ],
)
def test_what_is_no_boot_partition_of_such_an_image_is_refused(
    bootfs: Bootfs, card: SdCard, without: tuple[str, ...], said: str
) -> None:
    folder = bootfs(*without)

    with pytest.raises(CardError, match=re.escape(said)):
        bootfolder.write(folder, files(card), card.machine)

    assert not (folder / "kanban").exists()


def test_a_card_that_is_a_station_already_has_to_be_flashed_again(bootfs: Bootfs) -> None:
    folder = bootfs()
    (folder / "kanban").mkdir()
    (folder / "kanban/result.txt").write_text("done: this Raspberry Pi is the station paint\n")

    (fault,) = bootfolder.faults(folder)

    assert "has become a station already" in fault


def test_a_partition_that_is_too_full_is_refused_before_anything_is_written(
    bootfs: Bootfs, card: SdCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bootfs()
    monkeypatch.setattr(bootfolder, "SPARE_BYTES", 2**60)

    with pytest.raises(CardError, match="MiB are needed"):
        bootfolder.write(folder, files(card), card.machine)

    assert not (folder / "kanban").exists()

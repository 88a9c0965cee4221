from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanban_hub.releases import folder as folders
from kanban_hub.releases import signing
from kanban_hub.sdcard.bundle import Bundle, bundle
from kanban_hub.sdcard.card import SdCard
from kanban_hub.sdcard.cloudinit import Machine
from kanban_hub.sdcard.network import Network
from tests.hub.sdcard.pi import Pi
from tests.wheels import write_wheel

NOW_S = 1_795_446_000


@pytest.fixture
def release(tmp_path: Path) -> tuple[Path, Path]:
    """A signed release's folder, and its public key."""
    private, public = signing.make_key(tmp_path / "key", None)
    folder = tmp_path / "R7"
    folder.mkdir()
    write_wheel(folder, "kanban_signal_station", "0.3.0", modules={"kanban_device/__init__.py": ""})
    write_wheel(folder, "click", "8.1", modules={"click.py": ""})
    folders.write_manifest(folder, 7, "0.3.0", 0, (datetime(2026, 11, 1, tzinfo=UTC), 365))
    folders.sign(folder, signing.private_key(private, None))
    return folder, public


@pytest.fixture
def signed(release: tuple[Path, Path]) -> Bundle:
    return bundle(*release)


@pytest.fixture
def card(signed: Bundle) -> SdCard:
    machine = Machine("kanban-paint", "kanban-paint-1", "Europe/Berlin", ("hub.lan",), Network())
    return SdCard(
        "paint",
        machine,
        'station = "file"\n',
        "ABCDE-FGHIJ",
        "https://hub.lan:8443",
        b"the authority\n",
        signed,
        NOW_S,
    )


@pytest.fixture
def pi(tmp_path: Path, card: SdCard) -> Pi:
    """A Pi with the card in it, before its first start."""
    return Pi(tmp_path / "pi", card)


@pytest.fixture
def bootfs(tmp_path: Path) -> Callable[..., Path]:
    """A fresh boot partition of the image, without the files that are named."""

    def make(*without: str) -> Path:
        folder = tmp_path / "bootfs"
        folder.mkdir()
        for name, text in STOCK.items():
            if name not in without:
                (folder / name).write_text(text)
        return folder

    return make


STOCK = {
    "config.txt": "arm_64bit=1\n",
    "cmdline.txt": "console=tty1 root=PARTUUID=1234-02 rootfstype=ext4 rootwait resize\n",
    "issue.txt": "Raspberry Pi reference 2026-06-18\nGenerated using pi-gen\n",
    "meta-data": "instance_id: rpios-image\n",
    "user-data": "#cloud-config\n",
    "network-config": "# empty\n",
}

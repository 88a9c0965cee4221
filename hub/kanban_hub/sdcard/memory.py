"""What was asked of a station's last card, so that the card that replaces it is asked for by the name alone.

Kept as `sdcards/STATION.json` in the hub's data directory, without the Wi-Fi's password and key.
"""

from dataclasses import replace
from pathlib import Path

import msgspec

from kanban_hub.identity import keyfile
from kanban_hub.sdcard.request import Request

FOLDER = "sdcards"


def keep(data: Path, request: Request) -> None:
    wifi = request.network.wifi
    if wifi is not None:
        bare = replace(request.network, wifi=replace(wifi, passphrase=""))
        request = replace(request, network=bare)
    keyfile.make_folder(data / FOLDER)
    keyfile.write(_file(data, request.station), msgspec.json.format(msgspec.json.encode(request), indent=1))


def recall(data: Path, station: str) -> Request | None:
    """None where no card was ever made, or by a program whose words this one does not know."""
    try:
        return msgspec.json.decode(_file(data, station).read_bytes(), type=Request)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _file(data: Path, station: str) -> Path:
    return data / FOLDER / f"{station}.json"

"""Make a card: everything looked at first, then the one-time code, then the files."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kanban_hub.domain.floor import Floor
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.codes import LIFE_MOST_S, Codes, Issued
from kanban_hub.sdcard import memory
from kanban_hub.sdcard.bundle import Bundle
from kanban_hub.sdcard.card import SdCard
from kanban_hub.sdcard.errors import CardError
from kanban_hub.sdcard.request import Request

DAY_S = 86_400
DAYS_MOST = LIFE_MOST_S // DAY_S


@dataclass(frozen=True)
class Maker:
    """`data` is the hub's data directory, `by` the account that orders it; `None`: whoever runs the hub."""

    data: Path
    codes: Codes
    authority: Callable[[], Authority]
    now_ms: Callable[[], int]
    by: str | None = None

    def make(
        self, request: Request, floor: Floor, release: Bundle, days: int = DAYS_MOST
    ) -> tuple[SdCard, Issued]:
        """The card, and its code, which is good for `days` (1 to 7). Raises `CardError` with every fault."""
        found = list(request.faults(floor))
        if found:
            raise CardError(found)
        issued = self.codes.issue(request.station, self.by, days * DAY_S)
        memory.keep(self.data, request)
        now_s = self.now_ms() // 1000
        card = SdCard(
            station=request.station,
            machine=request.machine(f"kanban-{request.station}-{now_s}-{secrets.token_hex(3)}"),
            station_file=request.file(floor),
            code=issued.text,
            door=request.door,
            authority=self.authority().bundle,
            release=release,
            now_s=now_s,
            ssh_key=request.ssh_key,
            pins=request.pins,
            is_writable=request.is_writable,
        )
        return card, issued

"""A copy of the hub to take away, and the way back from one."""

import shutil
import threading
from collections.abc import Iterator
from typing import IO

from flask import Response

from kanban_hub import backup as backups
from kanban_hub.accounts.account import Access
from kanban_hub.accounts.ports import LogFilter
from kanban_hub.accounts.rights import Errand
from kanban_hub.language import _
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

MAY = (Errand.BACKUP,)
_PIECE_BYTES = 256 * 1024
_MEGA = 1_000_000
# A second copy at the same time would need the room of a second database.
_making = threading.Lock()


def backup(parts: WebParts) -> Response:
    content: dict[str, object] = {
        "vault": parts.vault,
        "last": _last(parts),
        "by_server": (backups.BACK_UP_BY_PG_DUMP, backups.RESTORE_BY_PG_RESTORE),
    }
    if parts.vault is not None:
        free = shutil.disk_usage(parts.vault.data).free
        content |= {"size_mb": parts.vault.size_bytes() / _MEGA, "free_mb": free / _MEGA}
    return shown(parts, "upkeep/backup.html", content)


def make(parts: WebParts) -> Response:
    """The copy itself, as a download."""
    if parts.vault is None:
        raise ProblemError(problem(409, _("this hub's database is copied by its own server")))
    if not _making.acquire(blocking=False):
        raise ProblemError(problem(409, _("a copy is being made just now: try again when it is done")))
    try:
        copy = parts.vault.copied()
    finally:
        _making.release()
    parts.register.note(Access.BACKED_UP, parts.caller.named, None)
    at = instant(parts.clock.now_ms())
    disposition = f'attachment; filename="{_site(parts)}-{at:%Y%m%d-%H%M}.kanban.db"'
    headers = {"Content-Disposition": disposition, "Content-Length": str(copy.seek(0, 2))}
    copy.seek(0)
    return Response(_pieces(copy), mimetype="application/vnd.sqlite3", headers=headers)


PAGES = (Page("GET /backup", backup, MAY), Page("POST /backup", make, MAY))


def _pieces(copy: IO[bytes]) -> Iterator[bytes]:
    with copy:
        while piece := copy.read(_PIECE_BYTES):
            yield piece


def _last(parts: WebParts) -> object:
    found = parts.register.log(1, LogFilter(what=Access.BACKED_UP))
    return instant(found[0].at_ms) if found else None


def _site(parts: WebParts) -> str:
    with parts.store.view() as view:
        plant = view.plant()
    return plant.site if plant is not None else "hub"

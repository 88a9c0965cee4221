"""Whether the hub does its work, for whoever watches it."""

from enum import StrEnum

import msgspec
from flask import Response
from msgspec import Struct

from kanban_hub.errors import StoreError
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import JSON, operation
from kanban_hub.web.parts import HubHealth, WebParts

# The writer shows every 5 s that a commit is possible; three of them missed are no accident.
COMMIT_STALE_S = 15.0


class HealthStatus(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"  # pages and reading work; signals do not come in
    FAILED = "failed"


class Health(Struct, frozen=True, kw_only=True):
    """`ok`; `degraded` without a link to the broker; `failed` when the database cannot be read or written."""

    status: HealthStatus
    connected: bool
    store_readable: bool
    commit_age_s: float
    queue_depth: int
    dropped: int
    boot: str
    started_at: Instant


@operation("GET /healthz", made=Health, is_open=True)
def healthz(parts: WebParts) -> Response:
    """200 when the hub can work, else 503 with the same document."""
    hub = parts.hub()
    is_readable = _is_readable(parts)
    status = status_of(hub, is_readable)
    health = Health(
        status=status,
        connected=hub.is_connected,
        store_readable=is_readable,
        commit_age_s=hub.commit_age_s,
        queue_depth=hub.queue_depth,
        dropped=hub.dropped,
        boot=hub.boot,
        started_at=instant(hub.started_ms),
    )
    code = 503 if status is HealthStatus.FAILED else 200
    return Response(msgspec.json.encode(health), code, mimetype=JSON)


def status_of(hub: HubHealth, is_readable: bool) -> HealthStatus:
    if not is_readable or hub.commit_age_s > COMMIT_STALE_S:
        return HealthStatus.FAILED
    return HealthStatus.OK if hub.is_connected else HealthStatus.DEGRADED


def _is_readable(parts: WebParts) -> bool:
    try:
        with parts.store.view() as view:
            view.revision()
    except StoreError:
        return False
    return True

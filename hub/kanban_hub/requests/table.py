"""A list of open requests as CSV (RFC 4180): UTF-8, comma, CRLF, one row a request."""

import csv
import io
from datetime import UTC, datetime

from kanban_hub.requests.request import OpenRequest, RequestList

COLUMNS = (
    "place",
    "card",
    "item",
    "item_name",
    "supplier_item",
    "quantity",
    "consumer",
    "state",
    "asked_at",
    "needed_at",
    "promised_at",
    "replacement",
)
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(requests: RequestList) -> str:
    """The rows of `requests` below the names of the columns."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(request) for request in requests.requests)
    return out.getvalue()


def _row(request: OpenRequest) -> list[str]:
    return [
        str(request.place),
        request.card,
        request.item,
        _plain(request.item_name),
        _plain(request.supplier_item or ""),
        str(request.quantity),
        request.consumer,
        request.state,
        _time(request.asked_ms),
        _time(request.needed_ms),
        _time(request.promised_ms),
        "yes" if request.is_replacement else "no",
    ]


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _time(at_ms: int | None) -> str:
    if at_ms is None:
        return ""
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Lists in pages. A cursor says after which row to go on, so rows that come and go shift nothing."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.web.problem import Fault, faulty

LIMIT_MOST = 1_000

Limit = Annotated[int, Meta(ge=1, le=LIMIT_MOST, description="How many rows at most.")]
Cursor = Annotated[str, Meta(max_length=400, description="`next` of the page before, as it came.")]

Row = TypeVar("Row")


class PageQuery(Struct, frozen=True, kw_only=True):
    limit: Limit = 100
    cursor: Cursor | UnsetType = UNSET


class Paged(Protocol):
    """A query that asks for one page, whatever else it asks for."""

    @property
    def limit(self) -> int: ...

    @property
    def cursor(self) -> str | UnsetType: ...


class Page(Struct, Generic[Row], frozen=True):
    """A page of a list. `next` is the cursor of the following page, null on the last."""

    items: list[Row]
    next: str | None


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list that is cut into pages. `key` gives what its rows are ordered by, of the type `kind`."""

    name: str
    kind: Any
    key: Callable[[Row], Any]

    def known(self, query: Paged) -> Any:
        """The key that `query` goes on after; `None` at the beginning. Another list's cursor is refused."""
        if query.cursor is UNSET:
            return None
        text = str(query.cursor)
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            name, key = msgspec.json.decode(raw, type=tuple[str, self.kind])  # type: ignore[name-defined]  # a value
        except ValueError:
            name, key = "", None
        if name != self.name:
            raise faulty([Fault("query.cursor", "is no cursor of this list; take `next` as it came")])
        return key

    def page(self, rows: Iterable[Row], query: Paged) -> Page[Row]:
        """The page of `rows`, all rows of the list in any order."""
        known = self.known(query)
        rest = [row for row in rows if known is None or self.key(row) > known]
        return self.cut(sorted(rest, key=self.key), query)

    def cut(self, rows: list[Row], query: Paged) -> Page[Row]:
        """The first of `rows`, with the cursor of the others if there are any."""
        items = rows[: query.limit]
        return Page(items, self._cursor(items[-1]) if len(rows) > query.limit else None)

    def _cursor(self, row: Row) -> str:
        content = msgspec.json.encode([self.name, self.key(row)])
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

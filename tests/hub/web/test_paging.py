from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.web.paging import Listing, PageQuery

LISTING = Listing[tuple[int, str]]("rows", tuple[int, str], lambda row: row)
ROWS = st.sets(st.tuples(st.integers(-(2**40), 2**40), st.text(max_size=8)), max_size=30)


@given(rows=ROWS, limit=st.integers(1, 10))
def test_the_pages_together_are_the_whole_list_in_order(rows: set[tuple[int, str]], limit: int) -> None:
    seen: list[tuple[int, str]] = []
    query = PageQuery(limit=limit)
    while True:
        page = LISTING.page(rows, query)
        seen += page.items
        if page.next is None:
            break
        query = PageQuery(limit=limit, cursor=page.next)

    assert seen == sorted(rows)


@given(rows=ROWS, limit=st.integers(1, 10))
def test_rows_that_go_shift_nothing(rows: set[tuple[int, str]], limit: int) -> None:
    first = LISTING.page(rows, PageQuery(limit=limit))
    if first.next is None:
        return

    rest = rows - set(first.items)
    second = LISTING.page(rest, PageQuery(limit=limit, cursor=first.next))

    assert second.items == sorted(rest)[:limit]

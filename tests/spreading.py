"""The order of the tests for several workers: those that take long lie in the middle of each worker's share.

pytest-xdist cuts the list into as many equal pieces as there are workers; who is done takes from the ends
of the others. Left in the order of their names, tests of whole systems would be the last, and run when nobody
else has anything left to do; at the beginning, all at once.
"""

import os
from collections.abc import Sequence
from itertools import groupby, islice
from typing import Protocol, TypeVar

# Folders and files of tests that start whole processes, or play for long; below `tests`.
LONG = ("system/", "simulator/", "hub/test_machine.py")


class Named(Protocol):
    @property
    def nodeid(self) -> str: ...


T = TypeVar("T", bound=Named)


def workers() -> int:
    """How many processes run the tests."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def spread(items: Sequence[T], shares: int) -> list[T]:
    """All of `items`, in pieces as xdist cuts them. The tests of a file keep their order."""
    long = [list(group) for _, group in groupby(filter(_is_long, items), key=_file)]
    rest = iter([item for item in items if not _is_long(item)])
    ordered: list[T] = []
    for share in range(shares):
        size = (len(items) - len(ordered)) // (shares - share)
        middle = [item for file in long[share::shares] for item in file]
        others = max(0, size - len(middle))
        ordered += [*islice(rest, others // 2), *middle, *islice(rest, others - others // 2)]
    return ordered


def _file(item: Named) -> str:
    return item.nodeid.partition("::")[0]


def _is_long(item: Named) -> bool:
    return _file(item).removeprefix("tests/").startswith(LONG)

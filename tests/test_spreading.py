"""Whatever is spread: nothing is lost, files keep their order, all have their share of what takes long."""

from dataclasses import dataclass
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from tests.spreading import spread


@dataclass(frozen=True)
class Item:
    nodeid: str


def items(**counts: int) -> list[Item]:
    """So many tests of each file: `hub_a=2` is two of tests/hub/a.py."""
    names = {name: name.replace("_", "/") for name in counts}
    return [
        Item(f"tests/{names[name]}.py::{number}") for name, count in counts.items() for number in range(count)
    ]


FILES = ("device_a", "hub_a", "hub_b", "simulator_a", "system_a", "system_b", "system_c")


@given(st.fixed_dictionaries({name: st.integers(0, 9) for name in FILES}), st.integers(1, 5))
def test_every_test_stays_once_and_files_keep_their_order(counts: dict[str, int], shares: int) -> None:
    given_items = items(**counts)
    ordered = spread(given_items, shares)
    assert sorted(ordered, key=given_items.index) == given_items
    for name in FILES:
        of_file = [item for item in ordered if item.nodeid.startswith(f"tests/{name.replace('_', '/')}.py")]
        assert of_file == items(**{name: counts[name]})


def test_each_share_has_files_that_take_long_in_its_middle() -> None:
    ordered = spread(items(device_a=10, hub_a=10, system_a=2, system_b=2, system_c=2), 2)
    halves = ordered[:13], ordered[13:]
    assert [[name for name, _ in groupby(map(_file, half))] for half in halves] == [
        ["tests/device/a.py", "tests/system/a.py", "tests/system/c.py", "tests/device/a.py"],
        ["tests/device/a.py", "tests/hub/a.py", "tests/system/b.py", "tests/hub/a.py"],
    ]


def _file(item: Item) -> str:
    return item.nodeid.partition("::")[0]

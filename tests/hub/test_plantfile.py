"""The plant as a file: every fault at once, and a round trip that loses nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_hub import plantfile
from kanban_hub.domain.card import STEPS
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Slot, Station
from kanban_protocol.tomlfile import ConfigError

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


def load(tmp_path: Path, text: str) -> Plant:
    path = tmp_path / "plant.toml"
    path.write_text(text, encoding="utf-8")
    return plantfile.load(path)


FAULTY = """
site = "Plant"
[[stations]]
id = "a"
name = "A"
[[stations]]
id = "a"
name = "A again"
[[items]]
id = "x"
nam = "X"
"""
WRONG = """
site = "plant"
[[stations]]
id = "a"
name = "A"
[[stations]]
id = "b"
name = "B"
[[items]]
id = "x"
name = "X"
[[loops]]
id = "l"
item = "y"
supplier = "a"
consumer = "a"
container_quantity = 1
cards = 2
batch = 3
steps = ["ship", "ship"]
[[slots]]
station = "b"
slot = 1
loop = "l"
[[slots]]
station = "a"
slot = 1
loop = "k"
[[slots]]
station = "a"
slot = 1
loop = "l"
"""


def test_every_fault_of_form_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, FAULTY)

    where = {(fault.where, fault.line) for fault in error.value.faults}
    assert where == {("site", 2), ("items[0].nam", 11), ("items[0].name", 9)}
    assert "did you mean `name`?" in str(error.value)


def test_every_fault_of_meaning_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, WRONG)

    text = str(error.value)
    for said in ("no item 'y'", "is its own supplier", "a batch of 3", "'ship' stands twice", "no loop 'k'",
                 "'b' is not on a side", "slot 1 is bound twice"):  # fmt: skip
        assert said in text


LOOPS = st.builds(
    lambda steps, numbers, rate, window: KanbanLoop(
        "l",
        "x",
        "s0",
        "s1",
        container_quantity=numbers[0],
        cards=numbers[1],
        steps=tuple(step for step in STEPS if step in steps),
        rate_per_hour=rate,
        duplicate_window_s=window,
    ),
    st.sets(st.sampled_from(list(STEPS))),
    st.tuples(st.integers(1, 999), st.integers(1, 99)),
    st.floats(0.001, 1e6),
    st.floats(0, 3600),
)
POSITIONS = st.none() | st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


@settings(max_examples=50, deadline=None)
@given(names=st.lists(NAMES, min_size=2, max_size=4), loop=LOOPS, position=POSITIONS)
def test_what_is_exported_loads_as_the_same_plant(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    loop: KanbanLoop,
    position: tuple[float, float] | None,
) -> None:
    stations = [Station(f"s{n}", name, position, n == 1) for n, name in enumerate(names)]
    plant = Plant("plant", stations, [Item("x", names[0])], [loop], [Slot("s0", 3, "l")])

    again = load(tmp_path_factory.mktemp("plant"), plantfile.export(plant))

    assert vars(again) == vars(plant)


@pytest.mark.parametrize(
    ("text", "said"), [("", "site"), ("site = ", "no TOML"), ('site = "a"\nsite = "b"', "no TOML")]
)
def test_a_file_that_is_none_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=r"plant\.toml") as error:
        load(tmp_path, text)
    assert said in str(error.value)

import re
import string
from datetime import date, time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub import (
    calendartable,
    escalationtable,
    floormaptable,
    linetable,
    looptable,
    plantfile,
    planttables,
    reasontable,
)
from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.calendar import Break, Calendar, ClosedDay, Shift, Weekday
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.line import Line
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Slot, Station
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_protocol.catalogue import LANGUAGES
from kanban_protocol.tomlfile import ConfigError

EXAMPLE = Path(__file__).parents[2] / "hub" / "plant.example.toml"
INTEGRATOR = Path(__file__).parents[2] / "docs" / "integrator.md"

HEAD = """\
site = "plant"
[[stations]]
id = "a"
name = "A"
[[stations]]
id = "b"
name = "B"
[[items]]
id = "i"
name = "I"
"""
LOOP = (
    '[[loops]]\nid = "{id}"\nitem = "i"\nsupplier = "a"\nconsumer = "b"\ncontainer_quantity = 1\ncards = 1\n'
)


def read(tmp_path: Path, text: str) -> Plant:
    path = tmp_path / "plant.toml"
    path.write_text(text, encoding="utf-8")
    return plantfile.load(path)


def faults(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    return [(fault.line, fault.where) for fault in caught.value.faults]


def test_the_example_file_loads() -> None:
    plant = plantfile.load(EXAMPLE)
    assert plant.site == "plant"
    assert plant.stations["assembly"] == Station("assembly", "Final assembly", (620.0, 180.0))
    assert plant.stations["castings-inc"].external
    assert plant.loops["bracket"] == KanbanLoop(
        "bracket", "bracket", "paint", "assembly", 20, 4, (Move.ACCEPT, Move.SHIP), 1, 3600, 7200, 30.0, 3.0
    )  # fmt: skip
    assert plant.slots == (Slot("assembly", 1, "bracket"),)
    assert {slot: loop.id for slot, loop in plant.slots_at("paint").items()} == {1: "bracket", 2: "casting"}


def test_the_example_or_the_integrators_page_names_every_setting() -> None:
    text = EXAMPLE.read_text() + INTEGRATOR.read_text()
    tables: tuple[type[msgspec.Struct], ...] = (
        planttables.PlantFile, planttables.StationTable, planttables.ItemTable, looptable.LoopTable,
        planttables.SlotTable, calendartable.ShiftTable, calendartable.ClosedTable,
        escalationtable.EscalationTable, linetable.LineTable, reasontable.ReasonTable,
        floormaptable.FloorMapTable,
    )  # fmt: skip
    names = [field.encode_name for table in tables for field in msgspec.structs.fields(table)]
    names = [name for name in names if f"\n[[{name}]]" not in text and f"\n[{name}]" not in text]
    assert [name for name in names if f"\n{name} = " not in text] == []


def test_steps_are_kept_in_the_order_of_the_way(tmp_path: Path) -> None:
    loop = LOOP.format(id="l") + 'steps = ["ship", "accept"]\n'
    assert read(tmp_path, HEAD + loop).loops["l"].steps == (Move.ACCEPT, Move.SHIP)


def test_every_fault_of_the_form_is_named_with_its_line(tmp_path: Path) -> None:
    text = (
        'site = "Plant"\ncolour = 1\n[[stations]]\nid = "a b"\n[[loops]]\nid = "l"\ncards = -1\nstep = []\n'
    )
    found = faults(tmp_path, text)
    assert (1, "site") in found
    assert (2, "colour") in found
    assert (4, "stations[0].id") in found
    assert (3, "stations[0].name") in found
    assert (7, "loops[0].cards") in found
    assert (8, "loops[0].step") in found
    assert (5, "loops[0].container_quantity") in found


def test_every_fault_of_the_content_is_named_with_its_line(tmp_path: Path) -> None:
    loops = LOOP.format(id="l") + LOOP.format(id="l")
    loops += (
        '[[loops]]\nid = "m"\nitem = "x"\nsupplier = "y"\nconsumer = "y"\n'
        'container_quantity = 1\ncards = 2\nbatch = 3\nsteps = ["ship", "ship"]\n'
    )
    slots = '[[slots]]\nstation = "b"\nslot = 1\nloop = "l"\n[[slots]]\nstation = "b"\nslot = 1\nloop = "n"\n'
    slots += '[[slots]]\nstation = "c"\nslot = 1\nloop = "l"\n'
    assert faults(tmp_path, HEAD + loops + slots) == [
        (19, "loops[1].id"),
        (27, "loops[2].item"),
        (28, "loops[2].supplier"),
        (29, "loops[2].consumer"),
        (29, "loops[2].consumer"),
        (32, "loops[2].batch"),
        (33, "loops[2].steps"),
        (36, "slots[0].slot"),
        (40, "slots[1].slot"),
        (41, "slots[1].loop"),
        (43, "slots[2].station"),
    ]


def test_one_loop_has_one_button_at_a_station(tmp_path: Path) -> None:
    slots = "".join(f'[[slots]]\nstation = "b"\nslot = {slot}\nloop = "l"\n' for slot in (1, 2))
    found = faults(tmp_path, HEAD + LOOP.format(id="l") + slots)
    assert [where for _, where in found] == ["slots[0].loop", "slots[1].loop"]


def test_more_loops_than_buttons_need_a_table_of_slots(tmp_path: Path) -> None:
    loops = "".join(LOOP.format(id=f"l{number}") for number in range(9))
    assert [where for _, where in faults(tmp_path, HEAD + loops)] == ["stations[0]", "stations[1]"]
    slots = "".join(f'[[slots]]\nstation = "{station}"\nslot = 1\nloop = "l8"\n' for station in "ab")
    assert len(read(tmp_path, HEAD + loops + slots).loops) == 9


@pytest.mark.parametrize("value", ["inf", "nan", "1e9"])
def test_a_position_is_on_a_map(tmp_path: Path, value: str) -> None:
    text = HEAD.replace('name = "A"', f'name = "A"\nposition = [{value}, 0]')
    assert faults(tmp_path, text) == [(5, "stations[0].position[0]")] or value == "nan"


@pytest.mark.parametrize("setting", ["rate_per_hour", "duplicate_window_s"])
@pytest.mark.parametrize("value", ["nan", "inf", "-1"])
def test_a_rate_and_a_window_are_numbers(tmp_path: Path, setting: str, value: str) -> None:
    found = faults(tmp_path, HEAD + LOOP.format(id="l") + f"{setting} = {value}\n")
    assert found == [(18, f"loops[0].{setting}")]


SHIFTS = """\
[[shifts]]
id = "early"
name = "Early"
days = ["tue", "mon"]
from = "06:00"
to = "14:00"
breaks = ["09:00-09:15"]
"""


def test_shifts_are_read_with_their_days_in_order(tmp_path: Path) -> None:
    head = 'timezone = "Europe/Berlin"\n' + HEAD.replace('name = "A"', 'name = "A"\nshifts = ["early"]')
    closed = '[[closed]]\ndate = "2026-12-25"\nname = "Christmas"\n'
    closed += '[[closed]]\ndate = 2026-12-26\nname = "TOML\'s own date"\n'
    plant = read(tmp_path, head + SHIFTS + closed)
    early = Shift(
        "early", "Early", (Weekday.MON, Weekday.TUE), time(6), time(14), (Break(time(9), time(9, 15)),)
    )
    days = (ClosedDay(date(2026, 12, 25), "Christmas"), ClosedDay(date(2026, 12, 26), "TOML's own date"))
    assert plant.calendar == Calendar("Europe/Berlin", (early,), days)
    assert plant.stations["a"].shifts == ("early",)
    assert plant.stations["b"].shifts == ()


def test_without_shifts_the_plant_works_all_the_time(tmp_path: Path) -> None:
    plant = read(tmp_path, HEAD)
    assert plant.calendar == Calendar("UTC")
    assert plant.worktime("a").between_s(0, 1_000) == 1.0


def test_every_fault_of_a_calendar_is_named_with_its_line(tmp_path: Path) -> None:
    head = 'timezone = "Europe/Atlantis"\n' + HEAD.replace('name = "A"', 'name = "A"\nshifts = ["late"]')
    shifts = SHIFTS.replace('"tue"', '"mon"') + SHIFTS.replace("09:00-09:15", "13:30-14:30")
    shifts += SHIFTS.replace('"early"', '"none"').replace("09:00-09:15", "06:00-14:00")
    closed = '[[closed]]\ndate = "2026-12-25"\nname = "Christmas"\n' * 2
    assert faults(tmp_path, head + shifts + closed) == [
        (1, "timezone"),
        (6, "stations[0].shifts"),
        (16, "shifts[0].days"),
        (21, "shifts[1].id"),
        (26, "shifts[1].breaks"),
        (33, "shifts[2].breaks"),
        (35, "closed[0].date"),
        (38, "closed[1].date"),
    ]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("from", '"24:00"'),
        ("to", '"6:00"'),
        ("days", '["mo"]'),
        ("days", "[]"),
        ("breaks", '["09:00"]'),
        ("breaks", '["09:60-10:00"]'),
    ],
)
def test_a_shift_that_cannot_be_read_is_named(tmp_path: Path, setting: str, value: str) -> None:
    shift = re.sub(rf"^{setting} = .*$", f"{setting} = {value}", SHIFTS, flags=re.MULTILINE)
    ((line, where),) = faults(tmp_path, HEAD + shift)
    assert where.startswith(f"shifts[0].{setting}")
    assert line is not None


@pytest.mark.parametrize("zone", ["", "Europe", "../etc/passwd", "/etc/passwd", "europe/atlantis"])
def test_only_a_zone_of_the_database_is_a_time_zone(tmp_path: Path, zone: str) -> None:
    assert faults(tmp_path, f'timezone = "{zone}"\n' + HEAD) == [(1, "timezone")]


def test_a_closed_day_needs_shifts(tmp_path: Path) -> None:
    closed = '[[closed]]\ndate = "2026-12-25"\nname = "Christmas"\n'
    assert faults(tmp_path, HEAD + closed) == [(11, "closed[0]")]


TREE = """\
[[escalation]]
level = 1
take_within_s = 300
solve_within_s = 1800
tell = ["team-lead"]
[[escalation]]
level = 2
take_within_s = 900
solve_within_s = 3600
tell = ["area-lead", "quality"]
"""


def test_the_tree_of_escalation_and_the_line_stop_of_a_station_are_read(tmp_path: Path) -> None:
    stop = 'name = "A"\ntakt_s = 60\nstop_after_fails = 3\nstop_within_s = 1800'
    plant = read(tmp_path, HEAD.replace('name = "A"', stop) + TREE + 'kinds = ["quality", "machine"]\n')
    assert plant.stations["a"] == Station("a", "A", takt_s=60, stop_after_fails=3, stop_within_s=1800)
    assert plant.escalation == (
        EscalationRule(1, 300, 1800, ("team-lead",)),
        EscalationRule(2, 900, 3600, ("area-lead", "quality"), (CallKind.QUALITY, CallKind.MACHINE)),
    )
    assert [rule.level for rule in plant.tree(CallKind.MACHINE)] == [1, 2]
    assert [rule.level for rule in plant.tree(CallKind.HELP)] == [1]


def test_levels_that_stand_against_each_other_are_named(tmp_path: Path) -> None:
    twice = TREE + TREE.replace("900", "901")
    assert faults(tmp_path, HEAD + twice) == [(22, "escalation[2].level"), (27, "escalation[3].level")]
    upside_down = TREE.replace("900", "300").replace("3600", "1000")
    assert faults(tmp_path, HEAD + upside_down) == [
        (18, "escalation[1].take_within_s"),
        (19, "escalation[1].solve_within_s"),
    ]
    quality = TREE + TREE.replace("300", "200").replace("900", "800") + 'kinds = ["quality"]\n'
    assert faults(tmp_path, HEAD + quality) == [(22, "escalation[2].level")], "level 1 is for all, twice"
    for_one = TREE.replace("[[escalation]]", '[[escalation]]\nkinds = ["quality"]')
    assert len(read(tmp_path, HEAD + TREE + for_one.replace("300", "200")).escalation) == 4


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ("takt_s = 60\nstop_after_fails = 3", "stop_after_fails"),
        ("takt_s = 60\nstop_within_s = 900", "stop_within_s"),
        ("stop_after_fails = 3\nstop_within_s = 900", "stop_after_fails"),
        ("takt_s = 60\nstop_after_fails = 1\nstop_within_s = 900", "stop_after_fails"),
        ("takt_s = 0", "takt_s"),
        ("takt_s = 60\nstop_after_fails = 3\nstop_within_s = 86401", "stop_within_s"),
    ],
)
def test_half_a_line_stop_is_none(tmp_path: Path, settings: str, where: str) -> None:
    ((_, found),) = faults(tmp_path, HEAD.replace('name = "A"', f'name = "A"\n{settings}'))
    assert found == f"stations[0].{where}"


LINES = """\
[[lines]]
id = "one"
name = "Line 1"
stations = ["b", "a"]
[[reasons]]
id = "scratch"
name = "Scratched"
kind = "defect"
[[reasons]]
id = "worn"
name = "Tool worn"
kind = "cause"
"""


def test_lines_and_reasons_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    plant = read(tmp_path, HEAD + LOOP.format(id="l") + LINES)
    assert plant.lines == {"one": Line("one", "Line 1", ("b", "a"))}
    assert [loop.id for loop in plant.loops_of_line("one")] == ["l"]
    assert plant.reasons_for(ReasonKind.CAUSE) == [PlantReason("worn", "Tool worn", ReasonKind.CAUSE)]
    assert (plant.reason_name("worn"), plant.reason_name("wet")) == ("Tool worn", "wet")


def test_a_line_shows_the_loops_that_begin_or_end_in_it(tmp_path: Path) -> None:
    far = '[[stations]]\nid = "c"\nname = "C"\n'
    for station, loops in (("a", ["l"]), ("b", ["l"]), ("c", [])):
        line = f'[[lines]]\nid = "one"\nname = "1"\nstations = ["{station}"]\n'
        plant = read(tmp_path, HEAD + far + LOOP.format(id="l") + line)
        assert [loop.id for loop in plant.loops_of_line("one")] == loops


def test_every_fault_of_lines_and_reasons_is_named_with_its_line(tmp_path: Path) -> None:
    text = HEAD + LINES.replace('["b", "a"]', '["b", "x", "b"]') + LINES.replace('"cause"', '"defect"')
    assert faults(tmp_path, text) == [
        (14, "lines[0].stations"),
        (14, "lines[0].stations"),
        (24, "lines[1].id"),
        (28, "reasons[2].id"),
        (32, "reasons[3].id"),
    ]


FLOOR_MAP = """\
[floor_map]
metres_per_unit = 0.1
picture = "0123456789abcdef0123456789abcdef"
"""


def test_the_scale_and_the_picture_of_the_floor_map_are_read(tmp_path: Path) -> None:
    plant = read(tmp_path, HEAD + FLOOR_MAP + "picture_corner = [-5, 2.5]\npicture_size = [120, 60]\n")
    assert plant.floor_map == FloorMap(0.1, "0123456789abcdef" * 2, (-5.0, 2.5), (120.0, 60.0))
    assert read(tmp_path, HEAD).floor_map == FloorMap()


def test_displays_speak_a_language_of_the_closed_list(tmp_path: Path) -> None:
    plant = read(tmp_path, f'language = "de"\n{HEAD}')
    assert (plant.language, plant.language_of("a")) == ("de", "de")
    plant = read(tmp_path, HEAD.replace('name = "A"', 'name = "A"\nlanguage = "zh"'))
    assert (plant.language, plant.language_of("a")) == ("en", "zh")
    found = faults(tmp_path, f'language = "klingon"\n{HEAD}')
    assert found == [(1, "language")]


def test_every_fault_of_the_floor_map_is_named_with_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + FLOOR_MAP) == [(11, "floor_map.picture_size")]
    for setting, value in (("metres_per_unit", "0"), ("picture_size", "[0, 1]"), ("picture", '"../x"')):
        found = faults(tmp_path, HEAD + f"[floor_map]\n{setting} = {value}\n")
        assert [where.partition("[")[0] for _, where in found] == [f"floor_map.{setting}"]


names = st.text(alphabet=string.ascii_lowercase + string.digits + "-", min_size=1, max_size=32)
texts = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=80
)  # fmt: skip
numbers = st.floats(-1e6, 1e6)
stations = st.builds(
    Station, names, texts, st.none() | st.tuples(numbers, numbers), st.booleans(),
    st.sampled_from([(), ("late",), ("early", "late")]),
    takt_s=st.none() | st.just(60),
)  # fmt: skip
clocks = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
days = st.sets(st.sampled_from(tuple(Weekday)), min_size=1).map(
    lambda some: tuple(sorted(some, key=list(Weekday).index))
)
EARLY = Shift("early", "Early", (Weekday.MON,), time(6), time(14), (Break(time(9), time(9, 15)),))
TWO_LEVELS = (
    EscalationRule(1, 60, 120, ("team-lead",), (CallKind.HELP,)),
    EscalationRule(2, 61, 121, ("b", "a")),
)
calendars = st.builds(
    Calendar,
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns"]),
    st.builds(Shift, st.just("late"), texts, days, clocks, clocks).map(lambda late: (EARLY, late)),
    st.lists(st.builds(ClosedDay, st.dates(), texts), max_size=3, unique_by=lambda day: day.date).map(tuple),
)


@st.composite
def plants(draw: st.DrawFn) -> Plant:
    found = draw(st.lists(stations, min_size=2, max_size=4, unique_by=lambda station: station.id))
    items = draw(st.lists(st.builds(Item, names, texts), min_size=1, max_size=3, unique_by=lambda i: i.id))
    ids = [station.id for station in found]

    def loops() -> st.SearchStrategy[KanbanLoop]:
        return st.builds(
            KanbanLoop,
            id=names,
            item=st.sampled_from([item.id for item in items]),
            supplier=st.just(ids[0]),
            consumer=st.sampled_from(ids[1:]),
            container_quantity=st.integers(1, 1_000_000),
            cards=st.integers(5, 1_000),
            steps=st.sampled_from([(), (Move.SHIP,), (Move.ACCEPT, Move.START, Move.FINISH, Move.SHIP)]),
            batch=st.integers(1, 5),
            batch_max_wait_s=st.integers(1, 2_592_000),
            lead_time_s=st.integers(0, 31_536_000),
            rate_per_hour=st.floats(1e-9, 1e9),
            duplicate_window_s=st.floats(0, 3600),
        )

    some = draw(st.lists(loops(), max_size=4, unique_by=lambda loop: loop.id))
    bound = draw(st.lists(st.sampled_from(some), unique_by=lambda loop: loop.id)) if some else []
    slots = [Slot(ids[0], number, loop.id) for number, loop in enumerate(bound, 1)]
    tree = draw(st.sampled_from([(), TWO_LEVELS]))
    lines = draw(st.lists(st.builds(Line, names, texts, st.permutations(ids).map(tuple)), max_size=1))
    reasons = draw(st.lists(st.builds(PlantReason, names, texts, st.sampled_from(ReasonKind)), max_size=1))
    floor_map = draw(
        st.sampled_from([FloorMap(), FloorMap(0.1), FloorMap(2.0, "0" * 32, (-1.5, 0.0), (3.0, 4.0))])
    )
    return Plant(
        draw(names), found, items, some, slots,
        calendar=draw(calendars), escalation=tree, lines=lines, reasons=reasons, floor_map=floor_map,
        language=draw(st.sampled_from(list(LANGUAGES))),
    )  # fmt: skip


@given(plants())
def test_what_is_exported_loads_as_the_same_plant(
    tmp_path_factory: pytest.TempPathFactory, plant: Plant
) -> None:
    again = read(tmp_path_factory.mktemp("plant"), plantfile.export(plant))
    assert vars(again) == vars(plant)

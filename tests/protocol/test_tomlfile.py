import dataclasses
from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from kanban_protocol.tomlfile import MAX_FILE_BYTES, ConfigError, Fault, TomlFile


class Lamp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pin: Annotated[int, Meta(ge=0, le=27)]
    colour: str = "white"


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    host: Annotated[str, Meta(min_length=1)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 1883


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    network: Network | None = None
    lamps: list[Lamp] = []
    hold_s: Annotated[float, Meta(gt=0)] = 2.0


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    roles: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Plain:
    name: str
    wait_s: float = 1.0


GOOD = """
name = "paint"
hold_s = 1.5

[network]
host = "broker"

[[lamps]]
pin = 22

[[lamps]]
pin = 23
colour = "red"
"""

BAD = """
nam = "paint"
hold_s = 0

[network]
host = ""
port = "1883"

[[lamps]]
pin = 22

[[lamps]]
pin = 99
color = "red"
"""


def written(directory: Path, content: str | bytes) -> Path:
    path = directory / "config.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(ConfigError) as caught:
        TomlFile(path).convert(Config)
    return caught.value.faults


def test_a_good_file_becomes_its_type(tmp_path: Path) -> None:
    config = TomlFile(written(tmp_path, GOOD)).convert(Config)
    assert config == Config(
        name="paint", network=Network(host="broker"), lamps=[Lamp(22), Lamp(23, "red")], hold_s=1.5
    )


def test_a_dataclass_serves_as_well(tmp_path: Path) -> None:
    assert TomlFile(written(tmp_path, 'name = "x"\nwait_s = 2')).convert(Plain) == Plain("x", 2.0)


def test_a_dataclass_is_as_closed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        TomlFile(written(tmp_path, "wait = 2\n")).convert(Plain)
    assert [(f.where, f.text) for f in caught.value.faults] == [
        ("name", "is missing"),
        ("wait", "no such setting"),
    ]


def test_windows_line_ends_and_tabs_do_no_harm(tmp_path: Path) -> None:
    assert TomlFile(written(tmp_path, GOOD.replace("\n", "\r\n").replace(" = ", "\t=\t"))).convert(Config)


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    faults = {(fault.where, fault.line) for fault in faults_of(written(tmp_path, BAD))}
    assert faults == {
        ("name", None),
        ("nam", 2),
        ("hold_s", 3),
        ("network.host", 6),
        ("network.port", 7),
        ("lamps[1].pin", 13),
        ("lamps[1].color", 14),
    }


def test_the_faults_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = [fault.line or 0 for fault in faults_of(written(tmp_path, BAD))]
    assert lines == sorted(lines)


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    hints = {fault.where: fault.hint for fault in faults_of(written(tmp_path, BAD))}
    assert hints["nam"] == "did you mean `name`?"
    assert hints["lamps[1].color"] == "did you mean `colour`?"


def test_without_a_near_name_all_names_are_offered(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, 'name = "x"\nzzz = 1'))
    assert fault.hint == "known here: name, network, lamps, hold_s"


def test_the_text_of_the_error_has_file_line_what_and_hint(tmp_path: Path) -> None:
    path = written(tmp_path, 'name = "x"\n\n[network]\nhost = "b"\nport = 0\n')
    with pytest.raises(ConfigError) as caught:
        TomlFile(path).convert(Config)
    assert str(caught.value) == f"{path}:5: network.port: Expected `int` >= 1\n    correct the value"


def test_a_missing_setting_shows_the_line_of_its_table(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, 'name = "x"\n\n[network]\nport = 1\n'))
    assert (fault.where, fault.text, fault.line) == ("network.host", "is missing", 3)


def test_a_fault_of_a_rule_of_our_own_gets_its_line(tmp_path: Path) -> None:
    file = TomlFile(written(tmp_path, GOOD))
    error = file.error([Fault("lamps[1].pin", "pin 23 is used twice", "choose another pin")])
    assert error.faults[0].line == 12


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('name = "x"\nname = "y"\n', "Cannot overwrite a value"),
        ("name = \n", "Invalid value"),
        ("name\n", "Expected '='"),
        ('[network\nhost = "x"\n', "Expected ']'"),
        (b'\xef\xbb\xbfname = "x"\n', "Invalid statement"),
        (b'name = "\xff"\n', "not UTF-8"),
        (b"\x00\x01\x02", "Invalid statement"),
        (b"#" * (MAX_FILE_BYTES + 1), "bytes"),
    ],
)
def test_what_is_no_toml_says_so(tmp_path: Path, content: str | bytes, text: str) -> None:
    (fault,) = faults_of(written(tmp_path, content))
    assert text in fault.text
    assert fault.hint


def test_a_fault_of_the_syntax_has_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, 'name = "x"\n\nhold_s = \n'))
    assert fault.line == 3


def test_an_empty_file_misses_what_is_required(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, ""))
    assert (fault.where, fault.text) == ("name", "is missing")


@pytest.mark.parametrize(
    "row",
    ["name = 1", "name = true", 'name = ["x"]', "name = {}", "name = 1979-05-27", "name = nan"],
)
def test_a_value_of_the_wrong_type_is_named(tmp_path: Path, row: str) -> None:
    (fault,) = faults_of(written(tmp_path, row))
    assert (fault.where, fault.line) == ("name", 1)
    assert fault.text.startswith("Expected `str`")


@pytest.mark.parametrize("value", ["0", "-1", "nan", "-inf", '"2"', "true"])
def test_a_time_is_a_positive_number(tmp_path: Path, value: str) -> None:
    (fault,) = faults_of(written(tmp_path, f'name = "x"\nhold_s = {value}'))
    assert (fault.where, fault.line) == ("hold_s", 2)


def test_a_table_in_the_place_of_a_list_is_named(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, 'name = "x"\n[lamps]\npin = 1\n'))
    assert (fault.where, fault.line) == ("lamps", 2)


def test_a_wrong_value_under_any_key_is_named_with_its_table(tmp_path: Path) -> None:
    path = written(tmp_path, "[roles]\nleads = 5\n")
    with pytest.raises(ConfigError) as caught:
        TomlFile(path).convert(Roles)
    assert [(fault.where, fault.line) for fault in caught.value.faults] == [("roles[...]", 1)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        TomlFile(path)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Is a directory"):
        TomlFile(tmp_path)

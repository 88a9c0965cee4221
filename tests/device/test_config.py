import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from kanban_device import config
from kanban_device.config import StationConfig, TimingTable
from kanban_device.joining.identity import FACTS, Identity
from kanban_hardware.wiring import NetworkLampWiring, ScannerWiring, SlotWiring
from kanban_protocol.tomlfile import ConfigError

EXAMPLE = Path(__file__).parents[2] / "device" / "station.example.toml"
MINIMAL = """
[station]
id = "assembly"
site = "plant"
data = "data"
[mqtt]
url = "mqtt://127.0.0.1:1883"
[hardware]
pins = "mock"
[[hardware.slots]]
slot = 1
button = 17
lamp = 22
"""


def written(directory: Path, text: str) -> Path:
    path = directory / "station.toml"
    path.write_text(text)
    return path


def uncommented(text: str) -> str:
    """The example with every setting that stands behind a `#` put in force."""
    lines = (
        line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) else line
        for line in text.splitlines()
    )
    return "\n".join(line for line in lines if not line.startswith("Settings")).replace(
        "mqtt://", "mqtts://", 1
    )


def without(text: str, table: str) -> str:
    """The file without one of its tables: of two that exclude each other."""
    return re.sub(rf"^\[{re.escape(table)}\].*?(?=^\[)", "", text, flags=re.MULTILINE | re.DOTALL)


def names(form: type, path: str = "") -> set[str]:
    """Every setting that a table knows, as `table.name`."""
    found: set[str] = set()
    for field in msgspec.inspect.type_info(form).fields:  # type: ignore[attr-defined]
        kind = field.type
        kinds = getattr(kind, "types", (kind,))
        kinds = [getattr(k, "item_type", k) for k in kinds]
        inner = next((k.cls for k in kinds if hasattr(k, "cls")), None)
        name = f"{path}{field.encode_name}"
        found |= names(inner, f"{name}.") if inner else {name}
    return found


def named(value: object, path: str = "") -> set[str]:
    if isinstance(value, list):
        return set().union(*(named(element, path) for element in value))
    if isinstance(value, dict):
        return set().union(*(named(inner, f"{path}.{name}".lstrip(".")) for name, inner in value.items()))
    return {path}


def test_a_minimal_file_takes_the_defaults(tmp_path: Path) -> None:
    loaded = config.load(written(tmp_path, MINIMAL))
    assert loaded.hardware.slots == (SlotWiring(slot=1, button=17, lamp=22),)
    assert loaded.timing == TimingTable(undo_s=30.0, armed_s=10.0, hub_lost_s=15.0, message_s=10.0)
    assert str(loaded.endpoint) == "mqtt://127.0.0.1:1883"


def test_the_example_loads_as_it_stands() -> None:
    assert config.load(EXAMPLE).station.id == "assembly"


def test_the_example_shows_every_setting_with_its_default(tmp_path: Path) -> None:
    text = uncommented(EXAMPLE.read_text())
    loaded = config.load(written(tmp_path, without(text, "hardware.stack")))
    assert loaded.hardware.network_lamp == NetworkLampWiring("http://192.168.10.1", status_port=10000)
    loaded = config.load(written(tmp_path, without(text, "hardware.network_lamp")))
    assert loaded.timing == TimingTable()
    assert loaded.hardware.scanners == (ScannerWiring(port="/dev/serial/by-id/usb-scanner"),)
    assert loaded.endpoint.key == "/etc/kanban-station/station.key"
    assert named(tomllib.loads(text)) == names(StationConfig)


def test_all_faults_of_form_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = MINIMAL.replace('"assembly"', '"Assembly!"').replace("button = 17", 'button = "x"\nlmp = 3')
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text + "[timing]\nundo_s = 0\n"))
    wheres = {fault.where: fault.line for fault in caught.value.faults}
    assert set(wheres) == {"station.id", "hardware.slots[0].button", "hardware.slots[0].lmp", "timing.undo_s"}
    assert None not in wheres.values()


def test_all_faults_of_meaning_are_told_at_once(tmp_path: Path) -> None:
    text = MINIMAL.replace("mqtt://", "http://").replace("lamp = 22", "lamp = 17")
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    assert {fault.where for fault in caught.value.faults} == {"mqtt.url", "hardware.slots[0].lamp"}


@pytest.mark.parametrize(
    ("mqtt", "where"),
    [
        ('url = "mqtt://h"\nca = "ca.crt"', "mqtt.ca"),
        ('url = "mqtts://h"\nkey = "k"', "mqtt"),
        ('url = "mqtts://h:0"', "mqtt.url"),
    ],
)
def test_a_broker_that_cannot_be_meant_is_told(tmp_path: Path, mqtt: str, where: str) -> None:
    text = MINIMAL.replace('url = "mqtt://127.0.0.1:1883"', mqtt)
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    assert [fault.where for fault in caught.value.faults] == [where]


def test_the_hubs_door_is_known_by_the_file_or_by_what_the_joining_has_taught(tmp_path: Path) -> None:
    door = '[hub]\nurl = "https://hub.lan:8443"\n'
    file = written(tmp_path, MINIMAL.replace('"data"', f'"{tmp_path}"') + door)
    assert config.load(file).door_ca is None
    identity = Identity(tmp_path)
    identity.switch(identity.keep({FACTS: b"{}"}))

    assert config.load(file).door_ca == str(tmp_path / "identity" / "pair-1" / "ca.crt")
    named = MINIMAL + door + 'ca = "/etc/ca.crt"\n'
    assert config.load(written(tmp_path, named)).door_ca == "/etc/ca.crt"
    assert config.load(written(tmp_path, MINIMAL)).door_ca is None

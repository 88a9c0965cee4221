from pathlib import Path

import pytest

from kanban_hub.printers import configfile
from kanban_protocol.tomlfile import ConfigError

GOOD = """
[[printers]]
id = "line-1"
name = "Label printer at line 1"
host = "10.0.4.17"
width = 100
height = 150
"""


def read(folder: Path, text: str) -> dict[str, object]:
    path = folder / "printers.toml"
    path.write_text(text)
    return dict(configfile.load(path))


def test_a_printer_has_the_port_and_the_dots_that_most_have(tmp_path: Path) -> None:
    read(tmp_path, GOOD)

    printer = configfile.load(tmp_path / "printers.toml")["line-1"]
    assert (printer.address, printer.form.words, printer.media.dpi) == ("10.0.4.17:9100", "100 × 150 mm", 203)


def test_the_example_is_without_a_fault() -> None:
    example = Path(configfile.__file__).parents[2] / "printers.example.toml"

    assert list(configfile.load(example)) == ["line-1"]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('host = "a b"', "printers[0].host"),
        ('host = "http://printer"', "printers[0].host"),
        ("width = 20", "printers[0].width"),
        ("dpi = 204", "printers[0].dpi"),
        ("port = 0", "printers[0].port"),
        ('font = "E:X.TTF^XZ"', "printers[0].font"),
        ('colour = "red"', "printers[0].colour"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, line: str, where: str) -> None:
    name = line.partition(" ")[0]
    kept = [row for row in GOOD.splitlines() if not row.startswith(name)]

    with pytest.raises(ConfigError) as refused:
        read(tmp_path, "\n".join([*kept, line]))

    assert [fault.where for fault in refused.value.faults] == [where]


def test_one_id_for_two_printers_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'line-1' stands twice"):
        read(tmp_path, GOOD + GOOD)

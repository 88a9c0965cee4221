"""Who may import whom, as a table. The longest matching prefix of a module's name gives its row."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STANDARD = frozenset(sys.stdlib_module_names)
# What pure code may have from the standard library: no clock, no input, no output, no threads.
# `zoneinfo` reads the time zone database, which is the same at every look: it says nothing of here and now.
PURE = frozenset(
    {
        "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math", "re",
        "typing", "zoneinfo",
    }
)  # fmt: skip

RULES: dict[str, frozenset[str]] = {
    "kanban_protocol": STANDARD | {"msgspec", "kanban_protocol"},
    # The one place that speaks to a broker, for station, hub and simulator alike.
    "kanban_protocol.link": STANDARD | {"paho", "kanban_protocol"},
    "kanban_hardware": STANDARD | {"gpiozero", "lgpio", "serial", "kanban_hardware"},
    # Text for displays is drawn by Pillow, and nothing else of the station needs it.
    # The drawings are worked out from a wiring and nothing else.
    "kanban_hardware.drawing": PURE
    | {"contextlib", "xml", "kanban_hardware.drawing"}
    | {"kanban_hardware.errors", "kanban_hardware.wiring"},
    "kanban_hardware.page": STANDARD | {"PIL", "kanban_hardware"},
    "kanban_device": STANDARD | {"click", "msgspec", "kanban_protocol", "kanban_hardware", "kanban_device"},
    # Reads the station's own certificate; never loaded by a station that runs.
    "kanban_device.update.trust": STANDARD | {"cryptography", "kanban_protocol", "kanban_device"},
    "kanban_device.update.machine": STANDARD | {"cryptography", "kanban_protocol", "kanban_device"},
    "kanban_device.joining.request": STANDARD | {"cryptography", "msgspec", "kanban_device"},
    "kanban_device.clockfloor": STANDARD | {"click", "cryptography", "kanban_device"},
    "kanban_device.check.certificate": STANDARD | {"cryptography", "kanban_device"},
    "kanban_hub.domain": PURE | {"kanban_hub.domain"},
    # Photos are drawn again by Pillow and nothing else.
    "kanban_hub.photo": STANDARD | {"PIL", "kanban_hub"},
    "kanban_hub": STANDARD | {"click", "msgspec", "kanban_protocol", "kanban_hub"},
    "kanban_hub.labels": STANDARD | {"biip", "kanban_hub"},
    # What is printed: codes, letters and PDF.
    "kanban_hub.paper": STANDARD | {"barcode", "reportlab", "segno", "kanban_hub"},
    "kanban_hub.store": STANDARD | {"alembic", "msgspec", "sqlalchemy", "kanban_protocol", "kanban_hub"},
    "kanban_hub.notices": STANDARD | {"click", "msgspec", "urllib3", "kanban_protocol", "kanban_hub"},
    # Werkzeug hashes the passwords.
    "kanban_hub.accounts": STANDARD | {"click", "werkzeug", "kanban_hub"},
    "kanban_hub.oidc": STANDARD | {"msgspec", "kanban_protocol", "kanban_hub"},
    # The one place that needs the extra `oidc`, imported only where it is used.
    "kanban_hub.oidc.provider": STANDARD | {"authlib", "joserfc", "requests", "kanban_hub"},
    # Builds, signs and keeps the stations' releases.
    "kanban_hub.releases": STANDARD
    | {"click", "cryptography", "msgspec", "packaging", "werkzeug", "kanban_protocol", "kanban_hub"},
    # The authority of stations.
    "kanban_hub.identity": STANDARD
    | {"cheroot", "click", "cryptography", "msgspec", "kanban_protocol", "kanban_hub"},
    "kanban_hub.suppliers": STANDARD | {"itsdangerous", "kanban_protocol", "kanban_hub"},
    "kanban_hub.web": STANDARD
    | {
        "flask",
        "jinja2",
        "werkzeug",
        "waitress",
        "msgspec",
        "prometheus_client",
        "kanban_protocol",
        "kanban_hub",
    },
}
PACKAGES = ("kanban_protocol", "kanban_hardware", "kanban_device", "kanban_hub", "kanban_simulator")


def _modules(package: str) -> Iterator[tuple[str, Path]]:
    folder = ROOT / package.removeprefix("kanban_") / package
    for path in sorted(folder.rglob("*.py")):
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def _allowed(module: str) -> frozenset[str]:
    fitting = [name for name in RULES if module == name or module.startswith(f"{name}.")]
    return RULES[max(fitting, key=len)]


def _is_allowed(imported: str, allowed: frozenset[str]) -> bool:
    parts = imported.split(".")
    return any(".".join(parts[:end]) in allowed for end in range(1, len(parts) + 1))


@pytest.mark.parametrize("package", [p for p in PACKAGES if p != "kanban_simulator"])
def test_every_import_is_in_the_table(package: str) -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in _modules(package)
        for imported in _imports(path)
        if not _is_allowed(imported, _allowed(module))
    ]

    assert wrong == []


def test_nobody_but_the_simulator_imports_the_simulator_and_all_imports_are_absolute() -> None:
    imports = [(m, i) for package in PACKAGES for m, path in _modules(package) for i in _imports(path)]

    assert [pair for pair in imports if pair[1].startswith(".")] == []
    simulator = [m for m, i in imports if i.startswith("kanban_simulator")]
    assert all(module.startswith("kanban_simulator") for module in simulator)


def test_the_table_would_name_a_violation() -> None:
    domain, hub = _allowed("kanban_hub.domain.card"), _allowed("kanban_hub.inbox")

    assert not _is_allowed("time", domain)
    assert not _is_allowed("kanban_hub.store.view", domain)
    assert not _is_allowed("gpiozero", hub)
    assert not _is_allowed("paho.mqtt.client", _allowed("kanban_protocol.codec"))

"""The pages against the code: links lead somewhere, commands exist, the documented plant loads."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kanban_device.main import main as station
from kanban_hub import plantfile
from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.diagram import diagram, table
from kanban_hub.domain.evidence.figures import FIGURES
from kanban_hub.looptable import LoopTable
from kanban_hub.main import main as hub
from kanban_hub.web.ways import WAYS
from kanban_simulator.main import main as simulator
from kanban_simulator.pictures import PICTURES

ROOT = Path(__file__).parent.parent
# Not below .venv, where others are at work meanwhile.
PAGES = sorted(page for pattern in ("*.md", "[!.]*/**/*.md") for page in ROOT.glob(pattern))
PROGRAMS = {"kanban-hub": hub, "kanban-station": station, "kanban-sim": simulator}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    local = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_and_option_that_is_named_exists(page: Path) -> None:
    found = re.findall(r"(kanban-(?:hub|station|sim)) ([a-z]+)((?: [^`\n|]*)?)", page.read_text())
    for program, command, rest in found:
        group = PROGRAMS[program]
        known = group.get_command(click.Context(group), command)
        if known is None:
            assert command in {"is", "and", "on", "the"}, f"{program} {command}"
            continue
        below = [word for word in rest.split()[:1] if hasattr(known, "commands")]
        text = CliRunner().invoke(PROGRAMS[program], [command, *below, "--help"]).output
        assert "No such command" not in text, f"{program} {command}{rest}"
        options = re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)
        assert [option for option in options if option not in text] == [], f"{program} {command}"


def test_the_plant_of_the_integrators_page_loads(tmp_path: Path) -> None:
    example, *_ = _examples()
    path = tmp_path / "plant.toml"
    path.write_text(example)

    plant = plantfile.load(path)

    assert list(plant.loops) == ["bracket", "panel-made", "panel", "screw", "rivet", "special"]
    settings = {name for loop in tomllib.loads(example)["loops"] for name in loop}
    assert settings == set(LoopTable.__struct_fields__), "every setting of a loop is shown"


def test_what_the_integrators_page_adds_to_the_plant_loads_with_it(tmp_path: Path) -> None:
    plant, *more = _examples()
    path = tmp_path / "plant.toml"
    path.write_text("\n".join([plant, *more]))

    loaded = plantfile.load(path)

    assert loaded.calendar.timezone == "Europe/Berlin"
    assert [shift.id for shift in loaded.calendar.shifts] == ["early", "night"]
    assert [rule.level for rule in loaded.escalation] == [1, 2, 1]


def _examples() -> list[str]:
    """The plant, then what may be added to it."""
    return re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "integrator.md").read_text(), re.DOTALL)


def test_the_set_up_file_says_each_of_its_commands() -> None:
    text = (ROOT / "run").read_text()
    done = subprocess.run(
        [sys.executable, ROOT / "run", "--help"], capture_output=True, text=True, check=True
    )

    named = set(re.findall(r"^  ([a-z]+)  ", done.stdout, re.MULTILINE))
    assert named == {
        "demo",
        "test",
        "board",
        "fix",
        "messages",
        "pictures",
        "drawings",
        "hub",
        "station",
        "sim",
    }
    assert all(f'"{name}"' in text for name in named)


def test_the_page_for_supervisors_defines_every_figure_as_the_hub_does() -> None:
    text = (ROOT / "docs" / "supervisor.md").read_text()
    told = re.findall(r"^\| (.+?) \| `([a-z-]+)` \| (.+?) \| (.+) \|$", text, re.MULTILINE)

    assert told == [(one.title, name, one.unit, one.definition) for name, one in FIGURES.items()]


def test_the_page_for_integrators_names_every_role() -> None:
    text = (ROOT / "docs" / "integrator.md").read_text()
    section = text.partition("### Accounts and roles")[2].partition("###")[0]

    assert set(re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE)) == set(AccountRole)


@pytest.mark.parametrize("page", ["operator.md", "supervisor.md"])
def test_pages_for_people_use_the_words_of_the_glossary(page: str) -> None:
    text = (ROOT / "docs" / page).read_text().lower()

    assert re.findall(r"\b(tote|ticket|backlog|node)s?\b", text) == []


def test_every_picture_that_is_taken_is_shown_and_every_one_shown_is_there() -> None:
    text = (ROOT / "docs" / "pages.md").read_text()
    taken = {
        picture.name if size == picture.sizes[0] else f"{picture.name}-{size}"
        for picture in PICTURES
        for size in picture.sizes
    }

    assert set(re.findall(r"pictures/([\w-]+)\.png", text)) == taken
    assert {path.stem for path in (ROOT / "docs" / "pictures").iterdir()} == taken | {"front", "panel"}


def test_every_page_of_the_header_stands_in_the_list_of_pages() -> None:
    text = (ROOT / "docs" / "pages.md").read_text()

    assert [way.path for way in WAYS if f"`{way.path}`" not in text] == []


def test_the_moves_in_the_hubs_readme_are_those_of_the_table() -> None:
    text = (ROOT / "hub" / "README.md").read_text()
    assert table() in text
    assert f"```mermaid\n{diagram()}\n```" in text

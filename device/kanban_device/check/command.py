"""The command `kanban-station check`: the round, told in lines or as JSON, and its exit code."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kanban_device import config
from kanban_device.check import round as rounds
from kanban_device.check.finding import Finding, Verdict, fail
from kanban_device.check.scene import Scene
from kanban_device.commands import FAILED, WRONG_USE, config_option, plainly
from kanban_device.tryout import tour
from kanban_device.tryout.desk import TerminalDesk
from kanban_protocol.tomlfile import ConfigError

WELL = 0


@click.command()
@config_option
@click.option("--hub/--no-hub", default=True, show_default=True, help="Also look at broker and hub.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object for machines, instead of lines.")
@click.option("--interactive", is_flag=True, help="Then test lamps, buttons, buzzer and scanners by hand.")
@click.option("--presses", type=click.IntRange(1, 50), default=5, show_default=True, help="Of each button.")
@plainly
def check(path: Path, *, hub: bool, as_json: bool, interactive: bool, presses: int) -> None:
    """Look at all that can be wrong with a station, and say what to do about each fault."""
    sys.exit(run(path, with_hub=hub, as_json=as_json, presses=presses if interactive else None))


def run(path: Path, *, with_hub: bool, as_json: bool, presses: int | None = None) -> int:
    """Look, tell, and return the exit code: 0 well, 1 something fails, 2 the file is faulty.

    With `presses`, whoever sits at the terminal is asked to try each part by hand afterwards.
    """
    try:
        loaded = config.load(path)
    except ConfigError as error:
        if not as_json:
            raise
        click.echo(_json([fail(fault.where or "file", fault.text, fault.hint) for fault in error.faults]))
        return WRONG_USE
    with silence():
        scene = rounds.scene(loaded, path)
        # The test by hand opens the pins, and lgpio 0.2.2.0 opens a chip well only once in a process: what it
        # keeps of the edges of the first may stand in the way of the second's (lgPthAlerts.c).
        without = {part for part, is_out in (("hub", not with_hub), ("pins", presses is not None)) if is_out}
        findings = [Finding("file", f"{path} is well"), *rounds.look(scene, without=without)]
        tried = _by_hand(scene, findings, presses) if presses is not None else []
    told = [*findings, *tried] if as_json or presses is None else tried
    click.echo(_json(told) if as_json else _lines(told))
    return FAILED if any(finding.is_bad for finding in [*findings, *tried]) else WELL


def _by_hand(scene: Scene, findings: list[Finding], presses: int) -> list[Finding]:
    """Tell what was found already, and go on with whoever is there. All of it goes to stderr."""
    click.echo(f"{_lines(findings)}\n", err=True)
    return tour.invite(TerminalDesk(), scene, presses)


@contextmanager
def silence() -> Iterator[None]:
    """No log meanwhile: what fails is told in a line of its own, with the remedy."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _lines(findings: list[Finding]) -> str:
    counts = [sum(finding.verdict is verdict for finding in findings) for verdict in Verdict]
    end = f"{counts[0]} ok, {counts[1]} to note, {counts[2]} to mend"
    return "\n".join([*map(str, findings), end])


def _json(findings: list[Finding]) -> str:
    verdict = max((finding.verdict for finding in findings), key=list(Verdict).index)
    return json.dumps({"verdict": verdict, "findings": [finding.row() for finding in findings]}, indent=1)

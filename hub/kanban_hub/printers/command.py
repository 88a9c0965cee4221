"""`kanban-hub printers …`: try out a printers file."""

from pathlib import Path

import click

from kanban_hub.printers import configfile


@click.group()
def printers() -> None:
    """Label printers that the hub prints on directly."""


@printers.command()
@click.argument("printers_file", type=click.Path(path_type=Path))
@click.option("--to", "printer", required=True, help="The id of a printer in the file.")
def test(printers_file: Path, printer: str) -> None:
    """Really print one label, now, and say what stands in the way if it does not get there."""
    from kanban_hub.paper.posters import StationLabel, station_label  # noqa: PLC0415  # the other commands draw nothing

    found = configfile.load(printers_file)
    if printer not in found:
        raise click.BadParameter(f"no {printer!r} in the file; known: {', '.join(found)}", param_hint="--to")
    target = found[printer]
    target.print([station_label(StationLabel(target.name, target.id, (("KSS", "KSS"),)), target.form)])
    click.echo(f"{printer}: sent to {target.address}")

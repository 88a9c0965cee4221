"""`kanban-hub release …`: make, sign and keep the releases of the stations' program."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from kanban_hub import datadir
from kanban_hub.opening import data_option
from kanban_hub.releases.shelf import Shelf
from kanban_protocol.release import MAX_NUMBER, Manifest

_FOLDER = click.Path(path_type=Path, file_okay=False)
_EXISTING = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_NUMBER = click.IntRange(1, MAX_NUMBER)


@click.group()
def release() -> None:
    """Releases of the stations' program: signed, kept here, fetched by the stations."""


@release.command()
@click.argument("folder", type=_FOLDER)
@click.option("--passphrase", "is_locked", is_flag=True, help="Ask for a passphrase that locks the key.")
def key(folder: Path, is_locked: bool) -> None:
    """Make in FOLDER the key that releases are signed with: `release.key` to hide, `release.pub` for all."""
    from kanban_hub.releases.signing import make_key  # noqa: PLC0415  # the other commands need no cryptography

    passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if is_locked else None
    private, public = make_key(folder, passphrase)
    click.echo(f"{private}: keep it where no network reaches; without it no station takes a release again")
    click.echo(f"{public}: every station has it")


def _python(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> list[tuple[int, int]]:
    found = []
    for text in given:
        major, _, minor = text.partition(".")
        if major != "3" or not (minor.isascii() and minor.isdigit()):
            raise click.BadParameter(f"{text!r}: write 3.11 or the like")
        found.append((3, int(minor)))
    return found


@release.command()
@click.argument("folder", type=_FOLDER)
@click.option("--number", type=_NUMBER, required=True, help="One more than your last release has.")
@click.option("--source", type=_EXISTING, help="The project's tree, from which its wheel is made.")
@click.option("--wheel-dir", type=_EXISTING, help="Or a folder with every wheel of the release.")
@click.option("--minimum", type=click.IntRange(0), default=0, help="Older releases may not step to it.")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=365, show_default=True, help="Until it expires."
)
@click.option(
    "--python", "pythons", multiple=True, callback=_python, default=("3.11", "3.13"), show_default=True
)
@click.option("--machine", "machines", multiple=True, default=("aarch64",), show_default=True)
def build(folder: Path, number: int, source: Path | None, wheel_dir: Path | None, **rest: Any) -> None:
    """Bring together in the new FOLDER the wheels that a station needs, and name them in a manifest."""
    from kanban_hub.releases import building  # noqa: PLC0415  # the other commands need none of it

    if (source is None) == (wheel_dir is None):
        raise click.UsageError("name --source, or --wheel-dir")
    building.prepare(folder)
    if wheel_dir is not None:
        building.copy(wheel_dir, folder)
    elif source is not None:
        building.gather(source, folder, rest["pythons"], rest["machines"])
    manifest = building.finish(
        folder, number, rest["minimum"], (datetime.now(UTC).replace(microsecond=0), rest["days"])
    )
    click.echo(f"{folder}: {told(manifest)}")
    click.echo(f"Now sign it where the key is: kanban-hub release sign {folder} --key release.key")


@release.command()
@click.argument("folder", type=_EXISTING)
@click.option("--key", "key_file", type=_FILE, required=True, help="The private key, `release.key`.")
def sign(folder: Path, key_file: Path) -> None:
    """Sign the release in FOLDER, after each of its wheels was compared with its manifest."""
    from kanban_hub.releases import folder as folders  # noqa: PLC0415  # the other commands need no cryptography
    from kanban_hub.releases import signing  # noqa: PLC0415

    locked = signing.is_locked(key_file)
    passphrase = click.prompt("Passphrase", hide_input=True) if locked else None
    manifest = folders.sign(folder, signing.private_key(key_file, passphrase))
    click.echo(f"{folder}: signed: {told(manifest)}")


@release.command()
@click.argument("folder", type=_EXISTING)
@click.option("--key", "key_file", type=_FILE, required=True, help="The public key, `release.pub`.")
def check(folder: Path, key_file: Path) -> None:
    """Look through the signed release in FOLDER as a station would."""
    from kanban_hub.releases import folder as folders  # noqa: PLC0415
    from kanban_hub.releases import signing  # noqa: PLC0415

    click.echo(f"{folder}: sound: {told(folders.checked(folder, signing.public_key(key_file)))}")


@release.command()
@click.argument("folder", type=_EXISTING)
@click.option("--key", "key_file", type=_FILE, help="The stations' public key; needed once.")
@data_option
def add(folder: Path, key_file: Path | None, data: Path) -> None:
    """Take the signed release in FOLDER, so that this hub hands it out. Nothing is updated by that."""
    shelf = _shelf(data)
    if key_file is not None:
        shelf.trust(key_file)
    click.echo(f"{data}: {told(shelf.add(folder))}")


@release.command(name="list")
@data_option
def list_releases(data: Path) -> None:
    """List the releases that this hub hands out, the newest first."""
    for manifest in _shelf(data).all():
        click.echo(told(manifest))


@release.command()
@click.argument("number", type=_NUMBER)
@data_option
def remove(number: int, data: Path) -> None:
    """Hand the release NUMBER out no more. Stations that run it go on."""
    _shelf(data).remove(number)
    click.echo(f"{data}: release {number} is removed")


def _shelf(data: Path) -> Shelf:
    datadir.prepare(data)
    return Shelf(data)


def told(manifest: Manifest) -> str:
    """A release in one line."""
    size = sum(file.size_bytes for file in manifest.files) / 1e6
    what = f"release {manifest.number}, version {manifest.version}"
    return f"{what}, {len(manifest.files)} wheels, {size:.1f} MB, good until {manifest.expires_at:%Y-%m-%d}"

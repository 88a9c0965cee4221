"""`kanban-hub notices …`: try out a notices file."""

import time
from pathlib import Path

import click

from kanban_hub.notices import configfile
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.errors import DeliveryError
from kanban_hub.notices.notice import Notice
from kanban_hub.notices.trial import trial_notice


@click.group()
def notices() -> None:
    """Mails and webhooks to people and programs."""


@notices.command()
@click.argument("notices_file", type=click.Path(path_type=Path))
@click.option("--to", "recipient", required=True, help="The id of a person or a webhook in the file.")
def test(notices_file: Path, recipient: str) -> None:
    """Really send one notice, now, and say what stands in the way if it does not arrive."""
    from kanban_hub.notices.build import carriers_of  # noqa: PLC0415  # the other commands need no HTTP

    config = configfile.load(notices_file)
    notice = _notice(config, recipient)
    try:
        carriers_of(config)[notice.channel].carry(notice)
    except DeliveryError as error:
        raise click.ClickException(f"{recipient}: not sent: {error}") from None
    click.echo(f"{recipient}: sent by {notice.channel}")


def _notice(config: NoticesConfig, recipient: str) -> Notice:
    notice = trial_notice(config, recipient, int(time.time() * 1000))
    if notice is None:
        known = ", ".join([*(p.id for p in config.people), *(w.id for w in config.webhooks)])
        raise click.BadParameter(f"no {recipient!r} in the file; known: {known}", param_hint="--to")
    return notice

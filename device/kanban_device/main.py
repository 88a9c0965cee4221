"""The program `kanban-station`: its commands, each in a module of its own."""

import click

from kanban_device.commands import Commands

COMMANDS = {
    "check": "kanban_device.check.command:check",
    "clock": "kanban_device.clockfloor:clock_floor",
    "join": "kanban_device.joining.command:join",
    "outbox": "kanban_device.listing:outbox",
    "renew": "kanban_device.joining.command:renew",
    "run": "kanban_device.running:run",
    "update": "kanban_device.update.command:update",
    "wiring": "kanban_device.wiring:wiring",
}


@click.group(cls=Commands, later=COMMANDS)
@click.version_option(package_name="kanban-signal-station")
def main() -> None:
    """The firmware of a kanban signal station."""

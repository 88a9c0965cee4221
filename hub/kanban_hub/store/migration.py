"""Bring a database to the newest form. Alembic is loaded only when there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kanban_hub.errors import NewerStoreError
from kanban_hub.store.engine import is_file, place
from kanban_hub.store.postgresql import settle_text

HEAD = "0015"
KNOWN = (*(f"{number:04d}" for number in range(1, 15)), HEAD)


def migrate(connection: Connection) -> None:
    """Run the migrations that the database has not had, in the transaction of `connection`.

    Raises `NewerStoreError` for a form that a later program made: it is never taken back.
    """
    version = _version(connection)
    if version == HEAD:
        return
    if version is not None and version not in KNOWN:
        raise NewerStoreError(place(connection.engine.url), version, HEAD)
    from alembic import command  # noqa: PLC0415  # 0.3 s and 39 MiB that a hub in use never needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
    if not is_file(connection.engine.url):
        settle_text(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

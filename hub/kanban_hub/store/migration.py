"""Bring a database to the newest form. Alembic is loaded only when there is something to do."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

HEAD = "0001"


def migrate(engine: Engine) -> None:
    """Run the migrations that `engine`'s database has not had."""
    if _version(engine) == HEAD:
        return
    from alembic import command  # noqa: PLC0415  # 0.3 s and 39 MiB that a hub in use never needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def _version(engine: Engine) -> str | None:
    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

"""A database of an earlier form is brought to the newest with all that stands in it."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, text

from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.plant import Station
from kanban_hub.ports import EventFilter, SupplierLink
from kanban_hub.store import migration, schema
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of


def to(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migration.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def database(directory: Path, version: str, *statements: str) -> DatabaseStore:
    """A database of the form `version` with something in it, opened by the program of today."""
    engine = create_engine(url_of(directory))
    with engine.begin() as connection:
        to(connection, version)
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
    return DatabaseStore(url_of(directory))


FIRST = (
    """INSERT INTO meta (name, value)
    VALUES ('epoch', '9f2c61d0a7b34e55'), ('revision', '7'), ('plant_revision', '1'), ('site', 'plant')""",
    """INSERT INTO stations (id, rank, name, x, y, external) VALUES
    ('assembly', 0, 'Final "assembly"', 620.0, 180.0, 0), ('castings', 1, 'Castings', NULL, NULL, 1)""",
)


def test_stations_of_the_first_form_keep_their_name_place_and_order(tmp_path: Path) -> None:
    store = database(tmp_path, "0001", *FIRST)
    with store.view() as view:
        plant = view.plant()
    store.close()
    assert plant is not None
    assert list(plant.stations.values()) == [
        Station("assembly", 'Final "assembly"', (620.0, 180.0)),
        Station("castings", "Castings", external=True),
    ]
    assert plant.calendar == Calendar(), "until now the plant worked all the time"


@pytest.mark.parametrize("version", migration.KNOWN)
def test_every_form_comes_to_the_tables_of_today(tmp_path: Path, version: str) -> None:
    database(tmp_path, version).close()
    engine = create_engine(url_of(tmp_path))
    with engine.connect() as connection:
        found = {
            name: {column["name"] for column in inspect(connection).get_columns(name)}
            for name in inspect(connection).get_table_names()
            if name != "alembic_version"
        }
    engine.dispose()
    assert found == {name: set(table.c.keys()) for name, table in schema.metadata.tables.items()}


def test_suppliers_links_of_an_earlier_form_still_let_in(tmp_path: Path) -> None:
    link = "INSERT INTO links (id, station, made_ms, expires_ms) VALUES ('0123456789ab', 'castings', 5, 9)"
    store = database(tmp_path, "0007", link)
    with store.view() as view:
        links, screens = view.links(), view.screens()
    store.close()
    assert (links, screens) == ([SupplierLink("0123456789ab", 5, 9, "castings")], [])


def test_events_of_an_earlier_form_are_found_by_their_call(tmp_path: Path) -> None:
    raised = """INSERT INTO events (kind, loop, at_ms, received_ms, data)
    VALUES ('call_escalated', 'bracket', 5, 5, '{"loop"\\:"bracket","call"\\:"call-1","level"\\:1}')"""
    ended = """INSERT INTO events (kind, loop, at_ms, received_ms, data)
    VALUES ('loop_ended', 'bracket', 6, 6, '{"loop"\\:"bracket"}')"""
    store = database(tmp_path, "0008", raised, ended)
    with store.view() as view:
        found = view.events(EventFilter(call="call-1"))
    store.close()
    assert [recorded.number for recorded in found] == [1]


def test_lamps_with_lines_of_text_are_read_without_them_until_the_next_tick(tmp_path: Path) -> None:
    kept = r"""{"slots"\:{"1"\:"slow"},"stack"\:{"red"\:"off","amber"\:"slow","green"\:"off"},
    "display"\:[[1,"Bracket, left\: 3 asked, oldest 12 min"]]}"""
    columns = "station, revision, as_of_ms, lamps, because"
    row = f"INSERT INTO lamps ({columns}) VALUES ('paint', 7, 5, '{kept}', '[]')"  # noqa: S608  # no input
    store = database(tmp_path, "0011", row)
    with store.view() as view:
        lamps = view.lamps()["paint"]
    store.close()
    assert (lamps.revision, lamps.lamps.slots, lamps.lamps.display) == (7, {1: "slow"}, ())
    assert lamps.lamps.language == "en"

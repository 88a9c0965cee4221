"""No blame by construction: what the hub keeps about the floor has no place for a person.

A new column or field makes these tests fail on purpose. Before it is added here: does it say where, what or
in which role, and never who?
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card, Contents, LastMove
from kanban_hub.domain.events import Occasion
from kanban_hub.domain.evidence.figures import FIGURES
from kanban_hub.domain.history import EVENT_TYPES
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.records.finding import Defect
from kanban_hub.store import schema
from kanban_hub.store.engine import url_of
from kanban_hub.web.door import FORM_HEADER
from tests.hub.web.account.person import HERE, account
from tests.hub.web.account.test_entry import form_of
from tests.hub.web.site import Site

WHEN = {"at_ms", "received_ms", "boot", "mono_ms", "clock"}
COLUMNS = {
    "events": WHEN | {"number", "kind", "loop", "card", "station", "signal", "how", "role", "call", "data"},
    "cards": {
        "id", "loop", "state", "standing", "since_ms", "asked_ms", "failed_from", "replaces", "is_temporary",
        "ends_at_pull", "hold_reason", "quantity", "lot", "filled_ms", "cycles_left", "expires_ms",
        "is_obsolete", "suspect_of", "last",
    },
    # `raised_by` is a station.
    "calls": {
        "id", "kind", "station", "raised_ms", "state", "loop", "card", "topic", "raised_by", "signal",
        "taken_ms", "arrived_ms", "ended_ms", "closed_ms", "cause", "level", "stopped_ms",
    },
    "signals": {
        "station", "epoch", "seq", "id", "digest", "verdict", "card", "state", "reason", "text",
        "received_ms",
    },
    "plant_changes": {"number", "at_ms", "way", "role", "before", "difference"},
    "records": {"kind", "id", "is_open", "changed_ms", "data"},
    # `recipient` is who is told, by an id of the notices file: never who did anything.
    "notices": {
        "number", "id", "channel", "recipient", "event", "subject", "body", "created_ms", "due_ms", "state",
        "attempts", "ended_ms", "last_error",
    },
    "quarantine": {
        "number", "station", "topic", "reason", "detail", "payload", "epoch", "seq", "received_ms",
    },
}  # fmt: skip
OF_EVENTS = {
    "loop", "card", "state", "replaces", "is_temporary", "move", "before", "after", "standing", "reason",
    "call", "call_kind", "station", "topic", "raised_by", "cause", "text", "cards", "level",
    "surplus", "quantity", "cycles_left", "expires_ms", "contents", "sister", "after_s", "least_s",
    "at_ms", "ready_ms", "late_s", "audit", "place", "demand", "pieces", "opened", "lot",
    "cards_before", "until_ms", "is_kept", "item", "key", "said", "disposition",
    "succeeds", "sheet", "line", "entry", "written_ms", "verdict",
}  # fmt: skip
BEFORE = {"since_ms", "asked_ms", "filled_ms", "quantity", "lot", "cycles_left"}
FIELDS: dict[type[Any], set[str]] = {
    Occasion: {"moment", "station", "signal", "how", "role"},
    Moment: WHEN,
    Card: COLUMNS["cards"],
    AndonCall: COLUMNS["calls"],
    Contents: {"quantity", "lot"},
    Defect: {"defect", "quantity", "lot", "note", "photo"},
    LastMove: {"move", "before", "moment", "station", "signal", "how", *BEFORE},
}
# Whoever looks for a person looks for one of these.
PERSONS = {"person", "operator", "user", "worker", "employee", "who", "login", "email", "badge", "initials"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.load()
    yield made
    made.store.close()


def fields_of(form: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(form)}


@pytest.mark.parametrize("table", COLUMNS)
def test_no_table_of_the_floor_has_a_column_that_was_not_thought_about(table: str) -> None:
    assert {column.name for column in schema.metadata.tables[table].columns} == COLUMNS[table]


@pytest.mark.parametrize("form", FIELDS, ids=lambda form: form.__name__)
def test_nothing_of_the_floor_has_a_field_that_was_not_thought_about(form: type[Any]) -> None:
    assert fields_of(form) == FIELDS[form]


@pytest.mark.parametrize("event", EVENT_TYPES, ids=lambda event: event.__name__)
def test_no_event_has_a_field_that_was_not_thought_about(event: type[Any]) -> None:
    assert fields_of(event) <= OF_EVENTS


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_has_a_column_for_a_person(name: str) -> None:
    words = {word for column in fields_of(FIGURES[name].row) for word in column.split("_")}

    assert words & PERSONS == set()


def test_none_of_the_names_allowed_is_one_for_a_person() -> None:
    allowed = OF_EVENTS.union(*COLUMNS.values(), *FIELDS.values())

    assert {word for name in allowed for word in name.split("_")} & PERSONS == set()


# Access needs names; no other table may have one.
OF_ACCESS = {"accounts", "sessions", "invitations", "access_log"}


def test_what_somebody_logged_in_orders_is_kept_under_a_role_and_no_name(site: Site) -> None:
    name = "somebody-with-a-name"
    person = account(site, name, AccountRole.SUPERVISOR)
    site.signal("assembly", "pull", loop="bracket")
    headers = {"Origin": HERE, FORM_HEADER: form_of(person)}
    body = {"move": "hold", "reason": "wet"}
    assert (
        person.client.post("/api/v1/cards/bracket-0001/moves", json=body, headers=headers).status_code == 200
    )

    engine = create_engine(url_of(site.data))
    with engine.connect() as connection:
        kept = {
            table: [tuple(row) for row in connection.execute(select(schema.metadata.tables[table]))]
            for table in schema.metadata.tables
        }
    engine.dispose()

    assert {table for table, rows in kept.items() if name in repr(rows)} == OF_ACCESS - {"invitations"}
    last = max(kept["events"])
    assert "supervisor" in last

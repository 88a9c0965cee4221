from flask.testing import FlaskClient

from kanban_hub.web.operatorsheet import RHYTHMS, SLOTS, STACK
from kanban_protocol.catalogue import LANGUAGES
from kanban_protocol.messages import LampPattern
from tests.hub.web.supplier.visitor import text_of


def test_every_pattern_of_a_slot_is_told_once() -> None:
    assert [row.pattern for row in SLOTS] == list(LampPattern)
    assert set(RHYTHMS) == set(LampPattern)


def test_every_lit_lamp_of_the_stack_is_told() -> None:
    told = {(row.colour, row.pattern) for row in STACK}

    assert {("red", p) for p in ("slow", "on", "fast")} | {("green", "on")} <= told
    assert {("amber", p) for p in ("slow", "on", "fast")} <= told
    assert {("blue", "on"), ("white", "slow")} <= told
    assert ("green", "double") not in told, "green is never shown without fresh information"


def test_whoever_stands_at_a_station_may_read_it_in_every_language(client: FlaskClient) -> None:
    for language in LANGUAGES:
        page = client.get(f"/help?language={language}")
        assert page.status_code == 200
        assert f'lang="{language}"' in page.get_data(as_text=True)

    assert "Dark: nothing is asked. Make nothing." in text_of(client.get("/help"))

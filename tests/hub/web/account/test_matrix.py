"""Who may order what, as a table: every order of the API against every role."""

import pytest
from werkzeug.test import TestResponse

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.secret import form_token
from kanban_hub.suppliers import links
from kanban_hub.web import cookies
from kanban_hub.web.door import FORM_HEADER
from kanban_hub.web.operations import OPERATIONS
from tests.hub.web.account.person import HERE, Person, account, tablet
from tests.hub.web.account.test_entry import form_of
from tests.hub.web.site import Site

OPERATOR, SUPERVISOR, QUALITY = AccountRole.OPERATOR, AccountRole.SUPERVISOR, AccountRole.QUALITY
SUPPLIER, ADMIN, SCREEN = AccountRole.SUPPLIER, AccountRole.ADMIN, AccountRole.SCREEN
STATION = AccountRole.STATION
LEAD = {SUPERVISOR, ADMIN}

# What is sent, and the roles that are not told 403.
MAY: dict[str, list[tuple[dict[str, object], set[AccountRole]]]] = {
    "/api/v1/stations/{station}/queue": [({"card": "a-0001", "other": "b-0001"}, LEAD)],
    "/api/v1/stations/{station}/signals": [({}, {OPERATOR, STATION, *LEAD})],
    "/api/v1/stations/{station}/panels/{epoch}": [({}, {OPERATOR, STATION, *LEAD})],
    "/api/v1/stations/{station}/commands": [({"command": "identify"}, LEAD)],
    "/api/v1/loops/{loop}/trial": [({"order": "end"}, LEAD)],
    "/api/v1/loops/{loop}/moves": [({"move": "hold", "reason": "wet"}, LEAD)],
    "/api/v1/cards/{card}/moves": [
        ({"move": "hold", "reason": "wet"}, LEAD),
        ({"move": "resume"}, LEAD),
        ({"move": "lose"}, LEAD),
        ({"move": "reissue"}, LEAD),
        ({"move": "retire", "reason": "old"}, LEAD),
        ({"move": "release"}, LEAD),
        ({"move": "undo"}, LEAD),
        ({"move": "clear"}, {QUALITY, ADMIN}),
        ({"move": "rework"}, {QUALITY, ADMIN}),
        ({"move": "scrap"}, {QUALITY, ADMIN}),
        ({"move": "return"}, {QUALITY, ADMIN}),
        ({"move": "absolve"}, {QUALITY, ADMIN}),
    ],
    "/api/v1/cards/{card}/contents": [({"quantity": 7}, {OPERATOR, *LEAD})],
    "/api/v1/cards/{card}/supply": [({"move": "ship"}, {OPERATOR, SUPPLIER, STATION, *LEAD})],
    "/api/v1/loops/{loop}/cards": [({"reason": "fair", "cards": 1}, LEAD)],
    "/api/v1/loops/{loop}/promise": [
        ({"ready_at": "2027-01-01T00:00:00Z"}, {OPERATOR, SUPPLIER, STATION, *LEAD})
    ],
    "/api/v1/demands": [({"loop": "bracket", "reference": "r", "pieces": 1}, LEAD)],
    "/api/v1/demands.csv": [({}, LEAD)],
    "/api/v1/audits": [({}, LEAD)],
    "/api/v1/audits/{audit}/sightings": [({"card": "bracket-0001"}, {OPERATOR, *LEAD})],
    "/api/v1/audits/{audit}/end": [({}, LEAD)],
    "/api/v1/bindings": [({"label": "[)>\x1e06\x1dSX1\x1e\x04", "card": "bracket-0001"}, LEAD)],
    "/api/v1/bindings/ends": [({"key": "x"}, LEAD)],
    "/api/v1/links": [({"station": "castings"}, {ADMIN})],
    "/api/v1/links/{link}/revoke": [({}, {ADMIN})],
    "/api/v1/calls/{call}/moves": [({"move": "take"}, {QUALITY, *LEAD})],
    "/api/v1/findings/{call}": [({"note": "bent"}, {QUALITY, *LEAD})],
    "/api/v1/photos": [({}, {QUALITY, *LEAD})],
    "/api/v1/notices/{number}/retry": [({}, LEAD)],
    "/api/v1/plant": [({}, {ADMIN})],
}
PARTS = {
    "card": "bracket-0001", "loop": "bracket", "station": "paint", "audit": "x", "call": "x", "number": "1",
    "link": "x", "epoch": "x",
}  # fmt: skip
ROWS = [(path, body, roles) for path, rows in MAY.items() for body, roles in rows]


def by_role(site: Site, role: AccountRole) -> Person:
    if role is STATION:
        return tablet(site, "paint")
    if role is not SCREEN:
        return account(site, "one", role, station="paint" if role is SUPPLIER else None)
    wall = Person(site)
    link = links.add_screen(site.store, "Hall 2", 30, site.clock.now_ms())
    wall.open(f"/screen/{site.parts.signer.screen_token(link.id)}")
    return wall


def sent(person: Person, path: str, body: dict[str, object]) -> TestResponse:
    form = form_of(person) if person.session else form_token(person.bears(cookies.STATION))
    return person.client.post(path.format(**PARTS), json=body, headers={"Origin": HERE, FORM_HEADER: form})


def test_every_order_of_the_api_is_in_the_table() -> None:
    assert set(MAY) == {one.path for one in OPERATIONS if one.is_order}
    assert all(one.gives for one in OPERATIONS if one.is_order)


@pytest.mark.parametrize("role", list(AccountRole))
def test_a_role_may_what_the_table_says_and_nothing_else(site: Site, role: AccountRole) -> None:
    person = by_role(site, role)

    answers = [sent(person, path, body).status_code for path, body, _ in ROWS]

    allowed = [status != 403 for status in answers]
    assert allowed == [role in roles for _, _, roles in ROWS]
    assert 401 not in answers


@pytest.mark.parametrize("path", MAY)
def test_who_is_nobody_is_asked_who_he_is(site: Site, path: str) -> None:
    assert sent(Person(site), path, MAY[path][0][0]).status_code == 401


def test_several_roles_may_what_each_of_them_may(site: Site) -> None:
    person = account(site, "both", QUALITY, OPERATOR)

    assert sent(person, "/api/v1/cards/{card}/moves", {"move": "scrap"}).status_code == 409
    assert sent(person, "/api/v1/cards/{card}/contents", {"quantity": 7}).status_code == 200
    assert sent(person, "/api/v1/cards/{card}/moves", {"move": "hold", "reason": "x"}).status_code == 403


def test_a_supplier_orders_for_its_own_station_only(site: Site) -> None:
    person = by_role(site, SUPPLIER)
    site.signal("assembly", "pull", loop="bracket")
    site.signal("paint", "pull", loop="casting")
    promise = {"ready_at": "2027-01-01T00:00:00Z"}

    def status(path: str, body: dict[str, str]) -> int:
        headers = {"Origin": HERE, FORM_HEADER: form_of(person)}
        return person.client.post(path, json=body, headers=headers).status_code

    assert status("/api/v1/loops/bracket/promise", promise) == 200
    assert status("/api/v1/loops/casting/promise", promise) == 403
    assert status("/api/v1/cards/bracket-0001/supply", {"move": "ship"}) == 200
    assert status("/api/v1/cards/casting-0001/supply", {"move": "finish"}) == 403
    assert status("/api/v1/loops/nowhere/promise", promise) in (403, 404)


@pytest.mark.parametrize(
    ("role", "kept"),
    [(OPERATOR, "operator"), (SUPERVISOR, "supervisor"), (ADMIN, "supervisor")],
)
def test_the_event_keeps_the_role_in_which_it_was_ordered(site: Site, role: AccountRole, kept: str) -> None:
    sent(by_role(site, role), "/api/v1/cards/{card}/contents", {"quantity": 7})

    last = site.client().get("/api/v1/events?limit=1000").get_json()["items"][-1]
    assert (last["kind"], last["role"]) == ("card_counted", kept)


def test_a_quality_person_takes_a_call_in_the_role_of_quality(site: Site) -> None:
    site.signal("assembly", "fail", loop="bracket")
    (call,) = site.client().get("/api/v1/calls").get_json()["items"]

    answer = sent(by_role(site, QUALITY), f"/api/v1/calls/{call['id']}/moves", {"move": "take"})

    assert answer.status_code == 200
    last = site.client().get("/api/v1/events?limit=1000").get_json()["items"][-1]
    assert (last["kind"], last["role"]) == ("call_moved", "quality")


def test_a_refused_order_changes_nothing(site: Site) -> None:
    person = by_role(site, OPERATOR)
    with site.store.view() as view:
        before = view.revision()

    sent(person, "/api/v1/cards/{card}/moves", {"move": "hold", "reason": "wet"})

    with site.store.view() as view:
        assert view.revision() == before

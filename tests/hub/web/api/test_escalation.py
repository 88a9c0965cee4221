from flask.testing import FlaskClient

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.plant import Plant
from tests.hub.web.ask import get
from tests.hub.web.site import PLANT, Site


def test_without_a_tree_the_default_is_published_for_every_kind(client: FlaskClient) -> None:
    rows = get(client, "/api/v1/escalation")["items"]

    assert {row["kind"] for row in rows} == set(CallKind)
    assert {(row["level"], row["take_within_s"], row["solve_within_s"]) for row in rows} == {(1, 300, 1800)}


def test_the_plant_s_tree_is_published_by_kind_and_level(site: Site, client: FlaskClient) -> None:
    tree = (EscalationRule(2, 900, 3600, ("area-lead",)), EscalationRule(1, 60, 600, ("team-lead",)))
    site.load(
        Plant("plant", PLANT.stations.values(), PLANT.items.values(), PLANT.loops.values(), escalation=tree)
    )

    rows = get(client, "/api/v1/escalation?limit=2")

    assert [(row["kind"], row["level"], row["tell"]) for row in rows["items"]] == [
        ("help", 1, ["team-lead"]),
        ("help", 2, ["area-lead"]),
    ]
    assert rows["next"]

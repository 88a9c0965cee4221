import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from kanban_hub.notices.ports import NoticeFilter
from kanban_protocol.messages import LampPattern
from tests.hub.notices.samples import mail
from tests.hub.web.site import Site


def figures(client: FlaskClient) -> dict[tuple[str, tuple[str, ...]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    families = text_string_to_metric_families(response.get_data(as_text=True))
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_cards_calls_and_stations_are_counted(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "fail", loop="bracket")
    site.signal("castings", "pull", loop="bracket")
    site.hear("paint", outbox=3)
    site.presence.count("paint", "not_json")

    found = figures(client)

    assert found["kanban_cards", ("bracket", "requested")] == 2
    assert found["kanban_cards", ("bracket", "in_transit")] == 0
    assert found["kanban_full_containers", ("bracket",)] == 2
    assert found["kanban_balance_even", ("bracket",)] == 1
    assert found["kanban_open_calls", ("quality",)] == 1
    assert found["kanban_station_online", ("paint",)] == 1
    assert found["kanban_station_outbox", ("paint",)] == 3
    assert found["kanban_station_online", ("assembly",)] == 0
    assert found["kanban_not_taken_total", ("not_json", "paint")] == 1


def test_lamps_and_what_a_station_leaves_off_are_figures(site: Site, client: FlaskClient) -> None:
    site.hear("paint")
    site.show("paint", broken="red")
    before = figures(client)
    site.hand.seconds += 16
    site.hear("paint", retreat=2, stuck_lamps={"red": LampPattern.OFF})
    after = figures(client)

    for name, was, is_ in (("differ", 0, 1), ("stuck", 0, 1)):
        figure = (f"kanban_station_lamps_{name}", ("paint",))
        assert (before[figure], after[figure]) == (was, is_)
    assert (before["kanban_station_retreat", ("paint",)], after["kanban_station_retreat", ("paint",)]) == (
        0,
        2,
    )


def test_notices_are_counted_by_state(site: Site, client: FlaskClient) -> None:
    with site.store.notices() as queue:
        queue.enqueue([mail(key="a"), mail(key="b")])
        queue.save(queue.page(NoticeFilter())[0].dead("no", 0))

    found = figures(client)

    assert found["kanban_notices", ("waiting",)] == 1
    assert found["kanban_notices", ("dead",)] == 1
    assert found["kanban_notices_tried_total", ("sent",)] == 3


def test_the_hub_tells_of_itself(client: FlaskClient) -> None:
    found = figures(client)

    assert found["kanban_link_connected", ()] == 1
    assert found["kanban_inbox_dropped_total", ()] == 2
    assert found["kanban_streams", ()] == 0


def test_without_a_plant_the_hub_still_tells_of_itself(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Site(tmp_path_factory.mktemp("bare"))

    assert figures(bare.client())["kanban_link_connected", ()] == 1
    bare.store.close()

import pytest
from flask.testing import FlaskClient

from tests.hub.web.ask import order
from tests.hub.web.site import Site

PATH = "/api/v1/stations/paint/commands"


def test_a_command_to_a_station_that_is_heard(site: Site, client: FlaskClient) -> None:
    site.hear("paint")

    told = order(client, PATH, {"command": "identify"})

    assert told == {"sent": True, "online": True, "last_heard_at": "2026-11-23T15:01:14.123000Z"}
    ((station, command),) = site.commands
    assert (station, command.command.value) == ("paint", "identify")


def test_a_station_is_told_to_tell_of_itself_anew(site: Site, client: FlaskClient) -> None:
    site.hear("paint")

    assert order(client, PATH, {"command": "rebirth"})["sent"] is True
    assert [command.command.value for _, command in site.commands] == ["rebirth"]


def test_a_silent_station_is_told_honestly(site: Site, client: FlaskClient) -> None:
    site.hear("paint")
    site.hand.seconds += 100

    assert order(client, PATH, {"command": "self_test"})["online"] is False
    assert order(client, "/api/v1/stations/assembly/commands", {"command": "identify"}) == {
        "sent": True, "online": False, "last_heard_at": None,
    }  # fmt: skip


def test_without_the_broker_nothing_is_sent(site: Site, client: FlaskClient) -> None:
    site.is_connected = False

    assert order(client, PATH, {"command": "identify"})["sent"] is False


@pytest.mark.parametrize(
    "command", ["update", "reboot; rm -rf /", "{{7*7}}", "/bin/sh", "", None, 1, ["identify"]]
)
def test_the_list_is_closed(client: FlaskClient, command: object) -> None:
    order(client, PATH, {"command": command}, 400)


def test_a_station_that_is_not_there(client: FlaskClient) -> None:
    order(client, "/api/v1/stations/nowhere/commands", {"command": "identify"}, 404)

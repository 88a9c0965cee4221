import re

import pytest

from kanban_protocol.endpoint import Endpoint


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("mqtt://broker", Endpoint("broker", 1883)),
        ("mqtt://broker/", Endpoint("broker", 1883)),
        ("mqtt://127.0.0.1:1884", Endpoint("127.0.0.1", 1884)),
        ("mqtt://[::1]:1884", Endpoint("::1", 1884)),
        ("mqtts://broker", Endpoint("broker", 8883, tls=True)),
        ("mqtt://paint:secret@broker", Endpoint("broker", 1883, username="paint", password="secret")),
        ("mqtt://paint@broker", Endpoint("broker", 1883, username="paint")),
        ("mqtt://paint:p%40ss%3A%2F@broker", Endpoint("broker", 1883, username="paint", password="p@ss:/")),
    ],
)
def test_a_url_names_host_port_and_who_connects(url: str, endpoint: Endpoint) -> None:
    assert Endpoint.parse(url) == endpoint


@pytest.mark.parametrize(
    "url",
    [
        "",
        "broker",
        "broker:1883",
        "http://broker",
        "mqtt://",
        "mqtt://:1883",
        "mqtt://broker:0",
        "mqtt://broker:65536",
        "mqtt://broker:-1",
        "mqtt://broker:port",
        "mqtt://broker/topic",
        "mqtt://broker?x=1",
        "mqtt://broker#x",
        "mqtt://[::1",
    ],
)
def test_any_other_url_is_refused_with_a_text_that_says_what_to_write(url: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(url))):
        Endpoint.parse(url)


def test_no_text_for_logs_and_errors_shows_the_password() -> None:
    endpoint = Endpoint.parse("mqtts://paint:secret@broker")
    assert str(endpoint) == "mqtts://broker:8883"
    assert "secret" not in repr(endpoint)


@pytest.mark.parametrize("rest", ["broker/x", "broker:0", "broker:port", "a@broker/x", "#/secret@broker"])
def test_no_error_shows_the_password(rest: str) -> None:
    with pytest.raises(ValueError, match="mqtt") as caught:
        Endpoint.parse(f"mqtt://paint:secret@{rest}")
    assert "secret" not in str(caught.value)


def test_an_ipv6_host_is_written_in_brackets() -> None:
    assert str(Endpoint.parse("mqtt://[::1]:1884")) == "mqtt://[::1]:1884"


@pytest.mark.parametrize(
    ("url", "is_exposed"),
    [
        ("mqtt://127.0.0.1:1883", False),
        ("mqtt://localhost", False),
        ("mqtt://[::1]:1883", False),
        ("mqtts://hub.local", False),
        ("mqtt://hub.local:1883", True),
        ("mqtt://10.0.0.5", True),
    ],
)
def test_only_a_plain_broker_on_another_machine_is_exposed(url: str, is_exposed: bool) -> None:
    assert Endpoint.parse(url).is_exposed is is_exposed

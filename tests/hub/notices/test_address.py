import pytest

from kanban_hub.notices import address
from kanban_hub.notices.errors import UnreachableError


@pytest.mark.parametrize(
    "private",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_what_is_not_the_internet_is_not_public(private: str) -> None:
    assert not address.is_public(private)


@pytest.mark.parametrize(
    "public", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(public: str) -> None:
    assert address.is_public(public)


@pytest.mark.parametrize(
    "wrong",
    [
        "hooks.example", "ftp://hooks.example/", "https:///path", "https://user:word@hooks.example/",
        "https://hooks.example/#part", "https://hooks.example/a b", "https://hooks.example/\r\nX: y",
        "http://hooks.example/", "https://hooks.example:99999/",
    ],
)  # fmt: skip
def test_what_is_no_url_of_a_webhook_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        address.parse(wrong, allow_private=False)


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("https://hooks.example/a?b=c", "hooks.example"),
        ("https://hooks.example:444/a?b=c", "hooks.example:444"),
        ("http://[fd00::1]:8080/a?b=c", "[fd00::1]:8080"),
    ],
)
def test_a_url_falls_into_its_parts(url: str, header: str) -> None:
    target = address.parse(url, allow_private=True)
    assert (target.path, target.host_header) == ("/a?b=c", header)


def test_a_name_without_an_address_is_told() -> None:
    target = address.parse("https://no-such-name.invalid/", allow_private=False)
    with pytest.raises(UnreachableError, match="no address"):
        address.resolve(target, allow_private=False)

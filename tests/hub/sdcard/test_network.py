"""How a station reaches its hub, as netplan takes it."""

import pytest

from kanban_hub.sdcard.network import FixedAddress, Network, Wifi

WIFI = Wifi("Plant", "correct horse", "DE")


@pytest.mark.parametrize(
    ("passphrase", "ssid", "key"),
    [
        ("password", "IEEE", "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e"),
        (
            "ThisIsAPassword",
            "ThisIsASSID",
            "0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af",
        ),
    ],
)
def test_the_key_is_that_of_the_standard(passphrase: str, ssid: str, key: str) -> None:
    """The test vectors of IEEE 802.11i, annex H.4.1."""
    assert Wifi(ssid, passphrase, "DE").key == key


def test_the_password_itself_comes_to_no_card() -> None:
    assert WIFI.passphrase not in str(Network(WIFI).netplan())


def test_without_a_word_the_cable_and_dhcp_serve() -> None:
    assert Network().netplan() == {"version": 2, "ethernets": {"eth0": {"dhcp4": True, "optional": True}}}


def test_a_fixed_address_is_the_wifis_where_there_is_one() -> None:
    fixed = FixedAddress("10.0.0.21/24", "10.0.0.1", ("10.0.0.2",))

    assert Network(WIFI, fixed).netplan() == {
        "version": 2,
        "ethernets": {"eth0": {"dhcp4": True, "optional": True}},
        "wifis": {
            "wlan0": {
                "dhcp4": False,
                "addresses": ["10.0.0.21/24"],
                "routes": [{"to": "default", "via": "10.0.0.1"}],
                "nameservers": {"addresses": ["10.0.0.2"]},
                "optional": True,
                "regulatory-domain": "DE",
                "access-points": {"Plant": {"password": WIFI.key}},
            }
        },
    }


def test_a_hidden_network_is_asked_for_by_its_name() -> None:
    hidden = Network(Wifi("Plant", "correct horse", "DE", is_hidden=True)).netplan()

    assert hidden["wifis"]["wlan0"]["access-points"]["Plant"]["hidden"] is True  # type: ignore[index]


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (Network(Wifi("", "correct horse", "DE")), "a network's name has 1 to 32 bytes, this has 0"),
        (Network(Wifi("ä" * 17, "correct horse", "DE")), "this has 34"),
        (Network(Wifi("Plant", "short", "DE")), "8 to 63 printable ASCII characters"),
        (Network(Wifi("Plant", "pässword!", "DE")), "8 to 63 printable ASCII characters"),
        (Network(Wifi("Plant", "correct horse", "")), "the two capital letters of a country"),
        (Network(fixed=FixedAddress("10.0.0.21")), "with its prefix"),
        (Network(fixed=FixedAddress("10.0.0.300/24")), "with its prefix"),
        (Network(fixed=FixedAddress("10.0.0.21/24", "10.0.1.1")), "not in the network of 10.0.0.21/24"),
        (Network(fixed=FixedAddress("10.0.0.21/24", "router")), "--gateway: 'router' is not an address"),
        (Network(fixed=FixedAddress("10.0.0.21/24", dns=("dns.lan",))), "--dns: 'dns.lan' is not an address"),
    ],
)
def test_what_cannot_be_is_told(network: Network, said: str) -> None:
    (fault,) = network.faults()

    assert said in fault


def test_all_faults_are_told_at_once() -> None:
    assert len(list(Network(Wifi("", "", ""), FixedAddress("x", "y", ("z",))).faults())) == 6

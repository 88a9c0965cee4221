"""The three files that cloud-init reads."""

import json

from kanban_hub.sdcard.card import SdCard, files
from kanban_hub.sdcard.cloudinit import Machine, meta_data, network_config, user_data
from kanban_hub.sdcard.network import Network, Wifi

MACHINE = Machine("kanban-paint", "kanban-paint-1", "Europe/Berlin", ("hub.lan",), Network())


def test_user_data_is_json_behind_the_line_that_cloud_init_looks_for() -> None:
    first, _, rest = user_data(MACHINE).partition("\n")

    assert first == "#cloud-config"
    assert json.loads(rest) == {
        "hostname": "kanban-paint",
        "manage_etc_hosts": True,
        "timezone": "Europe/Berlin",
        "ntp": {"enabled": True, "ntp_client": "systemd-timesyncd", "servers": ["hub.lan"]},
        "users": [],
        "ssh_pwauth": False,
        "package_update": False,
        "bootcmd": [["sh", "/boot/firmware/kanban/firstboot.sh", "start"]],
    }


def test_meta_data_names_this_card_and_no_other() -> None:
    assert json.loads(meta_data(MACHINE)) == {"dsmode": "local", "instance-id": "kanban-paint-1"}


def test_a_name_of_a_network_is_data_whatever_it_holds() -> None:
    name = 'a": {"b\\\t: #ü'
    machine = Machine("h", "i", "UTC", (), Network(Wifi(name, "correct horse", "DE")))

    read = json.loads(network_config(machine))

    assert list(read["network"]["wifis"]["wlan0"]["access-points"]) == [name]
    assert network_config(machine).isascii()


def test_what_starts_the_pi_is_written_after_what_it_starts(card: SdCard) -> None:
    names = list(files(card))

    assert names[-3:] == ["user-data", "meta-data", "network-config"]
    assert "kanban/firstboot.sh" in names

"""The three files that cloud-init reads from the boot partition of Raspberry Pi OS at the first start.

Since the release of November 2025 the image (Trixie) has cloud-init with the source NoCloud at
`/boot/firmware` (RPi-Distro/pi-gen, stage2/04-cloud-init; `seedfrom: file:///boot/firmware` in
`/etc/cloud/cloud.cfg.d/99_raspberry-pi.cfg`). Each file is JSON, which YAML 1.2 contains: no dialect of
quoting can then change what is meant.

cloud-init does little here, so that little has to be right in it: it names the machine, brings up the network
and starts `firstboot.sh`. Why not more:

- `runcmd` runs in cloud-init's last stage, which waits for `multi-user.target`, and that waits for the
  dialogue that asks for a user's name on a screen that is not there (userconf-pi, `userconfig.service`;
  iiab/iiab #4250). `bootcmd` runs before, and at each start, so an interrupted installation goes on.
- A user of `users` would go through `rename-user` of the image, which switches that dialogue on
  (cloudinit/distros/raspberry_pi_os.py); so there is none, and the script makes its own.
- `rpi: interfaces` changes config.txt and restarts the Pi in the middle (cc_raspberry_pi).
"""

import json
from dataclasses import dataclass

from kanban_hub.sdcard.network import Network

# Where the image mounts its boot partition, and where on it everything of ours lies.
BOOT = "/boot/firmware"
FOLDER = "kanban"


@dataclass(frozen=True)
class Machine:
    """What makes this Pi different from all others before it has joined.

    `instance` is unique for each card that is written: cloud-init takes what it has seen for done.
    """

    hostname: str
    instance: str
    timezone: str
    ntp: tuple[str, ...]
    network: Network


def user_data(machine: Machine) -> str:
    """cloud-init's reference of modules, docs.cloud-init.io: a `#cloud-config` of keys."""
    config = {
        "hostname": machine.hostname,
        "manage_etc_hosts": True,
        "timezone": machine.timezone,
        # systemd-timesyncd is in the image; another client would have to be installed from the network.
        "ntp": {"enabled": True, "ntp_client": "systemd-timesyncd", "servers": list(machine.ntp)},
        "users": [],
        "ssh_pwauth": False,
        "package_update": False,
        "bootcmd": [["sh", f"{BOOT}/{FOLDER}/firstboot.sh", "start"]],
    }
    return "#cloud-config\n" + _json(config)


def meta_data(machine: Machine) -> str:
    """`dsmode: local`: everything is here, so nothing waits for a network to read it."""
    return _json({"dsmode": "local", "instance-id": machine.instance})


def network_config(machine: Machine) -> str:
    return _json({"network": machine.network.netplan()})


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=True) + "\n"

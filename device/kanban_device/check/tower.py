"""The signal tower on the network: whether it can be reached. What it shows is tried by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from kanban_device.check import network
from kanban_device.check.finding import Finding
from kanban_device.check.network import Target
from kanban_device.check.scene import Scene

PNS = "Switch PNS commands on at the tower's own page, or take status_port out of the file"
START = "Switch HTTP command control on at the tower's own page"


def look(scene: Scene) -> Iterator[Finding]:
    wiring = scene.config.hardware.network_lamp
    if wiring is None:
        return
    tower = Target("network-lamp", wiring.url, START)
    way = list(network.reach(tower, datetime.now(UTC)))
    yield from way
    if wiring.status_port is not None and not way[-1].is_bad:
        told, sock = network.connect(
            replace(tower, url=f"tcp://{tower.host}:{wiring.status_port}", start=PNS)
        )
        yield told
        if sock is not None:
            sock.close()

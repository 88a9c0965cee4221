"""The whole way to the hub: certificate, broker, heartbeat, station door. Each way ends where it breaks."""

from collections.abc import Iterator
from datetime import UTC, datetime

from kanban_device.check import broker, certificate, network
from kanban_device.check.finding import Finding
from kanban_device.check.network import Target
from kanban_device.check.scene import Scene
from kanban_device.clock import Clock

BROKER = "Start the broker on that machine, and let it listen on the network (listener in mosquitto.conf)"
EXPOSED = "Everybody in that network can read and forge signals: join the station, and write mqtts://"
DOOR = "Start the hub with its station door: kanban-hub run --door HOST:PORT"


def look(scene: Scene, clock: Clock) -> Iterator[Finding]:
    now = datetime.fromtimestamp(clock.stamp(clock.now_s()).wall_ms / 1000, UTC)
    yield from certificate.look(scene, now)
    if scene.config.broker.is_exposed:
        yield Finding("broker", f"{scene.config.broker} is without TLS", EXPOSED)
    way = list(network.reach(_broker(scene), now))
    yield from way
    if not way[-1].is_bad:
        yield from broker.look(scene)
    if scene.config.hub is not None:
        door = Target("door", scene.config.hub.url, DOOR, scene.config.door_ca)
        yield from network.reach(door, now)


def _broker(scene: Scene) -> Target:
    endpoint = scene.config.endpoint
    return Target("broker", str(endpoint), BROKER, endpoint.ca, endpoint.certificate, endpoint.key)

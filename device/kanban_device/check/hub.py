"""The whole way to the hub: certificate, name, connection, TLS, broker, heartbeat. It ends at a break."""

from collections.abc import Iterator
from datetime import UTC, datetime

from kanban_device.check import broker, certificate, network
from kanban_device.check.finding import Finding
from kanban_device.check.scene import Scene
from kanban_device.clock import Clock


def look(scene: Scene, clock: Clock) -> Iterator[Finding]:
    now = datetime.fromtimestamp(clock.stamp(clock.now_s()).wall_ms / 1000, UTC)
    yield from certificate.look(scene, now)
    for finding in _way(scene, now):
        yield finding
        if finding.is_bad:
            return


def _way(scene: Scene, now: datetime) -> Iterator[Finding]:
    endpoint = scene.config.endpoint
    yield network.resolve(endpoint)
    found, sock = network.connect(endpoint)
    yield found
    if sock is None:
        return
    with sock:
        if endpoint.tls:
            yield from network.handshake(endpoint, sock, now)
    yield from broker.look(scene)

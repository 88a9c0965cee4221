"""The wall clock: set or not, and whether anything keeps it right."""

from collections.abc import Iterator

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_device.clock import Clock
from kanban_protocol.signals import Clock as ClockQuality

SERVICES = ("systemd-timesyncd", "chronyd", "ntpd", "ntpd-rs", "openntpd")
INSTALL = "sudo apt install systemd-timesyncd && sudo timedatectl set-ntp true"
SERVERS = "Name a server that it reaches, as the hub, in /etc/systemd/timesyncd.conf: NTP=hub.local"


def look(scene: Scene, clock: Clock) -> Iterator[Finding]:
    quality = clock.stamp(clock.now_s()).clock
    service = scene.machine.runs(*SERVICES)
    if quality is ClockQuality.SYNC:
        yield Finding("clock", f"sync{f', by {service}' if service else ''}")
        return
    text = f"{quality}: {f'{service} runs, but has reached no server' if service else 'no time service runs'}"
    remedy = SERVERS if service else INSTALL
    if quality is ClockQuality.UNSET and scene.config.endpoint.tls:
        yield fail("clock", text, f"{remedy}; with a year so old no certificate is valid")
    else:
        yield Finding("clock", text, f"{remedy}; signals count in order meanwhile, their times may be wrong")

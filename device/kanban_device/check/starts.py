"""What the station leaves off because its starts have failed again and again."""

from collections.abc import Iterator

from kanban_device import service
from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene


def look(scene: Scene) -> Iterator[Finding]:
    if level := service.read(scene.config.data).level:
        again = "with everything again: sudo systemctl restart kanban-station"
        remedy = f"See why: journalctl -u kanban-station; {again}"
        yield fail("starts", f"they have failed again and again: {level.text}", remedy)

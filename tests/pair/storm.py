"""A broker in a storm: what it should deliver comes now, twice, later or never."""

import random
from dataclasses import dataclass, field

from tests.fakes.link import FakeLink, InMemoryBroker

FATES = ("now", "now", "twice", "late", "never")


@dataclass
class StormyBroker(InMemoryBroker):
    """`is_calm` delivers all in order. What is retained is kept in any weather, as a broker does."""

    weather: random.Random = field(default_factory=lambda: random.Random(0))
    is_calm: bool = True
    held: list[tuple[FakeLink, str, bytes]] = field(default_factory=list)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        if self.is_calm:
            super().publish(topic, payload, retain=retain)
            return
        if retain:
            self.retained[topic] = payload
        for link in list(self.links):
            self._deliver(link, topic, payload)

    def blow(self) -> None:
        """What was late comes, in any order; what was for a connection that is gone does not."""
        held, self.held = self.held, []
        self.weather.shuffle(held)
        for link, topic, payload in held:
            link.deliver(topic, payload, retained=False)

    def _deliver(self, link: FakeLink, topic: str, payload: bytes) -> None:
        fate = self.weather.choice(FATES)
        if fate == "late":
            self.held.append((link, topic, payload))
        for _ in range({"now": 1, "twice": 2}.get(fate, 0)):
            link.deliver(topic, payload, retained=False)

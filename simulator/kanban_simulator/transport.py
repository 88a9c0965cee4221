"""The containers between two stations. Pure: what is shipped arrives some time later."""

from kanban_simulator.world import CardSeen, World

IN_TRANSIT = "in_transit"


class Transport:
    """Knows since when each container travels, and which of the arrived have been scanned."""

    def __init__(self, travel_s: float, rescan_s: float) -> None:
        self._travel_s = travel_s
        self._rescan_s = rescan_s
        self._due_s: dict[str, float] = {}

    def look(self, world: World, now_s: float) -> None:
        """Take note of what has left and of what has been received."""
        under_way = [card.id for card in world.cards if card.state == IN_TRANSIT]
        self._due_s = {card: self._due_s.get(card, now_s + self._travel_s) for card in under_way}

    def arrived(self, world: World, loop: str, now_s: float) -> CardSeen | None:
        """A container that waits at the consumer of `loop` to be scanned."""
        cards = world.cards_in(loop, IN_TRANSIT)
        return next((card for card in cards if now_s >= self._due_s.get(card.id, now_s + 1)), None)

    def scanned(self, card: CardSeen, now_s: float) -> None:
        """It has been scanned; if the scan did nothing, somebody tries again later."""
        self._due_s[card.id] = now_s + self._rescan_s

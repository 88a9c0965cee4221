"""Cards by something else than their number: void ones are many, and are not looked through."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from kanban_hub.domain.card import Card


class CardIndex:
    """The cards under each value of `key`; a card without one is in no place."""

    def __init__(self, key: Callable[[Card], str | None]) -> None:
        self._key = key
        self._cards: defaultdict[str, dict[str, Card]] = defaultdict(dict)

    def put(self, card: Card, before: Card | None) -> None:
        """Keep `card` in the place of `before`, which was the same card."""
        known = self._key(before) if before is not None else None
        if known is not None:
            del self._cards[known][card.id]
            if not self._cards[known]:
                del self._cards[known]
        key = self._key(card)
        if key is not None:
            self._cards[key][card.id] = card

    def under(self, key: str) -> Iterable[Card]:
        """The cards, by number."""
        return sorted(self._cards.get(key, {}).values(), key=lambda card: (card.loop, card.number))


def last_signal(card: Card) -> str | None:
    return card.last.signal if card.last is not None else None


def replaced(card: Card) -> str | None:
    return card.replaces

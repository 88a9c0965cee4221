"""How far each outbox epoch is here without a gap. Pure."""

from collections.abc import Iterable

Epoch = tuple[str, str]  # station, epoch


class Progress:
    """Counts sequence numbers in any order; `contiguous` is the last below which none is missing."""

    def __init__(
        self, contiguous: dict[Epoch, int] | None = None, beyond: Iterable[tuple[str, str, int]] = ()
    ) -> None:
        self.contiguous = dict(contiguous or {})
        self._beyond: dict[Epoch, set[int]] = {}
        for station, epoch, seq in beyond:
            self._beyond.setdefault((station, epoch), set()).add(seq)
        for epoch_key in list(self._beyond):
            self._close(epoch_key)

    def add(self, station: str, epoch: str, seq: int) -> None:
        """Number `seq` is here, taken or refused."""
        key = (station, epoch)
        if seq > self.contiguous.get(key, 0):
            self._beyond.setdefault(key, set()).add(seq)
            self._close(key)

    def of_station(self, station: str) -> dict[str, int]:
        return {epoch: number for (owner, epoch), number in self.contiguous.items() if owner == station}

    def _close(self, key: Epoch) -> None:
        # Put in again, so that the epochs stand in the order in which they were last heard.
        number, beyond = self.contiguous.pop(key, 0), self._beyond[key]
        while number + 1 in beyond:
            number += 1
            beyond.remove(number)
        self.contiguous[key] = number

"""Signals with somebody who waits for the words on them: by HTTP they come so."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from kanban_hub.inbox import Delivery, Word


@dataclass(frozen=True)
class Handed:
    """The words on `deliveries` are the answer, and go nowhere else."""

    deliveries: tuple[Delivery, ...]
    answer: Future[list[Word]]

    def is_awaited(self) -> bool:
        """Whether somebody still waits; from then on he cannot give up any more."""
        return self.answer.set_running_or_notify_cancel()

    def fail(self, error: Exception) -> None:
        self.answer.set_exception(error)


def give_back(words: Sequence[Word], waiting: Sequence[Handed]) -> list[Word]:
    """Give everybody who waits the words on his own deliveries; the others are returned.

    Told apart by identity: the same bytes may come twice at one instant.
    """
    whose = {id(delivery): handed for handed in waiting for delivery in handed.deliveries}
    for handed in waiting:
        handed.answer.set_result([word for word in words if whose.get(id(word.delivery)) is handed])
    return [word for word in words if id(word.delivery) not in whose]

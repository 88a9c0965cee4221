"""What can be wrong with a card that is to become a station."""

from collections.abc import Sequence

from kanban_hub.errors import HubError


class CardError(HubError):
    """The card was not written. Carries every fault that was found, each with what to do about it."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = f"{len(faults)} faults, and nothing was written:\n" if len(faults) > 1 else ""
        super().__init__(more + "\n".join(f"- {fault}" if more else fault for fault in faults))
        self.faults = tuple(faults)

"""Why a notice did not arrive. The texts are shown: they hold no secret, no address and no path of a URL."""

from kanban_hub.errors import HubError


class DeliveryError(HubError):
    """Never raised itself."""


class UnreachableError(DeliveryError):
    """The receiver cannot be reached, so nothing else for it can be delivered now either."""


class RejectedError(DeliveryError):
    """The receiver did not take this notice; it may take it later."""


class RefusedForGoodError(DeliveryError):
    """The notice will not be taken, however often it is sent."""

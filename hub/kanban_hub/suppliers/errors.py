"""What can go wrong with a supplier's link."""

from kanban_hub.errors import HubError


class LinkError(HubError):
    """Never raised itself."""


class NotExternalError(LinkError):
    """A link is for those who have no station in the plant."""

    def __init__(self, station: str) -> None:
        super().__init__(f"{station} is not an external supplier: its plant file says no `external = true`")
        self.station = station


class UnknownLinkError(LinkError):
    def __init__(self, link: str) -> None:
        super().__init__(f"no link {link}: `kanban-hub link list` shows those that there are")
        self.link = link

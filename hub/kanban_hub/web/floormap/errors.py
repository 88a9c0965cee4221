"""What cannot be done on the map. The texts are for people."""

from kanban_hub.errors import HubError


class MapError(HubError):
    """Something typed in or chosen on the map that cannot be."""

"""What the web needs of a provider; the one that speaks to it is built only where one is configured."""

from typing import Protocol

from kanban_hub.oidc.identity import Identity
from kanban_hub.oidc.login import LogIn


class Provider(Protocol):
    """`back` is the hub's own address to which the provider sends a browser."""

    @property
    def name(self) -> str: ...

    @property
    def hub_url(self) -> str:
        """Where people reach the hub; empty: as they do."""
        ...

    def address(self, log_in: LogIn, back: str) -> str:
        """Where a browser is sent to log in. Raises `ProviderAwayError`."""
        ...

    def identity(self, log_in: LogIn, code: str, back: str) -> Identity:
        """Who it was. Raises an `OidcError`."""
        ...

    def log_out_address(self, back: str) -> str | None:
        """Where a person logs out at the provider too; `None` where that is not known to be possible."""
        ...

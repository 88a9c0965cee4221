"""What identities need of a store."""

from contextlib import AbstractContextManager
from typing import Protocol

from kanban_hub.accounts.account import AccessEntry
from kanban_hub.domain.plant import Plant
from kanban_hub.identity.record import Certificate, JoinCode


class IdentityBook(Protocol):
    """Codes and certificates, in one transaction. Entries of the access log go with them."""

    def plant(self) -> Plant | None: ...

    def codes(self, station: str | None = None) -> list[JoinCode]:
        """Newest first; of `station` or of all."""
        ...

    def save_code(self, code: JoinCode) -> None: ...

    def certificates(self, station: str | None = None) -> list[Certificate]:
        """In the same way."""
        ...

    def certificate(self, serial: str) -> Certificate | None: ...

    def mark(self) -> tuple[int, int, int]:
        """Changes with every certificate that is made, revoked or cut: their numbers."""
        ...

    def save_certificate(self, certificate: Certificate) -> None: ...

    def note(self, entry: AccessEntry) -> None:
        """Add to the access log."""
        ...


class IdentityStore(Protocol):
    """Raises `StoreError` when it cannot be read or written."""

    def identities(self, *, writes: bool = True) -> AbstractContextManager[IdentityBook]:
        """Commits when the block ends, rolls back when it raises. Without `writes` it is only looked at."""
        ...

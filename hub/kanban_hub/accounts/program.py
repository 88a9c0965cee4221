"""What a program bears instead of logging in."""

from dataclasses import dataclass

from kanban_hub.accounts.account import AccountRole


@dataclass(frozen=True)
class Token:
    """`digest` is the hash of what the program bears. `station` is the one that the role supplier is for.

    `seen_ms` is when it was last used, to the minute.
    """

    id: str
    name: str
    roles: frozenset[AccountRole]
    digest: str
    made_ms: int
    expires_ms: int
    station: str | None = None
    revoked_ms: int | None = None
    seen_ms: int | None = None

    def is_good(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms < self.expires_ms

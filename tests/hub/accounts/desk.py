"""Accounts on a store in memory, with a clock that goes on only when told."""

from dataclasses import dataclass, field

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.register import Register, Wanted
from kanban_hub.accounts.sessions import Sessions
from tests.fakes.store import InMemoryStore

QUICK = Hashing("scrypt:128:8:1")
PASSWORD = "four lit lamps"
HOME = "10.0.0.7"


@dataclass
class Desk:
    now_s: float = 1_000_000.0
    store: InMemoryStore = field(default_factory=InMemoryStore)

    def __post_init__(self) -> None:
        self.register = Register(self.store, QUICK, self.now_ms)
        self.sessions = Sessions(self.store, QUICK, self.now_ms, lambda: self.now_s)

    def now_ms(self) -> int:
        return int(self.now_s * 1000)

    def later(self, seconds: float) -> None:
        self.now_s += seconds

    def add(self, name: str, *roles: AccountRole, station: str | None = None) -> None:
        """An account with `PASSWORD`."""
        link = self.register.add(name, Wanted(roles or (AccountRole.SUPERVISOR,), station), by=None)
        self.register.accept(link, "", (PASSWORD, PASSWORD))

    def log_in(self, name: str = "anna", password: str = PASSWORD, address: str = HOME) -> str:
        return self.sessions.log_in(name, password, address)

    def is_in(self, session: str) -> bool:
        return self.sessions.account(session) is not None

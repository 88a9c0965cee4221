"""What can go wrong with accounts. The texts are for people."""

from kanban_hub.errors import HubError
from kanban_hub.language import _


class AccountError(HubError):
    """Never raised itself."""


class LogInError(AccountError):
    """Unknown, disabled, without a password, wrong password: one and the same to whoever tries."""

    def __init__(self) -> None:
        super().__init__(_("This name and password do not fit."))


class TooManyTriesError(AccountError):
    def __init__(self) -> None:
        super().__init__(_("This was tried too often. Wait a minute, then try again."))


class InvitationError(AccountError):
    """Unknown, used and expired are one and the same."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work, or not any more. Ask for a new one."))


class PasswordError(AccountError):
    """A password that cannot be taken."""


class AccountFaultError(AccountError):
    """An account that cannot be as it is wanted."""


class UnknownAccountError(AccountError):
    def __init__(self, name: str) -> None:
        super().__init__(_("There is no account %(name)s.") % {"name": name[:50]})
        self.name = name

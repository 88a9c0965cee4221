"""What can go wrong with a log-in at a provider. The texts are for people; the log says what exactly."""

from kanban_hub.accounts.errors import AccountError


class OidcError(AccountError):
    """Never raised itself."""


class ProviderAwayError(OidcError):
    """The provider cannot be reached, or what it says cannot be used."""


class AnswerError(OidcError):
    """What came back is not the answer to the log-in that this browser began."""


class NoRoleError(OidcError):
    """The provider knows the person, and nothing of what it says gives a role here."""

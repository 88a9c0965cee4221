"""Why a supplier gets a page that says no."""

from kanban_hub.language import _


class PageError(Exception):
    """`status` is HTTP's, `reason` is what it is counted by; the text is for the supplier."""

    status = 400
    reason = "entry"


class BadLinkError(PageError):
    """Unknown, expired and revoked links are one and the same to whoever holds them."""

    status = 404
    reason = "bad_link"

    def __init__(self) -> None:
        super().__init__(_("This link does not work. Ask the person at the plant who sent it for a new one."))


class TooOftenError(PageError):
    status = 429
    reason = "too_often"

    def __init__(self) -> None:
        super().__init__(_("This was tried too often. Wait a minute, then try again."))


class ForeignFormError(PageError):
    """The form was not sent by a page of this hub, or lay open for too long."""

    status = 403
    reason = "foreign_form"

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was done: this page was open for too long. Look at it anew and try again.")
        )


class WrongEntryError(PageError):
    """Something that was typed in cannot be."""


class PastError(PageError):
    """The answer is about a request that is no longer there."""

    status = 409
    reason = "past"

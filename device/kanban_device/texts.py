"""What the station says on its own display, in the language of its operators."""

from pathlib import Path

from kanban_protocol.catalogue import N_, SOURCE, catalogue
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import Intent

FOLDER = Path(__file__).parent / "locale"
NOT_NOW = N_("Quality fail: not now")
HUB_SILENT = N_("No word from the hub")
CERTIFICATE_OVER = N_("Certificate ended: call service. Presses are kept")
_ARMED: dict[Intent, str] = {
    Intent.FAIL: N_("Quality fail: press the item or scan the card"),
    Intent.UNDO: N_("Take back: scan the card"),
    Intent.RECEIVE: N_("Receive: scan the card"),
}


class Texts:
    """The texts of one language. What has no translation is said in English."""

    def __init__(self, language: str = SOURCE) -> None:
        self._catalogue = catalogue(FOLDER, language)

    def refusal(self, reason: Refusal) -> str:
        return self._catalogue.gettext(TEXTS[reason])

    def armed(self, intent: Intent) -> str:
        """What the next press or scan will mean."""
        return self._catalogue.gettext(_ARMED[intent])

    def not_now(self) -> str:
        """The quality fail was begun and is not meant after all."""
        return self._catalogue.gettext(NOT_NOW)

    def certificate_over(self) -> str:
        """The broker lets the station in no more."""
        return self._catalogue.gettext(CERTIFICATE_OVER)

    def salvaged(self, count: int) -> str:
        """The store was damaged; so many signals were saved."""
        text = self._catalogue.ngettext(
            "Store was damaged: %(count)s signal saved", "Store was damaged: %(count)s signals saved", count
        )
        return text % {"count": count}

    def hub_silent(self) -> str:
        """Nothing is known from the hub: what stands below may be old."""
        return self._catalogue.gettext(HUB_SILENT)

    def waiting(self, count: int) -> str:
        """So many signals are stored here and wait for the hub."""
        text = self._catalogue.ngettext(
            "%(count)s signal waits for the hub", "%(count)s signals wait for the hub", count
        )
        return text % {"count": count}

    def status(self, status: str) -> str:
        """The hub's word on a signal, where it says nothing else."""
        return self._catalogue.gettext(_STATUSES[status])


_STATUSES = {"accepted": N_("Accepted"), "already": N_("Already"), "refused": N_("Refused")}

"""Where a mail is to bear a supplier's addresses. They are put in when it is sent, and stand in no database.

Whoever reads the queue of notices could otherwise answer for the supplier; and a link that was taken back
since is not sent any more.
"""

import re
from dataclasses import dataclass

from kanban_hub.clock import SteadyClock
from kanban_hub.language import _, spoken
from kanban_hub.ports import Store, SupplierLink
from kanban_hub.suppliers.addresses import page_url, reply_links
from kanban_hub.suppliers.links import good_link
from kanban_hub.suppliers.signing import Answer, Signer
from kanban_protocol.catalogue import SOURCE

PAGE = "<page>"
_MARK = re.compile(rf"<page>|<reply ([a-z0-9-]{{1,40}}) (\d{{1,15}}) ({'|'.join(Answer)})>")


def reply_mark(card: str, asked_ms: int, answer: Answer) -> str:
    """Where the address of one answer about a card stands, and since when that is asked for."""
    return f"<reply {card} {asked_ms} {answer.value}>"


def without_marks(text: str, _station: str) -> str:
    """`text` without the lines that were to bear an address."""
    return "".join(line for line in text.splitlines(keepends=True) if not _MARK.search(line))


@dataclass(frozen=True)
class MailLinks:
    """Puts addresses in. `public_url` is empty where nobody outside reaches the hub: then there are none."""

    store: Store
    clock: SteadyClock
    signer: Signer
    public_url: str

    def filled(self, text: str, station: str) -> str:
        """`text` with the addresses of the newest good link of `station`; without one it says so."""
        link = self._newest(station) if self.public_url else None
        if link is None:
            said = (
                _("Ask the plant for a link to your page: none is good now.") + "\n"
                if self.public_url
                else ""
            )
            return without_marks(text, station) + said
        return _MARK.sub(lambda found: self._address(link.id, found), text)

    def _newest(self, station: str) -> SupplierLink | None:
        with self.store.view() as view:
            known = [link for link in view.links() if link.station == station]
        now_ms = self.clock.now_ms()
        good = (link for link in reversed(known) if good_link(self.store, link.id, now_ms))
        return next(good, None)

    def _address(self, link: str, found: re.Match[str]) -> str:
        if found[0] == PAGE:
            return _in_language(page_url(self.public_url, self.signer, link))
        request = found[1], int(found[2])
        return _in_language(reply_links(self.public_url, self.signer, link, request)[Answer(found[3])])


def _in_language(address: str) -> str:
    """The page that a mail leads to speaks as the mail does."""
    return address if spoken() == SOURCE else f"{address}?language={spoken()}"

"""The address of a card's page, as its QR code says it: a phone opens it, and a scanner reads the number in
it. In upper case a QR code needs only its alphanumeric mode and stays small (ISO/IEC 18004, 7.4.4).
"""

import re

from kanban_hub.labels.check import checked, is_checked

PATH = "/C/"

# Any host: the hub may have moved since the card was printed. The number has its check characters.
_LINK = re.compile(r"HTTPS?://[^/\s]{1,80}/C/([A-Z0-9.]{1,48})", re.IGNORECASE)


def link(address: str, card: str) -> str:
    """The address of `card` at the hub at `address`, such as `http://hub:8080`."""
    return address.rstrip("/").upper() + PATH + checked(card)


def number_in(code: str) -> str | None:
    """The number at the end of such an address, with right or wrong check characters; else `None`.

    Addresses that other people print on their labels may look much the same.
    """
    found = _LINK.fullmatch(code)
    return found[1] if found and is_checked(found[1]) else None

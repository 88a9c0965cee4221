"""Passwords are kept as scrypt hashes, by Werkzeug, which compares in constant time."""

import secrets
import threading
import unicodedata
from dataclasses import dataclass, field

from werkzeug.security import check_password_hash, generate_password_hash

from kanban_hub.accounts.errors import PasswordError
from kanban_hub.language import _

# N=2^15, r=8, p=3: 32 MiB and 0.3 s on a desk machine, one of the equal choices of OWASP's Password Storage
# Cheat Sheet; N=2^17 with p=1 would take 128 MiB, which a Raspberry Pi feels.
METHOD = "scrypt:32768:8:3"
# So many hashes are made at a time; without it every thread of the server could hold 32 MiB at once.
AT_ONCE = 2
# NIST SP 800-63B §3.1.1.2 asks for length and for nothing else: no rules of composition, no expiry.
LEAST = 10
MOST = 200


@dataclass(frozen=True)
class Hashing:
    """`method` is Werkzeug's, with its parameters; each hash names its own."""

    method: str = METHOD
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))

    def hashed(self, password: str) -> str:
        with self._room:
            return generate_password_hash(_plain(password), self.method)

    def nobodys(self) -> str:
        """What no password fits, and to find that out takes as long as with any other."""
        return f"{self.method}${secrets.token_hex(8)}${secrets.token_hex(64)}"

    def fits(self, password: str, known: str) -> bool:
        with self._room:
            return check_password_hash(known, _plain(password))


def check(password: str, again: str, name: str) -> None:
    """Raise a `PasswordError` for what is no password for the account `name`."""
    if password != again:
        raise PasswordError(_("The two passwords are not the same."))
    if not LEAST <= len(password) <= MOST:
        text = _("A password has %(least)s to %(most)s signs: three or four words are easy to keep.")
        raise PasswordError(text % {"least": LEAST, "most": MOST})
    if name in password.lower() or len(set(password)) < LEAST // 2:
        raise PasswordError(_("This password is too easy to guess: take three or four words."))


def _plain(password: str) -> str:
    """One form of letters with marks, whatever keyboard they were typed on; cut to bound the work."""
    return unicodedata.normalize("NFKC", password[: MOST + 1])

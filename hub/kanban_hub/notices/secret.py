"""Secrets, read from files of their own at each use: kept nowhere, and changed without a restart."""

import base64
import binascii
import stat
from collections.abc import Callable
from pathlib import Path

from kanban_hub.notices.errors import UnreachableError

Reader = Callable[[str], object]

MOST_BYTES = 4_096
PREFIX = "whsec_"
# What Standard Webhooks asks of a key for HMAC-SHA256 (standardwebhooks.com, "Signature scheme").
KEY_BYTES = range(24, 65)


def read(path: str) -> str:
    """The text of the file, without white space around it. Raises `UnreachableError`."""
    file = Path(path)
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="utf-8") if file.stat().st_size <= MOST_BYTES else ""
    except OSError as error:
        raise UnreachableError(f"the secret's file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreachableError("the secret's file is not UTF-8") from None
    if mode & (stat.S_IRWXO):
        raise UnreachableError("the secret's file can be read by everybody: chmod 600")
    if not text.strip():
        raise UnreachableError(f"the secret's file is empty, or longer than {MOST_BYTES} bytes")
    return text.strip()


def signing_key(path: str) -> bytes:
    """The key of a webhook, written `whsec_` and base64. Raises `UnreachableError`."""
    text = read(path)
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not text.startswith(PREFIX) or len(key) not in KEY_BYTES:
        raise UnreachableError(f"the secret is not {PREFIX} and 24 to 64 bytes in base64")
    return key

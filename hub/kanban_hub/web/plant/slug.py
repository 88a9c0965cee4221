"""Ids made from names, so that nobody has to think of one."""

import re
import unicodedata
from collections.abc import Collection

from kanban_protocol.ids import is_name

LENGTH_MOST = 32
# What has no plain letter inside it by Unicode's decomposition.
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "đ": "d"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def slug(name: str, taken: Collection[str] = (), otherwise: str = "id") -> str:
    """An id for `name` that is not `taken`; `otherwise` stands for a name without a Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name.translate(_GERMAN).translate(_LETTERS)).casefold()
    found = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    found = found[:LENGTH_MOST].strip("-") or otherwise
    if found not in taken and is_name(found):
        return found
    number = 2
    while (numbered := f"{found[: LENGTH_MOST - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return numbered

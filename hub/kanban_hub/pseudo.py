"""A made-up language, for whoever builds pages: what is not in brackets has no translation.

Its texts are as much longer as German ones tend to be, so what does not fit shows too.
"""

import re
from gettext import NullTranslations

LANGUAGE = "qps"
FIRST, LAST = "⟦", "⟧"
_LONGER = 0.35
_ACCENTS = str.maketrans("aceilnosuyzACEILNOSUYZ", "àçéïłñöšûÿžÀÇÉÏŁÑÖŠÛŸŽ")
# What a text keeps as it is: places for values, markup, escapes of characters.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")


class PseudoTranslations(NullTranslations):
    """Every text in brackets, with accents, longer."""

    def gettext(self, message: str) -> str:
        pieces = _KEPT.split(message)
        worded = "".join(piece if n % 2 else piece.translate(_ACCENTS) for n, piece in enumerate(pieces))
        return f"{FIRST}{worded}{'~' * round(len(message) * _LONGER)}{LAST}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

"""The languages that people are spoken to in. Each component keeps its texts in its own folder `locale`."""

import gettext
from functools import cache
from pathlib import Path

DOMAIN = "messages"
SOURCE = "en"
# Each by its own name, as whoever looks for it reads it.
LANGUAGES = {SOURCE: "English", "de": "Deutsch", "es": "Español", "pl": "Polski", "zh": "中文"}


@cache
def catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    """The texts of the component whose `locale` is `folder`, in `language`; what has none stays English.

    A language without a catalogue of its own is spoken in English.
    """
    return gettext.translation(DOMAIN, folder, [language], fallback=True)


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext's tools know it
    """`text` as it is: marked for the catalogues, and translated where it is shown."""
    return text

"""The language that is spoken just now: set for a request, a letter or a display."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from kanban_hub.pseudo import LANGUAGE as PSEUDO
from kanban_hub.pseudo import PseudoTranslations
from kanban_protocol.catalogue import N_, SOURCE, catalogue

__all__ = ["N_", "_", "ngettext", "speak", "speaking", "spoken"]

FOLDER = Path(__file__).parent / "locale"
_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def _(text: str) -> str:
    """`text` in the language that is spoken."""
    return _texts().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form for `count` things; languages have up to three."""
    return _texts().ngettext(one, many, count)


def spoken() -> str:
    """The language that is spoken, by its code."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak `language` from now on, in this thread."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def _texts() -> NullTranslations:
    return _texts_of(_spoken.get())


@cache  # a board asks some thousand times, and a path is slow to hash
def _texts_of(language: str) -> NullTranslations:
    return _PSEUDO if language == PSEUDO else catalogue(FOLDER, language)


_PSEUDO = PseudoTranslations()

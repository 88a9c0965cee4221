"""How a reader wants the pages: language and theme, kept by the browser and by nothing else."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from flask import Flask, Request, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from kanban_hub.language import N_, _, ngettext, speak
from kanban_hub.pseudo import LANGUAGE as PSEUDO
from kanban_hub.web import words
from kanban_hub.web.cookies import remember
from kanban_protocol.catalogue import LANGUAGES, SOURCE

LANGUAGE, THEME = "kanban_language", "kanban_theme"
# Words that templates look up by what they name.
WORDS = {"role_word": words.role, "pattern_word": words.pattern, "place_word": words.place}
# The empty theme is the one of the reader's device.
THEMES = {"": N_("as the device"), "light": N_("light"), "dark": N_("dark"), "wall": N_("wall")}


def install(app: Flask) -> None:
    """Let every request of `app` be answered in its reader's language."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # "newstyle": the places in a text are filled, and escaped, by the template.
    app.jinja_env.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    app.jinja_env.globals |= WORDS
    app.before_request(lambda: speak(language_of(request)))


def language_of(asked: Request) -> str:
    """What the reader has chosen, else the first that the browser asks for and that is spoken here."""
    chosen = asked.args.get("language") or asked.cookies.get(LANGUAGE, "")
    if chosen in LANGUAGES or chosen == PSEUDO:
        return chosen
    return _first_spoken(asked.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)  # browsers send few different ones, and screens each many times
def _first_spoken(accepted: str) -> str:
    return parse_accept_header(accepted, LanguageAccept).best_match(list(LANGUAGES)) or SOURCE


def theme_of(asked: Request) -> str:
    return _known(asked.args.get("theme") or asked.cookies.get(THEME, ""), THEMES)


def keep(response: Response, wished: Mapping[str, str]) -> None:
    """Let the browser keep the `language` and the `theme` that are wished for."""
    remember(response, LANGUAGE, _known(wished.get("language", ""), LANGUAGES))
    remember(response, THEME, _known(wished.get("theme", ""), THEMES))


def _known(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""

"""What a wall display is told with the answers that it asks for anyway: one header, no stream of its own."""

import zlib
from urllib.parse import quote

from flask import Response, request

from kanban_hub.ports import ScreenLink
from kanban_hub.web import preferences
from kanban_hub.web.assets import version
from kanban_hub.web.parts import WebParts
from kanban_hub.web.screens.desk import TOLD_FOR_S, Seen, Telling

# "1795446074123 identify A3F9": a number, what to do, and with what.
HEADER = "X-Kanban-Screen"
SHOWN_HEADER = "X-Kanban-Shown"
PATH_MOST = 200


def attend(parts: WebParts, response: Response) -> None:
    """Note that the screen which asks is there, and tell it what it is to do."""
    screen = parts.caller.screen
    if screen is None:
        return
    now_s = parts.presence.now_s()
    path = request.full_path.rstrip("?")[:PATH_MOST]
    shown = request.headers.get(SHOWN_HEADER, version())[:16]
    parts.screens.hear(screen.id, Seen(now_s, path, request.remote_addr or "", shown))
    telling = parts.screens.telling(screen.id, now_s)
    if telling is not None:
        response.headers[HEADER] = f"{telling.number} {telling.order}"
    if _is_set_otherwise(screen):
        preferences.keep(response, {"language": screen.language or "", "theme": screen.theme or ""})
        wanted = f"{screen.language} {screen.theme}".encode()
        response.headers[HEADER] = f"{zlib.crc32(wanted)} reload"


def identify(parts: WebParts, screen: ScreenLink) -> None:
    """Let it show its name, large."""
    _tell(parts, screen, f"identify {screen.name}")


def reload(parts: WebParts, screen: ScreenLink) -> None:
    _tell(parts, screen, "reload")


def go(parts: WebParts, screen: ScreenLink) -> None:
    """Let it open what it is to show now."""
    _tell(parts, screen, f"go {quote(target_of(screen), safe='/?=&%-._~')}")


def target_of(screen: ScreenLink) -> str:
    return screen.target or "/?wall=1"


def _tell(parts: WebParts, screen: ScreenLink, order: str) -> None:
    until_s = parts.presence.now_s() + TOLD_FOR_S
    parts.screens.tell(screen.id, Telling(parts.clock.now_ms(), order, until_s))
    parts.changes.tell()  # so that it asks now


def _is_set_otherwise(screen: ScreenLink) -> bool:
    """Whether this browser keeps another language or theme than an admin has chosen for it."""
    kept = (request.cookies.get(preferences.LANGUAGE, ""), request.cookies.get(preferences.THEME, ""))
    return kept != (screen.language or "", screen.theme or "")

"""Loops and queues drawn as HTML, each anew only when it looks different: at a change one of sixty does."""

from dataclasses import dataclass, field

from flask import current_app, render_template

from kanban_hub.language import spoken
from kanban_hub.web.board.loops import LoopPicture
from kanban_hub.web.board.picture import Picture
from kanban_hub.web.board.queues import QueuePicture

Drawable = LoopPicture | QueuePicture


@dataclass
class Tiles:
    """The last drawing of each, by template, language and id: bounded by the loops and stations there are."""

    _drawn: dict[tuple[str, str, str], tuple[Drawable, str]] = field(default_factory=dict)

    def board(self, picture: Picture) -> str:
        """All of a board's inside."""
        name = "board/on_wall.html" if picture.query.wall else "board/inside.html"
        template = "board/loop_on_wall.html" if picture.query.wall else "board/loop.html"
        return render_template(
            name,
            board=picture,
            tiles=[self._tile(template, one) for one in picture.loops],
            queues=[self._tile("board/queue.html", one) for one in picture.queues],
        )

    def _tile(self, template: str, picture: Drawable) -> str:
        key = template, spoken(), picture.id
        last = self._drawn.get(key)
        if last is None or last[0] != picture:
            html = current_app.jinja_env.get_template(template).render(one=picture)
            last = self._drawn[key] = picture, html
        return last[1]

"""The web as one Flask application."""

from flask import Flask

from kanban_hub.web import headers, problem
from kanban_hub.web.board import Easel
from kanban_hub.web.operation import bind
from kanban_hub.web.operations import OPERATIONS
from kanban_hub.web.parts import WebParts

BODY_MOST_BYTES = 64 * 1024


def create_app(parts: WebParts) -> Flask:
    """The application on `parts`."""
    app = Flask("kanban_hub.web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = BODY_MOST_BYTES
    app.extensions["easel"] = Easel()
    problem.install(app)
    headers.install(app)
    bind(app, parts, OPERATIONS)
    return app

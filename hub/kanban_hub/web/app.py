"""The web as Flask applications."""

from flask import Flask

from kanban_hub.web import customers, frame, headers, operatorsheet, preferences, problem
from kanban_hub.web.account import administration, elsewhere, entry, tokens
from kanban_hub.web.board import pages as board
from kanban_hub.web.board.easel import Easel
from kanban_hub.web.card import pages as card
from kanban_hub.web.floormap import moving
from kanban_hub.web.floormap import pages as floormap
from kanban_hub.web.history import pages as history
from kanban_hub.web.kept import Kept
from kanban_hub.web.loop import counting, sizing
from kanban_hub.web.loop import one as one_loop
from kanban_hub.web.loop import pages as loop
from kanban_hub.web.operation import bind
from kanban_hub.web.operations import OPERATIONS
from kanban_hub.web.panel import entry as panel_entry
from kanban_hub.web.panel import pages as panel
from kanban_hub.web.paper import pages as paper
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant import pages as plant
from kanban_hub.web.proxy import trust
from kanban_hub.web.quality import figures as quality_figures
from kanban_hub.web.quality import listing as quality_listing
from kanban_hub.web.quality import orders as quality_orders
from kanban_hub.web.quality import pages as quality
from kanban_hub.web.queue import pages as queue
from kanban_hub.web.releases import pages as releases
from kanban_hub.web.report import day
from kanban_hub.web.report import pages as report
from kanban_hub.web.screens import pages as screens
from kanban_hub.web.start import pages as start
from kanban_hub.web.station import pages as station
from kanban_hub.web.supplier import pages as suppliers
from kanban_hub.web.upkeep import pages as upkeep
from kanban_hub.web.valuestream import pages as valuestream

BODY_MOST_BYTES = 64 * 1024
PAGES = (
    *board.PAGES,
    *screens.PAGES,
    *card.PAGES,
    *customers.PAGES,
    *entry.PAGES,
    *elsewhere.PAGES,
    *loop.PAGES,
    *history.PAGES,
    *one_loop.PAGES,
    *sizing.PAGES,
    *counting.PAGES,
    *day.PAGES,
    *report.PAGES,
    *floormap.PAGES,
    *moving.PAGES,
    *valuestream.PAGES,
    *operatorsheet.PAGES,
    *panel_entry.PAGES,
    *panel.PAGES,
    *station.PAGES,
    *releases.PAGES,
    *administration.PAGES,
    *paper.PAGES,
    *quality.PAGES,
    *quality_orders.PAGES,
    *quality_listing.PAGES,
    *quality_figures.PAGES,
    *queue.PAGES,
    *tokens.PAGES,
    *plant.PAGES,
    *start.PAGES,
    *upkeep.PAGES,
)


def create_app(parts: WebParts) -> Flask:
    """The whole web on `parts`."""
    app = create_gate(parts)
    app.extensions["easel"] = Easel(board.picture)
    app.extensions["kept"] = Kept()
    bind(app, parts, OPERATIONS)
    frame.install(app, parts, PAGES)
    return app


def create_gate(parts: WebParts) -> Flask:
    """The suppliers' pages and nothing else: what may be reached from outside the plant."""
    app = Flask("kanban_hub.web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = BODY_MOST_BYTES
    if parts.trusted_proxy is not None:
        trust(app, parts.trusted_proxy)
    problem.install(app)
    headers.install(app)
    preferences.install(app)
    suppliers.install(app, parts)
    return app

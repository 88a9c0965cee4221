"""All pages of printing and of paper."""

from kanban_hub.web.frame import Page
from kanban_hub.web.paper import card, cards, entry, home, papermode, papersize, posters

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *cards.PAGES,
    *card.PAGES,
    *posters.PAGES,
    *papermode.PAGES,
    *entry.PAGES,
    *papersize.PAGES,
)

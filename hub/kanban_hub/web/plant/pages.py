"""All pages of the plant. Those with an address of their own go before those of any table."""

from kanban_hub.web.plant import calendar, exports, home, imports, numbers, rows, slots, undoing

PAGES = (
    *home.PAGES,
    *calendar.PAGES,
    *slots.PAGES,
    *numbers.PAGES,
    *imports.PAGES,
    *exports.PAGES,
    *undoing.PAGES,
    *rows.PAGES,
)

"""The pages for keeping a hub well: notices, backup, audit."""

from kanban_hub.web.upkeep import audit, backup, notices

PAGES = (*notices.PAGES, *backup.PAGES, *audit.PAGES)

"""Every page that can be opened, by an address of the seeded hub. Whoever makes a page names it here."""

from tests.hub.web.site import Site

# Opened by an admin, on the hub of `tests.hub.web.site` after `stir`.
ADDRESSES = (
    "/",
    "/customers",
    "/help",
    "/login",
    "/logout",
    "/account",
    "/accounts",
    "/screens",
    "/panel/paint",
    "/nowhere-at-all",
)
# Pages that are not opened by a bare address: each is walked by a test of its own.
ELSEWHERE = frozenset({"/welcome/{link}", "/screen/{token}", "/station/{token}", "/panel/worker.js"})


def stir(site: Site) -> None:
    """Let things happen, so that no page is empty: cards in all states, calls, a silent station, lamps."""
    for station in ("assembly", "paint"):
        site.hear(station, outbox=3 if station == "paint" else 0)
    for _ in range(3):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
    site.signal("paint", "advance", loop="bracket")
    site.signal("assembly", "fail", loop="bracket", defect="scratch")
    site.signal("paint", "pull", loop="casting")
    site.signal("castings", "cannot", loop="casting", reason="no sand")
    site.signal("assembly", "help", topic="machine")
    site.hear("assembly")
    site.show("assembly")
    site.show("paint", broken="red")

"""Every page that can be opened, by an address of the seeded hub. Whoever makes a page names it here."""

from kanban_hub.orders import BeginAudit, SightCard
from kanban_hub.releases.rollouts import Wish
from kanban_hub.releases.signing import make_key
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep
from tests.hub.releases.shop import signed
from tests.hub.releases.test_rollouts import heartbeat
from tests.hub.web.site import Site

# Begun by `stir`, at a time that its clock always has then.
AUDIT = "audit-1795446254123"

# Opened by an admin, on the hub of `tests.hub.web.site` after `stir`.
ADDRESSES = (
    "/",
    "/?wall=1",
    "/?late=1&sort=worst",
    "/board/bodies",
    "/board/bodies?wall=1&quality=1",
    "/customers",
    "/cards/bracket-0002",
    "/cards/bracket-0004",
    "/cards/bracket-9999",
    "/c/BRACKET.0003.N4",
    "/C/nonsense",
    "/events",
    "/events?card=bracket-0001",
    "/events?kind=nonsense&since=yesterday&card=!&before=x",
    "/help",
    "/audits",
    f"/audits/{AUDIT}",
    "/loops",
    "/loops/bracket",
    "/loops/bracket/sizing?lead_time_h=4&cards=3",
    "/reports",
    "/reports/day",
    "/reports/stock-outs",
    "/reports/pareto",
    "/reports/balance?loop=bracket",
    "/map",
    "/map?zoom=150",
    "/map/move",
    "/map/values",
    "/map/values?span=week&loop=bracket",
    "/map?wall=1",
    "/login",
    "/logout",
    "/account",
    "/accounts",
    "/screens",
    "/stations/paint/queue",
    "/stations/castings/queue",
    "/stations/assembly/queue",
    "/print",
    "/print/cards",
    "/print/cards?loop=bracket&loop=casting&size=card&folded=1&qr=both",
    "/print/cards?loop=bracket&size=own&width=4000&copies=x&start=99&address=nowhere",
    "/print/cards/bracket-0001",
    "/print/commands",
    "/print/paper-mode",
    "/print/paper-mode/entry",
    "/print/stations",
    "/panel/paint",
    "/stations/paint/sd-card",
    "/stations/castings/sd-card",
    "/plant",
    "/plant/stations",
    "/plant/stations/paint",
    "/plant/loops",
    "/plant/loops/bracket",
    "/plant/add/loops",
    "/plant/add/lines",
    "/plant/add/shifts",
    "/plant/escalation",
    "/plant/reasons",
    "/plant/slots",
    "/plant/slots/paint",
    "/plant/calendar",
    "/plant/numbers",
    "/plant/import",
    "/plant/export",
    "/quality",
    "/quality/call-0198f2c4-7c1e-7abc-8def-000000000005",
    "/quality/calls",
    "/quality/figures",
    "/tokens",
    "/notices",
    "/backup",
    "/releases",
    "/audit",
    "/audit/plant",
    "/start",
    "/stations",
    "/stations?only=trouble",
    "/stations/paint",
    "/stations/castings",
    "/nowhere-at-all",
)
# Pages that are not opened by a bare address, and files: each is walked by a test of its own.
ELSEWHERE = frozenset(
    {
        "/welcome/{link}",
        "/login/provider",
        "/login/provider/back",
        "/screen/{token}",
        "/station/{token}",
        "/panel/worker.js",
        "/stations/{station}/station.toml",
        "/loops.csv",
        "/C/{code}",
        "/stations.csv",
        "/print/cards.pdf",
        "/print/cards.zpl",
        "/print/commands.pdf",
        "/print/paper-mode.pdf",
        "/print/stations.pdf",
        "/print/page-{size}.css",
    }
)
# What is downloaded and no page.
FILES = frozenset(
    {
        "/plant/export/plant.toml",
        "/plant/export/{table}.csv",
        "/audit/log.csv",
        "/audit/plant/{number}.toml",
        "/releases/{number}/{name}",
    }
)


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
    site.ask(BeginAudit("bracket"))
    site.ask(SightCard(AUDIT, "bracket-0001"))
    site.hear("assembly")
    site.show("assembly")
    site.show("paint", broken="red")
    _update(site)


def _update(site: Site) -> None:
    """One station is led back to its old release, another is waited for."""
    private, public = make_key(site.data / "key", None)
    rollouts = site.parts.rollouts
    rollouts.shelf.trust(public)
    rollouts.shelf.add(signed(site.data / "shop", private, 12))
    rollouts.order(Wish(12, ["assembly"]), "root")
    site.presence.hear("assembly", heartbeat(release=11))
    rollouts.tick()
    returned = UpdateReport(release=12, step=UpdateStep.RETURNED, fault=UpdateFault.NOT_WELL)
    site.presence.hear("assembly", heartbeat(release=11, update=returned))
    rollouts.tick()
    rollouts.order(Wish(12, ["paint", "assembly"]), "root")

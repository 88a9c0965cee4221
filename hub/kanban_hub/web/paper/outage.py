"""What a floor needs to go on without the hub: what to serve, where everything is, and sheets to write on."""

import secrets
from collections.abc import Iterator
from datetime import tzinfo

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing
from kanban_hub.domain.plant import KanbanLoop, Plant, Station
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.labels.check import checked
from kanban_hub.language import _
from kanban_hub.paper.document import Column, Foot, Section
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.queue.arithmetic import in_words

LINES = 20
"""Of a sheet to write on: as many as fit on a page with room for a hand."""
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER_LENGTH = 6


def sheet_number() -> str:
    """Of a sheet to write on: no two are alike, and none is mistaken for another when it is read out."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_NUMBER_LENGTH))


class Kit:
    """The sections of the paper for an outage, in the words of whoever prints it."""

    def __init__(self, floor: Floor, now_ms: int, zone: tzinfo) -> None:
        self._floor = floor
        self._plant: Plant = floor.plant
        self._now_ms = now_ms
        self._zone = zone

    def sections(self) -> list[Section]:
        stations = list(self._plant.stations.values())
        return [
            *self.queues(stations),
            *self.stocks(stations),
            self.calls(),
            *self.sheets(stations),
        ]

    def foot(self) -> Foot:
        as_of = _("%(site)s, as of %(time)s") % {
            "site": self._plant.site,
            "time": self._time(self._now_ms, "%Y-%m-%d %H:%M %Z"),
        }
        return Foot(as_of, _("%(number)s of %(count)s"))

    def queues(self, stations: list[Station]) -> Iterator[Section]:
        """For each supplier what it has to serve, in order, with the sum behind the place."""
        columns = (
            Column("", 8),
            Column(_("Card"), 44),
            Column(_("Part"), 42),
            Column(_("Pieces"), 16),
            Column(_("For"), 30),
            Column(_("Asked"), 16),
            Column(_("Why here"), 40),
        )
        note = _("Serve from the top. Write on the sheet of your station what you send, and when.")
        for station in stations:
            if not self._supplied(station):
                continue
            rows = tuple(
                (
                    str(place),
                    checked(entry.card.id),
                    self._plant.item_name(self._loop(entry.card.loop)),
                    str(entry.quantity),
                    self._plant.stations[self._loop(entry.card.loop).consumer].name,
                    self._time(entry.card.waits_since_ms, "%H:%M"),
                    in_words(entry),
                )
                for place, entry in enumerate(replenishment_queue(self._floor, station.id, self._now_ms), 1)
            )
            title = _("To serve: %(station)s") % {"station": station.name}
            yield Section(title, (note,), columns, rows, 10, empty=_("Nothing is asked."))

    def stocks(self, stations: list[Station]) -> Iterator[Section]:
        """For each consumer its cards and where they are, with bars to scan what moved."""
        columns = (
            Column(_("Part"), 46),
            Column(_("Card"), 44),
            Column(_("State"), 28, is_data=False),
            Column(_("Since"), 22),
            Column(_("To scan afterwards"), 56, has_bars=True),
        )
        note = _("Where the cards are that come here. After the outage scan from here what is on the sheets.")
        for station in stations:
            loops = [loop for loop in self._plant.loops_at(station.id) if loop.consumer == station.id]
            rows = tuple(
                (
                    self._plant.item_name(loop),
                    checked(card.id),
                    words.state(card.state) if card.standing is not Standing.HELD else _("held"),
                    self._time(card.since_ms, "%m-%d %H:%M"),
                    checked(card.id),
                )
                for loop in loops
                for card in self._floor.cards_of(loop.id)
            )
            if loops:
                title = _("Stock: %(station)s") % {"station": station.name}
                yield Section(title, (note,), columns, rows, 12, empty=_("There is no card."))

    def calls(self) -> Section:
        columns = (
            Column(_("Call"), 30, is_data=False),
            Column(_("Station"), 40),
            Column(_("About"), 64),
            Column(_("Since"), 22),
            Column(_("State"), 40, is_data=False),
        )
        calls = sorted(self._floor.open_calls(), key=lambda call: (call.taken_ms is not None, call.raised_ms))
        rows = tuple(
            (
                words.kind(call.kind),
                self._name(call.station),
                self._about(call),
                self._time(call.raised_ms, "%m-%d %H:%M"),
                words.call(call),
            )
            for call in calls
        )
        note = _("Nobody is told while the hub is away: go there, or telephone.")
        return Section(_("Open calls"), (note,), columns, rows, 10, empty=_("No call is open."))

    def sheets(self, stations: list[Station]) -> Iterator[Section]:
        """For each station of the plant a sheet to write on."""
        columns = (
            Column(_("Line"), 12),
            Column(_("Time"), 30),
            Column(_("Emptied"), 19),
            Column(_("Arrived"), 19),
            Column(_("Sent"), 19),
            Column(_("Bad"), 19),
            Column(_("Card number, with its last two signs"), 76),
        )
        date = _("Date: ____________")
        rule = _(
            "A line for each container, in the order in which it happens: the time, one cross, the number."
        )
        for station in stations:
            if station.external:
                continue
            words = {"number": sheet_number(), "station": station.name}
            title = _("Sheet %(number)s: %(station)s") % words
            yield Section(title, (date, rule), columns, (), 11.0, 5.0, LINES, (":", "", "", "", "", ""))

    def _supplied(self, station: Station) -> list[KanbanLoop]:
        return [loop for loop in self._plant.loops_at(station.id) if loop.supplier == station.id]

    def _loop(self, loop: str) -> KanbanLoop:
        return self._plant.loops[loop]

    def _about(self, call: AndonCall) -> str:
        loop = self._plant.loops.get(call.loop or "")
        name = self._plant.item_name(loop) if loop is not None else ""
        card = checked(call.card) if call.card else ""
        topic = self._plant.reason_name(call.topic) if call.topic else ""
        return ", ".join(part for part in (name, card, topic) if part)

    def _name(self, station: str) -> str:
        known = self._plant.stations.get(station)
        return known.name if known is not None else station

    def _time(self, at_ms: int, form: str) -> str:
        return instant(at_ms).astimezone(self._zone).strftime(form)

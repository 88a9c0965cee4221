"""The shift's eyes and hands: looks at the panels and the cards, lets the shift decide, and does it."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

from kanban_simulator.errors import HubRefusedError, HubSilentError
from kanban_simulator.hub import HubClient
from kanban_simulator.shift import Shift
from kanban_simulator.station import VirtualStation
from kanban_simulator.world import (
    Action,
    CallSeen,
    CardSeen,
    MakePromise,
    MoveCall,
    MoveCard,
    PressQuality,
    PressSlot,
    ScanCode,
    World,
)

log = logging.getLogger(__name__)

LOOK_S = 0.15
PRESS_S = 0.1


class Crew:
    """Runs a shift on virtual stations, `speed` times as fast as real time."""

    def __init__(
        self, shift: Shift, stations: Mapping[str, VirtualStation], hub: HubClient, speed: float = 1.0
    ) -> None:
        self._shift = shift
        self._stations = stations
        self._hub = hub
        self._speed = speed
        self._stop = Event()
        self._thread = Thread(target=self._run, name="crew", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Send everybody home."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        started_s = monotonic()
        with ThreadPoolExecutor(max_workers=len(self._stations) + 1) as hands:
            while not self._stop.wait(LOOK_S):
                try:
                    world = self.look()
                except (HubSilentError, HubRefusedError) as error:
                    log.info("the cards cannot be seen: %s", error)
                    continue
                now_s = (monotonic() - started_s) * self._speed
                list(hands.map(self._do, self._shift.decide(world, now_s)))

    def look(self) -> World:
        """Look at every panel, every card and every open call."""
        cards = self._hub.items("/api/v1/cards?limit=1000")
        calls = self._hub.items("/api/v1/calls?limit=1000&open=true")
        return World(
            panels={name: station.state() for name, station in self._stations.items()},
            cards=tuple(_card(row) for row in cards if row["standing"] == "active"),
            calls=tuple(CallSeen(row["id"], row["state"], row["card"]) for row in calls),
        )

    def _do(self, action: Action) -> None:
        try:
            self._act(action)
        except (HubSilentError, HubRefusedError) as error:
            log.info("%s: %s", action, error)

    def _act(self, action: Action) -> None:
        match action:
            case PressSlot(station, slot):
                self._stations[station].button(f"slot-{slot}").press(PRESS_S)
            case PressQuality(station):
                self._stations[station].button("quality").press(PRESS_S)
            case ScanCode(station, code):
                self._stations[station].scan(code)
            case MoveCall(call, move, cause):
                body = {"move": move} | ({"cause": cause} if cause else {})
                self._hub.post(f"/api/v1/calls/{call}/moves", body)
            case MoveCard(card, move):
                self._hub.post(f"/api/v1/cards/{card}/moves", {"move": move})
            case MakePromise(loop, ready_in_s, reason):
                ready_at = datetime.now(UTC) + timedelta(seconds=ready_in_s / self._speed)
                body = {"ready_at": ready_at.isoformat(), "reason": reason}
                self._hub.post(f"/api/v1/loops/{loop}/promise", body)


def _card(row: dict[str, str]) -> CardSeen:
    return CardSeen(row["id"], row["loop"], row["state"], row["asked_at"] or "")

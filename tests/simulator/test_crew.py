from collections import defaultdict
from typing import Any

from kanban_simulator.crew import Crew
from kanban_simulator.errors import HubSilentError
from kanban_simulator.sight import PanelState
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
from tests.waiting import until

PANEL = PanelState({"1": "off"}, {}, 0, [], power=True, network=True)
EVERYTHING: list[Action] = [
    PressSlot("paint", 1),
    PressQuality("paint"),
    ScanCode("paint", "bracket-0001"),
    MoveCall("call-1", "solve", "dirt"),
    MoveCall("call-1", "take"),
    MoveCard("bracket-0001", "scrap"),
    MakePromise("bracket", 60.0, "oven"),
]


class WrittenHub:
    """Answers from a table, and writes down what it is ordered."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, dict[str, Any]]] = []
        self.silent_times = 1

    def items(self, path: str) -> list[Any]:
        if self.silent_times:
            self.silent_times -= 1
            raise HubSilentError(path, "for the first time")
        if "calls" in path:
            return [{"id": "call-1", "state": "raised", "card": None}]
        row = {"loop": "bracket", "state": "full", "asked_at": None}
        return [
            {"id": "bracket-0001", "standing": "active", **row},
            {"id": "bracket-0002", "standing": "held", **row},
        ]

    def post(self, path: str, body: dict[str, Any]) -> None:
        self.orders.append((path, body))
        if body.get("move") == "take":
            raise HubSilentError(path, "just now")


class WrittenStation:
    """Writes down what hands do to it."""

    def __init__(self) -> None:
        self.presses: dict[str, list[float]] = defaultdict(list)
        self.codes: list[str] = []

    def state(self) -> PanelState:
        return PANEL

    def button(self, part: str) -> Any:
        presses = self.presses[part]

        class Finger:
            def press(self, hold_s: float) -> None:
                presses.append(hold_s)

        return Finger()

    def scan(self, code: str) -> None:
        self.codes.append(code)


class WrittenShift:
    """Decides once to do everything there is, and keeps what it saw."""

    def __init__(self) -> None:
        self.worlds: list[World] = []

    def decide(self, world: World, now_s: float) -> list[Action]:
        self.worlds.append(world)
        return EVERYTHING if len(self.worlds) == 1 else []


def test_the_crew_looks_lets_the_shift_decide_and_does_everything_it_says() -> None:
    shift, station, hub = WrittenShift(), WrittenStation(), WrittenHub()
    crew = Crew(shift, {"paint": station}, hub)  # type: ignore[arg-type, dict-item]  # fakes

    crew.start()
    until(lambda: len(shift.worlds) > 1, "a second look")
    crew.close()

    assert shift.worlds[0] == World(
        panels={"paint": PANEL},
        cards=(CardSeen("bracket-0001", "bracket", "full"),),
        calls=(CallSeen("call-1", "raised", None),),
    )
    assert {part: len(holds) for part, holds in station.presses.items()} == {"slot-1": 1, "quality": 1}
    assert station.codes == ["bracket-0001"]
    assert ("/api/v1/calls/call-1/moves", {"move": "solve", "cause": "dirt"}) in hub.orders
    assert ("/api/v1/cards/bracket-0001/moves", {"move": "scrap"}) in hub.orders

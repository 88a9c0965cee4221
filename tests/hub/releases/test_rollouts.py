"""Rollouts on a store, with stations that say what a test says."""

from pathlib import Path

import pytest

from kanban_hub.accounts.account import Access
from kanban_hub.presence import Presence
from kanban_hub.releases.errors import RolloutError, UnknownReleaseError
from kanban_hub.releases.rollout import RolloutState
from kanban_hub.releases.rollouts import Rollouts, Wish
from kanban_hub.releases.shelf import Shelf
from kanban_protocol.messages import Command, CommandKind, StationHeartbeat, UpdateReport, UpdateStep
from kanban_protocol.signals import Clock
from tests.fakes.store import InMemoryStore
from tests.hub.releases.shop import signed


class Hub:
    """A hub that may be started anew on what it has stored."""

    def __init__(self, folder: Path, key_files: tuple[Path, Path]) -> None:
        self.now_s = 1_000.0
        self.store = InMemoryStore()
        self.shelf = Shelf(folder)
        self.sent: list[tuple[str, Command]] = []
        self.stored_at_send: list[int] = []
        self.shelf.trust(key_files[1])
        self.shelf.add(signed(folder, key_files[0], 12))
        self.start()

    def start(self) -> None:
        self.presence = Presence(lambda: self.now_s)
        now_ms = lambda: int(self.now_s * 1000)  # noqa: E731  # the hub's steady clock
        self.rollouts = Rollouts(self.store, self.shelf, self.presence, self.send, now_ms)

    def send(self, station: str, command: Command) -> bool:
        self.sent.append((station, command))
        self.stored_at_send.append(self.rollouts.latest(1)[0].turns[0].tries)
        return True

    def hear(self, station: str, release: int, report: UpdateReport | None = None) -> None:
        beat = {"release": release} | ({"update": report} if report else {})
        self.presence.hear(station, heartbeat(**beat))

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        self.rollouts.tick()

    def noted(self) -> list[tuple[Access, str | None]]:
        with self.store.accounts(writes=False) as book:
            return [(entry.what, entry.by) for entry in book.log(9)]


def heartbeat(**more: object) -> StationHeartbeat:
    return StationHeartbeat(
        v=1,
        boot="8f64b87a",
        uptime_s=5,
        outbox=0,
        oldest_s=0,
        clock=Clock.SYNC,
        temperature_c=None,
        disk_free_bytes=None,
        inputs={},
        lamps_revision=1,
        refused=0,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def hub(tmp_path: Path, key_files: tuple[Path, Path]) -> Hub:
    return Hub(tmp_path, key_files)


def test_a_station_is_told_the_number_and_nothing_else_after_it_was_stored(hub: Hub) -> None:
    hub.hear("paint", 11)
    hub.rollouts.order(Wish(12, ["paint"]), "anna")
    hub.wait(1)

    station, command = hub.sent[0]
    assert (station, command.command, command.release) == ("paint", CommandKind.UPDATE, "12")
    assert not command.force
    assert hub.stored_at_send == [1]


def test_a_rollout_goes_on_after_a_restart_of_the_hub(hub: Hub) -> None:
    hub.hear("paint", 11)
    hub.hear("press", 11)
    hub.rollouts.order(Wish(12, ["paint", "press"], prove_ms=20_000), "anna")
    hub.wait(1)
    hub.start()
    hub.wait(1)
    hub.hear("paint", 12)
    for _ in range(3):
        hub.wait(10)
        hub.hear("paint", 12)
        hub.hear("press", 11)
    hub.wait(1)

    assert [station for station, _ in hub.sent] == ["paint", "press"]


def test_what_becomes_of_it_stands_in_the_access_log(hub: Hub) -> None:
    hub.hear("paint", 11)
    hub.rollouts.order(Wish(12, ["paint"]), "anna")
    hub.wait(1)
    hub.hear("paint", 11, UpdateReport(release=12, step=UpdateStep.RETURNED))
    hub.wait(1)

    assert hub.rollouts.latest(1)[0].state is RolloutState.STOPPED
    assert hub.noted() == [(Access.UPDATE_STOPPED, None), (Access.UPDATE_ORDERED, "anna")]


def test_an_aborted_rollout_asks_nobody_any_more(hub: Hub) -> None:
    hub.rollouts.order(Wish(12, ["paint"]), "anna")
    hub.rollouts.abort("bea")
    hub.rollouts.abort("bea")
    hub.hear("paint", 11)
    hub.wait(1)

    assert hub.sent == []
    assert hub.noted() == [(Access.UPDATE_ABORTED, "bea"), (Access.UPDATE_ORDERED, "anna")]


def test_one_rollout_runs_at_a_time(hub: Hub) -> None:
    hub.rollouts.order(Wish(12, ["paint"]), "anna")

    with pytest.raises(RolloutError, match="Another update"):
        hub.rollouts.order(Wish(12, ["press"]), "anna")


def test_a_release_that_is_not_here_and_nobody_are_no_order(hub: Hub) -> None:
    with pytest.raises(UnknownReleaseError):
        hub.rollouts.order(Wish(13, ["paint"]), "anna")
    with pytest.raises(RolloutError):
        hub.rollouts.order(Wish(12, []), "anna")
    assert hub.noted() == []

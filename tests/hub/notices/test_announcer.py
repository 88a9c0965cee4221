"""From a signal to the notices that its commit enqueues, on a real ledger."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.events import LineStopped, Occasion
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import LoopKind, Plant
from kanban_hub.inbox import Delivery
from kanban_hub.ledger import Ledger
from kanban_hub.loading import load_plant
from kanban_hub.notices import announcer as announcing
from kanban_hub.notices.announcer import Announcer, notices_of
from kanban_hub.notices.config import NoticesConfig, Webhook
from kanban_hub.notices.notice import Notice, NoticeEvent
from kanban_hub.notices.ports import NoticeFilter
from kanban_hub.orders import ChangePlant, MakePromise
from kanban_hub.pseudo import FIRST, LANGUAGE
from tests.hub.bench import BRACKET, ITEMS, PLANT, STATIONS, HubBench, started
from tests.hub.notices.samples import EVERYTHING, config, happening, person
from tests.hub.signals import payload


class Line:
    """A ledger that announces to `told`."""

    def __init__(self, told: NoticesConfig, plant: Plant = PLANT) -> None:
        self.bench: HubBench = started()[0]
        load_plant(self.bench.store, plant)
        self.ledger = Ledger(self.bench.store, self.bench.clock, Announcer(told))
        self._seq = 0

    def signal(self, kind: str = "pull", station: str = "assembly", **body: Any) -> list[Notice]:
        """The notices that a signal brings."""
        self._seq += 1
        before = len(self.all())
        delivery = Delivery(station, "t", payload(self._seq, kind, body=body), self.bench.clock.now_ms())
        self.ledger.take([delivery])
        return self.all()[before:]

    def all(self) -> list[Notice]:
        with self.bench.store.notices(writes=False) as queue:
            return queue.page(NoticeFilter(limit=1_000))[::-1]


def events(found: list[Notice]) -> list[tuple[str, str]]:
    return [(notice.event.value, notice.recipient) for notice in found]


def test_a_call_is_told_to_each_who_asked_in_the_same_commit() -> None:
    line = Line(config(person("a"), person("b"), person("c", events=[NoticeEvent.DIGEST])))
    found = line.signal("fail", loop="bracket", defect="bent")
    assert events(found) == [("call_raised", "a"), ("call_raised", "b")]
    assert found[0].subject == "Paint shop calls: quality"
    for said in ("Says: bent", "Item: Bracket, left", "Way: Paint shop to Final assembly"):
        assert said in found[0].body


def test_a_loop_that_comes_without_cards_starves_nobody() -> None:
    line = Line(config(person()))
    line.signal(loop="bracket")
    special = replace(BRACKET, id="special", kind=LoopKind.EVENT, cards=0)
    loops = (*PLANT.loops.values(), special)
    line.ledger.carry_out(ChangePlant(Plant(PLANT.site, STATIONS, ITEMS, loops)))
    assert line.all() == []


def test_the_same_signal_sent_again_tells_nothing_new() -> None:
    line = Line(config(person()))
    assert len(line.signal("help")) == 1
    line._seq -= 1
    assert line.signal("help") == []


def test_the_last_full_container_is_told_once_until_there_is_one_again() -> None:
    line = Line(config(person()))
    found = []
    for _ in range(BRACKET.cards):
        line.bench.hand.seconds += 10
        found += line.signal(loop="bracket")
    assert events(found) == [("starving", "lead")]
    assert found[0].subject == "Final assembly has no full container left: Bracket, left"
    assert "Containers asked for: 4" in found[0].body
    line.bench.hand.seconds += 10
    assert line.signal(loop="bracket") == []
    assert line.signal("scan", code="bracket-0001", intent="receive") == []
    line.bench.hand.seconds += 10
    assert events(line.signal(loop="bracket")) == [("starving", "lead")]


def test_a_promise_that_comes_too_late_is_told_before_anything_is_late() -> None:
    line = Line(config(person()))
    for _ in range(3):
        line.bench.hand.seconds += 10
        line.signal(loop="bracket")
    now_ms = line.bench.clock.now_ms()
    lasts_h = BRACKET.container_quantity / BRACKET.rate_per_hour
    in_time_ms, late_ms = (now_ms + int(hours * 3_600_000) for hours in (lasts_h - 0.1, lasts_h + 0.1))
    line.ledger.carry_out(MakePromise("bracket", in_time_ms, None))
    assert line.all() == []
    line.ledger.carry_out(MakePromise("bracket", late_ms, "furnace down"))
    (found,) = line.all()
    assert (found.event.value, found.subject) == (
        "promise_late",
        "Bracket, left: promised later than the stock lasts",
    )
    assert "Reason: furnace down" in found.body


def test_a_supplier_who_names_its_station_learns_of_nothing_else() -> None:
    line = Line(config(person("castings", stations=["castings-inc"])))
    assert line.signal("fail", loop="bracket") == []
    found = line.signal("fail", "paint", loop="casting")
    assert events(found) == [("call_raised", "castings")]
    assert "bracket" not in found[0].body.lower()


def test_each_is_told_in_his_own_language_and_programs_in_english() -> None:
    hook = Webhook(id="hook", url="https://x.example/", secret_file="s", events=EVERYTHING)
    line = Line(config(person("a"), person("b", language=LANGUAGE), webhooks=[hook]))

    first, second, document = line.signal("fail", loop="bracket")

    assert first.subject == "Paint shop calls: quality"
    assert second.subject.startswith(FIRST)
    assert all(row.startswith(FIRST) for row in second.body.splitlines() if row)
    assert "quality" in json.loads(document.body)["data"]["kind"]


def test_a_webhook_gets_a_document_with_times_that_programs_read() -> None:
    line = Line(
        config(webhooks=[Webhook(id="hook", url="https://x.example/", secret_file="s", events=EVERYTHING)])
    )
    (found,) = line.signal("help", topic="crane")
    document = json.loads(found.body)
    assert document["type"] == "call_raised"
    assert document["data"]["topic"] == "crane"
    assert document["data"]["stations"] == ["assembly"]
    assert document["timestamp"] == document["data"]["raised_at"]
    assert document["timestamp"].endswith("Z")


WEEK = tuple(Weekday)
EARLY = Shift("early", "Early", WEEK, time(6), time(14))
LATE = Shift("late", "Late", WEEK, time(14), time(22))
WORKING = Plant("plant", STATIONS, ITEMS, (BRACKET,), calendar=Calendar("Europe/Berlin", (EARLY, LATE)))


@pytest.mark.parametrize(("utc_hour", "told"), [(7, ["early"]), (15, ["late"]), (23, ["early", "late"])])
def test_who_is_on_shift_by_the_plants_calendar_is_told_and_times_are_the_plants(
    utc_hour: int, told: list[str]
) -> None:
    people = [person(shift, groups=["lead"], shifts=[shift]) for shift in ("early", "late")]
    at_ms = int(datetime(2026, 11, 23, utc_hour, 5, tzinfo=UTC).timestamp() * 1000)
    facts = {"station": "Paint shop", "kind": "help", "raised_ms": at_ms}
    found = notices_of(config(*people), WORKING, [happening(at_ms=at_ms, facts=facts)], at_ms)
    assert [notice.recipient for notice in found] == told
    assert f"{(utc_hour + 1) % 24:02d}:05" in found[0].body


def test_a_shift_that_the_plant_does_not_know_keeps_nobody_from_being_told() -> None:
    people = [person("a", shifts=["moon"]), person("b", shifts=["early"])]
    found = notices_of(config(*people), WORKING, [happening(facts={"station": "s", "kind": "k"})], 0)
    assert [notice.recipient for notice in found] == ["a"]


def test_without_recipients_nothing_is_looked_at() -> None:
    assert Line(config()).signal("help") == []


def test_a_fault_in_the_notices_costs_the_notices_and_not_the_signal(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> Collection[Any]:
        raise ZeroDivisionError

    line = Line(config(person()))
    monkeypatch.setattr(announcing, "happenings", broken)
    assert line.signal("help") == []
    assert line.ledger.floor is not None
    assert len(line.ledger.floor.open_calls()) == 1
    assert "notices of a commit are lost" in caplog.text


def test_an_escalation_is_told_to_the_groups_that_its_level_names() -> None:
    rules = [EscalationRule(1, 60, 60, ("team-lead",)), EscalationRule(2, 120, 120, ("manager",))]
    people = (person("lead", groups=["team-lead"]), person("manager", groups=["manager"]))
    line = Line(config(*people), Plant("plant", STATIONS, ITEMS, (BRACKET,), escalation=rules))
    line.signal("help", topic="crane")
    found = []
    for _ in range(3):
        line.bench.hand.seconds += 60
        before = len(line.all())
        line.ledger.tick()
        found += line.all()[before:]
    assert [(notice.recipient, notice.subject) for notice in found] == [
        ("lead", "Final assembly still waits: help, level 1"),
        ("manager", "Final assembly still waits: help, level 2"),
    ]


def test_a_line_stop_is_told_by_its_event() -> None:
    line = Line(config(person()))
    line.signal("fail", loop="bracket")
    floor = line.ledger.floor
    assert floor is not None
    (call,) = floor.open_calls()
    happened = [(LineStopped("bracket", call.id, "assembly"), Occasion(Moment.at(0)))]
    announcer = Announcer(config(person()))
    (found,) = announcer.notices(floor, announcer.look(floor, 0), happened, 0)
    assert (found.event.value, found.subject) == ("line_stopped", "Line stopped at Final assembly")

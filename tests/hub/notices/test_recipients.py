from collections.abc import Collection
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.notices.config import Person
from kanban_hub.notices.notice import NoticeEvent
from kanban_hub.notices.recipients import asked, told
from tests.hub.notices.samples import happening, person


@dataclass
class FixedRoster:
    """Always the same shift at work."""

    at_work: str = "early"

    def is_on_shift(self, shifts: Collection[str], at_ms: int) -> bool:
        return self.at_work in shifts


LEAD_EARLY = person("early", groups=["team-lead"], shifts=["early"])
LEAD_LATE = person("late", groups=["team-lead"], shifts=["late"])
MANAGER = person("manager", groups=["manager"])


def ids(people: list[Person]) -> list[str]:
    return [one.id for one in people]


def test_of_a_group_those_on_shift_are_told() -> None:
    assert ids(told([LEAD_EARLY, LEAD_LATE], happening(), FixedRoster("late"))) == ["late"]


def test_where_nobody_of_a_group_is_on_shift_all_of_the_group_are_told() -> None:
    people = [LEAD_EARLY, LEAD_LATE, MANAGER]
    assert ids(told(people, happening(), FixedRoster("night"))) == ["early", "late", "manager"]


def test_one_group_on_shift_does_not_answer_for_another() -> None:
    night_watch = person("watch", groups=["gate"], shifts=["night"])
    people = [LEAD_EARLY, LEAD_LATE, night_watch]
    assert ids(told(people, happening(), FixedRoster("night"))) == ["early", "late", "watch"]


def test_people_without_a_group_count_as_one_group() -> None:
    people = [person("a", shifts=["early"]), person("b", shifts=["late"])]
    assert ids(told(people, happening(), FixedRoster("early"))) == ["a"]
    assert ids(told(people, happening(), FixedRoster("night"))) == ["a", "b"]


def test_what_is_meant_for_groups_is_told_to_these_only() -> None:
    people = [LEAD_EARLY, MANAGER]
    assert ids(told(people, happening(groups=("team-lead",)), FixedRoster())) == ["early"]
    assert ids(told(people, happening(groups=("manager", "gate")), FixedRoster())) == ["manager"]
    assert ids(told(people, happening(), FixedRoster())) == ["early", "manager"]


@pytest.mark.parametrize(("stations", "is_told"), [(None, True), (["paint"], True), (["assembly"], False)])
def test_who_names_stations_is_told_of_these_only(stations: list[str] | None, is_told: bool) -> None:
    assert bool(told([person(stations=stations)], happening(), FixedRoster())) is is_told


def test_nobody_is_told_what_they_did_not_ask_for() -> None:
    assert told([person(events=[NoticeEvent.DIGEST])], happening(), FixedRoster()) == []


people_of_any_kind = st.lists(
    st.builds(
        lambda n, groups, shifts: person(f"p{n}", groups=groups, shifts=shifts),
        st.integers(0, 99),
        st.lists(st.sampled_from(["a", "b"]), unique=True),
        st.none() | st.lists(st.sampled_from(["early", "late"]), min_size=1, unique=True),
    ),
    unique_by=lambda one: one.id,
)


@given(people_of_any_kind, st.sampled_from(["early", "late", "night"]))
def test_where_anybody_asked_somebody_is_told(people: list[Person], at_work: str) -> None:
    found = told(people, happening(), FixedRoster(at_work))
    assert bool(found) == bool(asked(people, happening()))

from kanban_simulator.pace import HANDS_REAL_S, Pace


def test_hands_are_never_faster_than_what_they_wait_to_see() -> None:
    assert Pace().at(1).hands_s == Pace().hands_s
    assert Pace().at(20).hands_s == 20 * HANDS_REAL_S

import pytest

from kanban_protocol.refusals import TEXTS, Refusal


def test_every_reason_has_a_text_and_no_text_is_left_over() -> None:
    assert list(TEXTS) == list(Refusal)


@pytest.mark.parametrize("reason", Refusal)
def test_a_text_is_read_on_a_small_display_in_ten_seconds(reason: Refusal) -> None:
    assert 1 <= len(TEXTS[reason].split()) <= 6
    assert len(TEXTS[reason]) <= 40


@pytest.mark.parametrize("reason", Refusal)
def test_a_reason_is_its_name_in_lower_case(reason: Refusal) -> None:
    assert reason.value == reason.name.lower()


def test_no_two_reasons_look_alike() -> None:
    assert len(set(TEXTS.values())) == len(TEXTS)

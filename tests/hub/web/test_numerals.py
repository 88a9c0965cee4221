import pytest

from kanban_hub.language import speaking
from kanban_hub.web.numerals import numeral, percent

NARROW = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(2.0, 1, "2"), (2.25, 1, "2.2"), (1200, 0, "1200"), (-0.01, 1, "0"), (0.105, 3, "0.105")],
)
def test_a_number_has_no_digits_that_say_nothing(value: float, digits: int, text: str) -> None:
    assert numeral(value, digits) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0"), (0.0001, "0.1"), (0.5, "50"), (0.985, "98"), (0.9996, "99.9"), (1, "100")]
)
def test_less_than_all_is_never_told_as_all(share: float, text: str) -> None:
    assert percent(share) == f"{text}{NARROW}%"


def test_the_decimal_sign_is_that_of_the_language() -> None:
    with speaking("pl"):
        assert numeral(1.5) == "1,5"

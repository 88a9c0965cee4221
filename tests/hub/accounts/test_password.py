import pytest

from kanban_hub.accounts.errors import PasswordError
from kanban_hub.accounts.password import LEAST, METHOD, MOST, Hashing, check

QUICK = Hashing("scrypt:128:8:1")
GOOD = "four lit lamps"


def test_a_hash_names_its_parameters_and_is_another_every_time() -> None:
    first, second = QUICK.hashed(GOOD), QUICK.hashed(GOOD)

    assert first != second
    assert first.startswith("scrypt:128:8:1$")
    assert QUICK.fits(GOOD, first)
    assert not QUICK.fits(GOOD.upper(), first)
    assert GOOD not in first


def test_hashes_are_made_with_32_mib_or_more() -> None:
    _, n, r, _ = METHOD.split(":")

    assert 128 * int(n) * int(r) >= 32 * 2**20
    known = Hashing().hashed(GOOD)
    assert known.startswith(f"{METHOD}$")
    assert QUICK.fits(GOOD, known), "a hash outlives a change of the parameters"


def test_what_nobody_has_is_of_the_form_of_a_real_hash_and_fits_nothing() -> None:
    nobodys = QUICK.nobodys()

    assert [len(part) for part in nobodys.split("$")][2] == len(QUICK.hashed(GOOD).split("$")[2])
    assert not QUICK.fits("", nobodys)


def test_letters_with_marks_are_the_same_from_every_keyboard() -> None:
    assert QUICK.fits("lämpchen grün", QUICK.hashed("la\u0308mpchen gru\u0308n"))


@pytest.mark.parametrize(
    ("password", "again"),
    [
        (GOOD, GOOD + "!"),
        ("x" * (LEAST - 1), "x" * (LEAST - 1)),
        ("ab cd ef gh" * MOST, "ab cd ef gh" * MOST),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa"),
        ("Anna is here", "Anna is here"),
    ],
)
def test_a_password_that_is_too_easy_or_typed_wrongly_is_refused(password: str, again: str) -> None:
    with pytest.raises(PasswordError):
        check(password, again, "anna")


def test_three_words_are_a_good_password() -> None:
    check(GOOD, GOOD, "anna")

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.suppliers.signing import FORM_FOR_MS, WORD_FOR_MS, Answer, Reply, Signer

SIGNER = Signer("a-key-of-the-hub")
REPLY = Reply("0123456789ab", "casting-0001", 1_795_446_074_123, Answer.READY)


def test_what_was_signed_is_read_again() -> None:
    assert SIGNER.link(SIGNER.link_token("0123456789ab")) == "0123456789ab"
    assert SIGNER.reply(SIGNER.reply_token(REPLY)) == REPLY
    assert SIGNER.is_form(SIGNER.form_token("a", 5), "a", 5)
    assert SIGNER.word(SIGNER.word_token("a", "grün", 5), "a", 5) == "grün"


def test_another_key_reads_nothing() -> None:
    other = Signer("another-key")

    assert other.link(SIGNER.link_token("a")) is None
    assert other.reply(SIGNER.reply_token(REPLY)) is None
    assert not other.is_form(SIGNER.form_token("a", 5), "a", 5)
    assert other.word(SIGNER.word_token("a", "x", 5), "a", 5) is None


@given(st.text(max_size=60))
def test_nothing_that_was_made_up_is_read(text: str) -> None:
    assert SIGNER.link(text) is None
    assert SIGNER.reply(text) is None


@given(st.integers(0, 200), st.sampled_from("ABCabc019-_."))
def test_a_token_with_one_other_letter_is_not_read(place: int, letter: str) -> None:
    token = SIGNER.link_token("0123456789ab")
    place %= len(token) - 1  # the last letter of base64 has bits that mean nothing
    changed = token[:place] + letter + token[place + 1 :]

    assert changed == token or SIGNER.link(changed) is None


def test_one_use_never_passes_for_another() -> None:
    tokens = {
        "link": SIGNER.link_token("a"),
        "reply": SIGNER.reply_token(REPLY),
        "form": SIGNER.form_token("a", 0),
        "word": SIGNER.word_token("a", "x", 0),
    }

    assert [name for name, token in tokens.items() if SIGNER.link(token) is not None] == ["link"]
    assert [name for name, token in tokens.items() if SIGNER.reply(token) is not None] == ["reply"]
    assert [name for name, token in tokens.items() if SIGNER.is_form(token, "a", 0)] == ["form"]
    assert [name for name, token in tokens.items() if SIGNER.word(token, "a", 0) is not None] == ["word"]


@pytest.mark.parametrize(("now_ms", "holds"), [(FORM_FOR_MS - 1, True), (FORM_FOR_MS, False)])
def test_a_form_holds_for_its_time_and_its_link(now_ms: int, *, holds: bool) -> None:
    token = SIGNER.form_token("a", 0)

    assert SIGNER.is_form(token, "a", now_ms) is holds
    assert not SIGNER.is_form(token, "b", 0)


def test_a_word_holds_for_a_while_and_its_link() -> None:
    token = SIGNER.word_token("a", "x", 0)

    assert SIGNER.word(token, "a", WORD_FOR_MS - 1) == "x"
    assert SIGNER.word(token, "a", WORD_FOR_MS) is None
    assert SIGNER.word(token, "b", 0) is None


def test_a_token_longer_than_any_of_ours_is_not_even_looked_at() -> None:
    assert SIGNER.link("A" * 10_000_000) is None

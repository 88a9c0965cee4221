import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.labels.errors import BrokenLabelError
from kanban_hub.labels.label import Form, Label
from kanban_hub.labels.mh10 import written
from kanban_hub.labels.reading import read

FIELDS = {"15K": "BRACKET-0003", "P": "BRACKET", "Q": "20", "1T": "A-778"}
LABEL = written(FIELDS.items())
VALUES = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="{<[^"), min_size=1, max_size=12
)


def with_words(left: str, right: str) -> str:
    """`LABEL` as a scanner writes it that puts words for the separators."""
    named = LABEL.replace("\x1d", f"{left}GS{right}").replace("\x1e", f"{left}RS{right}")
    return named.replace("\x04", f"{left}EOT{right}")


def test_the_envelope_is_the_one_of_iso_15434() -> None:
    assert LABEL == "[)>\x1e06\x1d15KBRACKET-0003\x1dPBRACKET\x1dQ20\x1d1TA-778\x1e\x04"


def test_card_item_quantity_and_lot_are_read() -> None:
    assert read(LABEL) == Label(
        Form.MH10, LABEL, card="bracket-0003", item_code="BRACKET", quantity=20, lot="A-778"
    )


def test_a_suppliers_label_says_more() -> None:
    code = written([("P", "4711"), ("2P", "C"), ("V", "0815"), ("K", "PO-1"), ("S", "77"), ("13Q", "1/3")])

    label = read(code)

    assert (label.engineering_level, label.supplier, label.order, label.serial) == ("C", "0815", "PO-1", "77")
    assert label.container_keys == ["serial:4711/77"]
    assert label.item_keys == ["item:4711"]


@pytest.mark.parametrize(("left", "right"), ["{}", "<>", "[]"])
def test_separators_that_are_written_out_are_understood(left: str, right: str) -> None:
    assert read(with_words(left, right)) == read(LABEL)


def test_separators_as_control_keys_are_understood() -> None:
    keys = LABEL.replace("\x1d", "^]").replace("\x1e", "^^").replace("\x04", "^D")

    assert read(keys) == read(LABEL)


@pytest.mark.parametrize("cut", [1, 2])
def test_an_end_that_was_dropped_does_not_matter(cut: int) -> None:
    assert read(LABEL[:-cut]).card == "bracket-0003"


def test_a_label_of_real_separators_may_hold_what_looks_like_a_word_for_one() -> None:
    assert read(written([("P", "A<GS>B")])).item_code == "A<GS>B"


def test_without_separators_only_a_lone_card_number_is_sure() -> None:
    assert read("[)>0615KBRACKET-0003").card == "bracket-0003"
    with pytest.raises(BrokenLabelError, match="set the scanner"):
        read("[)>0615KBRACKET-0003PBRACKETQ20")


def test_a_kanban_number_alone_is_read() -> None:
    assert read("15KBRACKET-0003").card == "bracket-0003"


def test_a_kanban_number_of_another_system_names_a_container_to_be_bound() -> None:
    label = read(written([("15K", "K4711")]))

    assert (label.card, label.container_keys) == (None, ["kanban:K4711"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("[)>\x1e05\x1d0109506000134352\x1e\x04", "format '05'"),
        ("[)>", "format ''"),
        ("[)>\x1e06\x1d15KA-0001\x1d15KA-0002\x1e\x04", "twice"),
        ("[)>\x1e06\x1dQtwenty\x1e\x04", "number of pieces"),
        ("[)>\x1e06\x1dQ-20\x1e\x04", "number of pieces"),
        ("[)>\x1e06\x1dP\x1e\x04", "no data identifier"),
        ("[)>\x1e06\x1d\x1e\x04", "no data identifier"),
        ("[)>\x1e06\x1d1234K5\x1e\x04", "no data identifier"),
        ("[)>\x1e06\x1dPA\x1e06\x1dPB\x1e\x04", "no data identifier"),
    ],
)
def test_a_broken_label_says_what_is_wrong(code: str, said: str) -> None:
    with pytest.raises(BrokenLabelError, match=said):
        read(code)


@given(st.dictionaries(st.sampled_from(["P", "1T", "S", "K", "V", "2P"]), VALUES, min_size=1))
def test_what_is_written_is_read(fields: dict[str, str]) -> None:
    label = read(written(fields.items()))

    said = [label.item_code, label.lot, label.serial, label.order, label.supplier, label.engineering_level]
    assert {value for value in said if value} == set(fields.values())

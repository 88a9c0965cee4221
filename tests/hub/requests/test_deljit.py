from dataclasses import replace
from itertools import pairwise

import pytest

from kanban_hub.requests.deljit import deljit
from kanban_hub.requests.edifact import EdifactError
from kanban_hub.requests.request import OpenRequest, RequestList
from tests.hub.requests.reader import segments

AS_OF_MS = 1_795_446_074_123  # 2026-11-23 15:01:14 UTC
FIRST = OpenRequest(
    place=1,
    card="casting-0002",
    item="casting",
    item_name="Casting: M6 'left' + pin?",
    supplier_item="V+778",
    quantity=50,
    consumer="paint",
    state="requested",
    asked_ms=AS_OF_MS - 60_000,
    needed_ms=AS_OF_MS + 3_600_000,
    promised_ms=None,
    is_replacement=False,
)
SECOND = replace(FIRST, place=2, card="casting-0001", supplier_item=None)
LIST = RequestList("plant", "castings-inc", "Castings Inc.", 42, AS_OF_MS, (FIRST, SECOND))

# SEQ group of D.97A, as far as it is used: group 4, with LIN and its group, LOC, QTY and its group.
IN_SEQ = ["SEQ", "LIN", "PIA", "IMD", "GIR", "LOC", "QTY", "DTM"]


def groups(written: bytes) -> tuple[list[str], list[list[str]]]:
    """The tags before the first SEQ, and those of each SEQ group up to UNT."""
    tags = [one[0][0] for one in segments(written)]
    starts = [place for place, tag in enumerate(tags) if tag == "SEQ"] + [tags.index("UNT")]
    return tags[: starts[0]], [tags[a:b] for a, b in pairwise(starts)]


def test_the_segments_stand_in_the_order_of_the_directory() -> None:
    head, requests = groups(deljit(LIST))

    assert head == ["UNB", "UNH", "BGM", "DTM", "NAD", "NAD"]
    assert requests == [IN_SEQ, [tag for tag in IN_SEQ if tag != "PIA"]]
    assert [one[0][0] for one in segments(deljit(LIST))][-2:] == ["UNT", "UNZ"]


def test_the_head_names_document_time_and_parties() -> None:
    _, _, bgm, dtm, buyer, supplier = segments(deljit(LIST))[:6]

    assert bgm == [["BGM"], ["242"], ["42"], ["5"]]
    assert dtm == [["DTM"], ["137", "202611231501", "203"]]
    assert buyer == [["NAD"], ["BY"], ["plant", "", "92"]]
    assert supplier == [["NAD"], ["SU"], ["castings-inc", "", "92"], [""], ["Castings Inc."]]


def test_a_request_names_item_card_place_quantity_and_time() -> None:
    request = {one[0][0]: one[1:] for one in segments(deljit(LIST))[6:14]}

    assert request == {
        "SEQ": [[""], ["1"]],
        "LIN": [["1"], [""], ["casting", "IN"]],
        "PIA": [["1"], ["V+778", "SA"]],
        "IMD": [["F"], [""], ["", "", "", "Casting: M6 'left' + pin?"]],
        "GIR": [["3"], ["CASTING-0002", "ML"]],
        "LOC": [["159"], ["paint", "", "92"]],
        "QTY": [["131", "50", "PCE"]],
        "DTM": [["2", "202611231601", "203"]],
    }


def test_the_counts_are_those_of_the_segments() -> None:
    found = segments(deljit(LIST))
    unt = next(one for one in found if one[0] == ["UNT"])

    assert unt[1] == [str(len(found) - 2)]  # all but UNB and UNZ
    assert found[-1] == [["UNZ"], ["1"], ["42"]]
    assert found[0][5] == found[-1][2]


def test_the_same_list_gives_the_same_bytes() -> None:
    assert deljit(LIST) == deljit(replace(LIST))


def test_nothing_open_is_one_empty_sequence() -> None:
    head, requests = groups(deljit(replace(LIST, requests=())))

    assert (head[-1], requests) == ("NAD", [["SEQ"]])


def test_a_number_that_does_not_fit_is_an_error_and_never_cut() -> None:
    long = replace(FIRST, card="x" * 32 + "-0001")

    with pytest.raises(EdifactError, match="take CSV or JSON"):
        deljit(replace(LIST, requests=(long,)))

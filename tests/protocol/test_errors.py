import re

import pytest

from kanban_protocol import errors

GROUPS = (errors.ProtocolError, errors.SchemaError)
KINDS = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.ProtocolError) and value not in GROUPS
]


def test_every_kind_of_fault_has_a_word_of_its_own_to_be_counted_by() -> None:
    words = [kind.reason for kind in KINDS]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("kind", KINDS)
def test_the_word_is_one_that_a_metric_can_carry(kind: type[errors.ProtocolError]) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", kind.reason)


def test_a_fault_of_the_contract_is_a_value_error() -> None:
    assert issubclass(errors.ProtocolError, ValueError)


def test_too_large_says_how_large() -> None:
    error = errors.TooLargeError(2_049, 2_048)
    assert (error.size_bytes, error.limit_bytes) == (2_049, 2_048)
    assert "2049" in str(error)

import pytest

from kanban_hub.labels.check import checked
from kanban_hub.labels.errors import WrongCheckError
from kanban_hub.labels.label import Form
from kanban_hub.labels.link import link
from kanban_hub.labels.reading import read


@pytest.mark.parametrize(
    "address", ["http://hub:8080", "https://kanban.example.com/", "http://[fd00::1]:8080"]
)
def test_the_address_of_a_card_is_read_as_the_card(address: str) -> None:
    label = read(link(address, "bracket-0003"))

    assert (label.form, label.card) == (Form.LINK, "bracket-0003")


def test_it_needs_only_the_letters_of_a_small_qr_code() -> None:
    assert set(link("http://hub:8080", "bracket-0003")) <= set(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    )


def test_it_is_read_in_either_case_as_browsers_and_scanners_differ() -> None:
    assert read(link("http://hub", "bracket-0003").lower()).card == "bracket-0003"


def test_it_is_read_wherever_the_hub_was_when_the_card_was_printed() -> None:
    assert read(f"HTTP://OLD.HOST/C/{checked('a-0001')}").card == "a-0001"


def test_a_misread_number_in_it_is_refused() -> None:
    with pytest.raises(WrongCheckError):
        read("HTTP://HUB/C/BRACKET.0003.XX")


@pytest.mark.parametrize(
    "code", ["HTTPS://MAKER.EXAMPLE/C/4711", "HTTP://HUB/D/BRACKET.0003.N3", "HTTP://HUB/C/BRACKET.0003.N3/X"]
)
def test_addresses_of_others_are_texts(code: str) -> None:
    assert read(code).form is Form.TEXT

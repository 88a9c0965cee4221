import pytest

from kanban_hub.labels.errors import BrokenLabelError
from kanban_hub.labels.label import Form
from kanban_hub.labels.reading import read

GTIN = "09506000134352"
SSCC = "376130321109103420"


@pytest.mark.parametrize(
    "code",
    [
        f"01{GTIN}10LOT9\x1d3720\x1d21S1",
        f"]C101{GTIN}10LOT9\x1d3720\x1d21S1",
        f"]d201{GTIN}10LOT9\x1d3720\x1d21S1",
        f"10LOT9\x1d01{GTIN}3720\x1d21S1",
        f"01{GTIN}10LOT9{{GS}}3720{{GS}}21S1",
        f"(01){GTIN}(10)LOT9(37)20(21)S1",
    ],
)
def test_item_lot_quantity_and_serial_are_read(code: str) -> None:
    label = read(code)

    assert (label.form, label.gtin, label.lot) == (Form.GS1, GTIN, "LOT9")
    assert (label.quantity, label.serial) == (20, "S1")
    assert label.container_keys == [f"serial:{GTIN}/S1"]
    assert label.item_keys == [f"gtin:{GTIN}"]


@pytest.mark.parametrize(
    ("code", "gtin"),
    [("9506000134352", GTIN), (GTIN, GTIN), ("]E09506000134352", GTIN), ("96385074", "00000096385074")],
)
def test_an_item_number_alone_is_read_in_its_longest_form(code: str, gtin: str) -> None:
    assert read(code).gtin == gtin


@pytest.mark.parametrize("code", [SSCC, f"00{SSCC}"])
def test_a_shipping_unit_is_one_container(code: str) -> None:
    assert read(code).container_keys == [f"sscc:{SSCC}"]
    assert read(code).item_keys == []


def test_the_contents_of_a_shipping_unit_name_the_item() -> None:
    label = read(f"00{SSCC}02{GTIN}3740")

    assert (label.sscc, label.gtin, label.quantity) == (SSCC, GTIN, 40)


def test_an_empty_date_does_not_hide_the_item() -> None:
    assert read(f"01{GTIN}17000000").gtin == GTIN


@pytest.mark.parametrize("code", ["9506000134353", "12345678", "376130321109103421", "10ABC", "2112345"])
def test_a_number_that_is_no_item_is_a_text_to_be_bound(code: str) -> None:
    assert read(code).form is Form.TEXT
    assert read(code).container_keys == read(code).item_keys == [f"text:{code}"]


def test_a_label_with_a_lot_that_looks_like_a_card_number_is_no_card() -> None:
    assert read(f"01{GTIN}10LOT-1234").card is None


def test_a_gs1_label_of_a_wrong_item_number_is_broken() -> None:
    with pytest.raises(BrokenLabelError, match="without a valid item number"):
        read("010950600013435310LOT9\x1d3720")

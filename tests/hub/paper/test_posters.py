import pytest

from kanban_hub.paper.form import FORMS, Form, own_form
from kanban_hub.paper.posters import StationLabel, station_label
from tests.hub.paper.eyes import beyond, overlaps

ADDRESS = "http://kanban.plant.example:8080"
PAINT = StationLabel(
    "Paint shop", "paint",
    (("The station on a phone", f"{ADDRESS}/panel/paint"), ("How it is", f"{ADDRESS}/stations/paint")),
)  # fmt: skip
LONG = StationLabel("W" * 80, "w" * 32, (("W" * 80, ADDRESS), ("W " * 80, ADDRESS)))


@pytest.mark.parametrize(
    "form", [*FORMS.values(), own_form(40, 40), own_form(300, 300)], ids=lambda f: f.words
)
@pytest.mark.parametrize("label", [PAINT, LONG], ids=["paint", "long"])
def test_nothing_on_a_station_s_label_lies_on_another(label: StationLabel, form: Form) -> None:
    drawing = station_label(label, form)

    assert overlaps(drawing) == []
    assert beyond(drawing) == []

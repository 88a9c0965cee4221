import re

import pytest

from kanban_hub.paper.card import Face, QrContent, front
from kanban_hub.paper.form import FORMS, PAPERS, Form
from kanban_hub.paper.posters import command_sheet, station_label
from kanban_hub.paper.svg import svg
from kanban_hub.web.paper.commands import commands
from kanban_protocol.codes import COMMANDS
from tests.hub.paper.eyes import SVG, beyond, codes, drawn, overlaps, parsed
from tests.hub.paper.faces import ADDRESS, BRACKET, FACES, HOSTILE
from tests.hub.paper.test_posters import PAINT


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_reader_of_others_reads_every_code_of_every_size(face: Face, form: Form) -> None:
    drawing = front(face, form, QrContent.BOTH, ADDRESS)

    wanted = {*face.qr_texts(QrContent.BOTH, ADDRESS)} | (set() if drawing.lacks else {face.number})
    assert codes(drawn(svg(drawing))) == wanted


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_command_is_read_from_its_sheet_twice(paper: object) -> None:
    drawing = command_sheet("Scan first", commands(), paper)  # type: ignore[arg-type]

    assert codes(drawn(svg(drawing))) == set(COMMANDS)
    assert overlaps(drawing) == beyond(drawing) == []


def test_a_hostile_name_is_text() -> None:
    root = parsed(svg(front(HOSTILE, FORMS["a6"], QrContent.LINK, ADDRESS)))

    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_the_name_for_those_who_do_not_see_it_is_text_too() -> None:
    made = svg(front(BRACKET, FORMS["a7"], QrContent.LINK, ADDRESS), 'a "quoted" <name>')

    assert parsed(made).attrib["aria-label"] == 'a "quoted" <name>'


def test_there_is_no_style_and_no_script_in_it() -> None:
    for face in FACES.values():
        made = svg(front(face, FORMS["a7"], QrContent.BOTH, ADDRESS))
        assert re.findall(r"<script|style=|<style|\son\w+=|href", made.replace("&lt;script", "")) == []


def test_it_is_drawn_in_its_true_size() -> None:
    root = parsed(svg(front(BRACKET, FORMS["card"], QrContent.LINK, ADDRESS)))

    assert (root.attrib["width"], root.attrib["height"]) == ("85mm", "54mm")
    assert root.attrib["viewBox"] == "0 0 85 54"


def test_a_station_s_label_leads_to_its_pages() -> None:
    assert codes(drawn(svg(station_label(PAINT, FORMS["a7"])))) == {text for _, text in PAINT.codes}

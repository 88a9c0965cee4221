from collections.abc import Iterator

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.labels.check import checked
from tests.hub.paper.zplreader import labels
from tests.hub.printers.listener import Listener
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

CARDS = "/print/cards?loop=bracket&copies=2&address=http://hub"


@pytest.fixture
def listener(site: Site) -> Iterator[Listener]:
    made = Listener()
    site.printers["line-1"] = made.printer()
    yield made
    made.close()


@pytest.fixture
def anna(site: Site) -> Person:
    return account(site, "anna", AccountRole.OPERATOR)


def test_cards_come_out_of_the_printer_in_the_size_of_its_labels(anna: Person, listener: Listener) -> None:
    answer = anna.fill(CARDS, "/print/cards/printer", printer="line-1")

    assert answer.status_code == 303
    assert "Sent to the printer: Printer at line 1" in anna.read(answer.headers["Location"])
    (job,) = listener.jobs
    found = labels(job)
    assert [(label.width, label.copies) for label in found] == [(496, 2)] * 4
    assert checked("bracket-0001") in [field.data for field in found[0].fields]


def test_a_printer_that_does_not_answer_is_told_and_nothing_typed_is_lost(site: Site, anna: Person) -> None:
    gone = Listener()
    site.printers["line-1"] = gone.printer()
    gone.close()

    answer = anna.fill(CARDS, "/print/cards/printer", printer="line-1")

    assert answer.status_code == 502
    assert f"Printer at line 1 takes no jobs at 127.0.0.1:{gone.port}" in text_of(answer)
    assert 'name="copies" type="number" min="1" max="20" inputmode="numeric" value="2"' in answer.get_data(
        as_text=True
    )


def test_only_printers_of_the_hub_s_settings_are_sent_to(anna: Person, listener: Listener) -> None:
    fields = anna.form(CARDS, "/print/cards/printer")

    for printer in ("127.0.0.1:9100", "", "line-2"):
        sent = {**fields, "printer": printer, "host": "127.0.0.1", "port": str(listener.port)}
        assert anna.send("/print/cards/printer", sent).status_code == 404
    assert listener.jobs == []


def test_who_may_not_print_sees_no_printer_and_sends_nothing(site: Site, listener: Listener) -> None:
    supplier = account(site, "sam", AccountRole.SUPPLIER, station="castings")

    assert "Printer at line 1" not in supplier.read(CARDS)
    form = supplier.form("/account", "/logout")
    assert (
        supplier.send("/print/cards/printer", {**form, "loop": "bracket", "printer": "line-1"}).status_code
        == 403
    )
    assert listener.jobs == []


def test_without_a_printer_there_is_no_form_for_one(anna: Person) -> None:
    assert "Print on it" not in anna.read(CARDS)

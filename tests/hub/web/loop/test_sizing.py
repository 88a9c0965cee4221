import pytest
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.web.frame import PART_HEADER
from tests.hub.web.account.person import Person, account
from tests.hub.web.history import Weeks
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

PAGE = "/loops/bracket/sizing"


@pytest.fixture
def anna(site: Site) -> Person:
    return account(site, "anna", AccountRole.SUPERVISOR)


def cards(site: Site) -> int:
    with site.parts.floor() as (floor, _):
        return floor.sizes["bracket"].cards


def test_before_anything_has_happened_planned_figures_answer(client: FlaskClient) -> None:
    text = text_of(client.get(PAGE))
    assert "Too little has happened yet for a suggestion." in text
    assert "2 h × 30 pieces/h ÷ 20 × 1.2 + 1 = 4.6 → 5" in text


def test_what_the_reader_gives_changes_every_answer_at_once(client: FlaskClient) -> None:
    text = text_of(client.get(f"{PAGE}?demand_per_hour=60&lead_time_h=4&safety=0&container_quantity=30"))
    assert "4 h × 60 pieces/h ÷ 30 × 1 + 1 = 9" in text
    assert "60 pieces/h × 4 h × 1 ÷ 30 = 8" in text
    assert "given by you" in text


def test_a_figure_may_be_written_with_a_comma_and_rubbish_is_told_at_its_field(client: FlaskClient) -> None:
    assert "2.5 h × 30 pieces/h" in text_of(client.get(f"{PAGE}?lead_time_h=2,5"))
    page = client.get(f"{PAGE}?lead_time_h=soon&cards=many&days=0&container_quantity=0")
    assert page.status_code == 200
    for name in ("lead_time_h", "cards", "days", "container_quantity"):
        assert f'id="{name}-fault"' in page.text


def test_a_formula_that_lacks_a_figure_says_which(client: FlaskClient) -> None:
    assert "Needs a figure that nobody knows: Until every part was made once, hours." in text_of(
        client.get(PAGE)
    )
    assert "nobody knows: Until every" not in text_of(client.get(f"{PAGE}?epei_h=8"))


def test_the_recorded_pulls_suggest_a_number_and_are_run_again_with_it(
    site: Site, client: FlaskClient
) -> None:
    Weeks(site).live(3)
    text = text_of(client.get(f"{PAGE}?cards=1"))
    assert "as it was, with 4" in text
    assert "with 1 card: " in text
    assert "pulls found nothing" in text


def test_a_difference_within_the_band_is_no_reason_to_change(client: FlaskClient) -> None:
    assert "By the formula 5 cards would do instead of 4: try them." in text_of(client.get(PAGE))
    assert "it is 5, within 30 % of 4: keep them." in text_of(client.get(f"{PAGE}?band=30"))


def test_the_script_gets_the_answer_alone(client: FlaskClient) -> None:
    part = client.get(PAGE, headers={PART_HEADER: "inside"}).text
    assert "<html" not in part
    assert 'id="formula-textbook"' in part


def test_a_trial_is_started_and_goes_back_by_itself(site: Site, anna: Person) -> None:
    anna.fill(PAGE, "/loops/bracket/trial", try_cards="6", try_days="2", try_reason="new mould")
    assert cards(site) == 6
    text = anna.read(PAGE)
    assert "6 instead of 4" in text
    assert "new mould" in text
    assert "A trial with 6 cards is running, instead of 4." in anna.read("/loops/bracket")

    site.hand.seconds += 2 * DAY_MS / 1000 + 1
    site.come_due()
    assert cards(site) == 4
    assert "gone back" in anna.read(PAGE)


def test_a_trial_is_kept_or_ended_at_once(site: Site, anna: Person) -> None:
    anna.fill(PAGE, "/loops/bracket/trial", try_cards="6", try_days="2", try_reason="x")
    anna.fill(PAGE, "/loops/bracket/trial/keep")
    assert cards(site) == 6
    anna.fill(PAGE, "/loops/bracket/trial", try_cards="5", try_days="2", try_reason="x")
    anna.fill(PAGE, "/loops/bracket/trial/end")
    assert cards(site) == 6


def test_a_trial_without_reason_or_with_no_number_keeps_what_was_typed(site: Site, anna: Person) -> None:
    page = anna.fill(PAGE, "/loops/bracket/trial", try_cards="0", try_days="", try_reason="")
    assert page.status_code == 400
    for name in ("try_cards", "try_days", "try_reason"):
        assert f'id="{name}-fault"' in page.text
    page = anna.fill(PAGE, "/loops/bracket/trial", try_cards="4", try_days="2", try_reason="why not")
    assert (page.status_code, 'value="why not"' in page.text) == (409, True)
    assert "there is nothing to try" in page.text


def test_an_operator_reads_and_starts_nothing(site: Site) -> None:
    otto = account(site, "otto", AccountRole.OPERATOR)
    assert "A supervisor may start one." in otto.read(PAGE)
    assert otto.send("/loops/bracket/trial", {}).status_code == 403


def test_no_such_loop_is_a_page_that_says_so(client: FlaskClient) -> None:
    assert client.get("/loops/brack/sizing").status_code == 404

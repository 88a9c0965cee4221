"""The audit: who came in, what was changed, filtered and as a file."""

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.web.upkeep.audit import WORDS
from tests.hub.web.account.person import Person, account
from tests.hub.web.plant.planner import Planner
from tests.hub.web.site import Site


def test_entries_are_filtered_by_what_by_whom_about_what_and_day(site: Site, root: Person) -> None:
    account(site, "anna", AccountRole.QUALITY)
    root.fill("/accounts", "/accounts/anna/disable")
    day = "2026-11-23"

    def rows(query: str) -> int:
        return root.open(f"/audit/log.csv?{query}").get_data(as_text=True).count("\r\n") - 1

    assert rows("what=account disabled") == 1
    assert rows("about=anna") == 4
    assert rows("by=root&about=anna") == 1
    assert rows(f"since={day}&until={day}") == rows("")
    assert rows("since=2026-11-24") == 0
    assert rows("since=nonsense&what=nonsense") == rows("")
    assert "account disabled anna root" in root.read("/audit?what=account+disabled")


def test_many_entries_come_page_by_page(site: Site, root: Person) -> None:
    for number in range(120):
        site.parts.register.note(Access.RESET, f"b{number}", "root")
    first = root.open("/audit").get_data(as_text=True)
    assert "Older ones" in first
    assert "b119" in first
    older = root.open("/audit?skip=100").get_data(as_text=True)
    assert "b119" not in older
    assert "Newer ones" in older


def test_changes_of_the_plant_are_told_with_their_difference_and_the_plant_of_before(
    site: Site, root: Person
) -> None:
    planner = Planner(root)
    planner.change("/plant/loops/bracket", cards="6")
    planner.change("/plant/items/casting", name="Casting")

    text = root.read("/audit/plant")
    assert text.index("Change 3") < text.index("Change 2")
    assert "Cards 4 → 6" in text
    assert "in the role admin" in text
    assert "Change 3" not in root.read("/audit/plant?about=bracket")
    assert "Change 2" not in root.read("/audit/plant?way=import")
    assert "Change 2" in root.read("/audit/plant?before=3")
    assert "cards = 4" in root.open("/audit/plant/2.toml").get_data(as_text=True)
    assert root.open("/audit/plant/99.toml").status_code == 404
    assert root.open("/audit/plant/x.toml").status_code == 404
    assert planner.open("/audit/plant").send("/plant/changes/3/undo").status_code == 303


def test_only_admins_read_it(site: Site) -> None:
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    for url in ("/audit", "/audit/plant", "/audit/log.csv", "/backup"):
        assert anna.open(url).status_code == 403


def test_everything_that_the_log_tells_has_a_word() -> None:
    assert set(WORDS) == set(Access)

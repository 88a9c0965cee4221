"""A backup taken from the page is one that `kanban-hub restore` puts back."""

from pathlib import Path

from kanban_hub import backup
from kanban_hub.accounts.account import Access
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from kanban_hub.web.upkeep import backup as page
from tests.hub.web.account.person import Person
from tests.hub.web.site import Site


def test_the_copy_holds_everything_and_can_be_restored(site: Site, root: Person, tmp_path: Path) -> None:
    site.signal("assembly", "pull", loop="bracket")
    answer = root.fill("/backup", "/backup")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.kanban.db"')
    copy = tmp_path / "copy.db"
    copy.write_bytes(answer.get_data())
    assert int(answer.headers["Content-Length"]) == copy.stat().st_size
    backup.restore(tmp_path / "again", copy)
    store = DatabaseStore(url_of(tmp_path / "again"))
    with store.view() as view, site.store.view() as original:
        assert view.floor().cards == original.floor().cards
    store.close()


def test_nothing_is_left_beside_the_database_and_it_is_noted(site: Site, root: Person) -> None:
    (site.data / "backup.new-dead").write_bytes(b"of a hub that was killed")
    root.fill("/backup", "/backup").get_data()
    assert list(site.data.glob("backup*")) == []
    assert site.parts.register.log(1)[0].what is Access.BACKED_UP
    assert "Last taken here never" not in root.read("/backup")


def test_one_copy_is_made_at_a_time(root: Person) -> None:
    with page._making:
        assert root.fill("/backup", "/backup").status_code == 409
    assert root.fill("/backup", "/backup").status_code == 200


def test_the_page_gives_the_exact_commands_of_the_way_back(site: Site, root: Person) -> None:
    assert f"kanban-hub restore COPY.kanban.db --data {site.data}" in root.read("/backup")

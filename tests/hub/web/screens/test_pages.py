"""What an admin does with the screens of the plant, and what they hear of it."""

from contextlib import AbstractContextManager

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.ports import View
from kanban_hub.suppliers import links
from kanban_hub.web import cookies, preferences
from kanban_hub.web.frame import PART_HEADER
from kanban_hub.web.screens.desk import KNOWN_FOR_S, TOLD_FOR_S
from kanban_hub.web.screens.picture import SILENT_AFTER_S
from kanban_hub.web.screens.telling import HEADER, SHOWN_HEADER
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site


@pytest.fixture
def root(site: Site) -> Person:
    return account(site, "root", AccountRole.ADMIN)


class Wall(Person):
    """A browser that has opened a screen's link."""

    def __init__(self, site: Site, place: str = "Hall 2") -> None:
        super().__init__(site)
        self.link = links.add_screen(site.store, place, 30, site.clock.now_ms()).id
        self.start = self.open(f"/screen/{site.parts.signer.screen_token(self.link)}").headers["Location"]

    def hear(self, address: str = "/?wall=1", shown: str = "") -> str:
        """The header with what it is told when it next asks."""
        given = {PART_HEADER: "inside", **({SHOWN_HEADER: shown} if shown else {})}
        return self.client.get(address, headers=given).headers.get(HEADER, "")


def test_a_screen_starts_with_the_board_that_was_chosen_for_it(site: Site, root: Person) -> None:
    root.fill("/screens", "/screens", place="Hall 2", target="/board/bodies?wall=1")
    with site.store.view() as view:
        (screen,) = view.screens()

    opened = Person(site).open(f"/screen/{site.parts.signer.screen_token(screen.id)}")

    assert opened.headers["Location"] == "/board/bodies?wall=1"


def test_the_admin_sees_where_each_screen_is_and_what_it_shows(site: Site, root: Person) -> None:
    wall = Wall(site)
    unheard = root.read("/screens")
    wall.hear("/board/bodies?wall=1")
    heard = root.read("/screens")
    wall.hear(shown="older")
    older = root.read("/screens")
    site.hand.seconds += SILENT_AFTER_S + 200
    silent = root.read("/screens")

    assert wall.link[:4].upper() in unheard
    assert "not heard yet" in unheard
    assert "Last heard < 1 min ago Shows /board/bodies?wall=1 Asks from 127.0.0.1" in heard
    assert "shows an older version" not in heard
    assert "shows an older version" in older
    assert "silent" in silent
    assert "3 min ago" in silent


@pytest.mark.parametrize("order", ["identify", "reload"])
def test_what_a_screen_is_told_comes_with_its_next_answers_until_its_time_is_over(
    site: Site, root: Person, order: str
) -> None:
    wall, other = Wall(site), Wall(site, "Hall 3")
    assert wall.hear() == ""

    root.send(f"/screens/{wall.link}/tell", {**root.form("/screens", "/screens"), "order": order})

    told = wall.hear()
    assert told.split(" ")[1] == order
    assert wall.hear() == told, "an answer may be lost on its way"
    assert other.hear() == ""
    site.hand.seconds += TOLD_FOR_S
    assert wall.hear() == ""


def test_a_screen_is_sent_to_another_board_in_another_language_and_theme(site: Site, root: Person) -> None:
    wall = Wall(site)
    fields = root.form("/screens", f"/screens/{wall.link}/settings")

    root.send(
        f"/screens/{wall.link}/settings",
        {**fields, "target": "/board/bodies?wall=1", "language": "de", "theme": "light"},
    )

    assert wall.hear().split(" ")[1:] == ["reload"]
    assert wall.bears(preferences.LANGUAGE) == "de"
    assert wall.bears(preferences.THEME) == "light"
    assert wall.hear().split(" ")[1:] == ["go", "/board/bodies?wall=1"]
    assert Wall.open(wall, "/?wall=1").status_code == 200
    token = site.parts.signer.screen_token(wall.link)
    assert wall.open(f"/screen/{token}").headers["Location"] == "/board/bodies?wall=1"


def test_a_screen_goes_nowhere_else(site: Site, root: Person) -> None:
    wall = Wall(site)
    fields = root.form("/screens", f"/screens/{wall.link}/settings")

    root.send(f"/screens/{wall.link}/settings", {**fields, "target": "//evil.example", "theme": "pink"})

    assert wall.hear().split(" ")[1:] == ["go", "/?wall=1"]


def test_a_link_that_is_given_back_works_again_without_a_hand_at_the_screen(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = Site(tmp_path_factory.mktemp("private"), is_private=True)
    site.load()
    root, wall = account(site, "root", AccountRole.ADMIN), Wall(site)
    assert wall.open(wall.start).status_code == 200

    root.fill("/screens", f"/screens/{wall.link}/revoke")
    page, part = wall.open(wall.start), wall.client.get("/?wall=1", headers={PART_HEADER: "inside"})
    root.fill("/screens", f"/screens/{wall.link}/renew")

    assert page.status_code == part.status_code == 401
    assert page.headers["Refresh"]
    assert wall.link[:4].upper() in page.get_data(as_text=True)
    assert "This screen is not let in" in part.get_data(as_text=True)
    assert wall.open(wall.start).status_code == 200
    site.store.close()


def test_a_link_that_does_not_work_says_what_to_do_and_looks_again(site: Site) -> None:
    response = site.client().get("/screen/nonsense")

    assert response.status_code == 404
    assert response.headers["Refresh"]
    assert "An admin gives the link back" in response.get_data(as_text=True)


def test_a_wall_whose_board_is_gone_looks_again(site: Site) -> None:
    response = site.client().get("/board/nowhere?wall=1")

    assert response.status_code == 404
    assert response.headers["Refresh"]


def test_two_hundred_screens_cost_one_look_at_the_links(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = Wall(site)
    token, looks = wall.bears(cookies.SCREEN), list[int]()
    view = site.store.view

    def counted() -> AbstractContextManager[View]:
        looks.append(1)
        return view()

    monkeypatch.setattr(site.store, "view", counted)

    for _ in range(200):
        assert site.parts.screens.good(site.parts, token)
    at_once = len(looks)
    site.hand.seconds += KNOWN_FOR_S
    assert site.parts.screens.good(site.parts, token)

    assert at_once <= 1
    assert len(looks) == at_once + 1


def test_rubbish_is_answered_by_a_page(site: Site, root: Person) -> None:
    wall = Wall(site)
    fields = root.form("/screens", "/screens")

    for path in (f"/screens/{wall.link}/tell", "/screens/000000000000/renew", "/screens/x/settings"):
        assert root.send(path, {**fields, "order": "explode"}).status_code == 400

"""Notices on a page: who is told what, what waits, what was given up, and a test that is really sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.notices import configfile
from kanban_hub.notices.notice import Channel, Notice, NoticeEvent, NoticeState
from kanban_hub.notices.ports import NoticeFilter
from tests.hub.notices.receivers import MailServer, mail_server
from tests.hub.notices.test_command import written
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of
from tests.mosquitto import free_port


@pytest.fixture
def mails() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def told_by(tmp_path: Path, port: int) -> Site:
    folder = tmp_path / "told"
    folder.mkdir()
    site = Site(folder, notices=configfile.load(written(tmp_path, port)))
    site.load()
    return site


def test_a_test_is_really_sent_and_what_stands_in_the_way_is_told(tmp_path: Path, mails: MailServer) -> None:
    site = told_by(tmp_path, mails.port)
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    sent = anna.fill("/notices", "/notices/test/lead")

    assert "lead: sent" in text_of(sent)
    assert [mail["Subject"] for mail in mails.mails] == ["Test: this way works"]
    site.store.close()


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    site = told_by(tmp_path, free_port())
    answer = account(site, "anna", AccountRole.SUPERVISOR).fill("/notices", "/notices/test/lead")
    assert (answer.status_code, "cannot be reached" in text_of(answer)) == (400, True)
    site.store.close()


def test_who_is_told_what_stands_there_without_addresses(tmp_path: Path) -> None:
    site = told_by(tmp_path, 25)
    page = account(site, "anna", AccountRole.SUPERVISOR).read("/notices")
    assert "Lead lead daily digest" in page
    assert "lead@plant.example" not in page
    site.store.close()


def test_the_queue_is_counted_filtered_and_what_was_given_up_is_tried_again(site: Site, root: Person) -> None:
    with site.store.notices() as queue:
        for number, state in enumerate(NoticeState):
            queue.enqueue([_notice(number)])
            (kept,) = queue.page(NoticeFilter(limit=1))
            if state is NoticeState.SENT:
                queue.save(kept.sent(5))
            elif state is NoticeState.DEAD:
                queue.save(kept.dead("mailbox full", 6))
    text = root.read("/notices")
    assert "waiting 1" in text
    assert "given up 1" in text
    assert "mailbox full" in text
    assert "mailbox full" not in root.read("/notices?state=sent")
    with site.store.notices(writes=False) as queue:
        (dead,) = queue.page(NoticeFilter(state=NoticeState.DEAD))

    assert root.fill("/notices", f"/notices/{dead.number}/retry").status_code == 303

    with site.store.notices(writes=False) as queue:
        assert queue.counts()["dead"] == 0
    form = root.form("/notices", "/logout")
    assert root.send(f"/notices/{dead.number}/retry", form).status_code == 404
    assert root.send("/notices/x/retry", form).status_code == 404


def test_many_notices_come_page_by_page(site: Site, root: Person) -> None:
    with site.store.notices() as queue:
        queue.enqueue([_notice(number) for number in range(60)])
    assert "/notices?before=11" in root.open("/notices").get_data(as_text=True)
    assert root.open("/notices?before=11").get_data(as_text=True).count('id="notice-') == 10
    assert root.open("/notices?before=x&state=y").status_code == 200


def test_without_a_notices_file_the_page_says_so(root: Person) -> None:
    assert "started without a notices file" in root.read("/notices")
    assert root.send("/notices/test/lead", root.form("/notices", "/logout")).status_code == 409


def _notice(number: int) -> Notice:
    return Notice(f"{number:032x}", Channel.MAIL, "lead", NoticeEvent.STARVING, f"No {number}", "", 1, 2)

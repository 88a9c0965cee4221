"""New requests for a supplier outside the plant: told soon, in batches, and with links that are its own."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kanban_hub.language import speaking
from kanban_hub.notices.build import carriers_of
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.mail import MailCarrier
from kanban_hub.notices.notice import Channel, Notice, NoticeEvent
from kanban_hub.notices.requested import APART_MS, SETTLE_MS
from kanban_hub.notices.silence import Silence
from kanban_hub.notices.watch import LOOK_EVERY_MS, Watch
from kanban_hub.orders import MoveCard
from kanban_hub.suppliers import links
from kanban_hub.suppliers.mailmarks import MailLinks
from tests.hub.notices.receivers import MailServer, mail_server
from tests.hub.notices.samples import config, person, smtp
from tests.hub.web.site import PUBLIC_URL, Site
from tests.hub.web.supplier.conftest import PLANT
from tests.hub.web.supplier.visitor import Forms, Visitor

NEW = [NoticeEvent.REQUESTED]


def supplier(station: str = "castings", **rest: object) -> NoticesConfig:
    one = person(station, events=NEW, supplier=station, stations=[station], **rest)
    return config(one, smtp=smtp(1))


class Post:
    """A watch on a site, asked as the sender asks it."""

    def __init__(self, site: Site, told: NoticesConfig) -> None:
        self.site = site
        self.watch = Watch(told, site.store, Silence(site.presence, site.presence.now_s()))

    def go_on(self, ms: int) -> list[Notice]:
        self.site.hand.seconds += ms / 1000
        found = self.watch.due(self.site.clock.now_ms())
        self.watch.kept()
        return found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.load(PLANT)
    yield made
    made.store.close()


def pull(site: Site, loop: str = "casting") -> None:
    site.signal(PLANT.loops[loop].consumer, "pull", loop=loop)


def test_a_burst_of_requests_is_one_mail_after_the_time_to_take_them_back(site: Site) -> None:
    post = Post(site, supplier())
    pull(site)
    assert post.go_on(SETTLE_MS - LOOK_EVERY_MS) == []
    pull(site)

    (mail,) = post.go_on(LOOK_EVERY_MS)

    assert mail.subject == "Castings Inc.: new requests, 2 to be seen"
    assert "- C-77/L, Casting, raw: 2 containers, 100 pieces, the plant has enough for 2.0 h" in mail.body
    assert post.go_on(APART_MS) == []


def test_a_pull_that_was_taken_back_in_time_is_told_to_nobody(site: Site) -> None:
    post = Post(site, supplier())
    pull(site)
    site.ask(MoveCard("casting-0001", "undo"))

    assert post.go_on(SETTLE_MS) == []


def test_what_comes_after_a_mail_waits_until_some_minutes_have_passed(site: Site) -> None:
    post = Post(site, supplier())
    pull(site)
    assert len(post.go_on(SETTLE_MS)) == 1
    pull(site)

    assert post.go_on(APART_MS - LOOK_EVERY_MS) == []
    assert [mail.subject for mail in post.go_on(LOOK_EVERY_MS)] == [
        "Castings Inc.: new requests, 2 to be seen"
    ]


def test_after_a_restart_the_same_is_told_under_the_same_id(site: Site) -> None:
    pull(site)

    found = [Post(site, supplier()).go_on(SETTLE_MS)[0].id for _ in range(2)]

    assert found[0] == found[1]


def test_what_was_seen_meanwhile_is_not_told(site: Site) -> None:
    post = Post(site, supplier())
    pull(site)
    Visitor(site, "castings").answer("seen")

    assert post.go_on(SETTLE_MS) == []


def test_each_supplier_is_told_of_its_own_parts_only(site: Site) -> None:
    told = config(*supplier("castings").people, *supplier("rivets").people, smtp=smtp(1))
    post = Post(site, told)
    pull(site)
    pull(site, "rivet")

    mails = {mail.recipient: mail.body for mail in post.go_on(SETTLE_MS)}

    assert ("C-77/L" in mails["castings"], "RV-4" in mails["castings"]) == (True, False)
    assert ("C-77/L" in mails["rivets"], "RV-4" in mails["rivets"]) == (False, True)


def test_a_station_of_the_plant_has_lamps_and_gets_no_such_mail(site: Site) -> None:
    post = Post(site, config(person(events=NEW)))
    pull(site, "bracket")

    assert post.go_on(SETTLE_MS) == []


def test_the_queue_holds_no_address_and_the_mail_that_is_sent_has_them_all(site: Site) -> None:
    visitor = Visitor(site, "castings")
    pull(site)
    with mail_server() as server:
        (notice,) = Post(site, supplier()).go_on(SETTLE_MS)
        assert "/s/" not in notice.body
        assert "/r/" not in notice.body
        carry(site, server, notice)
        text = server.mails[0].get_content()

    assert f"All of it, and to ship: {PUBLIC_URL}{visitor.url}" in text
    urls = re.findall(rf"(\w[\w ]*): {PUBLIC_URL}(/r/\S+)", text)
    assert [says for says, _ in urls] == ["Seen", "Ready at", "Cannot"]
    for _, path in urls:  # as a mail scanner opens them
        assert visitor.client.get(path).status_code == 200
    assert state(site) == "requested"
    path = urlsplit(urls[0][1]).path
    (form,) = Forms(visitor.client.get(path).get_data(as_text=True)).found
    assert visitor.send(form, path).status_code == 303
    assert state(site) == "accepted"


def test_a_link_that_was_taken_back_before_the_sending_is_not_sent(site: Site) -> None:
    first = Visitor(site, "castings")
    site.hand.seconds += 1
    second = Visitor(site, "castings")
    pull(site)
    (notice,) = Post(site, supplier()).go_on(SETTLE_MS)
    sent = []
    for visitor in (second, first):
        with mail_server() as server:
            carry(site, server, notice)
            sent.append(server.mails[0].get_content())
        links.revoke(site.store, visitor.link.id, site.clock.now_ms())
    with mail_server() as server:
        carry(site, server, notice)
        sent.append(server.mails[0].get_content())

    assert [second.token in text for text in sent] == [True, False, False]
    assert [first.token in text for text in sent] == [False, True, False]
    assert "Ask the plant for a link" in sent[2]
    assert "<" not in sent[2]


def test_without_a_public_address_mails_bear_no_links(site: Site) -> None:
    Visitor(site, "castings")
    links_of = MailLinks(site.store, site.clock, site.parts.signer, "")

    assert (
        links_of.filled("Asked for\nSeen: <reply casting-0001 5 seen>\nAll: <page>\n", "castings")
        == "Asked for\n"
    )


def test_a_page_that_a_mail_leads_to_speaks_as_the_mail_does(site: Site) -> None:
    Visitor(site, "castings")
    links_of = MailLinks(site.store, site.clock, site.parts.signer, PUBLIC_URL)

    with speaking("pl"):
        text = links_of.filled("<page> <reply casting-0001 5 seen>", "castings")

    assert all(address.endswith("?language=pl") for address in text.split())


@pytest.mark.parametrize(
    "text", ["<reply casting-0001 5 fly>", "<reply>", "<pages>", "a < b > c", "<reply C 5 seen>"]
)
def test_what_is_no_mark_stays_as_it_is(site: Site, text: str) -> None:
    Visitor(site, "castings")
    links_of = MailLinks(site.store, site.clock, site.parts.signer, PUBLIC_URL)

    assert links_of.filled(text, "castings") == text


def test_a_mail_to_somebody_of_the_plant_bears_no_suppliers_link(site: Site) -> None:
    Visitor(site, "castings")
    pull(site)
    told = config(person("lead", events=NEW), smtp=smtp(1), board="http://hub/")

    (notice,) = Post(site, told).go_on(SETTLE_MS)

    assert "<" not in notice.body
    assert notice.body.endswith("\nhttp://hub/\n")


def carry(site: Site, server: MailServer, notice: Notice) -> None:
    links_of = MailLinks(site.store, site.clock, site.parts.signer, PUBLIC_URL)
    told = config(*supplier().people, smtp=smtp(server.port))
    carrier = carriers_of(told, links_of)[Channel.MAIL]
    assert isinstance(carrier, MailCarrier)
    carrier.carry(notice)


def state(site: Site) -> str:
    with site.parts.floor() as (floor, _):
        return floor.card("casting-0001").state.value

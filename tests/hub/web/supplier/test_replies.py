"""The links of mails: opening one changes nothing, whoever opens it; the one button of its page does."""

from urllib.parse import urlsplit

import pytest

from kanban_hub.domain.moves import State
from kanban_hub.suppliers.addresses import checked_public_url, page_url, reply_links
from kanban_hub.suppliers.signing import Answer
from tests.hub.web.site import PUBLIC_URL, Site
from tests.hub.web.supplier.visitor import Forms, Visitor, text_of

FIELDS: dict[Answer, dict[str, str]] = {
    Answer.SEEN: {},
    Answer.READY: {"ready": "2026-11-24T14:20"},
    Answer.CANNOT: {"reason": "furnace down"},
    Answer.SHIP: {"quantity": "48", "lot": "M4711"},
}


def replies(site: Site, visitor: Visitor) -> dict[Answer, str]:
    """The paths that a mail about casting-0001 would bear."""
    with site.parts.floor() as (floor, _):
        request = "casting-0001", floor.card("casting-0001").waits_since_ms
    found = reply_links(PUBLIC_URL, site.parts.signer, visitor.link.id, request)
    assert all(url.startswith(f"{PUBLIC_URL}/r/") for url in found.values())
    return {answer: urlsplit(url).path for answer, url in found.items()}


def revision(site: Site) -> int:
    with site.store.view() as view:
        return view.revision()


@pytest.mark.parametrize("answer", list(Answer))
def test_a_mail_scanner_that_fetches_every_link_moves_no_card(
    site: Site, castings: Visitor, answer: Answer
) -> None:
    site.signal("paint", "pull", loop="casting")
    before = revision(site)
    url = replies(site, castings)[answer]

    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        assert castings.client.open(url, method=method).status_code == 200

    assert revision(site) == before


@pytest.mark.parametrize("answer", list(Answer))
def test_the_one_button_does_what_the_mail_said_once(site: Site, castings: Visitor, answer: Answer) -> None:
    site.signal("paint", "pull", loop="casting")
    url = replies(site, castings)[answer]
    (form,) = Forms(castings.client.get(url).get_data(as_text=True)).found

    first = castings.send(form | FIELDS[answer], url)
    done = revision(site)
    again = castings.send(form | FIELDS[answer], url)

    assert (first.status_code, again.status_code) == (303, 303)
    assert "C-77/L" in text_of(castings.client.get(first.headers["Location"]))
    assert revision(site) == done
    with site.parts.floor() as (floor, _):
        card = floor.card("casting-0001")
        has_call = bool(floor.open_calls("castings"))
    expected = {Answer.SHIP: State.IN_TRANSIT, Answer.CANNOT: State.REQUESTED}
    assert card.state is expected.get(answer, State.ACCEPTED)
    assert has_call == (answer is Answer.CANNOT)


def test_a_button_pressed_without_its_page_does_nothing(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")

    assert castings.send({}, replies(site, castings)[Answer.SEEN]).status_code == 403


def test_a_mail_of_an_earlier_round_says_that_it_is_past(site: Site, castings: Visitor) -> None:
    site.signal("paint", "pull", loop="casting")
    url = replies(site, castings)[Answer.SEEN]
    (form,) = Forms(castings.client.get(url).get_data(as_text=True)).found
    site.signal("paint", "scan", code="casting-0001", intent="receive")

    answer = castings.send(form, url)

    assert answer.status_code == 409
    assert "no longer asked for, it is full" in text_of(answer)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://kanban.example.com", "https://kanban.example.com"),
        ("http://10.0.0.5:8080/", "http://10.0.0.5:8080"),
    ],
)
def test_a_public_address_is_kept_without_its_last_slash(text: str, url: str) -> None:
    assert checked_public_url(text) == url


@pytest.mark.parametrize(
    "text",
    ["kanban.example.com", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a", "https://a#b"],
)
def test_what_is_no_address_of_a_hub_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="'"):
        checked_public_url(text)


def test_without_a_public_address_a_link_is_its_path(site: Site, castings: Visitor) -> None:
    assert page_url("", site.parts.signer, castings.link.id) == castings.url

"""Who gets in, and who does not: no link tells anything of another supplier, or of why it does not work."""

import logging
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanban_hub.domain.moves import State
from kanban_hub.suppliers import links
from kanban_hub.suppliers.signing import FORM_FOR_MS, Answer, Reply, Signer
from kanban_hub.web.app import create_gate
from kanban_hub.web.supplier.entry import ANSWERS_A_MINUTE, BAD_LINKS_A_MINUTE
from tests.hub.web.site import PUBLIC_URL, Site
from tests.hub.web.supplier.conftest import PLANT
from tests.hub.web.supplier.visitor import Visitor, text_of

DAY_S = 86_400


def states(site: Site) -> dict[str, State]:
    with site.parts.floor() as (floor, _):
        return {card.id: card.state for card in floor.cards.values()}


def pull_all(site: Site) -> None:
    for loop in ("casting", "rivet"):
        site.signal(PLANT.loops[loop].consumer, "pull", loop=loop)


def bad_tokens(site: Site, castings: Visitor) -> list[str]:
    signer = site.parts.signer
    return [
        "x",
        "a.b",
        castings.token.replace(".", ".AAAA", 1),
        castings.token.partition(".")[0] + "." + "A" * 43,
        "A" * 5_000,
        Signer("another key").link_token(castings.link.id),
        signer.link_token("0" * 12),
        signer.form_token(castings.link.id, site.clock.now_ms()),
        signer.reply_token(Reply(castings.link.id, "casting-0001", 0, Answer.SEEN)),
        castings.link.id,
    ]


def test_wrong_unknown_expired_and_revoked_links_get_one_and_the_same_page(
    site: Site, castings: Visitor, rivets: Visitor
) -> None:
    short = Visitor(site, "castings", days=1)
    links.revoke(site.store, rivets.link.id, site.clock.now_ms())
    site.hand.seconds += DAY_S
    tokens = [*bad_tokens(site, castings), short.token, rivets.token]

    answers = [site.client().get(f"/s/{token}") for token in tokens]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1
    assert "Ask the person at the plant" in text_of(answers[0])
    assert len({str(sorted(answer.headers)) for answer in answers}) == 1


def test_a_link_ends_with_its_last_day_and_not_before(site: Site) -> None:
    visitor = Visitor(site, "castings", days=1)
    site.hand.seconds += DAY_S - 1
    assert visitor.client.get(visitor.url).status_code == 200

    site.hand.seconds += 1
    assert visitor.client.get(visitor.url).status_code == 404


def test_a_link_of_a_station_that_is_no_longer_external_lets_nobody_in(site: Site, castings: Visitor) -> None:
    with site.store.transaction() as work:
        link = next(link for link in work.links() if link.id == castings.link.id)
        work.save_link(replace(link, station="paint"))

    assert castings.client.get(castings.url).status_code == 404


def test_a_revoked_link_stops_its_replies_and_its_open_forms_too(site: Site, castings: Visitor) -> None:
    pull_all(site)
    form = castings.form("ship")
    reply = site.parts.signer.reply_token(
        Reply(castings.link.id, "casting-0001", int(form["asked"]), Answer.SHIP)
    )
    links.revoke(site.store, castings.link.id, site.clock.now_ms())

    assert castings.send(form).status_code == 404
    assert castings.client.get(f"/r/{reply}").status_code == 404
    assert castings.send(form, f"/r/{reply}").status_code == 404
    assert states(site)["casting-0001"] is State.REQUESTED


def test_bad_links_are_slowed_down_and_good_ones_never(site: Site, castings: Visitor) -> None:
    for _ in range(BAD_LINKS_A_MINUTE):
        assert site.client().get("/s/x").status_code == 404

    assert site.client().get("/s/x").status_code == 429
    assert site.parts.turned_away.counts() == {"bad_link": BAD_LINKS_A_MINUTE, "too_often": 1}
    metrics = site.client().get("/metrics").get_data(as_text=True)
    assert 'kanban_supplier_turned_away_total{reason="too_often"} 1.0' in metrics
    assert castings.client.get(castings.url).status_code == 200
    site.hand.seconds += 60
    assert site.client().get("/s/x").status_code == 404


def test_one_link_cannot_flood_the_hub_with_answers(site: Site, castings: Visitor) -> None:
    pull_all(site)
    form = castings.form("seen")
    answers = [castings.send(form).status_code for _ in range(ANSWERS_A_MINUTE + 1)]

    assert answers == [303] * ANSWERS_A_MINUTE + [429]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", "//"])
def test_a_form_of_another_origin_changes_nothing(site: Site, castings: Visitor, origin: str) -> None:
    pull_all(site)

    assert castings.send(castings.form("seen"), origin=origin).status_code == 403
    assert states(site)["casting-0001"] is State.REQUESTED


@pytest.mark.parametrize("origin", ["http://localhost", PUBLIC_URL])
def test_a_form_of_the_hub_is_taken_by_either_of_its_addresses(
    site: Site, castings: Visitor, origin: str
) -> None:
    pull_all(site)

    assert castings.send(castings.form("seen"), origin=origin).status_code == 303


def test_a_form_without_its_token_or_with_that_of_another_link_changes_nothing(
    site: Site, castings: Visitor
) -> None:
    pull_all(site)
    other = Visitor(site, "castings")
    form = castings.form("seen")

    foreign = castings.send(form | {"form": other.form("seen")["form"]})
    without = castings.send({name: value for name, value in form.items() if name != "form"})
    site.hand.seconds += FORM_FOR_MS / 1000
    stale = castings.send(form)

    assert {answer.status_code for answer in (foreign, without, stale)} == {403}
    assert "Nothing was done" in text_of(stale)
    assert states(site)["casting-0001"] is State.REQUESTED


@pytest.mark.parametrize("answer", ["seen", "ready", "cannot", "ship"])
@pytest.mark.parametrize(
    "card", ["rivet-0001", "bracket-0001", "nowhere-0001", "casting-", "", "CASTING-0001"]
)
def test_no_answer_about_a_card_of_others_does_or_tells_anything(
    site: Site, castings: Visitor, answer: str, card: str
) -> None:
    pull_all(site)
    site.signal("assembly", "pull", loop="bracket")
    before = states(site)
    asked = castings.form("seen")["asked"]
    form = castings.form(answer) | {"card": card, "asked": asked, "ready": "2026-11-24T14:20"}

    response = castings.send(form)

    assert (response.status_code, text_of(response)) == (409, "There is no such card of yours any more.")
    assert states(site) == before


@pytest.mark.parametrize("answer", list(Answer))
def test_no_reply_link_about_a_card_of_others_does_or_tells_anything(
    site: Site, castings: Visitor, answer: Answer
) -> None:
    pull_all(site)
    with site.parts.floor() as (floor, _):
        asked_ms = floor.card("rivet-0001").waits_since_ms
    token = site.parts.signer.reply_token(Reply(castings.link.id, "rivet-0001", asked_ms, answer))
    form = castings.form("ship") | {"ready": "2026-11-24T14:20"}

    told = [castings.client.get(f"/r/{token}"), castings.send(form, f"/r/{token}")]

    assert {response.status_code for response in told} == {409}
    assert {text_of(response) for response in told} == {"There is no such card of yours any more."}
    assert states(site)["rivet-0001"] is State.REQUESTED


@pytest.mark.parametrize("card", ["rivet-0001", "bracket-0001", "nowhere-0001", "%2e%2e", "casting-9999"])
def test_labels_of_others_are_as_unknown_as_those_that_are_not(
    site: Site, castings: Visitor, card: str
) -> None:
    response = castings.client.get(f"{castings.url}/label/{card}")

    assert (response.status_code, text_of(response)) == (409, "There is no such card of yours any more.")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    path=st.lists(
        st.sampled_from(["label", "rivet-0001", "requests.csv", "..", "s", "r", "castings", "rivets", "%00"])
        | st.text("abcdefghijklmnopqrstuvwxyz0123456789-._~%/&=", max_size=12),
        max_size=4,
    ),
    query=st.dictionaries(st.sampled_from(["said", "station", "loop", "card"]), st.text(max_size=10)),
    form=st.dictionaries(
        st.sampled_from(["answer", "card", "asked", "loop", "station", "quantity"]),
        st.sampled_from(["ship", "seen", "rivet-0001", "rivet", "rivets", "1", ""]),
    ),
)
def test_no_path_below_a_link_shows_or_moves_anything_of_another_supplier(
    site: Site, castings: Visitor, path: list[str], query: dict[str, str], form: dict[str, str]
) -> None:
    if states(site)["rivet-0001"] is State.FULL:
        pull_all(site)
    site.hand.seconds += 60  # no throttle hides what comes of it
    gate = create_gate(site.parts).test_client()
    url = "/".join([castings.url, *path])
    token = site.parts.signer.form_token(castings.link.id, site.clock.now_ms())
    with site.parts.floor() as (floor, _):
        asked = str(floor.card("rivet-0001").waits_since_ms)
    own = {"form": token, "answer": "ship", "card": "rivet-0001", "asked": asked} | form

    answers = [
        gate.get(url, query_string=query), gate.post(url, data=own), gate.head(url),
    ]  # fmt: skip

    for answer in answers:
        assert b"RV-4" not in answer.get_data()
        assert b"alert(" not in answer.get_data()
        assert answer.status_code < 500
    assert states(site)["rivet-0001"] is State.REQUESTED


def test_the_gate_serves_suppliers_and_nothing_else(site: Site, castings: Visitor) -> None:
    gate = create_gate(site.parts).test_client()
    inside = {rule.rule for rule in site.app.url_map.iter_rules() if not rule.rule.startswith(("/s/", "/r/"))}

    assert gate.get(castings.url).status_code == 200
    for rule in inside - {"/static/<path:filename>"}:
        assert gate.get(re.sub(r"<[^>]+>", "casting-0001", rule)).status_code == 404


def test_pages_keep_their_address_to_themselves(site: Site, castings: Visitor) -> None:
    pull_all(site)
    answers = [
        castings.client.get(castings.url),
        castings.client.get(f"{castings.url}/label/casting-0001"),
        castings.client.get(f"{castings.url}/requests.csv"),
        castings.send(castings.form("seen")),
        castings.client.get("/s/x"),
    ]

    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_pages_ask_for_nothing_from_elsewhere_and_have_nothing_inline(site: Site, castings: Visitor) -> None:
    pull_all(site)
    html = castings.client.get(castings.url).get_data(as_text=True)

    links_of = re.findall(r'(?:src|href|action)="([^"]+)"', html)
    assert all(link.startswith(("/static/", castings.url, "#")) for link in links_of)
    assert not re.findall(r"<script(?! [^>]*src=)|<style|\sstyle=|\son\w+=", html)


def test_the_log_names_no_link(site: Site, castings: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pull_all(site)
    castings.answer("seen")
    castings.send(castings.form("ready") | {"ready": "never"})
    castings.client.get(f"{castings.url}/nowhere")
    site.client().get(f"/s/{castings.token}x")

    assert castings.token not in caplog.text
    assert castings.token.rsplit(".", 1)[1] not in caplog.text


def test_what_was_done_is_said_for_this_link_and_for_a_while_only(site: Site, castings: Visitor) -> None:
    other = Visitor(site, "castings")
    word = site.parts.signer.word_token(castings.link.id, "Call 555-1234 now", site.clock.now_ms())

    assert "Call 555-1234" in text_of(castings.client.get(castings.url, query_string={"said": word}))
    assert "Call 555-1234" not in text_of(other.client.get(other.url, query_string={"said": word}))
    assert "Call 555" not in text_of(castings.client.get(castings.url, query_string={"said": "Call 555"}))
    site.hand.seconds += 300
    assert "Call 555-1234" not in text_of(castings.client.get(castings.url, query_string={"said": word}))

"""What every store promises about accounts."""

from dataclasses import replace

import pytest

from kanban_hub.accounts.account import Access, AccessEntry, Account, AccountRole, Invitation, Session
from kanban_hub.accounts.ports import LOG_MOST, AccountBook, LogFilter
from kanban_hub.accounts.program import Token
from kanban_hub.ports import ScreenLink, StationLink, Store, SupplierLink

ANNA = Account("anna", frozenset({AccountRole.QUALITY, AccountRole.ADMIN}), 5, password="hash")
BEN = Account("ben", frozenset({AccountRole.SUPPLIER}), 6, station="paint")


def entry(at_ms: int) -> AccessEntry:
    return AccessEntry(at_ms, Access.LOGGED_IN, "anna", "anna", "10.0.0.7")


def test_an_account_comes_back_as_it_was_saved_and_in_the_order_of_names(store: Store) -> None:
    with store.accounts() as book:
        book.save_account(BEN)
        book.save_account(replace(ANNA, password=None))
        book.save_account(ANNA)
    with store.accounts(writes=False) as book:
        assert book.accounts() == [ANNA, BEN]
        assert (book.account("ben"), book.account("carl")) == (BEN, None)


def test_sessions_end_alone_by_account_and_by_age(store: Store) -> None:
    with store.accounts() as book:
        for number, account in enumerate(["anna", "anna", "ben", "ben"]):
            book.save_session(Session(str(number), account, number, number + 10))
        book.save_session(Session("3", "ben", 3, 99))
        assert book.session("3") == Session("3", "ben", 3, 99)
        book.end_session("0")
        assert kept(book) == ["1", "2", "3"]
        book.end_sessions("anna")
        assert kept(book) == ["2", "3"]
        book.end_sessions_before(made_ms=2, seen_ms=13)
        assert kept(book) == ["3"]
        book.end_sessions_before(made_ms=4, seen_ms=0)
        assert kept(book) == []


def kept(book: AccountBook) -> list[str]:
    return [digest for digest in "0123" if book.session(digest)]


@pytest.mark.parametrize("account", ["anna", None])
def test_of_one_account_only_the_last_invitation_is_kept(store: Store, account: str | None) -> None:
    last = Invitation("second", account, 20)
    with store.accounts() as book:
        book.invite(Invitation("first", account, 10))
        book.invite(last)
        book.invite(Invitation("other", "ben", 10))
        assert (book.invitation("first"), book.invitation("second")) == (None, last)
        book.end_invitations(account)
        assert book.invitation("second") is None
        assert book.invitation("other") is not None


def test_the_access_log_is_newest_first_and_bounded(store: Store) -> None:
    with store.accounts() as book:
        for at_ms in range(LOG_MOST + 5):
            book.note(entry(at_ms))
    with store.accounts(writes=False) as book:
        assert book.log(2) == [entry(LOG_MOST + 4), entry(LOG_MOST + 3)]
        assert len(book.log(2 * LOG_MOST)) == LOG_MOST


def test_what_breaks_in_between_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        break_off(store)
    with store.accounts(writes=False) as book:
        assert book.accounts() == []


def break_off(store: Store) -> None:
    with store.accounts() as book:
        book.save_account(ANNA)
        raise RuntimeError


def test_logging_in_is_no_change_of_the_floor(store: Store) -> None:
    with store.view() as view:
        before = view.revision()
    with store.accounts() as book:
        book.save_account(ANNA)
    with store.view() as view:
        assert view.revision() == before


def test_links_of_screens_suppliers_and_stations_are_kept_apart(store: Store) -> None:
    screen, supplier = ScreenLink("a", 1, 9, "Hall 2"), SupplierLink("b", 2, 9, "castings-inc")
    station = StationLink("c", 3, 9, "paint", "Hall 2")
    with store.transaction() as work:
        work.save_link(screen)
        work.save_link(supplier)
        work.save_link(station)
        work.save_link(screen.revoked(5))
    with store.view() as view:
        assert (view.screens(), view.links()) == ([replace(screen, revoked_ms=5)], [supplier])
        assert view.station_links() == [station]


def test_a_token_is_found_by_its_digest_also_when_it_is_no_longer_good(store: Store) -> None:
    first = Token("0a", "erp", frozenset({AccountRole.ADMIN, AccountRole.QUALITY}), "d" * 64, 5, 50)
    second = Token("0b", "scales", frozenset({AccountRole.SUPPLIER}), "e" * 64, 6, 60, station="paint")
    with store.accounts() as book:
        book.save_token(second)
        book.save_token(first)
        book.save_token(replace(first, revoked_ms=9, seen_ms=8))
    with store.accounts(writes=False) as book:
        assert book.tokens() == [replace(first, revoked_ms=9, seen_ms=8), second]
        assert (book.token("e" * 64), book.token("f" * 64)) == (second, None)


def test_the_access_log_is_filtered_and_read_page_by_page(store: Store) -> None:
    entries = [
        AccessEntry(number, what, by, f"about-{number}")
        for number, (what, by) in enumerate(
            [
                (Access.LOGGED_IN, "anna"),
                (Access.LOGGED_IN, "ben"),
                (Access.ADDED, "ben"),
                (Access.ADDED, None),
            ]
        )
    ]
    with store.accounts() as book:
        for one in entries:
            book.note(one)

        def found(**which: object) -> list[int]:
            return [one.at_ms for one in book.log(10, LogFilter(**which))]  # type: ignore[arg-type]  # of the test

        assert found() == [3, 2, 1, 0]
        assert found(what=Access.ADDED) == [3, 2]
        assert found(by="ben") == [2, 1]
        assert found(by="ben", what=Access.ADDED, about="about-2") == [2]
        assert found(since_ms=1, until_ms=3) == [2, 1]
        assert found(skip=1) == [2, 1, 0]

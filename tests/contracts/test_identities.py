"""What every store promises about stations' identities."""

from dataclasses import replace

from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.identity.record import Certificate, JoinCode
from kanban_hub.ports import Store

CODE = JoinCode("a1", "paint", "salt$hash", 5, 90)
CERTIFICATE = Certificate("0f", "paint", 7, 900, "ab" * 32, "PEM")


def test_codes_and_certificates_come_back_as_they_were_saved_the_newest_first(store: Store) -> None:
    later = replace(CODE, id="a0", made_ms=6, tries=2, used_ms=8, revoked_ms=9, serial="0f")
    with store.identities() as book:
        book.save_code(CODE)
        book.save_code(replace(later, tries=0))
        book.save_code(later)
        book.save_certificate(CERTIFICATE)
        book.save_certificate(replace(CERTIFICATE, serial="10", station="press", made_ms=9))
        book.save_certificate(replace(CERTIFICATE, revoked_ms=10, cut_ms=11))
    with store.identities(writes=False) as book:
        assert book.codes("paint") == book.codes() == [later, CODE]
        assert book.codes("press") == []
        assert [one.serial for one in book.certificates()] == ["10", "0f"]
        assert book.certificates("paint") == [replace(CERTIFICATE, revoked_ms=10, cut_ms=11)]
        assert book.certificate("0f") == book.certificates("paint")[0]
        assert book.certificate("ff") is None
        assert book.mark() == (2, 1, 1)


def test_what_is_done_with_an_identity_stands_in_the_access_log_of_the_same_commit(store: Store) -> None:
    entry = AccessEntry(5, Access.STATION_REVOKED, "anna", "paint")
    with store.identities() as book:
        assert book.plant() is None
        book.note(entry)
    with store.accounts(writes=False) as accounts:
        assert accounts.log(5) == [entry]

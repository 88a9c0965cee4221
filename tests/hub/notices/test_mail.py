from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.errors import RefusedForGoodError, RejectedError, UnreachableError
from kanban_hub.notices.mail import MailCarrier
from tests.hub.notices.receivers import PASSWORD, MailServer, mail_server, server_tls
from tests.hub.notices.samples import config, mail, person, secret, smtp
from tests.mosquitto import free_port

AT_S = 1_795_446_074.0


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def carrier(told: NoticesConfig) -> MailCarrier:
    return MailCarrier(told, lambda: AT_S)


def plain(server: MailServer, **rest: str) -> MailCarrier:
    return carrier(config(person(**rest), smtp=smtp(server.port)))


def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    body = "Item: Träger <b>links</b> & 日本\nSays: ➜ bent\n"
    plain(server).carry(mail(subject="Träger: 日本", body=body))

    (found,) = server.mails
    assert found["Subject"] == "Träger: 日本"
    assert found.get_content().splitlines() == body.splitlines()
    assert (found["From"], found["To"]) == ("kanban@plant.example", "Team lead <lead@plant.example>")
    assert found.get_content_type() == "text/plain"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].datetime.timestamp() == AT_S


def test_a_mail_that_is_sent_twice_bears_the_same_id(server: MailServer) -> None:
    for key in ("a", "a", "b"):
        plain(server).carry(mail(key=key))

    first, again, other = (found["Message-ID"] for found in server.mails)
    assert first == again != other


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_nothing_in_a_subject_or_a_name_begins_another_header(server: MailServer, end: str) -> None:
    plain(server, name=f"Lead{end}Bcc: b@x.example").carry(mail(subject=f"One{end}Bcc: a@x.example"))

    (found,) = server.mails
    assert found["Bcc"] is None
    assert found["Subject"] == "One Bcc: a@x.example"
    assert len(found["To"].addresses) == 1


def test_with_starttls_the_mail_and_the_log_in_are_encrypted(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    password = secret(tmp_path / "password", PASSWORD.decode())
    with mail_server(server_tls(authority, "localhost"), login=True) as server:
        files = {"ca": str(tmp_path / "ca.pem"), "user": "kanban", "password_file": str(password)}
        told = config(person(), smtp=smtp(server.port, tls="starttls", **files))
        carrier(told).carry(mail())

        assert server.was_encrypted == [True]
        secret(password, "wrong")
        with pytest.raises(UnreachableError, match="refuses user and password") as refused:
            carrier(told).carry(mail(key="b"))
        assert "wrong" not in str(refused.value)


def test_with_tls_from_the_first_byte_the_mail_is_encrypted(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with mail_server(tls=server_tls(authority, "localhost")) as server:
        told = config(person(), smtp=smtp(server.port, tls="tls", ca=str(tmp_path / "ca.pem")))
        carrier(told).carry(mail())
        assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("name", "knows_authority", "said"),
    [("mail.other.example", True, "Hostname mismatch"), ("localhost", False, "self-signed|unable to get")],
)
def test_a_certificate_that_is_not_the_servers_is_refused(
    tmp_path: Path, name: str, knows_authority: bool, said: str
) -> None:
    authority, known = trustme.CA(), tmp_path / "ca.pem"
    (authority if knows_authority else trustme.CA()).cert_pem.write_to_path(str(known))
    with mail_server(server_tls(authority, name)) as server:
        told = config(person(), smtp=smtp(server.port, tls="starttls", ca=str(known)))
        with pytest.raises(UnreachableError, match=said):
            carrier(told).carry(mail())
        assert server.mails == []


def test_a_server_that_offers_no_starttls_gets_no_mail(server: MailServer) -> None:
    told = config(person(), smtp=smtp(server.port, tls="starttls"))
    with pytest.raises(UnreachableError, match="no STARTTLS"):
        carrier(told).carry(mail())
    assert server.mails == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 no such lead@plant.example", RefusedForGoodError), ("451 busy lead@plant.example", RejectedError)],
)
def test_a_refused_recipient_is_told_without_the_address(
    server: MailServer, answer: str, kind: type[Exception]
) -> None:
    server.recipient_answer = answer
    with pytest.raises(kind, match=answer[:3]) as refused:
        plain(server).carry(mail())
    assert "lead@" not in str(refused.value)


def test_a_mail_that_is_refused_for_now_may_come_again(server: MailServer) -> None:
    server.answer = "452 disk full"
    with pytest.raises(RejectedError, match="452 disk full"):
        plain(server).carry(mail())


def test_a_sender_that_is_refused_can_be_mended_and_holds_up_all_mail(server: MailServer) -> None:
    server.sender_answer = "530 log in first"
    with pytest.raises(UnreachableError, match="wants nothing from this hub: 530 log in first"):
        plain(server).carry(mail())


def test_a_server_that_took_the_mail_and_left_has_taken_it(server: MailServer) -> None:
    server.leaves_without_a_word = True
    plain(server).carry(mail())
    assert len(server.mails) == 1


def test_a_host_that_is_no_name_is_told_in_plain_words() -> None:
    with pytest.raises(UnreachableError, match="cannot be reached"):
        carrier(config(person(), smtp=smtp(25, host="a..b"))).carry(mail())


def test_a_server_that_is_not_there_is_told_in_plain_words() -> None:
    with pytest.raises(UnreachableError, match="cannot be reached: Connection refused"):
        carrier(config(person(), smtp=smtp(free_port()))).carry(mail())


def test_who_left_the_file_gets_no_mail(server: MailServer) -> None:
    with pytest.raises(RefusedForGoodError, match="no longer in the notices file"):
        plain(server).carry(mail("gone"))

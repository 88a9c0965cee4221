"""Notices by mail: SMTP, with TLS verified unless the file says otherwise."""

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kanban_hub.language import speaking
from kanban_hub.notices import deadline, secret, texts
from kanban_hub.notices.config import NoticesConfig, Person, Smtp
from kanban_hub.notices.errors import RefusedForGoodError, RejectedError, UnreachableError
from kanban_hub.notices.notice import Notice
from kanban_hub.suppliers.mailmarks import without_marks

TIMEOUT_S = 10.0
WHOLE_S = 30.0
TEXT_MOST = 200
_PERMANENT = range(500, 600)


@dataclass(frozen=True)
class MailCarrier:
    """Hands mails to the server of `config`. `wall` is Unix time, for the mail's date.

    `links` puts the addresses of a supplier's page into a text.
    """

    config: NoticesConfig
    wall: Callable[[], float] = time.time
    links: Callable[[str, str], str] = without_marks

    def target(self, notice: Notice) -> str:
        """The server: when it cannot be reached, no mail can be sent."""
        return "mail"

    def carry(self, notice: Notice) -> None:
        """Returns when the server has taken the mail. Raises a `DeliveryError`."""
        smtp, person = self.config.smtp, self.config.person(notice.recipient)
        if smtp is None or person is None:
            raise RefusedForGoodError("the recipient is no longer in the notices file")
        with _told(person.mail), _connected(smtp) as server:
            server.send_message(self._message(notice, person, smtp.sender))

    def _message(self, notice: Notice, person: Person, sender: str) -> EmailMessage:
        """The Message-ID is the notice's own: sent twice it is still one mail."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(addr_spec=sender)
        message["To"] = Address(texts.one_line(person.name), addr_spec=person.mail)
        message["Subject"] = texts.one_line(notice.subject)
        message["Date"] = format_datetime(datetime.fromtimestamp(self.wall(), UTC))
        message["Message-ID"] = f"<{notice.id}@{sender.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        is_outside = person.supplier is not None
        with speaking(person.language):
            text = self.links(notice.body, person.supplier or "") if is_outside else notice.body
        message.set_content(text)
        return message


@contextmanager
def _connected(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    server = _opened(smtp)
    try:
        with deadline.within(WHOLE_S, lambda: server.sock):
            if smtp.tls == "starttls":
                server.starttls(context=_tls(smtp))
            if smtp.user is not None and smtp.password_file is not None:
                server.login(smtp.user, secret.read(smtp.password_file))
            yield server
            with suppress(smtplib.SMTPException, OSError):  # it has taken the mail: a bad end changes nothing
                server.quit()
    finally:
        server.close()


def _opened(smtp: Smtp) -> smtplib.SMTP:
    if smtp.tls == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_S, context=_tls(smtp))
    return smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_S)


def _tls(smtp: Smtp) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=smtp.ca)


@contextmanager
def _told(mail: str) -> Iterator[None]:
    """Every fault of the conversation as one of ours, in plain words and without the mail address."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise UnreachableError(
            f"the mail server's certificate is not valid: {error.verify_message}"
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise UnreachableError("the mail server offers no STARTTLS or no log-in") from None
    except smtplib.SMTPAuthenticationError as error:
        raise UnreachableError(f"the mail server refuses user and password ({error.smtp_code})") from None
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refused("the recipient", code, _plain(said, mail)) from None
    except smtplib.SMTPDataError as error:
        raise _refused("the mail", error.smtp_code, _plain(error.smtp_error, mail)) from None
    except smtplib.SMTPResponseException as error:  # the greeting or the sender: what may be mended
        shown = f"{error.smtp_code} {_plain(error.smtp_error, mail)}"
        raise UnreachableError(f"the mail server wants nothing from this hub: {shown}") from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise UnreachableError(f"the mail server cannot be reached: {_reason(error)}") from None


def _refused(what: str, code: int, text: str) -> RejectedError | RefusedForGoodError:
    kind = RefusedForGoodError if code in _PERMANENT else RejectedError
    return kind(f"the mail server refuses {what}: {code} {text}")


def _plain(text: bytes | str, mail: str) -> str:
    shown = text.decode(errors="replace") if isinstance(text, bytes) else text
    return texts.one_line(shown).replace(mail, "(address)")[:TEXT_MOST]


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return texts.one_line(text)[:TEXT_MOST]

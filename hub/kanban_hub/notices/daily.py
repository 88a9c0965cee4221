"""When a daily digest is due, and the digests that are due now."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kanban_hub.language import speaking
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.digest import Outlook, digest, report, summary
from kanban_hub.notices.happening import Happening
from kanban_hub.notices.letters import Letters
from kanban_hub.notices.notice import Notice, NoticeEvent

# A hub that was down at the time sends the digest of that morning yet; a day later it is no news.
LATE_MOST = timedelta(hours=6)


def due_day(at: str, timezone: str, now_ms: int) -> date | None:
    """The day whose digest is due at `now_ms`, at the time of day `at`; `None` outside the hours after it."""
    zone = ZoneInfo(timezone)
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        due = datetime.combine(day, time.fromisoformat(at), zone)
        if timedelta(0) <= now - due.astimezone(UTC) < LATE_MOST:
            return day
    return None


def digests(config: NoticesConfig, whole: Outlook, day: date) -> list[Notice]:
    """The digests of `day`, one a recipient; each only of the stations that are theirs."""
    letters = Letters(config, whole.now_ms, whole.floor.plant.calendar.timezone)
    people = [person for person in config.people if NoticeEvent.DIGEST in person.events]
    hooks = [webhook for webhook in config.webhooks if NoticeEvent.DIGEST in webhook.events]
    mails = [
        letters.mail(person, _told_in(person.language, whole.of(person.stations), day)) for person in people
    ]
    return mails + [letters.webhook(webhook, _told(whole, day)) for webhook in hooks]


def _told_in(language: str, outlook: Outlook, day: date) -> Happening:
    with speaking(language):
        return _told(outlook, day)


def _told(outlook: Outlook, day: date) -> Happening:
    sections = digest(outlook)
    facts: dict[str, str | int] = {
        "day": day.isoformat(),
        "summary": summary(sections),
        "report": report(sections),
    }
    event = NoticeEvent.DIGEST
    return Happening(event, f"{event}:{day}", outlook.now_ms, outlook.stations or frozenset(), facts)

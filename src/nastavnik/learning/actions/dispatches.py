"""E-mail from notices: one digest a person and working day, urgent ones alone, tried again when a server refuses.

Nothing is composed or sent on days off or in a person's quiet hours, by the clock of the person's own zone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from nastavnik.learning.enums import DispatchState
from nastavnik.learning.logic.workdays import may_disturb
from nastavnik.learning.models import Dispatch, Notice, NoticePreferences
from nastavnik.learning.queries import workdays
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person
from nastavnik.people.reach import organisations_zone

# What was not mailed within this time is old news: it stays in the product.
STALE_AFTER = timedelta(days=7)
# Pauses before the next try of a refused e-mail; after the last it is given up.
PAUSES = (timedelta(minutes=5), timedelta(minutes=25), timedelta(hours=2), timedelta(hours=10))
QUIET = (time(19), time(9))
NOT_SET_UP = "E-mail is not set up (NASTAVNIK_EMAIL_URL)"
NO_ADDRESS = "The person has no e-mail address"
Write = Callable[[Person, Sequence[Notice], ZoneInfo], "Words"]


@dataclass(frozen=True)
class Words:
    """What an e-mail says, in its reader's language."""

    subject: str
    body: str


@dataclass(frozen=True)
class _Round:
    """What one run of the job knows: the moment, the organisation's day, zone and calendar."""

    at: datetime
    day: date
    zone: ZoneInfo
    calendar: dict[date, bool]

    def may_disturb(self, person: Person, preferences: NoticePreferences | None) -> bool:
        quiet = (preferences.quiet_from, preferences.quiet_to) if preferences else QUIET
        return may_disturb(self.at, workdays.zone_of(person, self.zone), quiet, self.calendar)


def has_mail() -> bool:
    """Whether this installation has a mail server at all."""
    return settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2] not in ("dummy", "console")


def _round(at: datetime) -> _Round:
    return _Round(at, local_day(at), organisations_zone(), workdays.around(at))


def compose(*, at: datetime, write: Write) -> int:
    """Make e-mails of unread notices for everybody who may be disturbed now; returns how many were made.

    The first run of a person's working hours makes the digest of everything that waits; whatever comes later waits for
    the next working day, unless it is urgent. `write` says it in words (the edge knows templates and addresses).
    """
    this = _round(at)
    waiting = Notice.objects.unread().filter(dispatch=None, created_at__gt=at - STALE_AFTER, created_at__lte=at)
    people = Person.objects.filter(pk__in=waiting.values("person_id"), is_active=True).employed_on(this.day)
    known = {one.person_id: one for one in NoticePreferences.objects.filter(person__in=people)}
    had = set(Dispatch.objects.filter(day=this.day, is_digest=True).values_list("person_id", flat=True))
    made = 0
    for person in people.order_by("pk").iterator(chunk_size=500):
        preferences = known.get(person.pk)
        if this.may_disturb(person, preferences):
            rows = waiting.filter(person=person).exclude(kind__in=preferences.without_mail if preferences else [])
            made += _compose_for(person, rows, this, had_digest=person.pk in had, write=write)
    return made


def _compose_for(person: Person, rows: Any, this: _Round, *, had_digest: bool, write: Write) -> int:
    found = list(rows.select_related("about").order_by("-is_urgent", "created_at", "pk"))
    urgent = [notice for notice in found if notice.is_urgent]
    # Before the digest has gone out, urgent ones are its first lines; after it each goes alone.
    letters = [[notice] for notice in urgent] if had_digest else [found] if found else []
    for notices in letters:
        _make(person, notices, this, is_digest=not had_digest, write=write)
    return len(letters)


def _make(person: Person, notices: Sequence[Notice], this: _Round, *, is_digest: bool, write: Write) -> None:
    words = write(person, notices, workdays.zone_of(person, this.zone))
    reason = "" if has_mail() else NOT_SET_UP
    reason = reason or ("" if person.email else NO_ADDRESS)
    with transaction.atomic():
        dispatch = Dispatch.objects.create(
            person=person, address=person.email, day=this.day, is_digest=is_digest, subject=words.subject[:200],
            state=DispatchState.DROPPED if reason else DispatchState.WAITING, outcome=reason, due_at=this.at,
            made_at=this.at,
        )  # fmt: skip
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(dispatch=dispatch)


def send_due(*, at: datetime, write: Write) -> int:
    """Send what is due; returns how many e-mails the server took. One at a time, each in a transaction of its own."""
    this, sent = _round(at), 0
    due = Dispatch.objects.filter(state=DispatchState.WAITING, due_at__lte=at).order_by("due_at", "pk")
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            # Of two workers, one finds the row locked and leaves it alone.
            row = due.filter(pk=key).select_for_update(of=("self",), skip_locked=True).select_related("person").first()
            if row is not None:
                sent += _send(row, this, write)
    return sent


def _send(row: Dispatch, this: _Round, write: Write) -> int:
    person = row.person
    if not person.is_active or not person.employments.on(this.day).exists():
        return _end(row, DispatchState.DROPPED, "The person has left", this.at)
    preferences = NoticePreferences.objects.filter(person=person).first()
    if not this.may_disturb(person, preferences):
        return 0  # a try put off into the quiet hours waits for their end
    notices = list(row.notices.select_related("about").order_by("-is_urgent", "created_at", "pk"))
    words = write(person, notices, workdays.zone_of(person, this.zone))
    message = EmailMessage(
        words.subject, words.body, None, [row.address], connection=get_connection(timeout=20),
        headers={"Message-ID": f"<notice-{row.pk}@nastavnik>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    try:
        message.send()
    except (OSError, SMTPException) as error:
        return _tried(row, f"{error.__class__.__name__}: {error}"[:300], this.at)
    return _end(row, DispatchState.SENT, "", this.at)


def _tried(row: Dispatch, said: str, at: datetime) -> int:
    """A refused try: the next one after its pause, or the end of trying."""
    if row.tries >= len(PAUSES):
        return _end(row, DispatchState.FAILED, said, at)
    row.log = [*row.log, {"at": at.isoformat(), "outcome": said}]
    row.outcome, row.due_at = said, at + PAUSES[row.tries]
    row.tries += 1
    row.save(update_fields=["log", "outcome", "due_at", "tries"])
    return 0


def _end(row: Dispatch, state: DispatchState, said: str, at: datetime) -> int:
    is_sent = state == DispatchState.SENT
    row.state, row.outcome, row.tries = state, said, row.tries + 1
    row.log = [*row.log, {"at": at.isoformat(), "outcome": said or str(state)}]
    row.sent_at = at if is_sent else None
    row.save(update_fields=["state", "outcome", "tries", "log", "sent_at"])
    return int(is_sent)


def send_again(*, dispatch: Dispatch, at: datetime) -> None:
    """Put an e-mail that was given up back into the queue."""
    found = Q(pk=dispatch.pk, state__in=[DispatchState.FAILED, DispatchState.DROPPED]) & ~Q(address="")
    Dispatch.objects.filter(found).update(state=DispatchState.WAITING, due_at=at, tries=0)

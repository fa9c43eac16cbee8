"""What exams do by themselves: the monthly test is assembled and offered, a grey result gets its short retest."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from nastavnik.assessment.actions import forms, sittings
from nastavnik.assessment.enums import ExamState, FormState, Outcome, Purpose
from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.models import Attempt, Exam, Form, Sitting
from nastavnik.assessment.queries import audience
from nastavnik.kernel import clock, journal
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Organisation

MONTHLY_FAILED = "assessment.monthly_failed"
LEAD = timedelta(hours=24)
"""How long before the opening a monthly test is assembled."""
RETEST_DAYS = 3


def opening(exam: Exam, month: date, zone: ZoneInfo) -> datetime:
    """When the exam opens in the month of the day given."""
    day = month.replace(day=exam.monthly_day or 1)
    return datetime(day.year, day.month, day.day, exam.monthly_hour, tzinfo=zone)


def monthly(*, at: datetime) -> list[Sitting]:
    """Assemble and offer every monthly test that opens within a day or is open; widen those offered to newcomers.

    Again changes nothing. A test that cannot be assembled is told in the journal once a month, the others go on.
    """
    organisation = Organisation.objects.first()
    zone = organisation.zone if organisation else ZoneInfo("Europe/Moscow")
    made = []
    for exam in Exam.objects.filter(state=ExamState.PUBLISHED, monthly_day__isnull=False):
        for month in {clock.local_date(moment, zone).replace(day=1) for moment in (at, at + LEAD)}:
            opens = opening(exam, month, zone)
            closes = opens + timedelta(hours=exam.window_hours)
            if opens - LEAD <= at < closes and (found := _offer(exam, month, opens, closes, at=at)):
                made.append(found)
    return made


def _offer(exam: Exam, month: date, opens: datetime, closes: datetime, *, at: datetime) -> Sitting | None:
    people = list(audience.people(month.replace(day=exam.monthly_day or 1), exam.audience))
    known = exam.sittings.filter(purpose=Purpose.MONTHLY, month_date=month, cancelled_at=None).first()
    if known is not None:
        sittings.add(sitting=known, people=people, by=None, at=at)
        return None
    if exam.sittings.filter(purpose=Purpose.MONTHLY, month_date=month).exists():
        return None  # somebody cancelled it
    try:
        with transaction.atomic():
            given = _forms(exam, month, [person.pk for person in people], at=at)
            return sittings.offer(
                exam=exam, people=people, opens_at=opens, closes_at=closes, by=None, at=at, forms=given,
                purpose=Purpose.MONTHLY, month_date=month,
            )  # fmt: skip
    except DomainError as error:
        _tell_failure(exam, month, error, at=at)
        return None


def _forms(exam: Exam, month: date, takers: list[int], *, at: datetime) -> list[Form]:
    """Forms somebody made for this month, else a new one."""
    made = list(exam.forms.filter(purpose=Purpose.MONTHLY, month_date=month, state=FormState.PUBLISHED))
    if made:
        return made
    form = forms.assemble(exam=exam, by=None, at=at, purpose=Purpose.MONTHLY, month_date=month, takers=takers)
    return [forms.publish(form=form, by=None, at=at)]


def _tell_failure(exam: Exam, month: date, error: DomainError, *, at: datetime) -> None:
    told = JournalEntry.objects.filter(kind=MONTHLY_FAILED, subject_id=exam.pk, data__month=month.isoformat())
    if not told.exists():
        data = {"exam": exam.title, "month": month.isoformat(), "problem": str(error)}
        journal.write(MONTHLY_FAILED, by=None, at=at, subject=exam, data=data)


def retest(*, attempt: Attempt, at: datetime) -> Sitting | None:
    """Offer the short retest a grey result asks for: other items of the same topics, for some days. Once."""
    result = attempt.results.in_force().first()
    grey = result is not None and result.outcome == Outcome.GREY
    if not grey or attempt.sitting.purpose == Purpose.RETEST or attempt.retests.exists():
        return None
    exam = attempt.exam
    whole = blueprints.from_json(attempt.form.blueprint)
    number = min(exam.retest_items, whole.items)
    short = replace(whole, items=number, anchors_from=0, anchors_to=0)
    minutes = max(-(-attempt.sitting.minutes * number // whole.items), 5)
    with transaction.atomic():
        form = forms.assemble(
            exam=exam, by=None, at=at, purpose=Purpose.RETEST, takers=[attempt.person_id], blueprint=short,
            fills_up=True,
        )  # fmt: skip
        form = forms.publish(form=form, by=None, at=at)
        return sittings.offer(
            exam=exam, people=[attempt.person], opens_at=at, closes_at=at + timedelta(days=RETEST_DAYS), by=None, at=at,
            forms=[form], purpose=Purpose.RETEST, after=attempt, minutes=minutes, grey_from=None, grey_to=None,
            attempts_allowed=1, gate_seconds=0, pass_percent=attempt.sitting.pass_percent,
        )  # fmt: skip

"""Windows are offered: people get attempts that are complete before the window opens."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from nastavnik.assessment.enums import AttemptState, ExamState, FormState, Purpose
from nastavnik.assessment.errors import HasBegun, NobodyToSit, NoFormYet, NotOfferable, SittingOver, WindowOver
from nastavnik.assessment.events import ExamOffered
from nastavnik.assessment.logic import papers
from nastavnik.assessment.models import Attempt, Exam, Form, FormItem, Sitting
from nastavnik.assessment.queries.candidates import seen_forms
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

OFFERED, WIDENED, CANCELLED = (
    "assessment.sitting_offered",
    "assessment.sitting_widened",
    "assessment.sitting_cancelled",
)
_COUNT_SHOWN = """
INSERT INTO assessment_exposure (item_id, month_date, takers)
SELECT item_id, %s, %s FROM assessment_formitem WHERE form_id = %s ORDER BY item_id
ON CONFLICT (item_id, month_date) DO UPDATE SET takers = assessment_exposure.takers + EXCLUDED.takers
"""


def offer(
    *,
    exam: Exam,
    people: Iterable[Person],
    opens_at: datetime,
    closes_at: datetime,
    by: Person | None,
    at: datetime,
    forms: Sequence[Form] | None = None,
    purpose: Purpose = Purpose.REGULAR,
    month_date: date | None = None,
    after: Attempt | None = None,
    **rules: Any,
) -> Sitting:
    """Let these people sit the exam between the two moments. `rules` replace the exam's; `after`: retest of what.

    Raises NotOfferable, NoFormYet, WindowOver, NobodyToSit.
    """
    if exam.state != ExamState.PUBLISHED:
        raise NotOfferable(exam=exam.title)
    if closes_at <= opens_at or closes_at <= at:
        raise WindowOver
    given = list(forms if forms is not None else exam.forms.filter(state=FormState.PUBLISHED, purpose=Purpose.REGULAR))
    if not given or any(form.state != FormState.PUBLISHED for form in given):
        raise NoFormYet(exam=exam.title)
    with transaction.atomic():
        sitting = Sitting.objects.create(
            exam=exam, purpose=purpose, opens_at=opens_at, closes_at=closes_at, month_date=month_date,
            offered_by=by, offered_at=at, **(_rules_of(exam) | rules),
        )  # fmt: skip
        sitting.forms.set(given)
        found = _prepare(sitting, given, people, at=at, after=after)
        if not found:
            raise NobodyToSit
        data = {"exam": exam.title, "people": len(found), "opens_at": opens_at.isoformat()}
        journal.write(OFFERED, by=by, at=at, subject=sitting, data=data)
        _tell(sitting, found, at)
    return sitting


def _rules_of(exam: Exam) -> dict[str, Any]:
    names = ("minutes", "pass_percent", "grey_from", "grey_to", "attempts_allowed", "page_size", "gate_seconds")
    return {name: getattr(exam, name) for name in names}


def _tell(sitting: Sitting, people: Sequence[int], at: datetime) -> None:
    event = ExamOffered(sitting.pk, sitting.exam.code, tuple(people), sitting.opens_at, sitting.closes_at)
    publish(event, at=at)


def add(*, sitting: Sitting, people: Iterable[Person], by: Person | None, at: datetime) -> int:
    """Let more people sit a window that is not over; those in it stay. Returns how many came. Raises SittingOver."""
    if sitting.cancelled_at or sitting.closes_at <= at:
        raise SittingOver
    with transaction.atomic():
        Sitting.objects.select_for_update().get(pk=sitting.pk)
        found = _prepare(sitting, list(sitting.forms.all()), people, at=at)
        if found:
            data = {"exam": sitting.exam.title, "people": len(found)}
            journal.write(WIDENED, by=by, at=at, subject=sitting, data=data)
            _tell(sitting, found, at)
    return len(found)


def prepare_next(*, sitting: Sitting, person: Person, number: int, at: datetime) -> Attempt:
    """One more attempt of the same person, on the form with the fewest items they know."""
    with transaction.atomic():
        forms = list(sitting.forms.all())
        form = _forms_for([person.pk], forms, seed=sitting.pk)[person.pk]
        attempt = _attempt(sitting, form, person.pk, number=number, at=at)
        attempt.save(force_insert=True)
        _count_shown({form.pk: 1}, at)
    return attempt


def cancel(*, sitting: Sitting, by: Person | None, at: datetime, reason: str = "") -> Sitting:
    """Take a window back nobody has begun in. Its attempts are void. Raises HasBegun, SittingOver."""
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().select_related("exam").get(pk=sitting.pk)
        if sitting.cancelled_at:
            raise SittingOver
        waiting = sitting.attempts.select_for_update()
        if any(one.state != AttemptState.PREPARED for one in waiting):
            raise HasBegun
        why = reason or "window cancelled"
        sitting.attempts.update(state=AttemptState.VOID, void_reason=why, ended_at=at)
        sitting.cancelled_at = at
        sitting.save(update_fields=["cancelled_at"])
        journal.write(CANCELLED, by=by, at=at, subject=sitting, reason=reason, data={"exam": sitting.exam.title})
    return sitting


def _prepare(
    sitting: Sitting, forms: Sequence[Form], people: Iterable[Person], *, at: datetime, after: Attempt | None = None
) -> list[int]:
    """Attempts for those who have none in this window; returns their ids. Frozen here: form, order of everything."""
    wanted = list(dict.fromkeys(person.pk for person in people))
    known = set(sitting.attempts.values_list("person_id", flat=True))
    fresh = [person for person in wanted if person not in known]
    chosen = _forms_for(fresh, forms, seed=sitting.pk)
    rows = [_attempt(sitting, chosen[person], person, number=1, at=at, after=after) for person in fresh]
    Attempt.objects.bulk_create(rows, batch_size=500)
    shown: dict[int, int] = {}
    for form in chosen.values():
        shown[form.pk] = shown.get(form.pk, 0) + 1
    _count_shown(shown, at)
    return fresh


def _attempt(
    sitting: Sitting, form: Form, person: int, *, number: int, at: datetime, after: Attempt | None = None
) -> Attempt:
    seed = random.SystemRandom().getrandbits(62)
    exam = sitting.exam
    layout = papers.layout(
        form.frozen, seed=seed, shuffles_items=exam.shuffles_items, shuffles_options=exam.shuffles_options
    )
    return Attempt(
        sitting=sitting, exam=exam, form=form, person_id=person, number=number, seed=seed, layout=layout,
        after=after, prepared_at=at,
    )  # fmt: skip


def _forms_for(people: Sequence[int], forms: Sequence[Form], *, seed: int) -> Mapping[int, Form]:
    """For each person the form with the fewest items they have had; among equals the one fewest others get."""
    had = seen_forms(people)
    items: dict[int, set[int]] = {form.pk: set() for form in forms}
    for form_pk, item in FormItem.objects.filter(form__in=forms).values_list("form", "item"):
        items[form_pk].add(item)
    given = dict.fromkeys(items, 0)
    order = list(people)
    random.Random(seed).shuffle(order)  # so that neighbours of a list do not sit side by side with one form
    chosen: dict[int, Form] = {}
    for person in order:
        known = had.get(person, set())
        form = min(forms, key=lambda one: (len(items[one.pk] & known), given[one.pk], one.number))
        given[form.pk] += 1
        chosen[person] = form
    return chosen


def _count_shown(forms: Mapping[int, int], at: datetime) -> None:
    month = at.date().replace(day=1)
    with connection.cursor() as cursor:
        for form, takers in sorted(forms.items()):
            cursor.execute(_COUNT_SHOWN, [month, takers, form])

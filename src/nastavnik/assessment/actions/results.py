"""Attempts get their results. A result is never changed; whoever rescores writes a new one that names the old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from nastavnik.assessment.actions.forms import decimal_of
from nastavnik.assessment.actions.open_answers import gather
from nastavnik.assessment.enums import AttemptState, Purpose
from nastavnik.assessment.errors import AttemptEnded
from nastavnik.assessment.events import AttemptClosed
from nastavnik.assessment.logic import verdicts
from nastavnik.assessment.logic.scoring import Score, UnfitAnswer
from nastavnik.assessment.logic.scoring import score as worth
from nastavnik.assessment.models import Answer, Attempt, ItemResult, Result
from nastavnik.assessment.queries.papers import Keyed, keyed
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Person

CLOSED = "assessment.attempt_closed"
# Points a person gave to an open answer: (position in the form, part of a case or None) -> points.
Marks = Mapping[tuple[int, int | None], Fraction]


@dataclass(frozen=True)
class Scored:
    """One item of an attempt with what it brought; `waits`: an open answer nobody has marked."""

    keyed: Keyed
    answer: Any
    answered_at: datetime | None
    points: Fraction
    maximum: Fraction
    parts: tuple[Fraction, ...]
    waits: bool


def close(*, attempt: Attempt, by: Person | None, at: datetime, marks: Marks | None = None) -> Result | None:
    """Give an ended attempt its result; None while open answers wait for marks. Again: the result there is.

    `by`: who gave the last mark. Raises AttemptEnded for an attempt that has not ended or does not count.
    """
    with transaction.atomic():
        rows = Attempt.objects.select_for_update(of=("self",)).select_related("sitting", "form", "exam")
        attempt = rows.get(pk=attempt.pk)
        if attempt.state == AttemptState.CLOSED:
            return Result.objects.in_force().get(attempt=attempt)
        if attempt.state != AttemptState.MARKING:
            raise AttemptEnded
        return score(attempt=attempt, by=by, at=at, marks=marks)


def score(*, attempt: Attempt, by: Person | None, at: datetime, marks: Marks | None = None) -> Result | None:
    """The same within the transaction of the caller, who holds the attempt's lock and has set how it ended."""
    found = scored(attempt, marks or {})
    if any(one.waits for one in found):
        attempt.save(update_fields=["state", "ended_at", "ended_by"])
        gather(attempt=attempt, answers={one.keyed.position: one.answer for one in found}, at=at)
        return None
    attempt.state = AttemptState.CLOSED
    attempt.closed_at = at
    attempt.save(update_fields=["state", "ended_at", "ended_by", "closed_at"])
    result = result_of(attempt, found, by=by, at=at)
    result.save(force_insert=True)
    ItemResult.objects.bulk_create(item_rows(result, found))
    percent, passed = float(result.percent), result.is_passed
    journal.write_all([entry_of(result, by=by, at=at)])
    event = AttemptClosed(attempt.pk, attempt.person_id, attempt.exam.code, percent, passed, result.outcome, at)
    publish(event, at=at)
    return result


def scored(attempt: Attempt, marks: Marks) -> list[Scored]:
    """Every item of the attempt with its last answer and its worth; an answer that does not fit brings nothing."""
    last: dict[int, tuple[Any, datetime]] = {}
    answers = Answer.objects.filter(attempt=attempt).order_by("sequence")
    for position, value, moment in answers.values_list("position", "value", "at"):
        last[position] = (value, moment)
    return scored_from(last, attempt, marks)


def scored_from(last: Mapping[int, tuple[Any, datetime]], attempt: Attempt, marks: Marks) -> list[Scored]:
    """The same from answers at hand: position -> (answer, when)."""
    return [_one(one, last.get(one.position, (None, None)), marks) for one in keyed(attempt.form.public_id)]


def _one(one: Keyed, answered: tuple[Any, datetime | None], marks: Marks) -> Scored:
    answer, moment = answered
    try:
        found = worth(one.body, answer)
    except UnfitAnswer:
        found = worth(one.body, None)
    parts = found.parts or (found,)
    names: list[int | None] = list(range(len(found.parts))) if found.parts else [None]
    given = [_marked(part, marks.get((one.position, name))) for name, part in zip(names, parts, strict=True)]
    points = sum((part for part in given if part is not None), Fraction(0))
    waits = any(part is None for part in given)
    split = tuple(part or Fraction(0) for part in given) if found.parts else ()
    return Scored(one, answer, moment, points, found.maximum, split, waits)


def _marked(part: Score, mark: Fraction | None) -> Fraction | None:
    """Points of one question; None where a person has to mark it and nobody has."""
    if not part.to_mark:
        return part.points
    return None if mark is None else min(max(mark, Fraction(0)), part.maximum)


def entry_of(result: Result, *, by: Person | None, at: datetime) -> JournalEntry:
    """What the journal says of a closed attempt, not yet written."""
    attempt = result.attempt
    data = {"exam": attempt.exam.title, "percent": float(result.percent), "outcome": result.outcome}
    return journal.compose(CLOSED, by=by, at=at, subject=attempt, person_id=attempt.person_id, data=data)


def result_of(attempt: Attempt, found: list[Scored], *, by: Person | None, at: datetime) -> Result:
    """The result these scores make, unsaved."""
    points = sum((one.points for one in found), Fraction(0))
    maximum = sum((one.maximum for one in found), Fraction(0))
    judged_by = rules_of(attempt, maximum)
    return Result(
        attempt=attempt, points=decimal_of(points), max_points=decimal_of(maximum),
        percent=round(decimal_of(verdicts.percent(points, maximum)), 2), cut_points=decimal_of(judged_by.cut),
        outcome=verdicts.outcome(points, judged_by), made_at=at, made_by=by,
    )  # fmt: skip


def rules_of(attempt: Attempt, maximum: Fraction) -> verdicts.Rules:
    """By what the attempt is judged: its window's rules, the form's equated cut; a retest with what it follows."""
    sitting, form = attempt.sitting, attempt.form
    earlier = first_result(attempt.after) if attempt.after_id else None
    if sitting.purpose == Purpose.RETEST and earlier is not None:
        needed = verdicts.needed_in_retest(
            earlier=Fraction(earlier.points), earlier_cut=Fraction(earlier.cut_points), maximum=maximum,
            pass_percent=sitting.pass_percent,
        )  # fmt: skip
        return verdicts.Rules(needed)
    grey = (sitting.grey_from, sitting.grey_to) if sitting.grey_from and sitting.grey_to else None
    equated = Fraction(form.cut_points) if form.cut_points is not None else None
    return verdicts.rules(maximum, pass_percent=sitting.pass_percent, grey=grey, equated_cut=equated)


def first_result(attempt: Attempt | None) -> Result | None:
    """The result in force of an attempt."""
    return Result.objects.in_force().filter(attempt=attempt).first() if attempt else None


def item_rows(result: Result, found: list[Scored]) -> list[ItemResult]:
    """Rows of what each item brought, unsaved."""
    return [
        ItemResult(
            result=result, attempt=result.attempt, position=one.keyed.position, item_id=one.keyed.item_id,
            version_id=one.keyed.version_id, answer=one.answer, points=decimal_of(one.points),
            max_points=decimal_of(one.maximum), parts=[str(part) for part in one.parts], answered_at=one.answered_at,
        )
        for one in found
    ]  # fmt: skip

"""Attempts begin, take answers and end. The server's clock is the only one.

Saving an answer is one INSERT that finds the attempt open and in time or inserts nothing; the shared lock it takes on
the attempt makes a submission wait, so that an acknowledged answer is always scored.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from nastavnik.assessment.actions import results, sittings
from nastavnik.assessment.enums import AttemptState, EndedBy
from nastavnik.assessment.errors import (
    AttemptEnded,
    GateNotYet,
    NoAttemptLeft,
    NotOpenYet,
    NotToVoid,
    TimeIsUp,
    TooManyAnswers,
    WindowClosed,
)
from nastavnik.assessment.events import AttemptRescored
from nastavnik.assessment.logic import windows
from nastavnik.assessment.models import Answer, Attempt, Result, Sitting
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.kernel.logic import formatting
from nastavnik.people.models import Person

# What an attempt needs neither to begin nor to end: its variant, the questions, the plans they were made by.
PAPER = ("layout", "form__frozen", "form__blueprint", "exam__blueprint", "exam__audience", "exam__description")
VOIDED = "assessment.attempt_voided"
LAST_SEQUENCE = 100_000
_SAVE = """
WITH t AS (SELECT id FROM assessment_attempt WHERE id = %s AND state = 'open' AND deadline_at > %s FOR SHARE)
INSERT INTO assessment_answer (attempt_id, sequence, position, value, at)
SELECT t.id, v.sequence, v.position, v.value::jsonb, %s
FROM t, unnest(%s::int[], %s::int[], %s::text[]) AS v (sequence, position, value)
ON CONFLICT (attempt_id, sequence) DO NOTHING RETURNING sequence
"""


def _to_the_second(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M:%S}"


def _day_and_time(moment: datetime) -> str:
    return formatting.moment(timezone.localtime(moment), get_language() or "ru")


# Said in the zone and language of whoever reads the refusal, not of whoever raises it.
to_the_second: Any = lazy(_to_the_second, str)
day_and_time: Any = lazy(_day_and_time, str)


@dataclass(frozen=True)
class Given:
    """One answer as a client numbered it."""

    sequence: int
    position: int
    value: Any


@dataclass(frozen=True)
class Saved:
    """What the server has now: the sequence of each answer as it is stored (another one where the number was taken)."""

    at: datetime
    sequences: Mapping[int, int] = field(default_factory=dict)


def gate_opens_at(attempt: Attempt) -> datetime:
    """When this person's start is let in: the opening of the window, plus their own delay."""
    sitting = attempt.sitting
    return sitting.opens_at + windows.gate_delay(attempt.public_id, sitting.gate_seconds)


def ending_of(sitting: Sitting, started_at: datetime) -> windows.Ending:
    """When an attempt begun then would end, and which rule says so."""
    return windows.ending(started_at, sitting.minutes, sitting.closes_at)


def start(*, attempt: Attempt, at: datetime) -> Attempt:
    """Begin, or go on where the person stopped. Raises NotOpenYet, GateNotYet, WindowClosed, AttemptEnded."""
    with transaction.atomic():
        rows = Attempt.objects.select_for_update(of=("self",)).select_related("sitting").defer("layout")
        attempt = rows.get(pk=attempt.pk)
        sitting = attempt.sitting
        if attempt.state == AttemptState.OPEN and attempt.deadline_at and at < attempt.deadline_at:
            return attempt
        if attempt.state != AttemptState.PREPARED:
            raise AttemptEnded
        if at < sitting.opens_at:
            raise NotOpenYet(opens=day_and_time(sitting.opens_at), now=to_the_second(at))
        if at >= sitting.closes_at:
            raise WindowClosed(closes=day_and_time(sitting.closes_at), now=to_the_second(at))
        if at < (gate := gate_opens_at(attempt)):
            raise GateNotYet(opens=to_the_second(gate), now=to_the_second(at))
        attempt.state = AttemptState.OPEN
        attempt.opened_at = at
        attempt.deadline_at = ending_of(sitting, at).at
        attempt.save(update_fields=["state", "opened_at", "deadline_at"])
    return attempt


def begin_another(*, attempt: Attempt, at: datetime) -> Attempt:
    """The next attempt of the same window, begun. Raises NoAttemptLeft and what `start` raises."""
    sitting = attempt.sitting
    with transaction.atomic():
        # One at a time: two tabs make one attempt.
        Person.objects.select_for_update(no_key=True).get(pk=attempt.person_id)
        mine = sitting.attempts.filter(person_id=attempt.person_id)
        running = mine.filter(state__in=[AttemptState.PREPARED, AttemptState.OPEN]).first()
        if running is None:
            last = mine.aggregate(last=Max("number"))["last"] or 0
            if last >= sitting.attempts_allowed:
                raise NoAttemptLeft
            running = sittings.prepare_next(sitting=sitting, person=attempt.person, number=last + 1, at=at)
        return start(attempt=running, at=at)


def save(*, attempt_id: int, answers: Sequence[Given], at: datetime) -> Saved:
    """Append the answers, each once: what was sent before is acknowledged again. Raises TimeIsUp, AttemptEnded."""
    if any(not 1 <= one.sequence <= LAST_SEQUENCE for one in answers):
        raise TooManyAnswers
    stored = {one.sequence: one.sequence for one in answers}
    waiting = list(answers)
    while waiting:
        written = _insert(attempt_id, waiting, at)
        left = [one for one in waiting if one.sequence not in written]
        if not left:
            break
        waiting = _renumbered(attempt_id, left, stored, at)
    return Saved(at, stored)


def _insert(attempt_id: int, answers: Sequence[Given], at: datetime) -> set[int]:
    values = [None if one.value is None else json.dumps(one.value, ensure_ascii=False) for one in answers]
    numbers, places = [one.sequence for one in answers], [one.position for one in answers]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [attempt_id, at, at, numbers, places, values])
        return {row[0] for row in cursor.fetchall()}


def _renumbered(attempt_id: int, left: Sequence[Given], stored: dict[int, int], at: datetime) -> list[Given]:
    """What is still to write of the answers that were not: those another tab has taken the number of."""
    rows = Answer.objects.filter(attempt_id=attempt_id)
    known = {row.sequence: row for row in rows.filter(sequence__in=[one.sequence for one in left])}
    fresh = [
        one
        for one in left
        if (row := known.get(one.sequence)) is None or (row.position, row.value) != (one.position, one.value)
    ]
    if not fresh:
        return []
    refuse_late(attempt_id, at)
    last = rows.aggregate(last=Max("sequence"))["last"] or 0
    if last + len(fresh) > LAST_SEQUENCE:
        raise TooManyAnswers
    again = [Given(last + step, one.position, one.value) for step, one in enumerate(fresh, start=1)]
    asked = {now: first for first, now in stored.items()}
    for one, new in zip(fresh, again, strict=True):
        stored[asked[one.sequence]] = new.sequence
    return again


def refuse_late(attempt_id: int, at: datetime) -> None:
    """Say why nothing can be saved any more, if so. Raises TimeIsUp, AttemptEnded."""
    state, deadline = Attempt.objects.values_list("state", "deadline_at").get(pk=attempt_id)
    if deadline and at >= deadline:
        raise TimeIsUp(deadline=to_the_second(deadline), now=to_the_second(at))
    if state != AttemptState.OPEN:
        raise AttemptEnded


def submit(*, attempt: Attempt, at: datetime, by: Person | None) -> Attempt:
    """End the attempt and, unless something waits for marking, close it. Again changes nothing.

    After the deadline it ended at the deadline, whoever asks.
    """
    with transaction.atomic():
        rows = Attempt.objects.select_for_update(of=("self",)).select_related("sitting", "form", "exam")
        attempt = rows.defer(*PAPER).get(pk=attempt.pk)
        if attempt.state != AttemptState.OPEN or attempt.deadline_at is None or attempt.opened_at is None:
            return attempt
        late = at >= attempt.deadline_at
        attempt.state = AttemptState.MARKING
        attempt.ended_at = attempt.deadline_at if late else at
        attempt.ended_by = ending_of(attempt.sitting, attempt.opened_at).by if late else EndedBy.PERSON
        results.score(attempt=attempt, at=at, by=None)
    return attempt


def end_due(*, at: datetime) -> int:
    """Submit what is past its deadline, with the last acknowledged answers; mark what was never begun as missed."""
    due = Attempt.objects.filter(state=AttemptState.OPEN, deadline_at__lte=at).order_by("deadline_at")
    ended = 0
    for attempt in due:
        submit(attempt=attempt, at=at, by=None)
        ended += 1
    missed = Attempt.objects.filter(state=AttemptState.PREPARED, sitting__closes_at__lte=at)
    return ended + missed.update(state=AttemptState.MISSED, ended_at=at, ended_by=EndedBy.WINDOW)


def void(*, attempt: Attempt, by: Person | None, at: datetime, reason: str) -> Attempt:
    """Make the attempt not count; everything of it is kept. Raises NotToVoid."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update(of=("self",)).select_related("exam").get(pk=attempt.pk)
        if attempt.state in (AttemptState.VOID, AttemptState.MISSED):
            raise NotToVoid(state=AttemptState(attempt.state).label)
        last = Result.objects.filter(attempt=attempt).in_force().first()
        attempt.state = AttemptState.VOID
        attempt.void_reason = reason
        attempt.ended_at = attempt.ended_at or at
        attempt.save(update_fields=["state", "void_reason", "ended_at"])
        data = {"exam": attempt.exam.title}
        journal.write(VOIDED, by=by, at=at, subject=attempt, person_id=attempt.person_id, reason=reason, data=data)
        if last is not None:
            percent = float(last.percent)
            publish(
                AttemptRescored(attempt.pk, attempt.person_id, attempt.exam.code, percent, False, "void", at), at=at
            )
    return attempt

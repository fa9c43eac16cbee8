"""Results become facts of the metrics: one per closed first attempt, replaced when it is rescored.

Sent in batches by a timer and not with each attempt: a batch rewrites a day's file, and during an exam 2,000 attempts
close within the hour.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from nastavnik.assessment.enums import AttemptState, Outcome, Purpose
from nastavnik.assessment.models import Result, ResultFact
from nastavnik.metrics.actions import facts

STREAM = "exam_results"
THOUSANDTHS = 1000


def send(*, at: datetime) -> int:
    """Send the results in force that were not sent yet; returns how many. Again sends nothing."""
    sent = 0
    while batch := list(_unsent()[: facts.PUSH_LIMIT]):
        facts.push(stream=STREAM, rows=[row(one) for one in batch], by=None, at=at)
        with transaction.atomic():
            ResultFact.objects.bulk_create([ResultFact(result=one, sent_at=at) for one in batch], ignore_conflicts=True)
        sent += len(batch)
    return sent


def _unsent() -> Any:
    """First attempts that count; a crash between the push and our note sends the same rows again, which is harmless."""
    rows = Result.objects.in_force().filter(
        fact=None, attempt__state=AttemptState.CLOSED, attempt__number=1, attempt__after=None
    )
    rows = rows.exclude(attempt__form__purpose=Purpose.RETEST)
    return rows.select_related("attempt__person", "attempt__exam").order_by("pk")


def row(result: Result) -> dict[str, Any]:
    """A result as a record of the stream: its id is the attempt's, so a rescore replaces it."""
    attempt = result.attempt
    decided = result.outcome != Outcome.GREY
    return {
        "id": attempt.public_id,
        "person": attempt.person.code,
        "closed_at": (attempt.ended_at or attempt.closed_at or result.made_at).isoformat(),
        "exam": attempt.exam.code,
        "earned": round(result.points * THOUSANDTHS),
        "possible": round(result.max_points * THOUSANDTHS),
        "passed": (result.outcome == Outcome.PASSED) if decided else None,
    }

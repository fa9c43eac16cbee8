"""Attempts sat elsewhere (on paper, in an earlier system) are brought in, a whole window at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import transaction

from nastavnik.assessment.actions import results
from nastavnik.assessment.actions.results import Scored
from nastavnik.assessment.enums import AttemptState, EndedBy
from nastavnik.assessment.errors import PaperOfNobody
from nastavnik.assessment.events import AttemptClosed
from nastavnik.assessment.models import Answer, Attempt, ItemResult, Result, Sitting
from nastavnik.kernel import bulk, journal
from nastavnik.kernel.events import publish_all
from nastavnik.people.models import Person

_BATCH = 2000
_ITEM_FIELDS = tuple(field.attname for field in ItemResult._meta.concrete_fields if not field.primary_key)


@dataclass(frozen=True)
class Paper:
    """What one person answered: (position in the form, answer as `logic.scoring` takes it, when), in order."""

    person_id: int
    opened_at: datetime
    ended_at: datetime
    answers: Sequence[tuple[int, Any, datetime]]


def bring_in(*, sitting: Sitting, papers: Sequence[Paper], by: Person | None, at: datetime) -> list[Result]:
    """Give the prepared attempts of these people their answers and results; all of them or none.

    Answers that wait for a mark leave their attempt in marking. Raises PaperOfNobody.
    """
    with transaction.atomic():
        rows = sitting.attempts.select_for_update(of=("self",)).filter(state=AttemptState.PREPARED)
        waiting = {row.person_id: row for row in rows.select_related("sitting", "form", "exam", "after", "person")}
        if strangers := [paper for paper in papers if paper.person_id not in waiting]:
            raise PaperOfNobody(people=len(strangers))
        attempts = [_filled(waiting[paper.person_id], paper) for paper in papers]
        bulk.copy_in(
            Answer,
            ("attempt_id", "sequence", "position", "value", "at"),
            (
                (attempt.pk, number, position, value, moment)
                for attempt, paper in zip(attempts, papers, strict=True)
                for number, (position, value, moment) in enumerate(paper.answers, start=1)
            ),
        )
        scored = [(attempt, _scored(attempt, paper)) for attempt, paper in zip(attempts, papers, strict=True)]
        for attempt, found in scored:
            if not any(one.waits for one in found):
                attempt.state, attempt.closed_at = AttemptState.CLOSED, at
        names = ["state", "opened_at", "deadline_at", "ended_at", "ended_by", "closed_at"]
        Attempt.objects.bulk_update(attempts, names, batch_size=200)
        return _close([(attempt, found) for attempt, found in scored if attempt.closed_at], by=by, at=at)


def _filled(attempt: Attempt, paper: Paper) -> Attempt:
    attempt.state = AttemptState.MARKING
    attempt.opened_at, attempt.deadline_at = paper.opened_at, max(paper.ended_at, paper.opened_at)
    attempt.ended_at, attempt.ended_by = paper.ended_at, EndedBy.PERSON
    return attempt


def _scored(attempt: Attempt, paper: Paper) -> list[Scored]:
    return results.scored_from({place: (value, moment) for place, value, moment in paper.answers}, attempt, {})


def _close(scored: Sequence[tuple[Attempt, list[Scored]]], *, by: Person | None, at: datetime) -> list[Result]:
    made = [results.result_of(attempt, found, by=by, at=at) for attempt, found in scored]
    Result.objects.bulk_create(made, batch_size=_BATCH)
    rows = (row for result, (_one, found) in zip(made, scored, strict=True) for row in results.item_rows(result, found))
    bulk.copy_in(ItemResult, _ITEM_FIELDS, map(attrgetter(*_ITEM_FIELDS), rows))
    journal.write_all([results.entry_of(result, by=by, at=at) for result in made])
    publish_all([_event(result, at) for result in made], at=at)
    return made


def _event(result: Result, at: datetime) -> AttemptClosed:
    attempt = result.attempt
    return AttemptClosed(
        attempt.pk, attempt.person_id, attempt.exam.code, float(result.percent), result.is_passed, result.outcome, at
    )

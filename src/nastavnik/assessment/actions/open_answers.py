"""What of an ended attempt people have to mark, laid down once, when the attempt ends."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from nastavnik.assessment.actions.forms import decimal_of
from nastavnik.assessment.logic.items import Body, Case, Essay
from nastavnik.assessment.models import Attempt, OpenAnswer
from nastavnik.assessment.models.marking import WHOLE
from nastavnik.assessment.queries.papers import keyed

MARKERS = 2


def gather(*, attempt: Attempt, answers: dict[int, Any], at: datetime) -> None:
    """Lay down the open answers of an attempt for marking; those there are already stay. `answers` by position."""
    rows = []
    for one in keyed(attempt.form.public_id):
        for part, essay, text in _open(one.body, answers.get(one.position)):
            rows.append(
                OpenAnswer(
                    attempt=attempt, position=one.position, part=part, item_id=one.item_id, version_id=one.version_id,
                    text=text, max_points=decimal_of(essay.points), markers=MARKERS, created_at=at,
                )
            )  # fmt: skip
    OpenAnswer.objects.bulk_create(rows, ignore_conflicts=True)


def _open(body: Body, answer: Any) -> list[tuple[int, Essay, str]]:
    """Essays with something written: part (0: the item itself), the essay, the text."""
    if isinstance(body, Essay):
        pairs: list[tuple[int, Body, Any]] = [(WHOLE, body, answer)]
    elif isinstance(body, Case) and isinstance(answer, list):
        pairs = [(place, *pair) for place, pair in enumerate(zip(body.parts, answer, strict=False), 1)]
    else:
        pairs = []
    return [
        (part, essay, text)
        for part, essay, text in pairs
        if isinstance(essay, Essay) and isinstance(text, str) and text.strip()
    ]


def essay_of(answer: OpenAnswer) -> Essay:
    """The question that was answered."""
    body = answer.version.content
    found = body.parts[answer.part - 1] if isinstance(body, Case) and answer.part else body
    assert isinstance(found, Essay)
    return found


def marks_of(attempt: Attempt) -> dict[tuple[int, int | None], Fraction]:
    """Settled points by place and part, as `results.close` takes them."""
    rows = OpenAnswer.objects.filter(attempt=attempt).exclude(points=None)
    return {
        (row.position, row.part - 1 if row.part else None): Fraction(row.points)
        for row in rows
        if row.points is not None
    }

"""Answers of many takers as the statistics take them: rows of takers, columns of items. First attempts only.

Repeated attempts would count the well-informed twice; retests are sat by those in the grey band alone. Both are left
out everywhere in the analysis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, FloatField, Max, QuerySet
from django.db.models.functions import Cast

from nastavnik.assessment.enums import AttemptState, Purpose
from nastavnik.assessment.logic.psychometrics.classical import Analysis, Score, analyse
from nastavnik.assessment.models import Attempt, Form, FormItem, ItemResult, ItemVersion, Result


def first_attempts(**where: Any) -> QuerySet[Attempt]:
    """Closed first attempts, one of each person at each form."""
    rows = Attempt.objects.filter(state=AttemptState.CLOSED, number=1, after=None, **where)
    rows = rows.exclude(form__purpose=Purpose.RETEST)
    return rows.order_by("form_id", "person_id", "pk").distinct("form_id", "person_id")


def first_results(**where: Any) -> QuerySet[Result]:
    """Results in force of first attempts."""
    return Result.objects.in_force().filter(attempt__in=first_attempts(**where).values("pk"))


@dataclass(frozen=True)
class Column:
    """One item of the form. `points` are those possible."""

    version_id: int
    item_id: int
    position: int
    label: str
    kind: str
    topic: str
    public_id: str
    points: float
    is_anchor: bool
    state: str


@dataclass(frozen=True)
class Sheet:
    """First attempts at one form: a row per taker, a column per item that counts."""

    form: Form
    columns: list[Column]
    left_out: list[Column]
    attempts: list[int]
    scores: list[list[Score]]
    answers: list[list[Any]]
    times: list[list[int | None]]
    """Milliseconds between the save before and the save of this answer."""
    last_result: int

    @property
    def takers(self) -> int:
        return len(self.attempts)

    @property
    def maxima(self) -> list[float]:
        return [column.points for column in self.columns]

    @cached_property
    def analysis(self) -> Analysis | None:
        """None: nobody sat it, or nothing of it counts."""
        return analyse(self.scores, self.maxima) if self.scores and self.columns else None

    @cached_property
    def rights(self) -> list[list[int]]:
        """1 where all points were got, 0 otherwise: what a calibration takes."""
        return [
            [int(score is not None and score >= most - 1e-9) for score, most in zip(row, self.maxima, strict=True)]
            for row in self.scores
        ]

    def column(self, place: int) -> list[Any]:
        """What everybody answered to one item."""
        return [row[place] for row in self.answers]


def columns_of(form: Form) -> list[Column]:
    """The items of a form in its order."""
    rows = FormItem.objects.filter(form=form).select_related("item").order_by("position")
    return [
        Column(
            row.version_id, row.item_id, row.position, row.item.label, row.item.kind, row.topic_path,
            row.item.public_id, float(row.points), row.is_anchor, row.item.state,
        )
        for row in rows
    ]  # fmt: skip


def sheet(form: Form) -> Sheet:
    """The answers of one form, in three queries however many took it."""
    chosen = first_results(form=form)
    rows = ItemResult.objects.filter(result__in=chosen.values("pk")).order_by("attempt_id", "position")
    cells = rows.values_list(
        "attempt_id", "position", Cast("points", FloatField()), "answer", "answered_at", "is_left_out",
        F("attempt__opened_at"),
    )  # fmt: skip
    found: dict[int, dict[int, tuple[Any, ...]]] = {}
    dropped: set[int] = set()
    for attempt_id, position, points, answer, answered_at, is_left_out, opened_at in cells.iterator(chunk_size=20_000):
        found.setdefault(attempt_id, {})[position] = (points, answer, answered_at, opened_at)
        if is_left_out:
            dropped.add(position)
    columns = columns_of(form)
    kept = [column for column in columns if column.position not in dropped]
    places = [column.position for column in kept]
    last = chosen.aggregate(last=Max("pk"))["last"] or 0
    return Sheet(
        form=form,
        columns=kept,
        left_out=[column for column in columns if column.position in dropped],
        attempts=list(found),
        scores=[[row[place][0] if place in row else None for place in places] for row in found.values()],
        answers=[[row[place][1] if place in row else None for place in places] for row in found.values()],
        times=[_durations(row, places) for row in found.values()],
        last_result=last,
    )


def _durations(row: dict[int, tuple[Any, ...]], places: Sequence[int]) -> list[int | None]:
    """How long each answer took: from the save before it, the first from the start of the attempt."""
    saved = sorted((cell[2], place) for place, cell in row.items() if cell[2] is not None)
    before = next((cell[3] for cell in row.values()), None)
    taken: dict[int, int] = {}
    for at, place in saved:
        if before is not None:
            taken[place] = max(0, int((at - before).total_seconds() * 1000))
        before = at
    return [taken.get(place) for place in places]


@dataclass(frozen=True)
class VersionAnswers:
    """Everybody's first answers to one item version, over all the forms it stood in."""

    version: ItemVersion
    points: list[float]
    maximum: float
    rest: list[float | None]
    """Share of points on the other items of the same attempt."""
    answers: list[Any]
    forms: list[int]


_OF_A_VERSION = """
SELECT i.points::float8, i.max_points::float8, i.answer::text, a.form_id,
       CASE WHEN i.is_left_out THEN r.points::float8 / NULLIF(r.max_points, 0)::float8
            ELSE (r.points - i.points)::float8 / NULLIF(r.max_points - i.max_points, 0)::float8 END
FROM assessment_itemresult i
JOIN assessment_result r ON r.id = i.result_id
JOIN assessment_attempt a ON a.id = i.attempt_id
WHERE i.version_id = %s AND r.id IN ({chosen})
ORDER BY a.form_id, a.id
"""


def version_answers(version: ItemVersion, form: Form | None = None) -> VersionAnswers:
    """The answers to a version in one query: the rest of the test is read off the result, not added up again."""
    import json  # noqa: PLC0415 - beside its only use

    where: dict[str, Any] = {"form": form} if form else {"form__items__version": version}
    sql, params = first_results(**where).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_OF_A_VERSION.format(chosen=sql), [version.pk, *params])
        rows = cursor.fetchall()
    return VersionAnswers(
        version,
        points=[row[0] for row in rows],
        maximum=rows[0][1] if rows else 1.0,
        answers=[None if row[2] is None else json.loads(row[2]) for row in rows],
        forms=[row[3] for row in rows],
        rest=[row[4] for row in rows],
    )

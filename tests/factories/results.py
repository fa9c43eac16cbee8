"""Exams that were sat, as rows: a form, its takers, what each answered. Written in bulk, since statistics need many."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from nastavnik.assessment.actions import items
from nastavnik.assessment.enums import AttemptState, EndedBy, ExamState, FormState, ItemState, Outcome, Purpose
from nastavnik.assessment.logic import scoring
from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.models import (
    Attempt,
    Exam,
    Form,
    FormItem,
    Item,
    ItemResult,
    ItemVersion,
    Result,
    Sitting,
    Topic,
)
from nastavnik.people.actions import persons
from nastavnik.people.actions.persons import Newcomer
from nastavnik.people.enums import EmploymentKind
from nastavnik.people.models import Person, Team
from tests.factories.assessment import AT, an_item, options
from tests.factories.assessment import single as a_single
from tests.factories.people import JOINED

_numbers = count(1)
LETTERS = "абвг"


def four(stem: str, right: int = 0) -> Body:
    """A question with four options."""
    return a_single(stem, choices=options(*LETTERS, right=right))


def an_exam(code: str = "", **fields: Any) -> Exam:
    number = next(_numbers)
    made = {"code": code or f"exam-{number}", "title": f"Экзамен {number}", "state": ExamState.PUBLISHED}
    return Exam.objects.create(**made | {"created_at": AT, "changed_at": AT, "published_at": AT} | fields)


def live_items(number: int, *, topic: Topic | None = None, word: str = "Вопрос") -> list[Item]:
    """Live questions of four options; the first is right."""
    made = [an_item(four(f"{word} {next(_numbers)}-{place}?"), topic=topic) for place in range(number)]
    return [items.promote(item=item, to=ItemState.LIVE, by=None, at=AT) for item in made]


def a_form(exam: Exam, members: Sequence[Item], *, month: date | None = None, **fields: Any) -> Form:
    """A published form of these items; anchors are those that are anchors now."""
    versions = [items.latest(item) for item in members]
    points = [scoring.maximum(version.content) for version in versions]
    form = Form.objects.create(
        exam=exam, number=exam.forms.count() + 1, state=FormState.PUBLISHED, seed=1, item_count=len(members),
        max_points=Decimal(float(sum(points))), month_date=month, made_at=AT, published_at=AT,
        purpose=Purpose.MONTHLY if month else Purpose.REGULAR, **fields,
    )  # fmt: skip
    FormItem.objects.bulk_create(
        FormItem(
            form=form, position=place, item=item, version=version, points=Decimal(float(worth)),
            is_anchor=item.state == ItemState.ANCHOR, topic_path=item.topic.path if item.topic else "",
        )
        for place, (item, version, worth) in enumerate(zip(members, versions, points, strict=True), 1)
    )  # fmt: skip
    return form


def a_sitting(form: Form, **fields: Any) -> Sitting:
    made: dict[str, Any] = {
        "exam": form.exam, "opens_at": AT, "closes_at": AT + timedelta(hours=12), "minutes": form.exam.minutes,
        "pass_percent": form.exam.pass_percent, "offered_at": AT, "month_date": form.month_date,
    }  # fmt: skip
    sitting = Sitting.objects.create(**made | fields)
    sitting.forms.add(form)
    return sitting


def people(number: int, *, team: Team | None = None) -> list[Person]:
    """People employed since the day all people of the tests are."""
    newcomers = [
        Newcomer(
            code=f"T-{next(_numbers):05}",
            family_name="Иванова",
            given_name="Ольга",
            kind=EmploymentKind.STAFF,
            joined=JOINED,
            team=team,
        )
        for _one in range(number)
    ]
    return persons.hire_all(newcomers=newcomers, by=None, at=AT)


def sat(
    form: Form,
    takers: Sequence[Person],
    answers: Sequence[Sequence[Any]],
    *,
    sitting: Sitting | None = None,
    at: datetime | None = None,
    seconds: Sequence[Sequence[float]] | None = None,
    number: int = 1,
) -> list[Attempt]:
    """Closed attempts of these people with these answers, one row each; `seconds`: how long each answer took."""
    window = sitting or a_sitting(form)
    begun = at or window.opens_at
    attempts = Attempt.objects.bulk_create(
        Attempt(
            sitting=window, exam=form.exam, form=form, person=person, state=AttemptState.CLOSED, seed=1, number=number,
            prepared_at=begun, opened_at=begun, deadline_at=begun + timedelta(hours=1),
            ended_at=begun + timedelta(minutes=30), ended_by=EndedBy.PERSON, closed_at=begun + timedelta(minutes=30),
        )
        for person in takers
    )  # fmt: skip
    rows = list(FormItem.objects.filter(form=form).select_related("version").order_by("position"))
    scored = [_scored(rows, given) for given in answers]
    results = Result.objects.bulk_create(
        _result(attempt, form, window, [worth for worth, _parts in line])
        for attempt, line in zip(attempts, scored, strict=True)
    )
    ItemResult.objects.bulk_create(
        (
            ItemResult(
                result=result, attempt=attempt, position=row.position, item_id=row.item_id, version=row.version,
                answer=answer, points=worth, max_points=row.points, parts=parts,
                answered_at=begun + timedelta(seconds=sum(taken[: place + 1])),
            )
            for attempt, result, given, line, taken in zip(
                attempts, results, answers, scored, seconds or [[20.0] * len(rows)] * len(attempts), strict=True
            )
            for place, (row, answer, (worth, parts)) in enumerate(zip(rows, given, line, strict=True))
        ),
        batch_size=5000,
    )  # fmt: skip
    return attempts


def _scored(rows: Sequence[FormItem], given: Sequence[Any]) -> list[tuple[Decimal, list[Any]]]:
    found = []
    for row, answer in zip(rows, given, strict=True):
        score = scoring.score(row.version.content, answer)
        found.append((Decimal(float(score.points)), [str(part.points) for part in score.parts]))
    return found


def _result(attempt: Attempt, form: Form, window: Sitting, points: Sequence[Decimal]) -> Result:
    total = sum(points, Decimal(0))
    cut = form.cut_points if form.cut_points is not None else form.max_points * window.pass_percent / 100
    return Result(
        attempt=attempt, points=total, max_points=form.max_points, percent=100 * total / form.max_points,
        cut_points=cut, outcome=Outcome.PASSED if total >= cut else Outcome.FAILED, made_at=attempt.closed_at,
    )  # fmt: skip


def version_of(item: Item) -> ItemVersion:
    return items.latest(item)

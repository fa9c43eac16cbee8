"""Open answers: who marks what, what settles it, and that the last mark closes the attempt."""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from nastavnik.assessment.actions import attempts, items, marking
from nastavnik.assessment.actions.attempts import Given
from nastavnik.assessment.actions.marking import NotYoursToMark
from nastavnik.assessment.enums import AttemptState, ItemState, MarkingState
from nastavnik.assessment.logic.items import Case, Criterion, Essay
from nastavnik.assessment.logic.marking import UnfitMark
from nastavnik.assessment.logic.texts import rich
from nastavnik.assessment.models import Attempt, ItemResult, Mark, OpenAnswer, Result
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.people.models import Person
from tests.factories.assessment import AT, a_trainer, an_item, single
from tests.factories.people import a_person
from tests.factories.results import a_form, a_sitting, an_exam

pytestmark = pytest.mark.django_db


def essay(points: int = 10) -> Essay:
    half = Fraction(points, 2)
    rubric = (Criterion("назвал срок", half), Criterion("извинился", half))
    return Essay(stem=rich(f"Ответьте клиенту на {points}"), points=Fraction(points), rubric=rubric)


def handed_in(*bodies: Any, answers: list[Any], person: Person | None = None) -> Attempt:
    """An attempt that was written and submitted."""
    made = [an_item(body) for body in bodies]
    members = [items.promote(item=item, to=ItemState.LIVE, by=None, at=AT) for item in made]
    form = a_form(an_exam(), members)
    attempt = Attempt.objects.create(
        sitting=a_sitting(form), exam=form.exam, form=form, person=person or a_person(), seed=1, prepared_at=AT,
        state=AttemptState.OPEN, opened_at=AT, deadline_at=AT + timedelta(minutes=40),
    )  # fmt: skip
    given = [Given(place, place, answer) for place, answer in enumerate(answers, 1)]
    attempts.save(attempt_id=attempt.pk, answers=given, at=AT)
    return attempts.submit(attempt=attempt, at=AT, by=None)


def mark(answer: OpenAnswer, by: Person, *lines: int) -> OpenAnswer:
    return marking.mark(answer=answer, lines=[Fraction(one) for one in lines], by=by, at=AT)


@pytest.fixture
def three() -> tuple[Person, Person, Person]:
    return a_trainer("t-1"), a_trainer("t-2"), a_trainer("t-3")


def test_what_people_must_mark_is_laid_down_when_the_attempt_ends() -> None:
    case = Case(stem=rich("Звонит клиент"), parts=(single("Что скажете?"), essay(4)))
    attempt = handed_in(essay(), case, essay(2), answers=["Простите", [0, "Вернём за три дня"], "  "])
    assert attempt.state == AttemptState.MARKING
    rows = OpenAnswer.objects.filter(attempt=attempt).values_list("position", "part", "text", "max_points")
    assert list(rows) == [(1, 0, "Простите", Decimal(10)), (2, 2, "Вернём за три дня", Decimal(4))]


def test_two_marks_that_agree_close_the_attempt_with_their_mean(three: tuple[Person, ...]) -> None:
    attempt = handed_in(single(), essay(), answers=[0, "Простите"])
    answer = OpenAnswer.objects.get(attempt=attempt)
    assert mark(answer, three[0], 5, 3).state == MarkingState.WAITING
    assert not Result.objects.filter(attempt=attempt).exists()
    assert mark(answer, three[1], 5, 4).points == Decimal("8.5")
    result = Result.objects.get(attempt=attempt)
    assert (result.points, result.max_points, result.made_by) == (Decimal("9.5"), Decimal(11), three[1])
    assert list(ItemResult.objects.filter(result=result).values_list("points", flat=True)) == [1, Decimal("8.5")]
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.CLOSED
    assert OutboxEvent.objects.filter(kind="assessment.AttemptClosed").count() == 1


def test_marks_that_part_wait_for_a_third_marker(three: tuple[Person, ...]) -> None:
    answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"]))
    mark(answer, three[0], 5, 5)
    assert mark(answer, three[1], 2, 2).state == MarkingState.DISAGREED
    assert mark(answer, three[2], 4, 4).points == Decimal(9)


def test_every_part_of_a_case_counts_by_its_own_marks(three: tuple[Person, ...]) -> None:
    case = Case(stem=rich("Звонит клиент"), parts=(essay(4), single("Что скажете?"), essay(6)))
    attempt = handed_in(case, answers=[["а", 0, "б"]])
    first, second = OpenAnswer.objects.filter(attempt=attempt).order_by("part")
    for marker in three[:2]:
        mark(first, marker, 2, 1)
        mark(second, marker, 1, 1)
    assert Result.objects.get(attempt=attempt).points == 6
    assert ItemResult.objects.get(attempt=attempt).parts == ["3", "1", "2"]


def test_nobody_marks_twice_or_marks_oneself_or_what_is_settled(three: tuple[Person, ...]) -> None:
    answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"], person=three[0]))
    with pytest.raises(NotYoursToMark):
        mark(answer, three[0], 5, 5)
    mark(answer, three[1], 5, 5)
    with pytest.raises(NotYoursToMark):
        mark(answer, three[1], 1, 1)
    mark(answer, three[2], 5, 5)
    with pytest.raises(NotYoursToMark):
        mark(answer, a_trainer("t-4"), 1, 1)
    with pytest.raises(UnfitMark):
        mark(OpenAnswer.objects.get(attempt=handed_in(essay(2), answers=["а"])), three[1], 2, 0)


def test_the_queue_holds_what_a_marker_may_mark_and_nothing_of_ones_own(three: tuple[Person, ...]) -> None:
    answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"], person=three[0]))

    def queues() -> list[int]:
        return [OpenAnswer.objects.open_to(person).count() for person in (*three, a_person())]

    assert queues() == [0, 1, 1, 0]
    mark(answer, three[1], 5, 5)
    assert queues() == [0, 0, 1, 0]


def test_the_journal_tells_of_a_mark_without_its_points(three: tuple[Person, ...]) -> None:
    answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"]))
    mark(answer, three[0], 5, 5)
    entry = JournalEntry.objects.get(kind=marking.MARKED)
    assert entry.data == {"label": answer.item.label, "number": 1}
    assert sentence(entry) == f"Проверен открытый ответ: {answer.item.label}"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Mark.objects.update(points=1),
        lambda: Mark.objects.all().delete(),
        lambda: Mark.objects.bulk_create(
            Mark(answer=OpenAnswer.objects.get(), number=4, marker=a_trainer("x"), points=1, made_at=AT) for _ in "1"
        ),
        lambda: OpenAnswer.objects.update(points=99),
        lambda: OpenAnswer.objects.update(state=MarkingState.SETTLED),
        lambda: OpenAnswer.objects.update(markers=3),
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(three: tuple[Person, ...], spoil: Callable[[], Any]) -> None:
    mark(OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"])), three[0], 5, 5)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        spoil()


def test_a_settled_answer_stays(three: tuple[Person, ...]) -> None:
    answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите"]))
    for marker in three[:2]:
        mark(answer, marker, 5, 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        OpenAnswer.objects.update(points=1)


@pytest.mark.django_db(transaction=True)
def test_two_last_marks_at_once_close_the_attempt_once() -> None:
    case = Case(stem=rich("Звонит клиент"), parts=(essay(4), essay(6)))
    attempt = handed_in(case, answers=[["а", "б"]])
    markers = [a_trainer("t-1"), a_trainer("t-2")]
    first, second = OpenAnswer.objects.filter(attempt=attempt).order_by("part")
    mark(first, markers[0], 2, 2)
    mark(second, markers[0], 3, 3)
    barrier = threading.Barrier(2)
    faults: list[BaseException] = []

    def give(answer: OpenAnswer) -> None:
        half = int(answer.max_points) // 2
        try:
            barrier.wait()
            mark(answer, markers[1], half, half)
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(one,)) for one in (first, second)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert Result.objects.filter(attempt=attempt).count() == 1

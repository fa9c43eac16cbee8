"""Open answers are marked: two markers blind to each other, a third where they part, then the attempt is closed."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from nastavnik.assessment.actions import results
from nastavnik.assessment.actions.forms import decimal_of
from nastavnik.assessment.actions.open_answers import essay_of, marks_of
from nastavnik.assessment.enums import AttemptState, MarkingState
from nastavnik.assessment.logic import marking as logic
from nastavnik.assessment.models import Attempt, Mark, OpenAnswer
from nastavnik.kernel import journal
from nastavnik.kernel.errors import Conflict
from nastavnik.people.models import Person

MARKED = "assessment.answer_marked"


class NotYoursToMark(Conflict):
    """This answer is not yours to mark: it is settled, your own, or you have marked it already. Take the next one."""


def mark(*, answer: OpenAnswer, lines: Sequence[Fraction], by: Person, at: datetime, note: str = "") -> OpenAnswer:
    """Give the answer one marker's points, line by line of its rubric; the last mark it needs settles it, and the last
    settled answer closes the attempt. Raises NotYoursToMark, UnfitMark.
    """
    with transaction.atomic():
        # The attempt first: two last marks at once would otherwise both find the other answer open.
        attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=answer.attempt_id)
        rows = OpenAnswer.objects.select_for_update(of=("self",)).select_related("version", "item")
        answer = rows.get(pk=answer.pk)
        _refuse_strangers(answer, attempt, by)
        given = logic.total(essay_of(answer), lines)
        number = answer.marks.count() + 1
        Mark.objects.create(
            answer=answer, number=number, marker=by, lines=[str(one) for one in lines], points=decimal_of(given),
            note=note, made_at=at,
        )  # fmt: skip
        journal.write(MARKED, by=by, at=at, subject=answer, data={"label": answer.item.label, "number": number})
        _settle(answer, at)
        if not OpenAnswer.objects.filter(attempt=attempt).exclude(state=MarkingState.SETTLED).exists():
            results.close(attempt=attempt, by=by, at=at, marks=marks_of(attempt))
    return answer


def _refuse_strangers(answer: OpenAnswer, attempt: Attempt, by: Person) -> None:
    marked_by = list(answer.marks.values_list("marker_id", flat=True))
    state = logic.MarkState(answer.state)
    is_open = logic.is_open_to(by.pk, taker=attempt.person_id, marked_by=marked_by, state=state)
    if attempt.state != AttemptState.MARKING or not is_open:
        raise NotYoursToMark


def _settle(answer: OpenAnswer, at: datetime) -> None:
    marks = [Fraction(points) for points in answer.marks.order_by("number").values_list("points", flat=True)]
    found = logic.settle(marks, Fraction(answer.max_points), markers=answer.markers)
    answer.state = MarkingState(found.state.value)
    if found.points is not None:
        answer.points, answer.settled_at = decimal_of(found.points), at
    answer.save(update_fields=["state", "points", "settled_at"])

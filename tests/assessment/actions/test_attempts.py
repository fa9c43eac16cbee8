import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from nastavnik.assessment.actions import attempts, items, results, sittings
from nastavnik.assessment.enums import AttemptState, EndedBy, ItemState, Outcome, Purpose
from nastavnik.assessment.errors import (
    AttemptEnded,
    GateNotYet,
    NoAttemptLeft,
    NotOpenYet,
    TimeIsUp,
    TooManyAnswers,
    WindowClosed,
)
from nastavnik.assessment.models import Answer, Attempt, Exposure, FormItem, ItemResult, Result
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from tests.factories.assessment import an_essay, single
from tests.factories.assessment_exams import (
    AT,
    CLOSES,
    OPENS,
    a_published_exam,
    a_sitting,
    an_attempt,
    an_open_attempt,
    give,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def rows(attempt: Attempt) -> list[tuple[int, int, Any]]:
    return list(attempt.answers.order_by("sequence").values_list("sequence", "position", "value"))


def test_an_attempt_is_complete_before_the_window_opens():
    attempt = an_attempt()
    assert attempt.state == AttemptState.PREPARED
    assert sorted(one["p"] for one in attempt.layout) == [1, 2, 3, 4]
    assert [sorted(one["o"]) for one in attempt.layout] == [[0, 1]] * 4


def test_starting_fifty_times_is_one_attempt():
    attempt = an_attempt()
    opened = {attempts.start(attempt=attempt, at=AT + n * SECOND).opened_at for n in range(50)}
    assert opened == {AT}
    assert Attempt.objects.count() == 1


def test_nobody_begins_before_the_window_opens():
    attempt = an_attempt()
    with pytest.raises(NotOpenYet):
        attempts.start(attempt=attempt, at=OPENS - SECOND)


def test_nobody_begins_after_it_has_closed():
    attempt = an_attempt()
    with pytest.raises(WindowClosed):
        attempts.start(attempt=attempt, at=CLOSES)


def test_each_person_is_let_in_at_their_own_second():
    attempt = an_attempt(gate_seconds=60)
    gate = attempts.gate_opens_at(attempt)
    assert OPENS <= gate < OPENS + 60 * SECOND
    assert attempts.gate_opens_at(Attempt.objects.get(pk=attempt.pk)) == gate
    with pytest.raises(GateNotYet):
        attempts.start(attempt=attempt, at=gate - timedelta(milliseconds=1))
    assert attempts.start(attempt=attempt, at=gate).opened_at == gate


def test_the_deadline_is_the_limit_or_the_end_of_the_window():
    early = an_open_attempt(at=AT)
    assert early.deadline_at == AT + 40 * MINUTE


def test_a_late_start_ends_with_the_window():
    late = an_open_attempt(at=CLOSES - 10 * MINUTE)
    assert late.deadline_at == CLOSES


def test_the_same_answer_sent_twice_is_one_row_and_acknowledged_twice():
    attempt = an_open_attempt()
    assert give(attempt, 1, 2, 0).sequences == {1: 1}
    assert give(attempt, 1, 2, 0).sequences == {1: 1}
    assert rows(attempt) == [(1, 2, 0)]


def test_two_tabs_with_one_number_lose_nothing():
    attempt = an_open_attempt()
    give(attempt, 1, 2, 0)
    assert give(attempt, 1, 3, 1).sequences == {1: 2}
    assert rows(attempt) == [(1, 2, 0), (2, 3, 1)]


def test_a_page_is_saved_whole_though_another_tab_took_two_of_its_numbers():
    attempt = an_open_attempt()
    give(attempt, 2, 1, 1)
    give(attempt, 3, 1, 0)
    page = [attempts.Given(n, n, n % 2) for n in (1, 2, 3, 4)]
    saved = attempts.save(attempt_id=attempt.pk, answers=page, at=AT)
    assert rows(attempt) == [(1, 1, 1), (2, 1, 1), (3, 1, 0), (4, 4, 0), (5, 2, 0), (6, 3, 1)]
    assert saved.sequences == {1: 1, 2: 5, 3: 6, 4: 4}


def test_an_answer_can_be_taken_back():
    attempt = an_open_attempt()
    give(attempt, 1, 1, 0)
    give(attempt, 2, 1, None)
    ended = attempts.submit(attempt=attempt, at=AT + SECOND, by=attempt.person)
    assert list(ended.item_results.filter(position=1).values_list("answer", "points")) == [(None, Decimal(0))]


def test_a_late_answer_is_refused_with_both_clocks():
    attempt = an_open_attempt()
    assert attempt.deadline_at
    with pytest.raises(TimeIsUp) as refusal:
        give(attempt, 1, 1, 0, at=attempt.deadline_at)
    assert sorted(refusal.value.params) == ["deadline", "now"]
    assert rows(attempt) == []


def test_what_was_saved_in_time_is_acknowledged_again_after_the_deadline():
    attempt = an_open_attempt()
    assert attempt.deadline_at
    give(attempt, 1, 1, 0)
    assert give(attempt, 1, 1, 0, at=attempt.deadline_at + SECOND).sequences == {1: 1}


def test_nothing_is_saved_after_submitting():
    attempt = an_open_attempt()
    attempts.submit(attempt=attempt, at=AT + SECOND, by=attempt.person)
    with pytest.raises(AttemptEnded):
        give(attempt, 1, 1, 0, at=AT + 2 * SECOND)


@pytest.mark.parametrize("sequence", [0, -1, attempts.LAST_SEQUENCE + 1])
def test_a_number_out_of_range_is_refused(sequence: int):
    with pytest.raises(TooManyAnswers):
        give(an_open_attempt(), sequence, 1, 0)


def test_a_full_attempt_takes_no_more():
    attempt = an_open_attempt()
    give(attempt, attempts.LAST_SEQUENCE, 1, 0)
    with pytest.raises(TooManyAnswers):
        give(attempt, attempts.LAST_SEQUENCE, 1, 1)


def answered(attempt: Attempt, right: int) -> None:
    """The first `right` questions right, the others wrong."""
    for position in range(1, attempt.form.item_count + 1):
        give(attempt, position, position, 0 if position <= right else 1)


@pytest.mark.parametrize(("right", "outcome"), [(0, "failed"), (2, "failed"), (3, "passed"), (4, "passed")])
def test_points_are_those_of_the_last_answers(right: int, outcome: str):
    attempt = an_open_attempt()
    answered(attempt, right)
    ended = attempts.submit(attempt=attempt, at=AT + MINUTE, by=attempt.person)
    result = Result.objects.get(attempt=attempt)
    assert (ended.state, ended.ended_by, ended.ended_at) == (AttemptState.CLOSED, EndedBy.PERSON, AT + MINUTE)
    assert (result.points, result.max_points, result.percent, result.cut_points, result.outcome) == (
        right, 4, right * 25, 3, outcome,
    )  # fmt: skip
    assert ItemResult.objects.filter(result=result).count() == 4


def test_submitting_twice_is_one_result_and_one_event():
    attempt = an_open_attempt()
    for n in range(3):
        attempts.submit(attempt=attempt, at=AT + MINUTE + n * SECOND, by=attempt.person)
    assert Result.objects.count() == 1
    event = OutboxEvent.objects.get(kind="assessment.AttemptClosed")
    assert (event.payload["attempt_id"], event.payload["passed"], event.payload["outcome"]) == (
        attempt.pk, False, "failed",
    )  # fmt: skip
    assert JournalEntry.objects.filter(kind=results.CLOSED).count() == 1


def test_the_job_submits_at_the_deadline_what_was_saved():
    attempt = an_open_attempt()
    answered(attempt, 4)
    assert attempt.deadline_at
    assert attempts.end_due(at=attempt.deadline_at - SECOND) == 0
    assert attempts.end_due(at=attempt.deadline_at + MINUTE) == 1
    attempt.refresh_from_db()
    assert (attempt.ended_at, attempt.ended_by) == (attempt.deadline_at, EndedBy.TIME_LIMIT)
    assert Result.objects.get(attempt=attempt).points == 4


def test_the_job_says_when_the_window_ended_an_attempt():
    attempt = an_open_attempt(at=CLOSES - MINUTE)
    attempts.end_due(at=CLOSES)
    attempt.refresh_from_db()
    assert attempt.ended_by == EndedBy.WINDOW


def test_what_nobody_began_is_missed():
    attempt = an_attempt()
    attempts.end_due(at=CLOSES)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.MISSED
    assert Result.objects.count() == 0


def test_an_open_answer_waits_for_a_mark():
    exam = a_published_exam(bodies=[single(), an_essay(points=3)])
    attempt = an_open_attempt(exam=exam)
    essay = FormItem.objects.get(form=attempt.form, item__kind="essay").position
    give(attempt, 1, essay, "Я бы извинился.")
    give(attempt, 2, 3 - essay, 0)
    assert attempts.submit(attempt=attempt, at=AT + MINUTE, by=None).state == AttemptState.MARKING
    assert results.close(attempt=attempt, by=None, at=AT + MINUTE) is None
    marks: results.Marks = {(essay, None): Fraction(2)}
    result = results.close(attempt=attempt, by=None, at=AT + MINUTE, marks=marks)
    assert result is not None
    assert (result.points, result.max_points, result.outcome) == (3, 4, Outcome.PASSED)
    assert results.close(attempt=attempt, by=None, at=AT + MINUTE) == result


def test_an_open_answer_left_empty_waits_for_nobody():
    exam = a_published_exam(bodies=[single(), an_essay()])
    attempt = an_open_attempt(exam=exam)
    assert attempts.submit(attempt=attempt, at=AT + MINUTE, by=None).state == AttemptState.CLOSED


def test_points_in_the_grey_band_decide_nothing():
    attempt = an_open_attempt(grey_from=70, grey_to=80)
    answered(attempt, 3)
    attempts.submit(attempt=attempt, at=AT + MINUTE, by=None)
    assert Result.objects.get(attempt=attempt).outcome == Outcome.GREY


def test_a_retest_is_judged_together_with_what_it_follows():
    first = an_open_attempt(grey_from=70, grey_to=80)
    answered(first, 3)
    attempts.submit(attempt=first, at=AT + MINUTE, by=None)
    again = sittings.offer(
        exam=first.exam, people=[first.person], opens_at=AT, closes_at=CLOSES, by=None, at=AT,
        purpose=Purpose.RETEST, after=first, grey_from=None, grey_to=None,
    ).attempts.get()  # fmt: skip
    attempts.start(attempt=again, at=AT)
    answered(again, 3)
    attempts.submit(attempt=again, at=AT + MINUTE, by=None)
    result = Result.objects.get(attempt=again)
    assert (result.cut_points, result.outcome) == (3, Outcome.PASSED)  # 3 + 3 of 8 is 75 %


def test_an_equated_cut_replaces_the_percentage():
    attempt = an_open_attempt()
    attempt.form.cut_points = Decimal("1.5")
    attempt.form.save(update_fields=["cut_points"])
    answered(attempt, 2)
    attempts.submit(attempt=attempt, at=AT + MINUTE, by=None)
    assert Result.objects.get(attempt=attempt).outcome == Outcome.PASSED


def test_editing_an_item_during_the_exam_touches_nobody():
    attempt = an_open_attempt()
    answered(attempt, 4)
    for row in attempt.form.items.select_related("item"):
        items.revise(item=row.item, body=single(f"Совсем другой {row.position}", right=1), by=None, at=AT)
        items.retire(item=items.Item.objects.get(pk=row.item_id), by=None, at=AT)
    attempts.submit(attempt=attempt, at=AT + MINUTE, by=None)
    assert Result.objects.get(attempt=attempt).points == 4


def test_a_second_attempt_is_another_row_and_there_is_no_third():
    first = an_open_attempt(attempts_allowed=2)
    attempts.submit(attempt=first, at=AT, by=None)
    second = attempts.begin_another(attempt=first, at=AT + SECOND)
    assert (second.number, second.state) == (2, AttemptState.OPEN)
    assert attempts.begin_another(attempt=first, at=AT + 2 * SECOND) == second
    attempts.submit(attempt=second, at=AT + 3 * SECOND, by=None)
    with pytest.raises(NoAttemptLeft):
        attempts.begin_another(attempt=first, at=AT + 4 * SECOND)


def test_a_void_attempt_keeps_its_answers_and_does_not_count():
    attempt = an_open_attempt()
    answered(attempt, 4)
    attempts.submit(attempt=attempt, at=AT, by=None)
    attempts.void(attempt=attempt, by=None, at=AT, reason="Подсказывали")
    assert list(Result.objects.in_force()) == []
    assert attempt.answers.count() == 4
    assert OutboxEvent.objects.filter(kind="assessment.AttemptRescored").count() == 1


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_to_change_what_happened():
    attempt = an_open_attempt()
    give(attempt, 1, 1, 0)
    attempts.submit(attempt=attempt, at=AT, by=None)
    for table in ("answer", "result", "itemresult", "formitem"):
        refused(f"DELETE FROM assessment_{table}")
    refused("UPDATE assessment_answer SET value = '1'")
    refused("UPDATE assessment_result SET outcome = 'passed'")
    refused("UPDATE assessment_attempt SET ended_at = now()")
    refused("DELETE FROM assessment_attempt")
    refused("UPDATE assessment_form SET frozen = '[]'")
    refused("DELETE FROM assessment_form")


def test_the_database_refuses_impossible_attempts():
    attempt = an_attempt()
    for change in (
        "state = 'open'",
        "state = 'closed', opened_at = now(), deadline_at = now()",
        "state = 'void', void_reason = ''",
        "opened_at = now(), deadline_at = now() - interval '1 hour'",
    ):
        refused(f"UPDATE assessment_attempt SET {change} WHERE id = {attempt.pk}")


def test_the_same_person_has_one_running_attempt_in_a_window():
    attempt = an_attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        sittings.prepare_next(sitting=attempt.sitting, person=attempt.person, number=2, at=AT)


def test_offering_counts_how_many_are_shown_an_item():
    exam = a_published_exam()
    people = [a_person(f"p{n}") for n in range(3)]
    sitting = a_sitting(exam, *people[:2])
    assert sittings.add(sitting=sitting, people=people, by=None, at=AT) == 1
    assert sum(Exposure.objects.values_list("takers", flat=True)) == 3 * 4
    assert sitting.attempts.count() == 3


def test_answers_are_stored_as_scoring_takes_them():
    attempt = an_open_attempt()
    give(attempt, 1, 1, ["а", None])
    assert json.dumps(Answer.objects.get().value, ensure_ascii=False) == '["а", null]'


def test_items_of_forms_are_published_versions():
    attempt = an_attempt()
    assert FormItem.objects.filter(form=attempt.form, version__published_at=None).count() == 0
    assert {row.item.state for row in attempt.form.items.select_related("item")} == {ItemState.LIVE}

from datetime import timedelta
from decimal import Decimal

import pytest

from nastavnik.assessment.actions import papers
from nastavnik.assessment.actions.papers import Paper
from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.errors import PaperOfNobody
from nastavnik.assessment.models import Answer, Attempt, ItemResult, Result
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from tests.factories.assessment_exams import CLOSES, OPENS, an_attempt
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def a_paper(attempt: Attempt, *right: int) -> Paper:
    """The first options are right; the places not named are answered wrongly."""
    answers = [(place, 0 if place in right else 1, OPENS + place * MINUTE) for place in (1, 2, 3, 4)]
    return Paper(attempt.person_id, OPENS, OPENS + 5 * MINUTE, answers)


def test_a_paper_brings_answers_result_items_journal_and_event():
    attempt = an_attempt()
    (result,) = papers.bring_in(sitting=attempt.sitting, papers=[a_paper(attempt, 1, 2, 4)], by=None, at=CLOSES)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.ended_at, attempt.closed_at) == (AttemptState.CLOSED, OPENS + 5 * MINUTE, CLOSES)
    assert (result.points, result.max_points, result.percent) == (Decimal(3), Decimal(4), Decimal(75))
    assert list(Answer.objects.values_list("sequence", "position", "value")) == [
        (1, 1, 0),
        (2, 2, 0),
        (3, 3, 1),
        (4, 4, 0),
    ]
    assert list(ItemResult.objects.order_by("position").values_list("points", flat=True)) == [1, 1, 0, 1]
    assert JournalEntry.objects.filter(kind="assessment.attempt_closed").count() == 1
    assert OutboxEvent.objects.filter(kind="assessment.AttemptClosed").count() == 1


def test_a_paper_of_somebody_who_was_not_offered_the_window_stops_them_all():
    attempt = an_attempt()
    stranger = Paper(a_person("stranger").pk, OPENS, OPENS + MINUTE, [])
    with pytest.raises(PaperOfNobody, match="1 of the papers"):
        papers.bring_in(sitting=attempt.sitting, papers=[a_paper(attempt, 1), stranger], by=None, at=CLOSES)
    assert (Answer.objects.count(), Result.objects.count()) == (0, 0)
    assert Attempt.objects.get().state == AttemptState.PREPARED


def test_papers_brought_in_twice_are_refused_the_second_time():
    attempt = an_attempt()
    papers.bring_in(sitting=attempt.sitting, papers=[a_paper(attempt)], by=None, at=CLOSES)
    with pytest.raises(PaperOfNobody):
        papers.bring_in(sitting=attempt.sitting, papers=[a_paper(attempt)], by=None, at=CLOSES)
    assert Result.objects.count() == 1

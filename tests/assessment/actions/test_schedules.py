"""The monthly test and the short retest come by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nastavnik.assessment.actions import attempts, exams, schedules
from nastavnik.assessment.enums import AttemptState, FormState, ItemState, Outcome, Purpose
from nastavnik.assessment.logic.blueprint import Blueprint, Line
from nastavnik.assessment.models import Attempt, Exam, FormItem, Result, Sitting
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Line as WorkLine
from tests.factories.assessment_exams import AT, a_form, a_published_exam, a_sitting, an_exam, give, live_items
from tests.factories.people import a_line, a_person, a_team, an_organisation
from tests.support.jobs import run_waiting

pytestmark = pytest.mark.django_db
OPENS = datetime(2026, 12, 5, 6, 0, tzinfo=UTC)  # nine in Moscow
HOUR = timedelta(hours=1)


def a_monthly_exam(line: WorkLine, *, count: int = 10, anchors: tuple[int, int] = (6, 10), spare: int = 20) -> Exam:
    live_items(spare)
    live_items(8, state=ItemState.ANCHOR, word="опорное")
    exam = an_exam(
        blueprint=Blueprint(count, (Line(100),), *anchors), monthly_day=5, monthly_hour=9, window_hours=12,
        audience={"lines": [line.pk]},
    )  # fmt: skip
    a_form(exam)
    return exams.publish(exam=exam, by=None, at=AT)


@pytest.fixture
def line() -> WorkLine:
    an_organisation()
    return a_line()


def test_a_new_form_with_anchors_is_offered_the_day_before(line: WorkLine):
    team = a_team("one", line=line)
    insider, _outsider = a_person("in", team=team), a_person("out")
    exam = a_monthly_exam(line)
    assert schedules.monthly(at=OPENS - 25 * HOUR) == []
    [sitting] = schedules.monthly(at=OPENS - 23 * HOUR)
    assert (sitting.opens_at, sitting.closes_at, sitting.month_date) == (OPENS, OPENS + 12 * HOUR, date(2026, 12, 1))
    assert list(sitting.attempts.values_list("person", "state")) == [(insider.pk, AttemptState.PREPARED)]
    form = sitting.forms.get()
    assert (form.state, form.purpose, form.item_count) == (FormState.PUBLISHED, Purpose.MONTHLY, 10)
    assert 6 <= FormItem.objects.filter(form=form, is_anchor=True).count() <= 8
    assert exam.forms.count() == 2


def test_the_job_run_again_makes_nothing_but_lets_newcomers_in(line: WorkLine):
    team = a_team("one", line=line)
    a_person("first", team=team)
    a_monthly_exam(line)
    [sitting] = schedules.monthly(at=OPENS - HOUR)
    assert schedules.monthly(at=OPENS) == []
    a_person("second", team=team)
    assert schedules.monthly(at=OPENS + HOUR) == []
    assert (sitting.attempts.count(), Sitting.objects.count()) == (2, 1)


def test_each_month_gets_other_items_besides_the_anchors(line: WorkLine):
    a_person("first", team=a_team("one", line=line))
    a_monthly_exam(line, anchors=(6, 6))
    [december] = schedules.monthly(at=OPENS)
    [january] = schedules.monthly(at=datetime(2027, 1, 5, 6, tzinfo=UTC))
    own = [
        set(FormItem.objects.filter(form=one.forms.get(), is_anchor=False).values_list("item", flat=True))
        for one in (december, january)
    ]
    anchors = [
        set(FormItem.objects.filter(form=one.forms.get(), is_anchor=True).values_list("item", flat=True))
        for one in (december, january)
    ]
    assert (len(own[0]), own[0] & own[1]) == (4, set())
    assert len(anchors[0] & anchors[1]) >= 4


def test_too_small_a_bank_is_told_once_and_the_others_go_on(line: WorkLine):
    a_person("first", team=a_team("one", line=line))
    exam = a_monthly_exam(line, spare=10)
    exams.change(exam=exam, by=None, at=AT, blueprint=Blueprint(100, (Line(100),)))
    for hour in range(2):
        assert schedules.monthly(at=OPENS + hour * HOUR) == []
    assert JournalEntry.objects.filter(kind=schedules.MONTHLY_FAILED).count() == 1
    assert Sitting.objects.count() == 0


def test_a_grey_result_is_followed_by_a_short_retest_on_other_items():
    an_organisation()
    taker = a_person("taker")
    exam = a_published_exam(count=4, grey_from=70, grey_to=80, retest_items=2)
    live_items(6, word="другое")
    attempt = a_sitting(exam, taker).attempts.get()
    attempts.start(attempt=attempt, at=AT)
    for position in range(1, 5):
        give(attempt, position, position, 0 if position < 4 else 1)
    attempts.submit(attempt=attempt, at=AT, by=None)
    assert Result.objects.get(attempt=attempt).outcome == Outcome.GREY
    run_waiting()
    again = Attempt.objects.get(after=attempt)
    assert (again.sitting.purpose, again.form.item_count, again.person) == (Purpose.RETEST, 2, taker)
    had = set(attempt.form.items.values_list("item", flat=True))
    assert had & set(again.form.items.values_list("item", flat=True)) == set()
    assert schedules.retest(attempt=Attempt.objects.get(pk=attempt.pk), at=AT) is None

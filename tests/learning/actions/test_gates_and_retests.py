"""The costly part is for those who are through the part before it; who failed a programme's test may sit it again."""

from datetime import timedelta

import pytest

from nastavnik.assessment.actions import attempts
from nastavnik.assessment.models import Attempt
from nastavnik.learning.actions import advance, bookings, enrolments, openings, plans, programmes
from nastavnik.learning.enums import LearningKind, WaiverScope
from nastavnik.learning.errors import BehindAGate
from nastavnik.learning.models import LiveSession, PlanItem, Programme
from nastavnik.learning.queries.gates import closed_gate
from nastavnik.learning.queries.plans import Line, plan_of
from nastavnik.people.models import Person
from tests.factories.assessment_exams import a_published_exam
from tests.factories.content import a_course, published
from tests.factories.learning_programmes import a_draft, a_stage, an_enrolment, later
from tests.factories.learning_programmes import published as published_programme
from tests.factories.people import AT, a_person, an_organisation
from tests.factories.sessions import a_session, a_session_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


@pytest.fixture
def session() -> LiveSession:
    return a_session(kind=a_session_kind("calm"), starts_at=AT + timedelta(days=3))


def a_way_to(kind: str, *, stages: int = 2) -> Programme:
    """A programme whose last stage holds the session; each stage before it has a task."""
    programme = a_draft()
    for number in range(1, stages):
        a_stage(programme, f"before-{number}")
    last = a_stage(programme, "last", tasks=0)
    programmes.add_activity(stage=last, kind=LearningKind.SESSION, title="Разговор", reference=kind, key="talk")
    return published_programme(programme)


def registered(session: LiveSession, person: Person) -> str:
    return str(bookings.register(session=session, person=person, by=person, at=AT).state)


def test_nobody_takes_a_seat_behind_a_gate_and_the_refusal_says_what_is_missing(session: LiveSession) -> None:
    person = a_person(family_name="Дынина")
    made = an_enrolment(person, a_way_to("calm"))
    advance.evaluate([made.pk], at=AT)
    with pytest.raises(BehindAGate) as refused:
        registered(session, person)
    assert refused.value.params["stage"] == "Before-1"
    assert "Before-1-1" in refused.value.params["lacks"]
    assert session.bookings.count() == 0


def test_a_waiver_of_the_gate_lets_in(session: LiveSession) -> None:
    person = a_person()
    made = an_enrolment(person, a_way_to("calm"))
    enrolments.waive(
        enrolment=made, stage=made.stage, scope=WaiverScope.GATE, key="", reason="Опытный", by=None, at=AT
    )  # fmt: skip
    assert (closed_gate(person, session.kind), registered(session, person)) == (None, "booked")


def test_whoever_needs_it_now_or_not_at_all_is_let_in(session: LiveSession) -> None:
    free, two_ways = a_person(), a_person()
    an_enrolment(two_ways, a_way_to("calm"))
    an_enrolment(two_ways, a_way_to("calm", stages=1))
    assert (registered(session, free), registered(session, two_ways)) == ("booked", "booked")


def test_the_gate_of_a_closed_enrolment_bars_nobody(session: LiveSession) -> None:
    person = a_person()
    made = an_enrolment(person, a_way_to("calm"))
    enrolments.close(enrolment=made, reason="Перешёл", by=None, at=AT)
    assert closed_gate(person, session.kind) is None


# -- tests of a programme ----------------------------------------------------------------------------------------------


def a_failed_test() -> tuple[Person, Attempt]:
    """Somebody enrolled in a programme with a test, who has submitted it empty."""
    a_published_exam("month")
    programme = a_draft()
    stage = a_stage(programme, "distance", tasks=0)
    programmes.add_activity(stage=stage, kind=LearningKind.EXAM, title="Тест", reference="month", key="test")
    person = a_person()
    made = an_enrolment(person, published_programme(programme))
    openings.open_stages([made.pk], at=AT)
    attempt = attempts.start(attempt=Attempt.objects.get(person=person), at=AT)
    attempts.submit(attempt=attempt, at=AT, by=None)
    attempt.refresh_from_db()
    return person, attempt


def test_who_failed_a_programmes_test_is_offered_it_again_and_told_why() -> None:
    person, attempt = a_failed_test()
    items = plans.plan_after_failure(attempt_id=attempt.pk, at=later(0.1))
    openings.offer_again(items, at=later(0.1))
    waits = PlanItem.objects.to_do().get(person=person, kind=LearningKind.EXAM)
    assert [item.pk for item in items if item.kind == LearningKind.EXAM] == [waits.pk]
    assert waits.why["with"] == {"percent": 0, "title": "Ежемесячный тест"}
    assert Attempt.objects.filter(person=person, closed_at=None).count() == 1
    assert waits.activity_key == "test"  # the programme's own item: nothing stands twice in the plan


def test_the_same_failure_told_twice_offers_the_test_once() -> None:
    person, attempt = a_failed_test()
    for _again in range(2):
        openings.offer_again(plans.plan_after_failure(attempt_id=attempt.pk, at=later(0.1)), at=later(0.1))
    assert Attempt.objects.filter(person=person, closed_at=None).count() == 1


# -- links of the plan -------------------------------------------------------------------------------------------------


def test_a_plan_links_only_to_what_is_open_to_its_person() -> None:
    published(a_course("refunds", is_open=False))
    a_published_exam("month")
    programme = a_draft()
    stage = a_stage(programme, "distance", tasks=0)
    programmes.add_activity(stage=stage, kind=LearningKind.COURSE, title="Курс", reference="refunds", key="course")
    programmes.add_activity(stage=stage, kind=LearningKind.EXAM, title="Тест", reference="month", key="test")
    person = a_person()
    made = an_enrolment(person, published_programme(programme))
    before = [line.url for line in lines_of(person)]
    openings.open_stages([made.pk], at=AT)
    after = [line.url for line in lines_of(person)]
    assert before == ["", ""]
    assert [url.rsplit("/", 2)[-2] for url in after] == ["play", "month"]


def lines_of(person: Person) -> list[Line]:
    plan = plan_of(person, AT.date())
    return [*plan.today, *plan.week, *plan.later]

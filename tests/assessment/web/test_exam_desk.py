"""Setting exams, assembling forms, offering windows, watching them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.assessment.actions import attempts, exams
from nastavnik.assessment.enums import AttemptState, FormState
from nastavnik.assessment.models import Attempt, Exam, Form, Sitting
from nastavnik.kernel import clock
from nastavnik.people.reach import organisations_zone
from tests.factories.assessment import a_trainer
from tests.factories.assessment_exams import AT, CLOSES, OPENS, a_published_exam, a_sitting, an_exam, live_items
from tests.factories.people import a_line, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    an_organisation()
    with clock.frozen(AT):
        yield


@pytest.fixture
def trainer() -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(a_trainer())
    return client


RULES = {
    "title": "Возвраты", "code": "refunds", "description": "", "minutes": 40, "pass_percent": 75, "grey_from": "",
    "grey_to": "", "retest_items": 10, "attempts_allowed": 1, "page_size": 5, "gate_seconds": 0,
    "exposure_cap_percent": 25, "shuffles_items": "on", "monthly_day": "", "monthly_hour": 9, "window_hours": 12,
    "items": 4, "anchors_from": 0, "anchors_to": 0, "share_0": 100, "topic_0": "", "sort_0": "classic",
}  # fmt: skip


def test_an_exam_goes_from_nothing_to_a_window_on_the_pages(trainer: Client):
    live_items(6)
    taker = a_person("T-1")
    trainer.post(reverse("assessment:exam-create"), RULES)
    exam = Exam.objects.get(code="refunds")
    trainer.post(reverse("assessment:form-assemble", args=[exam.public_id]))
    form = Form.objects.get()
    assert trainer.get(form.get_absolute_url()).status_code == 200
    trainer.post(reverse("assessment:form-move", args=[form.public_id]), {"to": "published"})
    trainer.post(reverse("assessment:exam-move", args=[exam.public_id]), {"to": "published"})
    window = {
        "opens_date": "2026-12-01", "opens_time": "09:00", "closes_date": "2026-12-01", "closes_time": "21:00",
        "codes": "T-1",
    }  # fmt: skip
    offered = trainer.post(reverse("assessment:exam-offer", args=[exam.public_id]), window)
    sitting = Sitting.objects.get()
    assert offered.url == sitting.get_absolute_url()
    assert sitting.closes_at - sitting.opens_at == timedelta(hours=12)
    assert list(sitting.attempts.values_list("person", "state")) == [(taker.pk, AttemptState.PREPARED)]


def test_shares_that_do_not_make_a_hundred_are_refused_in_words(trainer: Client):
    page = trainer.post(reverse("assessment:exam-create"), RULES | {"share_0": 60})
    assert page.status_code == 422
    assert "60 %" in page.content.decode()
    assert Exam.objects.count() == 0


def test_changing_an_exam_leaves_its_windows_alone(trainer: Client):
    exam = a_published_exam()
    sitting = a_sitting(exam, a_person("T-1"))
    answer = trainer.post(reverse("assessment:exam-edit", args=[exam.public_id]), RULES | {"minutes": 10})
    assert answer.status_code == 302, answer.content.decode()
    exam.refresh_from_db()
    sitting.refresh_from_db()
    assert (exam.minutes, exam.code, sitting.minutes) == (10, "monthly", 40)


def test_a_bank_too_small_says_what_lacks(trainer: Client):
    live_items(2)
    exam = an_exam(count=4)
    answer = trainer.post(reverse("assessment:form-assemble", args=[exam.public_id]))
    assert answer.status_code == 422
    assert "2 из 4" in answer.content.decode()


def test_an_exam_without_a_form_cannot_be_published(trainer: Client):
    exam = an_exam()
    answer = trainer.post(reverse("assessment:exam-move", args=[exam.public_id]), {"to": "published"})
    assert answer.status_code == 422


def test_a_pass_mark_nobody_reaches_is_refused_at_publication(trainer: Client):
    live_items(4)
    exam = an_exam(count=4)
    trainer.post(reverse("assessment:form-assemble", args=[exam.public_id]))
    form = Form.objects.get()
    form.cut_points = 5
    form.save()
    answer = trainer.post(reverse("assessment:form-move", args=[form.public_id]), {"to": "published"})
    form.refresh_from_db()
    assert (answer.status_code, form.state) == (422, FormState.ASSEMBLED)


def test_lines_and_teams_choose_who_sits_it(trainer: Client):
    exam = a_published_exam()
    chat, phone = a_line("chat"), a_line("phone", "Телефон")
    inside, outside = a_team("one", line=chat), a_team("two", line=phone)
    people = [a_person(code, team=team) for code, team in (("A", inside), ("B", inside), ("C", outside))]
    window = {
        "opens_date": "2026-12-01", "opens_time": "09:00", "closes_date": "2026-12-01", "closes_time": "21:00",
        "lines": [chat.pk],
    }  # fmt: skip
    trainer.post(reverse("assessment:exam-offer", args=[exam.public_id]), window)
    assert set(Attempt.objects.values_list("person", flat=True)) == {people[0].pk, people[1].pk}


def test_a_code_of_nobody_is_named(trainer: Client):
    exam = a_published_exam()
    window = {
        "opens_date": "2026-12-01", "opens_time": "09:00", "closes_date": "2026-12-01", "closes_time": "21:00",
        "codes": "нет-такого",
    }  # fmt: skip
    page = trainer.post(reverse("assessment:exam-offer", args=[exam.public_id]), window)
    assert page.status_code == 422
    assert "нет-такого" in page.content.decode()


def test_the_monitor_shows_who_began_saved_and_submitted(trainer: Client):
    exam = a_published_exam()
    people = [a_person(f"T-{n}", family_name=f"Семья{n}") for n in range(3)]
    sitting = a_sitting(exam, *people)
    first, second = (attempts.start(attempt=sitting.attempts.get(person=one), at=AT) for one in people[:2])
    attempts.save(attempt_id=first.pk, answers=[attempts.Given(1, 1, 0)], at=AT)
    attempts.submit(attempt=second, at=AT, by=None)
    text = trainer.get(sitting.get_absolute_url()).content.decode()
    assert ["1 / 4" in text, "0 / 4" in text] == [True, True]
    assert trainer.get(sitting.get_absolute_url(), {"export": "csv"}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_monitor_takes_as_many_queries_for_three_as_for_one(
    trainer: Client, number: int, django_assert_num_queries: Any
):
    sitting = a_sitting(a_published_exam(), *(a_person(f"T-{n}") for n in range(number)))
    trainer.get(sitting.get_absolute_url())
    organisations_zone()  # kept by the process for some seconds, whichever test asked before
    with django_assert_num_queries(9):
        trainer.get(sitting.get_absolute_url())


def test_a_window_is_cancelled_only_while_nobody_has_begun(trainer: Client):
    exam = a_published_exam()
    begun, fresh = a_sitting(exam, a_person("A")), a_sitting(exam, a_person("B"), opens=OPENS, closes=CLOSES)
    attempts.start(attempt=begun.attempts.get(), at=AT)
    statuses = [
        trainer.post(reverse("assessment:sitting-cancel", args=[one.public_id])).status_code for one in (begun, fresh)
    ]
    assert statuses == [422, 302]


def test_an_attempt_is_made_void_with_a_reason(trainer: Client):
    attempt = a_sitting(a_published_exam(), a_person("A")).attempts.get()
    attempts.start(attempt=attempt, at=AT)
    path = reverse("assessment:attempt-void", args=[attempt.public_id])
    assert trainer.get(path).status_code == 200
    trainer.post(path, {"reason": "Подсказывали"})
    attempt.refresh_from_db()
    assert (attempt.state, attempt.void_reason) == (AttemptState.VOID, "Подсказывали")


def test_an_agent_sees_nothing_of_the_desk():
    exam = exams.Exam.objects.get(pk=a_published_exam().pk)
    sitting = a_sitting(exam, a_person("A"))
    client = Client()
    client.force_login(a_person("agent"))
    for path in (
        reverse("assessment:exam-list"), exam.get_absolute_url(), exam.forms.get().get_absolute_url(),
        sitting.get_absolute_url(), reverse("assessment:exam-offer", args=[exam.public_id]),
    ):  # fmt: skip
        assert client.get(path).status_code == 403

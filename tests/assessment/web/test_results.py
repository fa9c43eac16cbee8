"""Pages about results: who sees what, that they open in both languages, and that buttons do what they say."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.assessment import jobs
from nastavnik.assessment.actions import analysis, rescoring
from nastavnik.assessment.enums import AppealState, Treatment
from nastavnik.assessment.models import Appeal, Attempt, Equating, ItemAlarm, Mark, OpenAnswer, Signal
from nastavnik.kernel import clock
from nastavnik.kernel.models import LongTask
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.assessment.actions.test_calibrations import Months
from tests.assessment.actions.test_marking import essay, handed_in
from tests.assessment.queries.test_analysis import answers
from tests.factories.assessment import AT, a_trainer, an_organisation
from tests.factories.people import a_lead, a_person, a_team
from tests.factories.results import a_form, an_exam, live_items, people, sat, version_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


def address(name: str, *args: Any) -> str:
    return reverse(f"assessment:{name}", args=args)


def of(person: Person, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


@pytest.fixture
def trainer() -> Person:
    an_organisation()
    return a_trainer()


class World:
    """Two months of an exam with alarms, signals, an open answer and an appeal: something on every page."""

    def __init__(self) -> None:
        months = Months(110, leaked=3)
        for form in (months.march, months.april):
            analysis.analyse(form=form, by=None, at=AT)
        self.exam, self.form, self.item = months.exam, months.april, months.common[3]
        attempt = self.form.attempts.earliest("pk")
        Signal.objects.get_or_create(
            attempt=attempt, kind="fast", defaults={"figures": {"share": 0.4, "n": 8}, "found_at": AT}
        )
        self.attempt: Attempt = attempt
        self.appeal = Appeal.objects.create(
            attempt=attempt, position=1, person=attempt.person, item=months.common[0],
            version=version_of(months.common[0]), reason="Верен второй", made_at=AT,
        )  # fmt: skip
        self.answer = OpenAnswer.objects.get(attempt=handed_in(essay(), answers=["Простите нас"]))

    def judges(self) -> list[str]:
        """Pages of those who set exams."""
        alarm, signal, equating = (
            ItemAlarm.objects.latest("pk"),
            Signal.objects.latest("pk"),
            Equating.objects.latest("pk"),
        )
        return [
            *(address(name) for name in (
                "marking-queue", "marking-agreement", "appeal-list", "analysis-list", "alarm-list", "signal-list",
            )),
            address("marking-mark", self.answer.public_id), address("appeal-detail", self.appeal.public_id),
            address("item-analysis", self.item.public_id), address("item-rescore", self.item.public_id, 1),
            address("exam-analysis", self.exam.public_id), address("form-analysis", self.form.public_id),
            address("equating-apply", equating.public_id), address("alarm-look", alarm.public_id),
            address("signal-look", signal.public_id),
        ]  # fmt: skip

    def viewers(self) -> list[str]:
        """Pages of those who see results of others."""
        return [address("result-list"), address("topic-board"), address("person-exams", self.attempt.person.public_id)]


def test_every_page_opens_in_both_languages_for_those_who_may_and_for_nobody_else(trainer: Person) -> None:
    with clock.frozen(LATER):
        world = World()
        agent = of(a_person(role=Role.AGENT))
        lead = of(a_lead(a_team(), "lead"))
        for language in ("ru", "en"):
            client = of(trainer, language)
            for page in world.judges() + world.viewers():
                assert (page, client.get(page).status_code) == (page, 200)
        for page in world.judges():
            assert (page, agent.get(page).status_code, lead.get(page).status_code) == (page, 403, 403)
        found = [agent.get(page).status_code for page in world.viewers()]
        assert found == [403, 403, 404]


def test_lists_and_tables_are_exported(trainer: Person) -> None:
    with clock.frozen(LATER):
        world = World()
        client = of(trainer)
        pages = [address("exam-analysis", world.exam.public_id), address("form-analysis", world.form.public_id)]
        pages += [address(name) for name in ("result-list", "topic-board", "alarm-list", "signal-list", "appeal-list")]
        for page in [*pages, address("marking-queue"), address("analysis-list")]:
            for kind in ("csv", "xlsx"):
                answer = client.get(page, {"export": kind})
                body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
                assert (page, answer.status_code, len(body) > 30) == (page, 200, True)


def test_a_lead_sees_the_results_of_the_own_team_only() -> None:
    an_organisation()
    mine, other = a_team("mine"), a_team("other")
    form = a_form(an_exam(), live_items(2))
    insiders, outsiders = people(2, team=mine), people(3, team=other)
    sat(form, insiders + outsiders, answers(5, 2))
    lead = a_lead(mine, "lead")
    with clock.frozen(LATER):
        shown = of(lead).get(address("result-list")).context["list"]
        assert sorted(row.attempt.person_id for row in shown.rows) == sorted(person.pk for person in insiders)
        panel = [
            of(lead).get(address("person-exams", one.public_id)).status_code for one in (insiders[0], outsiders[0])
        ]
        assert panel == [200, 404]
        board = of(lead).get(address("topic-board")).context["board"]
        assert [row.whole.share.n for row in board.rows] == [2]


@pytest.mark.parametrize("name", ["result-list", "topic-board", "analysis-list"])
def test_queries_do_not_grow_with_the_rows(trainer: Person, name: str) -> None:
    client, counted = of(trainer), []
    with clock.frozen(LATER):
        client.get(address(name))
        for takers in (1, 3):
            sat(a_form(an_exam(), live_items(2)), people(takers, team=a_team()), answers(takers, 2))
            with CaptureQueriesContext(connection) as queries:
                client.get(address(name))
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_an_answer_is_marked_on_its_page_without_its_takers_name(trainer: Person) -> None:
    attempt = handed_in(essay(), answers=["Простите нас"], person=a_person("taker", family_name="Безымянная"))
    answer = OpenAnswer.objects.get(attempt=attempt)
    page = address("marking-mark", answer.public_id)
    shown = of(trainer).get(page).content.decode()
    assert "Простите нас" in shown
    assert "Безымянная" not in shown
    refused = of(trainer).post(page, {"line-0": "6", "line-1": "0"})
    assert (refused.status_code, Mark.objects.count()) == (422, 0)
    done = of(trainer).post(page, {"line-0": "2.5", "line-1": "5"})
    assert done.status_code == 302
    assert Mark.objects.get().lines == ["5/2", "5"]
    assert of(trainer).get(page).status_code == 404
    second = of(a_trainer("second")).get(page).content.decode()
    assert 'value="2' not in second


def test_a_taker_appeals_after_the_window_and_the_author_upholds(trainer: Person) -> None:
    form = a_form(an_exam(), live_items(2))
    [taker] = people(1)
    [attempt] = sat(form, [taker], [[1, 0]])
    page = address("appeal-make", attempt.public_id, 1)
    with clock.frozen(AT + timedelta(hours=1)):
        assert of(taker).get(page).status_code == 404
    with clock.frozen(LATER):
        assert of(a_person()).get(page).status_code == 404
        assert of(taker).get(page).status_code == 200
        assert of(taker).post(page, {"reason": ""}).status_code == 422
        assert of(taker).post(page, {"reason": "Верен второй вариант"}).status_code == 302
        made = Appeal.objects.get()
        decide = address("appeal-detail", made.public_id)
        answer = of(trainer).post(decide, {"decision": "Да", "verdict": "uphold"})
        assert answer.headers["Location"] == address("item-rescore", made.item.public_id, 1)
    made.refresh_from_db()
    assert (made.state, made.decision, made.decided_by) == (AppealState.UPHELD, "Да", trainer)


def test_the_rescoring_page_counts_first_and_the_job_then_does_it(trainer: Person, empty_queue: None) -> None:
    members = live_items(4)
    form = a_form(an_exam(pass_percent=75), members)
    attempts = sat(form, people(3), [[1, 0, 0, 1], [0, 0, 0, 0], [1, 1, 1, 1]])
    page = address("item-rescore", members[0].public_id, 1)
    previews = {row["title"]: row for row in of(trainer).get(page).context["previews"]}
    assert len(previews) == 2
    full = previews[Treatment.FULL_POINTS.label]
    assert (full["attempts"], full["changed"], full["gained"], full["lost"]) == (3, 2, 1, 0)
    assert of(trainer).post(page, {"treatment": "full", "reason": ""}).status_code == 422
    assert of(trainer).post(page, {"treatment": "full", "reason": "ключ"}).status_code == 302
    task = LongTask.objects.get()
    jobs.rescore_item(
        version_id=version_of(members[0]).pk, treatment="full", spares=True, reason="ключ", task_id=task.pk,
        by_id=trainer.pk,
    )  # fmt: skip
    task.refresh_from_db()
    assert (task.state, task.result_url) == ("done", address("item-analysis", members[0].public_id))
    assert attempts[0].results.count() == 2
    assert of(trainer).get(page).context["done"][0].gained == 1


def test_a_refused_job_says_why_in_its_task(trainer: Person) -> None:
    [item] = live_items(1)
    from nastavnik.kernel import progress

    task = progress.start("x", "x", by=trainer, at=AT)
    jobs.rescore_item(
        version_id=version_of(item).pk, treatment="drop", spares=True, reason="ключ", task_id=task.pk, by_id=None
    )
    task.refresh_from_db()
    assert (task.state, task.error) == ("failed", str(rescoring.NobodyMetIt()))


def test_the_form_page_starts_one_analysis_at_a_time_and_shows_its_bar(trainer: Person, empty_queue: None) -> None:
    form = a_form(an_exam(), live_items(3))
    sat(form, people(12), answers(12, 3))
    start, page = address("form-analyse", form.public_id), address("form-analysis", form.public_id)
    for _twice in range(2):
        assert of(trainer).post(start).status_code == 302
    task = LongTask.objects.get()
    assert of(trainer).get(page).context["task"] == task
    jobs.analyse_form(form_id=form.pk, task_id=task.pk, by_id=trainer.pk)
    task.refresh_from_db()
    assert (task.state, task.result_url) == ("done", page)


def test_under_ten_answers_pages_say_that_there_are_not_enough(trainer: Person) -> None:
    [item, other] = live_items(2)
    form = a_form(an_exam(), [item, other])
    sat(form, people(9), answers(9, 2))
    client = of(trainer)
    assert "Not enough answers" in client.get(address("form-analysis", form.public_id)).content.decode()
    for page in (address("item-analysis", item.public_id), address("exam-analysis", form.exam.public_id)):
        assert "not enough answers (10 are needed)" in client.get(page).content.decode()


def test_an_equated_mark_is_looked_at_before_it_is_applied(trainer: Person, empty_queue: None) -> None:
    form = a_form(an_exam(pass_percent=75), live_items(4), month=date(2026, 4, 1))
    attempts = sat(form, people(3), [[0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]])
    equating = Equating.objects.create(
        exam=form.exam, form=form, base=form, is_equated=True, share=0.75, exact=2, raw_cut=2, band_low=2, band_high=2,
        raw_mean=0.5, equated_mean=0.5, made_at=AT,
    )  # fmt: skip
    page = address("equating-apply", equating.public_id)
    shown = of(trainer).get(page).context
    assert (shown["attempts"], shown["gained"], shown["lost"]) == (3, 1, 0)
    assert of(trainer).post(page, {"reason": "вариант труднее"}).status_code == 302
    task = LongTask.objects.get()
    jobs.apply_cut(equating_id=equating.pk, spares=True, reason="вариант труднее", task_id=task.pk, by_id=trainer.pk)
    assert attempts[1].results.latest("pk").is_passed


def test_notes_on_alarms_and_signals_are_kept_and_a_signal_of_oneself_is_not_there(trainer: Person) -> None:
    form = a_form(an_exam(), live_items(1))
    [mine, other] = sat(form, [trainer, a_person()], [[0], [1]])
    made = [
        Signal.objects.create(attempt=one, kind="misfit", figures={"lz": -3.1}, found_at=AT) for one in (mine, other)
    ]
    alarm = ItemAlarm.objects.create(
        form=form, version=form.items.get().version, kind="drifted", figures={"logits": 0.8, "n": 90}, found_at=AT
    )
    client = of(trainer)
    assert client.get(address("signal-look", made[0].public_id)).status_code == 404
    assert client.post(address("signal-look", made[1].public_id), {"note": "болел"}).status_code == 302
    assert client.post(address("alarm-look", alarm.public_id), {"note": "новый тариф"}).status_code == 302
    made[1].refresh_from_db()
    alarm.refresh_from_db()
    assert (made[1].note, alarm.note, alarm.looked_by) == ("болел", "новый тариф", trainer)


def test_a_topic_is_drilled_to_people_and_for_authors_to_items(trainer: Person) -> None:
    from nastavnik.assessment.actions import topics

    topic = topics.create(title="Возвраты", parent=None, by=trainer, at=AT)
    team = a_team("in")
    members = live_items(2, topic=topic)
    sat(a_form(an_exam(), members), people(12, team=team), [[0, 1]] * 12)
    lead = a_lead(team, "lead")
    with clock.frozen(LATER):
        [row] = of(trainer).get(address("topic-board")).context["board"].rows
        assert (row.title, row.whole.share.n, row.whole.share.value) == ("Возвраты", 12, 0.5)
        assert (row.whole.is_weak, row.whole.band, row.cells[0].share) == (True, "weak", row.whole.share)
        query = {"topic": "Возвраты", "team": str(team.pk)}
        seen = of(trainer).get(address("topic-detail"), query).context
        assert [line.value for line in seen["people"]] == [0.5] * 12
        assert [line.value for line in seen["items"]] == [0.0, 1.0]
        assert of(lead).get(address("topic-detail"), query).context["items"] == []
        assert of(trainer).get(address("topic-detail"), {"topic": "нет такой"}).status_code == 404


def test_a_person_counts_in_the_team_of_the_day_of_the_exam() -> None:
    from nastavnik.people.actions import teams

    an_organisation()
    before, after = a_team("before"), a_team("after")
    takers = people(11, team=before)
    sat(a_form(an_exam(), live_items(1)), takers, [[0]] * 11)
    for person in takers:
        teams.move(person=person, team=after, since=(AT + timedelta(days=1)).date(), by=None, at=AT)
    with clock.frozen(LATER):
        board = of(a_trainer()).get(address("topic-board")).context["board"]
    assert [team.code for team in board.teams] == ["before"]

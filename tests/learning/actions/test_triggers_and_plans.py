"""Triggers run once for each occasion; plans are frozen and follow a failed test; proofs and panels are decided."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nastavnik.learning.actions import decisions, enrolments, plans, programmes, renewals, triggers
from nastavnik.learning.actions.plans import Assignment
from nastavnik.learning.enums import Branch, LearningKind, Path, Source
from nastavnik.learning.errors import (
    MarkedAlready,
    MonthFrozen,
    NothingToWaive,
    NotYourself,
    PointsOutside,
    ProofNotReadable,
    ProofThereAlready,
)
from nastavnik.learning.logic import remedies
from nastavnik.learning.logic.requirements import Need
from nastavnik.learning.logic.triggers import AfterDays, Every, Launch, Newcomers, Rule, Scope
from nastavnik.learning.models import Enrolment, FrozenItem, PlanItem, Programme, Trigger, TriggerHit
from nastavnik.learning.requirements import gate_sentence
from nastavnik.people.enums import Role
from tests.factories.learning_programmes import (
    a_draft,
    a_programme,
    a_stage,
    all_of,
    an_enrolment,
    any_of,
    later,
    published,
)
from tests.factories.people import AT, a_line, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def a_trigger(rule: Rule, programme: Programme | None = None, branch: Branch = Branch.LIFE_CYCLE) -> Trigger:
    return triggers.save(
        trigger=None, title="Правило", branch=branch, programme=programme or a_programme(), rule=rule, is_active=True,
        by=None, at=AT,
    )  # fmt: skip


def test_a_run_enrols_with_its_reason_and_the_same_run_again_changes_nothing() -> None:
    person = a_person(joined=date(2026, 10, 24))
    trigger = a_trigger(AfterDays(days=30))
    first = triggers.run(trigger=trigger, by=None, at=AT)
    again = triggers.run(trigger=trigger, by=None, at=later(1))
    assert (first.enrolled, again.enrolled, again.known) == (1, 0, 1)
    made = Enrolment.objects.get(person=person)
    assert made.why["with"] == {"days": 30, "day": "2026-11-23"}
    assert TriggerHit.objects.get().enrolment == made


def test_a_dry_run_foresees_what_the_run_does() -> None:
    a_person(joined=date(2026, 10, 24))
    trigger = a_trigger(AfterDays(days=30))
    dry = triggers.run(trigger=trigger, by=None, at=AT, dry_run=True)
    assert (dry.enrolled, TriggerHit.objects.count(), Enrolment.objects.count()) == (1, 0, 0)
    real = triggers.run(trigger=trigger, by=None, at=AT)
    assert [(one.hit, one.outcome) for one in real.foreseen] == [(one.hit, one.outcome) for one in dry.foreseen]


def test_every_round_of_a_life_cycle_is_a_new_cycle() -> None:
    person = a_person(joined=date(2026, 5, 27))
    programme = a_programme(stages=["distance"], renewal=["short"])
    trigger = a_trigger(Every(days=180), programme)
    for day in (0, 180):
        triggers.run(trigger=trigger, by=None, at=later(day))
        boss = a_person(role=Role.TRAINER, joined=date(2026, 1, 1))
        for item in PlanItem.objects.to_do().filter(person=person):
            decisions.accept(item=item, by=boss, at=later(day))
        from nastavnik.learning.actions import advance

        advance.evaluate_all(at=later(day))
    cycles = Enrolment.objects.filter(person=person).order_by("cycle").values_list("cycle", "path", "state")
    assert list(cycles) == [(1, "original", "finished"), (2, "renewal", "finished")]


def test_newcomers_of_a_month_are_taken_into_its_intake() -> None:
    programme = a_programme()
    intake = enrolments.create_intake(
        programme=programme, title="Декабрь", starts=date(2026, 12, 1), seats=100, by=None, at=AT
    )
    old, new = a_person(joined=date(2026, 9, 1)), a_person(joined=date(2026, 12, 1))
    trigger = a_trigger(Newcomers(starts=date(2026, 12, 1)), programme, Branch.NEWCOMERS)
    triggers.save(
        trigger=trigger, title="Набор", branch=Branch.NEWCOMERS, programme=programme, intake=intake,
        rule=Newcomers(starts=date(2026, 12, 1)), is_active=True, by=None, at=AT,
    )  # fmt: skip
    triggers.run(trigger=trigger, by=None, at=AT)
    (made,) = Enrolment.objects.all()
    assert (made.person, made.intake, made.begins_date) == (new, intake, date(2026, 12, 1))
    assert not old.enrolments.exists()


def test_a_launch_is_for_its_line_and_due_by_its_day() -> None:
    chat = a_team(line=a_line("chat", "Чат"))
    person = a_person(team=chat)
    a_person()
    scope = Scope(lines=frozenset({"chat"}))
    triggers.run(trigger=a_trigger(Launch(by=date(2026, 11, 30), scope=scope)), by=None, at=AT)
    (made,) = Enrolment.objects.all()
    assert (made.person, made.due_date) == (person, date(2026, 11, 30))


def test_one_occasion_is_answered_once_by_the_database_too() -> None:
    a_person(joined=date(2026, 10, 24))
    trigger = a_trigger(AfterDays(days=30))
    triggers.run(trigger=trigger, by=None, at=AT)
    hit = TriggerHit.objects.get()
    hit.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        hit.save(force_insert=True)


def test_a_certificate_about_to_end_opens_the_next_cycle() -> None:
    person = a_person()
    programme = a_programme(stages=["distance"], renewal=["short"], certificate="money")
    an_enrolment(person, programme)
    end = date(2026, 12, 20)
    assert renewals.renew(person_id=person.pk, kind_code="money", valid_to=end, at=AT) == 0  # learns it already
    enrolments.close(enrolment=Enrolment.objects.get(), reason="Перевод", by=None, at=AT)
    assert renewals.renew(person_id=person.pk, kind_code="other", valid_to=end, at=AT) == 0
    assert renewals.renew(person_id=person.pk, kind_code="money", valid_to=end, at=AT) == 1
    made = Enrolment.objects.get(cycle=2)
    assert (made.path, made.source) == (Path.ORIGINAL, Source.RENEWAL)  # never finished: the whole way


def test_a_month_is_frozen_once_and_stays() -> None:
    made = an_enrolment(a_person(), a_programme())
    version = plans.freeze(month=date(2026, 11, 23), by=None, at=AT)
    assert list(version.items.values_list("item__activity_key", "due_date")) == [("distance-1", date(2026, 11, 27))]
    with pytest.raises(MonthFrozen):
        plans.freeze(month=date(2026, 11, 1), by=None, at=AT)
    enrolments.close(enrolment=made, reason="Уволен", by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenItem.objects.update(due_date=date(2026, 12, 1))


def test_what_waits_in_a_plan_is_not_put_in_twice() -> None:
    person = a_person()
    what = [Assignment(LearningKind.TASK, "Тема"), Assignment(LearningKind.EXAM, "Тест", "month")]
    counts = [
        len(plans.assign(person=person, what=what, source=Source.FAILED_TEST, by=None, at=AT)) for _again in range(2)
    ]
    assert counts == [2, 0]


def test_the_weakest_topics_come_first_and_five_are_enough() -> None:
    topics = [remedies.Topic(key, f"T{key}", key, 10) for key in range(9)]
    assert [one.key for one in remedies.weak(topics, 75)] == [0, 1, 2, 3, 4]
    assert remedies.weak([remedies.Topic(1, "T", 7.5, 10)], 75) == []


def an_external_item() -> PlanItem:
    programme = a_draft(branch=Branch.SCHOOL)
    stage = a_stage(programme, "school", tasks=0)
    programmes.add_activity(stage=stage, kind=LearningKind.EXTERNAL, title="Внешний курс", key="outside")
    return an_enrolment(a_person(), published(programme)).plan_items.get()


def test_a_proof_is_what_its_bytes_say_and_waits_for_somebody_else() -> None:
    item = an_external_item()
    about = {"item": item, "file_name": "d.pdf", "provider": "Школа", "by": item.person, "at": AT}
    with pytest.raises(ProofNotReadable):
        decisions.upload_proof(content=b"<html>", **about)  # type: ignore[arg-type]  # a dict of mixed values
    proof = decisions.upload_proof(content=b"%PDF-1.7 x", **about)  # type: ignore[arg-type]  # as above
    with pytest.raises(ProofThereAlready):
        decisions.upload_proof(content=b"%PDF-1.7 y", **about)  # type: ignore[arg-type]  # as above
    with pytest.raises(NotYourself):
        decisions.judge_proof(proof=proof, accepted=True, by=item.person, at=AT)
    boss = a_person(role=Role.TRAINER)
    decisions.judge_proof(proof=proof, accepted=False, comment="Не та страница", by=boss, at=AT)
    second = decisions.upload_proof(content=b"\x89PNG\r\n\x1a\n", **about)  # type: ignore[arg-type]  # as above
    decisions.judge_proof(proof=second, accepted=True, by=boss, at=AT)
    item.refresh_from_db()
    assert (item.done_at, proof.media_type, second.media_type) == (AT, "application/pdf", "image/png")
    with pytest.raises(NothingToWaive):
        decisions.upload_proof(content=b"%PDF-1.7", **about)  # type: ignore[arg-type]  # as above


def test_a_defence_is_marked_once_by_each_judge_within_its_rubric() -> None:
    programme = a_draft(branch=Branch.SCHOOL)
    stage = a_stage(programme, "project", Need.of("panel", activity="defence", percent=60, judges=2), tasks=0)
    rubric = [{"key": "idea", "title": "Идея", "points": 5}, {"key": "effect", "title": "Эффект", "points": 5}]
    activity = programmes.add_activity(
        stage=stage, kind=LearningKind.PANEL, title="Защита", key="defence", rubric=rubric
    )
    made = an_enrolment(a_person(), published(programme))
    judges = [a_person(role=Role.TRAINER) for _number in range(2)]

    def mark(judge: object, *points: int) -> None:
        given = dict(zip(("idea", "effect"), points, strict=True))
        decisions.mark_defence(enrolment=made, activity=activity, points=given, by=judge, at=AT)  # type: ignore[arg-type]

    with pytest.raises(PointsOutside):
        mark(judges[0], 6, 1)
    mark(judges[0], 3, 2)
    with pytest.raises(MarkedAlready):
        mark(judges[0], 5, 5)
    from nastavnik.learning.actions import advance

    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert made.lacks[0][0]["with"] == {"n": 1, "judges": 2}
    mark(judges[1], 5, 4)
    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert made.state == "finished"  # (50 + 90) / 2 = 70


def test_a_gate_is_said_as_a_sentence() -> None:
    from django.utils.translation import override

    gate = all_of(Need.of("stage"), any_of(Need.of("tenure", days=30), Need.of("sign_off", role="mentor")))
    with override("en"):
        said = gate_sentence(gate)
    assert said == "everything obligatory of the stage is done and (30 days since joining or signed off by: mentor)"
    with override("ru"):
        assert "наставник" in gate_sentence(gate).lower()

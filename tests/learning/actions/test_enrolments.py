"""People are enrolled, go through gates, are moved, paused, waived, renewed; nothing of the past is lost."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nastavnik.kernel import events as bus
from nastavnik.kernel.models import OutboxEvent
from nastavnik.learning.actions import advance, decisions, enrolments, programmes
from nastavnik.learning.enums import EnrolmentState, LearningKind, Path, PauseKind, WaiverScope
from nastavnik.learning.errors import NoDraft, NotEnrolled, NotOpenForEnrolment, NotPublished, WaivedAlready, WhyNeeded
from nastavnik.learning.logic import history
from nastavnik.learning.logic.requirements import Need
from nastavnik.learning.models import Enrolment, PlanItem, ProgrammeVersion, Stage, StageActivity, StagePassage
from nastavnik.learning.queries.enrolments import happenings, standing_at
from nastavnik.people.actions import employments
from nastavnik.people.enums import Role
from tests.factories.learning_awards import a_certificate_kind
from tests.factories.learning_programmes import (
    a_draft,
    a_programme,
    a_stage,
    an_enrolment,
    any_of,
    later,
    published,
)
from tests.factories.people import AT, a_person, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


def deliver() -> None:
    """Everything published is answered, and what the answers publish too."""
    while rows := list(OutboxEvent.objects.filter(delivered_at=None).order_by("pk")):
        for row in rows:
            bus.deliver(row.pk, AT)


def do(enrolment: Enrolment, *keys: str, at=AT) -> None:  # type: ignore[no-untyped-def]
    """The person's tasks are accepted and the gate is looked at."""
    boss = a_person(role=Role.TRAINER)
    for item in PlanItem.objects.filter(enrolment=enrolment, activity_key__in=keys):
        decisions.accept(item=item, by=boss, at=at)
    advance.evaluate([enrolment.pk], at=at)
    enrolment.refresh_from_db()


def test_enrolment_plans_every_stage_with_its_due_day() -> None:
    made = an_enrolment(a_person(), a_programme())
    assert list(made.passages.values_list("stage__key", "due_date")) == [
        ("distance", date(2026, 11, 27)),
        ("live", date(2026, 12, 4)),
    ]
    assert made.due_date == date(2026, 12, 4)
    assert list(made.plan_items.values_list("activity_key", "due_date")) == [
        ("distance-1", date(2026, 11, 27)),
        ("live-1", date(2026, 12, 4)),
    ]


def test_a_passed_gate_leads_to_the_next_stage_and_the_last_one_out() -> None:
    made = an_enrolment(a_person(), a_programme())
    do(made, "distance-1")
    assert made.stage is not None
    assert made.stage.key == "live"
    do(made, "live-1")
    assert (made.state, made.stage, made.ended_at) == (EnrolmentState.FINISHED, None, AT)


def test_a_closed_gate_says_what_is_missing() -> None:
    made = an_enrolment(a_person(), a_programme())
    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert [[one["with"] for one in lack] for lack in made.lacks] == [[{"titles": "Distance-1"}]]


def test_alternatives_are_missing_together() -> None:
    programme = a_draft()
    stage = a_stage(programme, "distance")
    programmes.set_gate(
        stage=stage, gate=any_of(Need.of("tenure", days=400), Need.of("sign_off", role=Role.MENTOR.value))
    )
    made = an_enrolment(a_person(), published(programme))
    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert [[one["verdict"] for one in lack] for lack in made.lacks] == [["not_met", "unknown"]]


def test_tenure_opens_a_gate_by_itself() -> None:
    programme = a_draft()
    a_stage(programme, "wait", Need.of("tenure", days=320), tasks=0)
    made = an_enrolment(a_person(joined=date(2026, 1, 12)), published(programme))
    assert advance.evaluate_all(at=AT).passed == 0
    assert advance.evaluate_all(at=later(10)).finished == 1
    made.refresh_from_db()
    assert made.state == EnrolmentState.FINISHED


def test_finishing_awards_the_certificate_of_the_programme() -> None:
    kind = a_certificate_kind("money")
    person = a_person()
    made = an_enrolment(person, a_programme(stages=["distance"], certificate="money"))
    do(made, "distance-1")
    (certificate,) = person.certificates.all()
    assert (certificate.kind, certificate.evidence[0]["enrolment"]) == (kind, made.public_id)


def test_a_sign_off_needs_the_role_and_another_person() -> None:
    programme = a_draft()
    a_stage(programme, "trial", Need.of("sign_off", role=Role.MENTOR.value), tasks=0)
    made = an_enrolment(a_person(), published(programme))
    mentor, stage = a_person(role=Role.MENTOR), made.stage
    assert stage is not None
    decisions.sign_off(
        enrolment=made, stage_id=stage.pk, role=Role.MENTOR, approved=False, comment="Ещё неделя", by=mentor, at=AT
    )
    advance.evaluate([made.pk], at=AT)
    made.refresh_from_db()
    assert made.lacks[0][0]["with"] == {"role": "mentor", "comment": "Ещё неделя"}
    decisions.sign_off(enrolment=made, stage_id=stage.pk, role=Role.MENTOR, approved=True, by=mentor, at=later(7))
    advance.evaluate([made.pk], at=later(7))
    made.refresh_from_db()
    assert made.state == EnrolmentState.FINISHED
    with pytest.raises(NotEnrolled):
        decisions.sign_off(enrolment=made, stage_id=stage.pk, role=Role.MENTOR, approved=True, by=mentor, at=AT)


def test_who_is_learning_already_or_does_not_work_here_is_not_enrolled() -> None:
    programme = a_programme()
    here, gone, new = a_person(), a_person(), a_person()
    an_enrolment(here, programme)
    employments.leave(person=gone, left=date(2026, 11, 1), by=None, at=AT)
    result = enrolments.enrol_all(people=[here.pk, gone.pk, new.pk, new.pk], programme=programme, by=None, at=AT)
    assert [one.person_id for one in result.enrolments] == [new.pk]
    assert (result.already, result.not_employed) == ([here.pk], [gone.pk])


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    programme, person = a_programme(), a_person()
    dry = enrolments.enrol_all(people=[person.pk], programme=programme, by=None, at=AT, dry_run=True)
    assert [one.person_id for one in dry.enrolments] == [person.pk]
    assert Enrolment.objects.count() == 0
    assert not OutboxEvent.objects.filter(kind="learning.PeopleEnrolled").exists()


def test_enrolling_many_takes_no_more_statements_than_enrolling_one() -> None:
    programme = a_programme()
    enrolments.enrol_all(people=[a_person().pk], programme=programme, by=None, at=AT)  # the zone is known from here on
    counts = []
    for size in (1, 3):
        people = [a_person().pk for _number in range(size)]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            enrolments.enrol_all(people=people, programme=programme, by=None, at=AT)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_looking_at_many_takes_no_more_statements_than_at_one() -> None:
    programme, counts = a_programme(), []
    for size in (1, 3):
        people = [a_person().pk for _number in range(size)]
        made = enrolments.enrol_all(people=people, programme=programme, by=None, at=AT).enrolments
        with CaptureQueriesContext(connection) as seen:
            advance.evaluate([one.pk for one in made], at=AT)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_nobody_is_enrolled_in_a_draft_or_a_closed_programme() -> None:
    person, draft = a_person(), a_draft()
    with pytest.raises(NotPublished):
        an_enrolment(person, draft)
    programme = a_programme()
    programme.is_open = False
    with pytest.raises(NotOpenForEnrolment):
        an_enrolment(person, programme)


def test_renewal_takes_its_own_shorter_path_and_leaves_the_past_alone() -> None:
    """R10: after three cycles everything of each opens."""
    person, programme = a_person(), a_programme(renewal=["short"])
    seen = []
    for cycle, keys in enumerate([("distance-1", "live-1"), ("short-1",), ("short-1",)]):
        made = an_enrolment(person, programme, at=later(cycle * 100))
        for key in keys:
            do(made, key, at=later(cycle * 100 + 1))
        seen.append((made.cycle, made.path, made.state))
    assert seen == [(1, Path.ORIGINAL, "finished"), (2, Path.RENEWAL, "finished"), (3, Path.RENEWAL, "finished")]
    cycles = person.enrolments.order_by("cycle")
    planned = [list(one.plan_items.values_list("activity_key", flat=True)) for one in cycles]
    assert planned == [["distance-1", "live-1"], ["short-1"], ["short-1"]]
    assert all(one.done_at for one in PlanItem.objects.all())


def test_any_past_moment_can_be_read() -> None:
    made = an_enrolment(a_person(), a_programme())
    do(made, "distance-1", at=later(2))
    do(made, "live-1", at=later(4))
    found = [standing_at(made, later(day)) for day in (-1, 0, 3, 5)]
    assert found[0] is None
    assert [(one.state, one.stage_key) for one in found[1:] if one] == [
        ("active", "distance"),
        ("active", "live"),
        ("finished", ""),
    ]


def test_the_events_tell_what_the_row_says() -> None:
    made = an_enrolment(a_person(), a_programme())
    do(made, "distance-1", at=later(2))
    enrolments.pause(enrolment=made, since=date(2026, 11, 23), until=None, kind=PauseKind.ILLNESS, by=None, at=later(2))
    made.refresh_from_db()
    found = history.standing(happenings(made))
    assert found is not None
    assert made.stage is not None
    assert (found.state, found.stage_key) == (made.state, made.stage.key) == ("paused", "live")


def test_events_and_published_versions_never_change() -> None:
    made = an_enrolment(a_person(), a_programme())
    stage = made.stage
    assert stage is not None
    for write in (
        lambda: made.events.update(reason="x"),
        lambda: made.events.all().delete(),
        lambda: ProgrammeVersion.objects.filter(pk=made.version_id).update(note="x"),
        lambda: Stage.objects.filter(pk=stage.pk).update(due_days=9),
        lambda: StageActivity.objects.filter(stage=stage).update(title="x"),
        lambda: StageActivity.objects.create(stage=stage, key="n", position=9, kind=LearningKind.TASK, title="n"),
        lambda: Stage.objects.create(version=made.version, position=9, key="n", title="n", due_days=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    with pytest.raises(NoDraft):
        programmes.change_stage(stage=stage, title="x", due_days=1, kind=stage.kind)


def test_a_stage_cannot_be_saved_without_a_due_rule() -> None:
    draft = a_draft().versions.get()
    for days in (0, 401):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stage.objects.create(version=draft, position=0, key="n", title="n", due_days=days)


def test_a_pause_moves_what_is_due_by_its_length() -> None:
    made = an_enrolment(a_person(), a_programme())
    enrolments.pause(
        enrolment=made, since=date(2026, 11, 24), until=date(2026, 12, 1), kind=PauseKind.LEAVE, by=None, at=AT
    )
    made.refresh_from_db()
    days = list(made.passages.values_list("due_date", flat=True))
    assert (days, made.due_date) == ([date(2026, 12, 4), date(2026, 12, 11)], date(2026, 12, 11))
    assert list(made.plan_items.values_list("due_date", flat=True)) == days
    assert made.state == EnrolmentState.ACTIVE


def test_an_open_pause_ends_when_the_person_is_back() -> None:
    made = an_enrolment(a_person(), a_programme())
    enrolments.pause(enrolment=made, since=date(2026, 11, 23), until=None, kind=PauseKind.ILLNESS, by=None, at=AT)
    made.refresh_from_db()
    assert (made.state, advance.evaluate([made.pk], at=AT).passed) == (EnrolmentState.PAUSED, 0)
    enrolments.resume(enrolment=made, on=date(2026, 11, 30), by=None, at=later(7))
    made.refresh_from_db()
    assert (made.state, made.due_date) == (EnrolmentState.ACTIVE, date(2026, 12, 11))


def test_days_of_a_planned_pause_come_and_go_by_the_nightly_job() -> None:
    made = an_enrolment(a_person(), a_programme())
    enrolments.pause(
        enrolment=made, since=date(2026, 11, 25), until=date(2026, 11, 27), kind=PauseKind.LEAVE, by=None, at=AT
    )
    states = []
    for day in (1, 2, 3, 4):
        enrolments.follow_pauses(at=later(day))
        made.refresh_from_db()
        states.append(made.state)
    assert states == ["active", "paused", "paused", "active"]


@pytest.mark.parametrize(
    ("scope", "key"),
    [(WaiverScope.ACTIVITY, "distance-1"), (WaiverScope.REQUIREMENT, Need.of("stage").key), (WaiverScope.GATE, "")],
)
def test_a_waiver_opens_the_gate_with_its_reason(scope: WaiverScope, key: str) -> None:
    made = an_enrolment(a_person(), a_programme())
    stage = made.stage
    assert stage is not None
    with pytest.raises(WhyNeeded):
        enrolments.waive(enrolment=made, stage=stage, scope=scope, key=key, reason=" ", by=None, at=AT)
    enrolments.waive(enrolment=made, stage=stage, scope=scope, key=key, reason="Знает с прошлой работы", by=None, at=AT)
    made.refresh_from_db()
    assert made.stage is not None
    assert made.stage.key == "live"
    with pytest.raises(WaivedAlready):
        enrolments.waive(enrolment=made, stage=stage, scope=scope, key=key, reason="Ещё раз", by=None, at=AT)


def test_moving_to_a_new_version_keeps_what_was_passed_and_done() -> None:
    programme = a_draft()
    a_stage(programme, "distance")
    a_stage(programme, "live", tasks=2)
    made = an_enrolment(a_person(), published(programme))
    do(made, "distance-1")
    do(made, "live-1")
    programmes.begin_version(programme=programme, by=None, at=AT)
    a_stage(programme, "project")
    second = programmes.publish(programme=programme, by=None, at=AT)
    enrolments.move(enrolment=made, version=second, reason="Новая версия", by=None, at=later(1))
    made.refresh_from_db()
    assert made.stage is not None
    assert (made.version, made.stage.key) == (second, "live")
    assert list(made.passages.filter(passed_at__isnull=False).values_list("stage__key", flat=True)) == ["distance"]
    do(made, "live-2", at=later(2))
    assert made.stage is not None
    assert made.stage.key == "project"
    assert [one.version for one in happenings(made)][-1] == 2


def test_people_stay_on_the_version_they_began() -> None:
    programme = a_programme()
    made = an_enrolment(a_person(), programme)
    programmes.begin_version(programme=programme, by=None, at=AT)
    a_stage(programme, "project")
    second = programmes.publish(programme=programme, by=None, at=AT)
    made.refresh_from_db()
    assert made.version.number == 1
    assert an_enrolment(a_person(), programme).version == second


def test_a_leaver_is_closed_and_history_stays() -> None:
    person = a_person()
    made = an_enrolment(person, a_programme())
    deliver()
    employments.leave(person=person, left=AT.date(), by=None, at=AT)
    deliver()
    made.refresh_from_db()
    assert made.state == EnrolmentState.CLOSED
    assert not PlanItem.objects.to_do().filter(person=person).exists()
    assert StagePassage.objects.filter(enrolment=made).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_enrol_the_same_person_at_once_make_one_enrolment() -> None:
    an_organisation()
    person, programme = a_person(), a_programme()
    results: list[int] = []

    def enrol() -> None:
        try:
            found = enrolments.enrol_all(people=[person.pk], programme=programme, by=None, at=AT)
            results.append(len(found.enrolments))
        finally:
            connection.close()

    threads = [threading.Thread(target=enrol) for _number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(results) == [0, 0, 0, 1]


def test_a_launch_lets_nothing_be_due_after_its_day() -> None:
    made = an_enrolment(a_person(), a_programme(), last_day=AT.date() + timedelta(days=7))
    assert made.due_date == date(2026, 11, 30)

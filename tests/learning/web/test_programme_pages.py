"""Pages of programmes: what the first screen says, what buttons do, who sees whom."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.kernel import clock
from nastavnik.learning.actions import advance, enrolments, plans
from nastavnik.learning.logic.requirements import Need
from nastavnik.learning.models import Enrolment, PlanItem, Programme, Trigger
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.learning_programmes import a_draft, a_programme, a_stage, an_enrolment, later, published
from tests.factories.people import AT, a_lead, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> object:
    an_organisation()
    with clock.frozen(AT):
        yield


def entered(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@pytest.fixture
def trainer() -> Person:
    return a_person(role=Role.ACADEMY_HEAD, family_name="Головина")


def text(answer: object) -> str:
    return answer.content.decode().replace("\xa0", " ")  # type: ignore[attr-defined]  # a test client's answer


def test_my_plan_says_what_why_and_by_when() -> None:
    person = a_person()
    an_enrolment(person, a_programme(title="Новички ноября"))
    page = text(entered(person).get(reverse("learning:my-plan")))
    for said in ("Distance-1", "Новички ноября", "by 27 Nov 2026", "opens after the gate of “Distance”"):
        assert said in page


def test_my_plan_keeps_what_was_gone_through() -> None:
    person = a_person()
    made = an_enrolment(person, a_programme(title="Ввод новичков"))
    enrolments.close(enrolment=made, reason="Перешёл в другую программу", by=None, at=AT)
    page = text(entered(person).get(reverse("learning:my-plan")))
    assert "Gone through" in page
    assert f'<a href="{made.get_absolute_url()}">Ввод новичков</a>' in page


def test_the_board_shows_who_stands_where_and_what_is_missing(trainer: Person) -> None:
    person, programme = a_person(family_name="Стоянова"), a_programme()
    made = an_enrolment(person, programme)
    advance.evaluate([made.pk], at=AT)
    page = text(entered(trainer).get(reverse("learning:cohort-board", args=[programme.public_id])))
    assert "Стоянова" in page
    assert "still to do: Distance-1" in page
    assert "everything obligatory of the stage is done" in page


@pytest.mark.parametrize("name", ["learning:cohort-board", "learning:cohort-table", "learning:decision-queue"])
def test_pages_take_no_more_queries_for_more_people(trainer: Person, name: str) -> None:
    programme, counts = a_programme(), []
    client = entered(trainer)
    args = [] if name.endswith("queue") else [programme.public_id]
    client.get(reverse(name, args=args))
    for size in (1, 2):
        for _number in range(size):
            an_enrolment(a_person(), programme)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, args=args)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_lead_sees_the_own_team_only() -> None:
    team = a_team()
    lead, mine, other = a_lead(team), a_person(team=team, family_name="Свой"), a_person(family_name="Чужой")
    programme = a_programme()
    rows = {one: an_enrolment(one, programme) for one in (mine, other)}
    client = entered(lead)
    for name in ("learning:cohort-board", "learning:cohort-table"):
        page = text(client.get(reverse(name, args=[programme.public_id])))
        assert ("Свой" in page, "Чужой" in page) == (True, False)
    codes = [client.get(rows[one].get_absolute_url()).status_code for one in (mine, other)]
    assert codes == [200, 404]


def test_an_agent_sees_the_own_enrolment_and_no_board() -> None:
    person, programme = a_person(), a_programme()
    made = an_enrolment(person, programme)
    client = entered(person)
    assert client.get(made.get_absolute_url()).status_code == 200
    assert client.get(reverse("learning:cohort-board", args=[programme.public_id])).status_code == 403
    change = reverse("learning:enrolment-change", args=[made.public_id, "close"])
    assert client.post(change, {"reason": "x"}).status_code == 403


def test_a_list_is_checked_line_by_line_and_then_enrolled(trainer: Person) -> None:
    programme, known = a_programme(), a_person("A-1", family_name="Ёлкина", given_name="Ольга")
    already = a_person("A-2")
    an_enrolment(already, programme)
    address = reverse("learning:programme-enrol", args=[programme.public_id])
    given = {"people": "елкина ольга\nA-2\nНикто\nA-1", "begins": "2026-11-23", "do": "check"}
    page = text(entered(trainer).post(address, given))
    for said in ("1 person can be enrolled", "is learning it already", "nobody you may enrol", "stands in the list"):
        assert said in page
    assert not known.enrolments.exists()
    errors = entered(trainer).post(address, {**given, "do": "errors"})
    assert "Никто" in b"".join(errors.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    entered(trainer).post(address, {**given, "do": "enrol"})
    assert known.enrolments.count() == 1


def test_a_file_of_people_is_read(trainer: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    programme, known = a_programme(), a_person("A-1")
    file = SimpleUploadedFile("people.csv", "Код;Имя\nA-1;Анна\n".encode("cp1251"))
    address = reverse("learning:programme-enrol", args=[programme.public_id])
    page = text(entered(trainer).post(address, {"file": file, "begins": "2026-11-23", "do": "check"}))
    assert "1 person can be enrolled" in page
    assert str(known) in page


def test_a_lead_enrols_nobody_else(trainer: Person) -> None:
    team = a_team()
    lead, other = a_lead(team), a_person("A-9")
    programme = a_programme()
    address = reverse("learning:programme-enrol", args=[programme.public_id])
    page = text(entered(lead).post(address, {"people": "A-9", "begins": "2026-11-23", "do": "enrol"}))
    assert "Nobody in the list can be enrolled" in page
    assert not other.enrolments.exists()


def test_the_designer_adds_a_stage_an_activity_and_a_requirement(trainer: Person) -> None:
    client = entered(trainer)
    client.post(
        reverse("learning:programme-create"), {"title": "Школа", "code": "school", "branch": "school", "purpose": ""}
    )
    programme = Programme.objects.get()
    here = [programme.public_id]
    stage = {"title": "Проект", "kind": "project", "due_days": 10, "path": "original"}
    client.post(reverse("learning:stage-create", args=here), stage)
    (made,) = programme.versions.get().stages.all()
    there = [programme.public_id, made.pk]
    client.post(
        reverse("learning:activity-create", args=there),
        {"kind": "panel", "title": "Защита", "minutes": 40, "is_required": "on", "rubric": "Идея: 5\nЭффект: 5"},
    )
    activity = made.activities.get()
    assert [one["points"] for one in activity.rubric] == [5, 5]
    client.post(
        reverse("learning:need-add", args=[*there, "panel"]), {"activity": activity.key, "percent": 70, "judges": 3}
    )
    client.post(reverse("learning:need-add", args=[*there, "tenure"]) + "?to=" + Need.of("stage").key, {"days": 90})
    page = text(client.get(reverse("learning:programme-design", args=here)))
    assert "(everything obligatory of the stage is done or 90 days since joining) and" in page
    assert "“Защита” defended before 3 judges, at least 70%" in page
    client.post(reverse("learning:version-publish", args=here))
    assert programme.versions.get().published_at == AT


def test_a_stage_without_a_due_rule_is_refused_in_words(trainer: Person) -> None:
    programme = a_draft()
    address = reverse("learning:stage-create", args=[programme.public_id])
    answer = entered(trainer).post(address, {"title": "Этап", "kind": "live", "due_days": "", "path": "original"})
    assert answer.status_code == 422
    assert not programme.versions.get().stages.exists()


@pytest.mark.parametrize(
    ("what", "given", "state"),
    [
        ("pause", {"kind": "illness", "since": "2026-11-23"}, "paused"),
        ("close", {"reason": "Перевод"}, "closed"),
        ("waive", {"what": "gate", "reason": "Опыт"}, "active"),
    ],
)
def test_an_enrolment_is_changed_by_who_may(trainer: Person, what: str, given: dict[str, str], state: str) -> None:
    made = an_enrolment(a_person(), a_programme())
    client = entered(trainer)
    address = reverse("learning:enrolment-change", args=[made.public_id, what])
    assert client.get(address).status_code == 200
    assert client.post(address, given).status_code == 302
    made.refresh_from_db()
    assert made.state == state


def test_the_page_of_an_enrolment_shows_a_past_day(trainer: Person) -> None:
    made = an_enrolment(a_person(), a_programme())
    client = entered(trainer)
    before, then = (text(client.get(f"{made.get_absolute_url()}?on={day}")) for day in ("2026-11-22", "2026-11-23"))
    assert "On 22 Nov 2026 this enrolment did not exist yet" in before
    assert "On 23 Nov 2026: learning" in then


def test_a_mentor_signs_off_from_the_queue() -> None:
    mentor = a_person(role=Role.MENTOR)
    programme = a_draft()
    a_stage(programme, "trial", Need.of("sign_off", role="mentor"), tasks=0)
    made = an_enrolment(a_person(family_name="Ждущий"), published(programme))
    advance.evaluate([made.pk], at=AT)
    client = entered(mentor)
    assert "Ждущий" in text(client.get(reverse("learning:decision-queue")))
    made.refresh_from_db()
    given = {"role": "mentor", "stage": made.stage_id, "do": "approve", "back": "queue"}
    client.post(reverse("learning:sign-off", args=[made.public_id]), given)
    assert made.sign_offs.get().by == mentor


def test_bulk_pauses_the_chosen_people_only(trainer: Person) -> None:
    programme = a_programme()
    first, second = (an_enrolment(a_person(), programme) for _number in range(2))
    address = reverse("learning:cohort-bulk", args=[programme.public_id])
    given = {"do": "pause", "who": [first.public_id], "kind": "leave", "until": "2026-12-01"}
    assert entered(trainer).post(address, given).status_code == 302
    states = [Enrolment.objects.get(pk=one.pk).state for one in (first, second)]
    assert states == ["paused", "active"]


def test_a_trigger_is_written_looked_at_and_run(trainer: Person) -> None:
    programme, person = a_programme(), a_person(joined=date(2026, 10, 24), family_name="Новикова")
    client = entered(trainer)
    given = {"title": "День 30", "programme": programme.pk, "days": 30, "grace_days": 14}
    client.post(reverse("learning:trigger-create", args=["after"]), given)
    trigger = Trigger.objects.get()
    page = text(client.get(f"{trigger.get_absolute_url()}?look=1"))
    assert "Everybody: on day 30 after joining" in page
    assert "Новикова" in page
    assert not person.enrolments.exists()
    client.post(reverse("learning:trigger-run", args=[trigger.public_id]))
    assert person.enrolments.count() == 1
    assert "day 30 after joining was 23 Nov 2026" in text(client.get(trigger.get_absolute_url()))
    assert client.get(reverse("learning:trigger-edit", args=[trigger.public_id])).status_code == 200


def test_completion_is_the_ratio_of_sums_of_what_was_due(trainer: Person) -> None:
    team = a_team(name="Чат 1")
    programme = a_programme(stages=["distance"])
    for _number in range(2):
        an_enrolment(a_person(team=team), programme)
    plans.freeze(month=AT.date(), by=None, at=AT)
    item = PlanItem.objects.order_by("pk").first()
    assert item is not None
    PlanItem.objects.filter(pk=item.pk).update(done_at=AT)
    client = entered(trainer)
    with clock.frozen(later(7)):
        page = text(client.get(reverse("learning:plan-completion")))
    assert "50.0%" in page
    assert "Чат 1" in page


@pytest.mark.parametrize(
    "name", ["programme-list", "programme-create", "trigger-list", "remedy-list", "plan-completion", "decision-queue"]
)
def test_the_head_of_the_academy_opens_every_page(trainer: Person, name: str) -> None:
    a_programme()
    assert entered(trainer).get(reverse(f"learning:{name}")).status_code == 200

"""After a launch's last day: who passed may take its contacts, who did not may not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from nastavnik.learning.actions import advance, decisions, launches, triggers
from nastavnik.learning.enums import Branch
from nastavnik.learning.events import ProgrammeFinished
from nastavnik.learning.logic.triggers import Launch, Scope
from nastavnik.learning.models import ContactType, Enrolment, Notice, Permit, PlanItem, Trigger
from nastavnik.learning.notice_words import title_of
from nastavnik.learning.queries.permits import may_take
from nastavnik.learning.queries.triggers import sentence_of
from nastavnik.learning.reactions import permit_what_a_launch_asked_for
from nastavnik.people.enums import Role
from nastavnik.people.models import Person, Team
from tests.factories.learning_awards import a_contact_type, a_permit
from tests.factories.learning_programmes import a_programme, later
from tests.factories.people import AT, a_line, a_person, a_team, an_organisation

pytestmark = pytest.mark.django_db
BY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def organisation() -> None:
    an_organisation()


@pytest.fixture
def chat() -> Team:
    return a_team(line=a_line("chat", "Чат"))


def a_launch(contact_type: str = "intensive", is_active: bool = True) -> Trigger:
    """Everybody of the chat by 30 November; contacts of the new course are closed to others from 1 December."""
    a_contact_type("intensive", title="Интенсивы", title_en="Intensives", needed_from=date(2027, 6, 1))
    rule = Launch(by=BY, contact_type=contact_type, scope=Scope(lines=frozenset({"chat"})))
    made = triggers.save(
        trigger=None, title="Запуск интенсивов", branch=Branch.LAUNCH, programme=a_programme(stages=["only"]),
        rule=rule, is_active=is_active, by=None, at=AT,
    )  # fmt: skip
    triggers.run(trigger=made, by=None, at=AT)
    return made


def passes(person: Person, at: float) -> None:
    boss = Person.objects.filter(code="boss").first() or a_person("boss", role=Role.TRAINER)
    for item in PlanItem.objects.to_do().filter(person=person):
        decisions.accept(item=item, by=boss, at=later(at))
    advance.evaluate_person(person.pk, at=later(at))


def may(*people: Person, day: float) -> list[bool]:
    return [may_take(one, "intensive", later(day)) for one in people]


def test_until_the_last_day_everybody_may_and_after_it_only_who_passed(chat: Team) -> None:
    good, bad, elsewhere = a_person(team=chat), a_person(team=chat), a_person()
    a_launch()
    held = a_permit(bad, ContactType.objects.get(code="intensive"))
    a_permit(elsewhere, held.contact_type)
    passes(good, 2)
    assert [launches.follow(at=later(day)) for day in (3, 7)] == [(0, 0), (0, 0)]
    assert may(good, bad, elsewhere, day=7) == [True, True, True]
    assert [launches.follow(at=later(day)) for day in (8, 9)] == [(1, 1), (0, 0)]
    assert may(good, bad, elsewhere, day=9) == [True, False, True]
    held.refresh_from_db()
    assert held.withdrawal_reason == "Запуск интенсивов"
    (notice,) = Notice.objects.filter(object_key__startswith="launch:")
    with override("en"):
        said = title_of(notice).replace("\xa0", " ")
    programme = Trigger.objects.get().programme.title
    assert (notice.person, said) == (
        bad, f"You may not take contacts «Intensives» from 1 Dec 2026: «{programme}» is not passed",
    )  # fmt: skip


def test_who_passes_late_gets_the_permit_at_once(chat: Team) -> None:
    late, other = a_person(team=chat), a_person()
    trigger = a_launch()
    launches.follow(at=later(8))
    passes(late, 10)
    made = Enrolment.objects.get(person=late)
    for person in (late, other):
        event = ProgrammeFinished(made.pk, person.pk, trigger.programme.code, 1)
        permit_what_a_launch_asked_for(event, later(10))
    assert may(late, other, day=10) == [True, False]
    assert Permit.objects.get().evidence[0]["label"] == trigger.programme.title


def test_a_launch_without_contacts_and_one_that_is_off_close_nothing(chat: Team) -> None:
    person = a_person(team=chat)
    a_launch(contact_type="")
    assert launches.follow(at=later(8)) == (0, 0)
    Trigger.objects.update(is_active=False, rule={**Trigger.objects.get().rule, "contact_type": "intensive"})
    assert launches.follow(at=later(8)) == (0, 0)
    assert may(person, day=9) == [True]


def test_the_rule_says_what_it_closes(chat: Team) -> None:
    trigger = a_launch()
    with override("en"):
        assert sentence_of(trigger).replace("\xa0", " ") == (
            "Чат: everything is due by 30 Nov 2026; who has not passed by then may not take contacts “Intensives”"
        )


def test_looking_at_a_launch_takes_as_many_queries_for_one_late_person_as_for_many(chat: Team) -> None:
    a_person(team=chat)
    a_launch()
    launches.follow(at=later(8))  # the first one also sets the day from which a permit is needed
    counts = []
    for more in (1, 6):
        for _one in range(more):
            a_person(team=chat)
        triggers.run_all(at=later(8))
        with CaptureQueriesContext(connection) as queries:
            launches.follow(at=later(8))
        counts.append(len(queries))
    assert counts[0] == counts[1]

from datetime import UTC, date, datetime
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from nastavnik.people.actions import clearances, grades, organisation, persons, posts, roles, teams
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.models import *  # noqa
import time

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_smoke():
    organisation.ensure(name="X", by=None, at=AT)
    line = organisation.create_line(code="chat", name="Чат", by=None, at=AT)
    a = organisation.create_team(code="a", name="A", line=line, by=None, at=AT)
    b = organisation.create_team(code="b", name="B", line=line, by=None, at=AT)
    ladder = organisation.create_ladder_with_grades(
        code="m", name="M", grades=[("j", "J"), ("s", "S", "Senior")], by=None, at=AT
    )
    p = persons.hire(
        code="A-001", family_name="Петрова", kind=EmploymentKind.STAFF, joined=date(2022, 1, 1), by=None, at=AT
    )

    def run(f, **kw):
        with CaptureQueriesContext(
            connection,
        ) as q:
            t = time.perf_counter()
            r = f(by=None, at=AT, **kw)
            t = time.perf_counter() - t
        print(f.__module__, f.__name__, len(q), round(t * 1000, 1))
        return r

    run(teams.move, person=p, team=a, since=date(2022, 1, 1))
    run(teams.move, person=p, team=b, since=date(2023, 1, 1))
    run(teams.move, person=p, team=a, since=date(2022, 6, 1))
    run(grades.promote, person=p, grade=ladder.grades.get(code="s"), since=date(2022, 1, 1))
    run(clearances.restrict, person=p, line=line, since=date(2022, 1, 1), reason="voice")
    run(clearances.allow, person=p, line=line, since=date(2023, 1, 1))
    run(roles.grant, person=p, role=Role.AGENT, since=date(2023, 1, 1))
    run(teams.appoint_lead, person=p, team=a, since=date(2023, 1, 1))
    print(TeamMembership.objects.values_list("team__code", "active_from", "active_to"))
    run(persons.leave, person=p, left=date(2023, 3, 1))
    print(TeamMembership.objects.values_list("team__code", "active_from", "active_to"))
    run(persons.rehire, person=p, kind=EmploymentKind.STAFF, joined=date(2023, 3, 1))
    from nastavnik.people.actions.persons import Newcomer

    t = time.perf_counter()
    people = persons.hire_all(
        newcomers=[
            Newcomer(
                code=f"X{i}",
                family_name="Ё",
                kind=EmploymentKind.STAFF,
                joined=date(2022, 1, 1),
                team=a,
                grades=list(ladder.grades.all())[:1],
                clearances=[persons.Clearance(line)],
                roles=[Role.AGENT],
                aliases=[f"al{i}"],
            )
            for i in range(2000)
        ],
        by=None,
        at=AT,
    )
    print("2000 hired", time.perf_counter() - t)
    t = time.perf_counter()
    for x in people[:200]:
        teams.move(person=x, team=b, since=date(2023, 1, 1), by=None, at=AT)
    print("200 moved", time.perf_counter() - t)
    t = time.perf_counter()
    for i in range(200):
        persons.hire(code=f"Y{i}", family_name="Ё", kind=EmploymentKind.STAFF, joined=date(2022, 1, 1), by=None, at=AT)
    print("200 hired", time.perf_counter() - t)

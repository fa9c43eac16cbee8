"""Makers of people for tests: by the product's own actions, minimal, without surprises."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from nastavnik.people.actions import organisation as parts
from nastavnik.people.actions import persons, roles, teams
from nastavnik.people.enums import EmploymentKind, Role, RoleScope
from nastavnik.people.models import Ladder, Line, Organisation, Partner, Person, Post, Team

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
JOINED = date(2026, 1, 12)
_numbers = count(1)


def an_organisation(**fields: Any) -> Organisation:
    """The organisation of the test."""
    return parts.ensure(**{"name": "Ромашка", "by": None, "at": AT, **fields})


def a_person(code: str = "", *, role: Role | None = None, **fields: Any) -> Person:
    """Somebody employed since 12 January 2026."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "code": code or f"P-{number:03}",
        "family_name": "Петрова",
        "given_name": "Анна",
        "kind": EmploymentKind.STAFF,
        "joined": JOINED,
        "roles": [role] if role else [],
    }
    return persons.hire(by=None, at=AT, **{**made, **fields})


def a_partners_person(partner: Partner, code: str = "", **fields: Any) -> Person:
    """Somebody employed by a partner centre."""
    return a_person(code, kind=EmploymentKind.PARTNER, partner=partner, **fields)


def a_line(code: str = "chat", name: str = "Чат", **fields: Any) -> Line:
    return parts.create_line(code=code, name=name, by=None, at=AT, **fields)


def a_team(code: str = "", name: str = "", **fields: Any) -> Team:
    number = next(_numbers)
    return parts.create_team(code=code or f"team-{number}", name=name or f"Команда {number}", by=None, at=AT, **fields)


def a_partner(code: str = "volga", name: str = "Волга Колл", **fields: Any) -> Partner:
    return parts.create_partner(code=code, name=name, by=None, at=AT, **fields)


def a_post(code: str = "agent", name: str = "Оператор", **fields: Any) -> Post:
    return parts.create_post(code=code, name=name, by=None, at=AT, **fields)


def a_ladder(code: str = "line", name: str = "Линия", grades: Sequence[tuple[str, ...]] = ()) -> Ladder:
    """A ladder of three grades: j, m, s."""
    steps = grades or [("j", "Джуниор", "Junior"), ("m", "Мидл", "Middle"), ("s", "Сеньор", "Senior")]
    return parts.create_ladder_with_grades(code=code, name=name, grades=steps, by=None, at=AT)


def a_lead(team: Team, code: str = "", **fields: Any) -> Person:
    """Somebody who leads the team and has a team lead's rights there."""
    person = a_person(code, **fields)
    teams.appoint_lead(team=team, person=person, since=JOINED, by=None, at=AT)
    roles.grant(person=person, role=Role.TEAM_LEAD, scope=RoleScope.TEAM, team=team, since=JOINED, by=None, at=AT)
    return person


def a_partners_lead(partner: Partner, code: str = "") -> Person:
    """Somebody who answers for a partner centre's people."""
    person = a_partners_person(partner, code)
    where = {"scope": RoleScope.PARTNER, "partner": partner}
    roles.grant(person=person, role=Role.PARTNER_LEAD, since=JOINED, by=None, at=AT, **where)  # type: ignore[arg-type]  # a dict of mixed values
    return person


def an_administrator(code: str = "admin") -> Person:
    return a_person(code, role=Role.ADMINISTRATOR, family_name="Админов", given_name="Олег")

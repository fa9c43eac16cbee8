"""Writes the invented organisation by calling the actions of people, in the order in which things happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from nastavnik.demo.calendar import holidays
from nastavnik.demo.careers import Career, Centre, RoleGrant
from nastavnik.demo.plan import ORGANISATION_NAME, PARTNER, PARTNER_NAME, PARTNER_NAME_EN
from nastavnik.kernel import clock
from nastavnik.people.actions import clearances, employments, grades, organisation, persons, roles, teams
from nastavnik.people.enums import LineKind, RoleScope
from nastavnik.people.models import Grade, Ladder, Line, Partner, Person, Post, Team

ZONE = ZoneInfo("Europe/Moscow")
FOUNDED = date(2019, 1, 9)
Progress = Callable[[float], None]

POSTS = (
    ("agent", "Специалист поддержки", "Agent"), ("crisis-manager", "Кризис-менеджер", "Crisis manager"),
    ("team-lead", "Руководитель группы", "Team lead"), ("trainer", "Тренер", "Trainer"),
    ("psychologist", "Психолог", "Psychologist"), ("reviewer", "Специалист по качеству", "Quality reviewer"),
    ("planner", "Планировщик", "Planner"), ("academy-head", "Руководитель академии", "Head of academy"),
    ("centre-head", "Руководитель центра", "Head of the centre"), ("administrator", "Администратор", "Administrator"),
    ("business-customer", "Внутренний заказчик", "Business customer"), ("jury", "Член жюри", "Jury member"),
    ("partner-lead", "Руководитель партнёрского центра", "Partner centre's lead"),
)  # fmt: skip
LADDERS = (
    ("agent", "Специалист", "Agent", (
        ("junior", "Джуниор", "Junior"), ("middle", "Мидл", "Middle"), ("senior", "Сеньор", "Senior"),
    )),
    ("expert", "Эксперт", "Expert", (
        ("expert", "Эксперт", "Expert"), ("mentor", "Наставник", "Mentor"), ("master", "Мастер", "Master"),
    )),
)  # fmt: skip


@dataclass
class Parts:
    """Rows of the organisation by code."""

    lines: dict[str, Line] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    grades: dict[tuple[str, str], Grade] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)


def at(day: date, hour: int = 10) -> datetime:
    """A working hour of a day, for the journal."""
    return datetime.combine(day, time(hour), ZONE)


def settle(centre: Centre, progress: Progress) -> Parts:
    """Organisation, calendar, people and everything that happened to them. Inside the caller's transaction."""
    parts = _found(centre)
    happenings = sorted(_happenings(centre, parts), key=lambda one: one.day)
    intakes = _intakes(centre)
    done, whole = 0, len(intakes) + len(happenings)
    for day, newcomers in intakes:
        with clock.frozen(at(day)):
            _hire(day, newcomers, parts)
        done += 1
        progress(done / whole)
    for happening in happenings:
        moment = at(happening.day, 12)
        with clock.frozen(moment):
            happening.act(parts.persons.get("S-01"), moment)
        done += 1
        progress(done / whole)
    return parts


def _found(centre: Centre) -> Parts:
    parts, begin = Parts(), at(FOUNDED)
    organisation.ensure(name=ORGANISATION_NAME, is_demo=True, by=None, at=begin)
    for line in centre.lines:
        parts.lines[line.code] = organisation.create_line(
            code=line.code, name=line.name, name_en=line.name_en, kind=LineKind(line.kind), by=None, at=begin
        )
    parts.partners[PARTNER] = organisation.create_partner(
        code=PARTNER, name=PARTNER_NAME, name_en=PARTNER_NAME_EN, by=None, at=begin
    )
    for team in centre.teams:
        parts.teams[team.code] = organisation.create_team(
            code=team.code, name=team.name, name_en=team.name_en, line=parts.lines[team.line],
            partner=parts.partners.get(team.partner), by=None, at=begin,
        )  # fmt: skip
    for code, name, name_en in POSTS:
        parts.posts[code] = organisation.create_post(code=code, name=name, name_en=name_en, by=None, at=begin)
    for code, name, name_en, steps in LADDERS:
        ladder = organisation.create_ladder_with_grades(
            code=code, name=name, name_en=name_en, grades=steps, by=None, at=begin
        )
        parts.grades |= _grades_of(ladder)
    for day, name in holidays(date(centre.today.year - 1, 1, 1), date(centre.today.year + 1, 1, 1)).items():
        organisation.set_calendar_day(day=day, is_working=False, name=name, by=None, at=begin)
    return parts


def _grades_of(ladder: Ladder) -> dict[tuple[str, str], Grade]:
    return {(ladder.code, grade.code): grade for grade in ladder.grades.all()}


def _intakes(centre: Centre) -> list[tuple[date, list[Career]]]:
    """Everybody by the day they came."""
    by_day = sorted(centre.careers, key=lambda career: (career.joined, career.code))
    return [(day, list(some)) for day, some in groupby(by_day, key=lambda career: career.joined)]


def _hire(day: date, careers: list[Career], parts: Parts) -> None:
    newcomers = [_newcomer(career, parts) for career in careers]
    for person in persons.hire_all(newcomers=newcomers, by=parts.persons.get("S-01"), at=at(day)):
        parts.persons[person.code] = person


def _newcomer(career: Career, parts: Parts) -> persons.Newcomer:
    team = parts.teams[career.teams[0][1]] if career.teams else None
    lines = [team.line] if team and team.line and career.handles_contacts else []
    return persons.Newcomer(
        code=career.code,
        login=career.code.lower(),
        family_name=career.name.family,
        given_name=career.name.given,
        patronymic=career.name.patronymic,
        latin_name=career.name.in_latin,
        kind=career.kind,
        joined=career.joined,
        partner=parts.partners.get(career.partner),
        team=team,
        post=parts.posts[career.post],
        grades=[parts.grades[ladder, grade] for since, ladder, grade in career.grades if since == career.joined],
        clearances=[persons.Clearance(line) for line in lines],
        roles=[one.role for one in career.roles if _from_the_first_day(one)],
    )


def _from_the_first_day(grant: RoleGrant) -> bool:
    return grant.scope == RoleScope.ORGANISATION


@dataclass(frozen=True)
class Happening:
    """Something that happened to a person on a day, as the call of one action."""

    day: date
    act: Callable[[Person | None, datetime], object]


def _happenings(centre: Centre, parts: Parts) -> Iterator[Happening]:
    for career in centre.careers:
        yield from _moves(career, parts)
        yield from _grants(career, parts)
        for since, ladder, grade in career.grades:
            if since > career.joined and since < (career.left or date.max):
                yield _promotion(career.code, parts, parts.grades[ladder, grade], since)
        for restriction in career.restrictions:
            yield _restriction(career.code, parts, restriction.since, restriction.line, restriction.reason)
        if career.left:
            yield _leaving(career.code, parts, career.left, career.leaving_reason)


def _moves(career: Career, parts: Parts) -> Iterator[Happening]:
    for (_, old), (since, new) in zip(career.teams, career.teams[1:], strict=False):
        yield _move(career.code, parts, parts.teams[new], since)
        before, after = parts.teams[old].line, parts.teams[new].line
        if before and after and before != after:
            yield _clearance(career.code, parts, before, after, since)


def _grants(career: Career, parts: Parts) -> Iterator[Happening]:
    if career.leads:
        yield _lead(career.code, parts, parts.teams[career.leads], career.joined)
    for one in career.roles:
        if not _from_the_first_day(one):
            since = career.joined if career.leads or career.partner else career.grades[-1][0]
            yield _grant(career.code, parts, one, since)


def _move(code: str, parts: Parts, team: Team, since: date) -> Happening:
    return Happening(
        since, lambda by, at: teams.move(person=parts.persons[code], team=team, since=since, by=by, at=at)
    )  # fmt: skip


def _clearance(code: str, parts: Parts, before: Line, after: Line, since: date) -> Happening:
    def act(by: Person | None, at: datetime) -> None:
        clearances.withdraw(person=parts.persons[code], line=before, since=since, by=by, at=at)
        clearances.allow(person=parts.persons[code], line=after, since=since, by=by, at=at)

    return Happening(since, act)


def _lead(code: str, parts: Parts, team: Team, since: date) -> Happening:
    return Happening(
        since, lambda by, at: teams.appoint_lead(team=team, person=parts.persons[code], since=since, by=by, at=at)
    )


def _grant(code: str, parts: Parts, grant: RoleGrant, since: date) -> Happening:
    def act(by: Person | None, at: datetime) -> None:
        roles.grant(
            person=parts.persons[code], role=grant.role, scope=grant.scope, since=since, by=by, at=at,
            team=parts.teams.get(grant.unit), partner=parts.partners.get(grant.unit),
        )  # fmt: skip

    return Happening(since, act)


def _promotion(code: str, parts: Parts, grade: Grade, since: date) -> Happening:
    return Happening(
        since, lambda by, at: grades.promote(person=parts.persons[code], grade=grade, since=since, by=by, at=at)
    )


def _restriction(code: str, parts: Parts, since: date, line: str, reason: str) -> Happening:
    def act(by: Person | None, at: datetime) -> None:
        person = parts.persons[code]
        clearances.restrict(person=person, line=parts.lines[line], since=since, reason=reason, by=by, at=at)

    return Happening(since, act)


def _leaving(code: str, parts: Parts, left: date, reason: str) -> Happening:
    return Happening(
        left, lambda by, at: employments.leave(person=parts.persons[code], left=left, reason=reason, by=by, at=at)
    )

"""Everybody in the demo centre with their stories: who came when, worked where, rose, moved, left. Pure."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from nastavnik.demo import truth
from nastavnik.demo.careers import Career, Centre, Restriction, RoleGrant, TeamPlan
from nastavnik.demo.crisis_careers import fixed_career
from nastavnik.demo.names import Name, names
from nastavnik.demo.plan import LINES, NAMED_TEAMS, PARTNER, Plan, plan
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope

AGENT, EXPERT = "agent", "expert"
WRITTEN_REASON = "До повторной проверки только письменные обращения: три голосовые оценки подряд ниже порога"
LEAVING_REASONS = ("По собственному желанию", "Переезд", "Окончание договора на сезон", "Переход в другой отдел")
OLD_HANDS = date(2022, 3, 7)  # leads of the teams with a history came before it begins
ALL = RoleScope.ORGANISATION


def roster(people: int, seed: int, today: date) -> Centre:
    """The centre of `people` persons as of `today`; equal arguments give an equal centre."""
    parts = plan(people)
    draw = names(seed)
    careers = [*_agents(parts, Random(f"agents {seed}"), draw, today), *_leads(parts, draw, today)]
    careers += _staff(parts, draw, today)
    _events_of_the_window(careers, parts, Random(f"events {seed}"), today)
    return Centre(today, LINES, parts.teams, tuple(careers))


def _agents(parts: Plan, dice: Random, draw: Iterator[Name], today: date) -> Iterator[Career]:
    own, partner = count(1), count(1)
    for team in parts.teams:
        for _ in range(team.size):
            code = f"B-{next(partner):03d}" if team.partner else f"A-{next(own):03d}"
            fixed = fixed_career(code, team.code)
            career = fixed(next(draw)) if fixed else _agent(code, next(draw), team, dice, today)
            career.roles.insert(0, RoleGrant(Role.CRISIS_MANAGER if team.line == "crisis" else Role.AGENT))
            yield career


def _agent(code: str, name: Name, team: TeamPlan, dice: Random, today: date) -> Career:
    """One agent of the ordinary kind: came in a monthly intake, rose with the months."""
    kind = EmploymentKind.PARTNER if team.partner else EmploymentKind.STAFF
    if kind == EmploymentKind.STAFF and dice.random() < 0.12:
        kind = EmploymentKind.REMOTE
    oldest = 70 if team.line in {"crisis", "premium", "internal"} else 40
    months = min(dice.choice((1, 2, 3, 5, 7, 9, 11, 14, 18, 22, 27, 33, 40, 52, 70)), oldest)
    if team.line in {"crisis", "premium"}:
        months = max(months, 14)  # nobody begins there
    joined = intake(today, months)
    career = Career(code, name, "crisis-manager" if team.line == "crisis" else "agent", joined, kind, team.partner)
    career.teams.append((joined, team.code))
    career.grades = _rise(joined, dice, today)
    if career.grades[-1][2] == "senior" and dice.random() < 0.4 and not team.partner:
        since = career.grades[-1][0] + timedelta(days=60)
        if since < today:
            career.grades.append((since, EXPERT, "mentor"))
            career.roles.append(RoleGrant(Role.MENTOR, RoleScope.TEAM, team.code))
    return career


def intake(today: date, months_ago: int) -> date:
    """The first Monday of the month that lies so many months back: the day of that month's intake."""
    month = today.year * 12 + today.month - 1 - months_ago
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _rise(joined: date, dice: Random, today: date) -> list[tuple[date, str, str]]:
    """Junior on the first day, then middle and senior where time and luck allow."""
    steps = [(joined, AGENT, "junior")]
    since = joined
    for grade, least, most in (("middle", 240, 420), ("senior", 400, 800)):
        since += timedelta(days=dice.randint(least, most))
        if since >= today:
            break
        steps.append((since, AGENT, grade))
    return steps


def _leads(parts: Plan, draw: Iterator[Name], today: date) -> Iterator[Career]:
    for number, team in enumerate(parts.teams, 1):
        joined = intake(today, 20 + number * 7 % 50)
        if team.code in {one.code for one in NAMED_TEAMS}:
            joined = min(joined, OLD_HANDS)
        kind = EmploymentKind.PARTNER if team.partner else EmploymentKind.STAFF
        career = Career(f"L-{number:02d}", next(draw), "team-lead", joined, kind, team.partner, leads=team.code)
        career.teams.append((joined, team.code))
        career.grades.append((joined, EXPERT, "expert"))
        career.roles.append(RoleGrant(Role.TEAM_LEAD, RoleScope.TEAM, team.code))
        yield career


def _staff(parts: Plan, draw: Iterator[Name], today: date) -> Iterator[Career]:
    """Everybody without a team."""

    def person(code: str, post: str, *roles: RoleGrant, partner: str = "", months: int = 64) -> Career:
        kind = EmploymentKind.PARTNER if partner else EmploymentKind.STAFF
        joined = intake(today, months)
        return Career(code, next(draw), post, joined, kind, partner, roles=list(roles))

    yield person("H-01", "centre-head", RoleGrant(Role.CENTRE_HEAD, ALL))
    yield person("H-02", "academy-head", RoleGrant(Role.ACADEMY_HEAD, ALL))
    yield person("S-01", "administrator", RoleGrant(Role.ADMINISTRATOR, ALL))
    yield person("K-01", "business-customer", RoleGrant(Role.BUSINESS_CUSTOMER, ALL))
    yield person("J-01", "jury", RoleGrant(Role.JURY, ALL))
    yield person("H-03", "partner-lead", RoleGrant(Role.PARTNER_LEAD, RoleScope.PARTNER, PARTNER), partner=PARTNER)
    yield from _specialists(parts, person)


def _specialists(parts: Plan, person: Callable[..., Career]) -> Iterator[Career]:
    kinds = (
        ("T", "trainer", Role.TRAINER, parts.trainers),
        ("P", "psychologist", Role.PSYCHOLOGIST, parts.psychologists),
        ("R", "reviewer", Role.REVIEWER, parts.reviewers),
        ("W", "planner", Role.PLANNER, parts.planners),
    )
    for letter, post, role, number in kinds:
        for place in range(1, number + 1):
            career = person(f"{letter}-{place:02d}", post, RoleGrant(role, ALL), months=6 + place * 11 % 60)
            if role == Role.TRAINER:
                career.grades.append((career.joined, EXPERT, ("expert", "mentor", "master")[place % 3]))
            yield career


def _events_of_the_window(careers: list[Career], parts: Plan, dice: Random, today: date) -> None:
    """In the last 120 days some left, some moved to another team of their line, some may only write for a while."""
    ordinary = [c for c in careers if c.post == "agent" and c.teams[-1][1].split("-")[-1].isdigit()]
    settled = [c for c in ordinary if (today - c.joined).days > 200 and c.code not in truth.known_codes(careers)]
    dice.shuffle(settled)
    for career in settled[: max(4, len(ordinary) // 25)]:
        career.left = today - timedelta(days=dice.randint(5, 110))
        career.leaving_reason = dice.choice(LEAVING_REASONS)
    staying = [c for c in settled if c.left is None]
    for career in staying[: max(3, len(ordinary) // 40)]:
        _move(career, parts, dice, today)
    voice = [c for c in staying if not c.teams[-1][1].startswith(("chat", f"{PARTNER}-chat"))]
    for career in voice[-max(3, len(ordinary) // 50) :]:
        line = next(team.line for team in parts.teams if team.code == career.teams[-1][1])
        since = today - timedelta(days=dice.randint(20, 90))
        career.restrictions.append(Restriction(since, line, ClearanceMode.WRITTEN_ONLY, WRITTEN_REASON))


def _move(career: Career, parts: Plan, dice: Random, today: date) -> None:
    here = next(team for team in parts.teams if team.code == career.teams[-1][1])
    others = [t for t in parts.teams if (t.line, t.partner) == (here.line, here.partner) and t.code != here.code]
    others = [t for t in others if t.code not in {team.code for team in NAMED_TEAMS}]
    if others:
        career.teams.append((today - timedelta(days=dice.randint(40, 80)), dice.choice(others).code))

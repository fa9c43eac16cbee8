"""A small centre with records, made by calling actions: two lines, three teams (one of a partner), twelve weeks.

Team «Вход-1» is plainly better in CSAT than the others; QA's target rises in the middle; nothing is drawn by lot.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from nastavnik.metrics.actions import facts, targets
from nastavnik.metrics.queries.scopes import ORGANISATION
from nastavnik.people.actions import organisation as organisations
from nastavnik.people.actions import persons, roles, teams
from nastavnik.people.enums import EmploymentKind, Role, RoleScope
from nastavnik.people.models import Line, Partner, Person, Team

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
START = TODAY - timedelta(days=84)
FAMILIES = (
    "Алёхина", "Белов", "Волкова", "Громов", "Дёмина", "Ершов", "Жукова", "Зимин", "Ильина", "Котов", "Лебедева",
    "Мишин", "Носова", "Орлов", "Панина",
)  # fmt: skip


@dataclass
class World:
    """Who and what there is."""

    lines: dict[str, Line] = field(default_factory=dict)
    partner: Partner | None = None
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    by_team: dict[str, list[Person]] = field(default_factory=dict)


def build(*, members: int = 3, days: int = 84) -> World:
    """Three teams of `members` agents, a lead, a head, a partner's lead, an administrator, a business customer."""
    world = World()
    organisations.ensure(name="Голос", by=None, at=NOW)
    world.partner = organisations.create_partner(code="north", name="Север", by=None, at=NOW)
    for code, name, english in (("inbound", "Вход", "Inbound"), ("chat", "Чат", "Chat")):
        world.lines[code] = organisations.create_line(code=code, name=name, name_en=english, by=None, at=NOW)
    for code, name, line, partner in (
        ("in-1", "Вход-1", "inbound", None), ("in-2", "Вход-2", "inbound", None), ("north-1", "Север-1", "chat", "x"),
    ):  # fmt: skip
        world.teams[code] = organisations.create_team(
            code=code, name=name, line=world.lines[line], partner=world.partner if partner else None, by=None, at=NOW
        )
    for number, (code, team) in enumerate(world.teams.items()):
        world.by_team[code] = [_agent(world, team, number * members + index) for index in range(members)]
    _others(world)
    _records(world, days)
    _targets()
    return world


def _agent(world: World, team: Team, number: int) -> Person:
    code = f"A-{number + 1:03d}"
    person = _hire(code, FAMILIES[number % len(FAMILIES)], team, team.partner, [Role.AGENT])
    world.people[code] = person
    return person


def _hire(code: str, family: str, team: Team | None, partner: Partner | None, held: list[Role]) -> Person:
    kind = EmploymentKind.PARTNER if partner else EmploymentKind.STAFF
    return persons.hire(
        code=code, family_name=family, given_name="Яна", kind=kind, partner=partner, joined=date(2024, 1, 1), team=team,
        login=code.lower(), roles=held, by=None, at=NOW,
    )  # fmt: skip


def _others(world: World) -> None:
    """The lead of «Вход-1», heads, keepers, and the partner's lead."""
    lead = world.people["lead"] = _hire("L-1", "Рыбакова", None, None, [])
    roles.grant(
        person=lead, role=Role.TEAM_LEAD, scope=RoleScope.TEAM, team=world.teams["in-1"], since=START, by=None, at=NOW
    )
    teams.appoint_lead(team=world.teams["in-1"], person=lead, since=START, by=None, at=NOW)
    for key, role in (
        ("head", Role.CENTRE_HEAD), ("academy", Role.ACADEMY_HEAD), ("admin", Role.ADMINISTRATOR),
        ("customer", Role.BUSINESS_CUSTOMER),
    ):  # fmt: skip
        world.people[key] = _hire(key.upper(), f"Юдин-{key}", None, None, [role])
    chief = world.people["partner_lead"] = _hire("P-1", "Северова", None, world.partner, [])
    roles.grant(
        person=chief,
        role=Role.PARTNER_LEAD,
        scope=RoleScope.PARTNER,
        partner=world.partner,
        since=START,
        by=None,
        at=NOW,
    )
    world.people["nobody"] = _hire("X-1", "Чужова", None, None, [])


def _records(world: World, days: int) -> None:
    contacts: list[dict[str, Any]] = []
    reviews: list[dict[str, Any]] = []
    retention: list[dict[str, Any]] = []
    for place, (team, people) in enumerate(world.by_team.items()):
        line = "chat" if team.startswith("north") else "inbound"
        for number, person in enumerate(people):
            for back in range(days):
                moment = datetime(2026, 11, 22, 9, number, tzinfo=UTC) - timedelta(days=back)
                key = f"{person.code}-{back}"
                contacts += [_contact(key, step, person, moment, place) for step in range(2)]
                if back % 3 == 0:
                    reviews.append(
                        {"id": key, "person": person.code, "reviewed_at": moment.isoformat(), "line": line,
                         "earned": 96 - place * 3 - back % 4, "possible": 100}
                    )  # fmt: skip
                if back % 2 == 0:
                    retention.append(_wish(key, person, moment, line, back + place))
    for stream, rows in (("contacts", contacts), ("reviews", reviews), ("retention", retention)):
        facts.push(stream=stream, rows=rows, by=None, at=NOW)


def _contact(key: str, step: int, person: Person, moment: datetime, place: int) -> dict[str, Any]:
    line = "inbound" if place < 2 else "chat"
    low = (len(key) + int(moment.strftime("%j")) + step) % 6 < place
    return {
        "id": f"{key}-{step}", "person": person.code, "started_at": (moment + timedelta(minutes=20 * step)).isoformat(),
        "channel": "chat" if line == "chat" else "phone", "line": line, "topic": ("доставка", "возврат")[step],
        "answered": True, "waited_ms": 4000, "handled_ms": 240_000 + 10_000 * place, "survey_sent": True,
        "rating": 4 - place if low else 5, "customer": key, "resolved": True,
    }  # fmt: skip


def _wish(key: str, person: Person, moment: datetime, line: str, salt: int) -> dict[str, Any]:
    outcome = "refunded" if salt % 4 == 0 else "retained"
    reason = ("technical" if salt % 8 == 0 else "price") if outcome == "refunded" else ""
    return {
        "id": key, "person": person.code, "closed_at": moment.isoformat(), "line": line, "outcome": outcome,
        "refund_reason": reason,
    }  # fmt: skip


def _targets() -> None:
    """QA rises from 92 to 95 in October; a share where less is better; the rest of the metrics has no target."""
    rows = (
        ("csat", Decimal("4.85"), None, date(2026, 1, 1), None),
        ("qa", 92, 85, date(2026, 1, 1), date(2026, 10, 1)),
        ("qa", 95, 88, date(2026, 10, 1), None),
        ("retention", 70, None, date(2026, 1, 1), None),
        ("technical_refund_share", 60, None, date(2026, 1, 1), None),
    )
    for code, value, floor, first, end in rows:
        targets.set_target(
            metric=code, scope=ORGANISATION, target=value, floor=floor, active_from=first, active_to=end,
            reason="соглашение", corrects_history=True, by=None, at=NOW,
        )  # fmt: skip

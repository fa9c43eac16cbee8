"""How far a person's rights go today: from roles, teams led and partner centres. Every scoped list starts from it.

It lies below the permissions so that the QuerySets of the models can be scoped without a cycle.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches

from nastavnik.kernel import clock
from nastavnik.people.enums import Role, RoleScope
from nastavnik.people.models import Organisation, Person, RoleAssignment, TeamLeadership
from nastavnik.people.models.organisation import ZONE_KEY
from nastavnik.people.roles import ROLE_CARDS, Right


@dataclass(frozen=True)
class Reach:
    """How far one right of one person goes: everybody, some partner centres, some teams, always oneself."""

    person_id: int
    everyone: bool = False
    partner_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()

    @property
    def is_oneself_only(self) -> bool:
        return not (self.everyone or self.partner_ids or self.team_ids)


def organisations_zone() -> ZoneInfo:
    """The organisation's time zone, as of some seconds ago at most (a page asks a dozen times)."""
    return ZoneInfo(str(caches["local"].get_or_set(ZONE_KEY, _stored_zone, settings.ZONE_CACHE_SECONDS)))


def _stored_zone() -> str:
    return (Organisation.objects.first() or Organisation()).time_zone


def today() -> date:
    """The organisation's calendar day now."""
    return clock.local_date(clock.now(), organisations_zone())


def _assignments(person: Person) -> list[RoleAssignment]:
    """Roles in force today, read once per loaded person (a request loads its user once)."""
    cached: list[RoleAssignment] | None = person.__dict__.get("_assignments_today")
    if cached is None:
        cached = list(RoleAssignment.objects.filter(person_id=person.pk or 0).on(today()))
        person.__dict__["_assignments_today"] = cached
    return cached


def _led_teams(person: Person) -> frozenset[int]:
    cached: frozenset[int] | None = person.__dict__.get("_led_teams_today")
    if cached is None:
        cached = frozenset(TeamLeadership.objects.filter(person=person).on(today()).values_list("team_id", flat=True))
        person.__dict__["_led_teams_today"] = cached
    return cached


def roles_of(person: Person) -> frozenset[Role]:
    """Roles the person holds today; somebody not logged in holds none."""
    return frozenset(Role(one.role) for one in _assignments(person))


def has_right(person: Person, right: Right) -> bool:
    """Whether any role of today carries the right, within whatever reach."""
    if not person.is_authenticated or not person.is_active:
        return False
    return any(right in ROLE_CARDS[role].rights for role in roles_of(person))


def rights_of(person: Person) -> frozenset[Right]:
    """Every right any role of today carries, within whatever reach."""
    return frozenset(right for role in roles_of(person) for right in ROLE_CARDS[role].rights)


def has_right_everywhere(person: Person, right: Right) -> bool:
    """Whether the right reaches the whole organisation."""
    return has_right(person, right) and reach_of(person, right).everyone


def reach_of(person: Person, right: Right) -> Reach:
    """How far the right goes; teams one leads count for a team lead's role."""
    if not has_right(person, right):
        return Reach(person_id=person.pk or 0)
    everyone, partners, teams = False, set[int](), set[int]()
    for one in _assignments(person):
        if right not in ROLE_CARDS[Role(one.role)].rights:
            continue
        everyone = everyone or one.scope == RoleScope.ORGANISATION
        if one.partner_id:
            partners.add(one.partner_id)
        if one.team_id:
            teams.add(one.team_id)
        if one.role == Role.TEAM_LEAD:
            teams |= _led_teams(person)
    return Reach(person.pk, everyone, frozenset(partners), frozenset(teams))

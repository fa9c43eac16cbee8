"""Roles people hold in this system: granted for the organisation, a partner centre or a team, and withdrawn."""

from datetime import date, datetime

from django.db.models import Q

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import named, refuse_stale, writing_to
from nastavnik.people.actions._strength import refuse_stronger_role
from nastavnik.people.enums import Role, RoleScope
from nastavnik.people.errors import LastAdministrator, ScopeNotNamed
from nastavnik.people.events import RolesChanged
from nastavnik.people.models import Partner, Person, RoleAssignment, Team

GRANTED, WITHDRAWN = "people.role_granted", "people.role_withdrawn"


def grant(
    *,
    person: Person,
    role: Role,
    since: date,
    by: Person | None,
    at: datetime,
    scope: RoleScope = RoleScope.ORGANISATION,
    team: Team | None = None,
    partner: Partner | None = None,
    reason: str = "",
    seen: int | None = None,
) -> RoleAssignment:
    """Give the person the role from `since` on; one that is in force or planned already is moved, not doubled.

    Raises RoleStrongerThanYou, ScopeNotNamed, ChangedMeanwhile.
    """
    refuse_stronger_role(by, Role(role))
    refuse_unnamed_scope(scope, team, partner)
    key = {"person": person, "role": role, "scope": scope, "team": team, "partner": partner}
    with writing_to(person):
        refuse_stale([GRANTED, WITHDRAWN], seen, person_id=person.pk)
        standing = RoleAssignment.objects.filter(**key, active_to__isnull=True).first()
        if standing and standing.active_from <= since:
            return standing
        if standing:
            standing.active_from = since
            standing.save(update_fields=["active_from"])
        assignment = standing or RoleAssignment.objects.create(**key, active_from=since)
        data = {"role": role.value, "scope": scope.value, "where": named(team or partner), "since": since.isoformat()}
        journal.write(GRANTED, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
        publish(RolesChanged(person.pk, since), at=at)
    return assignment


def refuse_unnamed_scope(scope: RoleScope, team: Team | None, partner: Partner | None) -> None:
    """A team's role names its team, a partner centre's its centre, the others neither."""
    expected = {RoleScope.TEAM: (True, False), RoleScope.PARTNER: (False, True)}.get(scope, (False, False))
    if (team is not None, partner is not None) != expected:
        raise ScopeNotNamed


def withdraw(
    *,
    assignment: RoleAssignment,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """End the role: `since` is the first day without it. A role that never came into force disappears.

    Raises RoleStrongerThanYou, LastAdministrator, ChangedMeanwhile.
    """
    person = assignment.person
    refuse_stronger_role(by, Role(assignment.role))
    with writing_to(person):
        refuse_stale([GRANTED, WITHDRAWN], seen, person_id=person.pk)
        current = RoleAssignment.objects.select_related("team", "partner").filter(pk=assignment.pk).first()
        if current is None or (current.active_to is not None and current.active_to <= since):
            return
        if current.role == Role.ADMINISTRATOR:
            refuse_last_administrator(person, since)
        if current.active_from < since:
            RoleAssignment.objects.filter(pk=current.pk).update(active_to=since)
        else:
            current.delete()
        data = {"role": current.role, "scope": current.scope, "where": named(current.team or current.partner)}
        data |= {"since": since.isoformat()}
        journal.write(WITHDRAWN, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
        publish(RolesChanged(person.pk, since), at=at)


def refuse_last_administrator(person: Person, since: date) -> None:
    """Somebody else who may log in must be an administrator of the whole organisation from `since` on."""
    administrators = list(
        # All of them are locked, so that two administrators cannot withdraw each other at the same moment.
        RoleAssignment.objects.select_for_update(no_key=True, of=("self",))
        .filter(
            Q(active_to__isnull=True), role=Role.ADMINISTRATOR, scope=RoleScope.ORGANISATION, active_from__lte=since
        )
        .filter(person__is_active=True)
        .values_list("person_id", flat=True)
    )
    if person.pk in administrators and set(administrators) == {person.pk}:
        raise LastAdministrator(person=str(person))

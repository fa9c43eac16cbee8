"""Rows about people, scoped by how far a right reaches. Below the rooms, so that every one counts the same way."""

from typing import Any

from django.db.models import Q

from nastavnik.people.models import Employment, TeamMembership
from nastavnik.people.reach import Reach, today


def within(reach: Reach, field: str = "person_id") -> Q:
    """Rows whose `field` (a person's number) lies within the reach: oneself, the teams, the partner centres.

    People a partner centre used to employ are its people's history, until somebody else employs them.
    """
    if reach.everyone:
        return Q(pk__isnull=False)  # an empty Q would vanish in «this or that»
    members = TeamMembership.objects.filter(team_id__in=reach.team_ids).on(today()).values("person_id")
    elsewhere = Employment.objects.on(today()).exclude(partner_id__in=reach.partner_ids).values("person_id")
    employed = Employment.objects.filter(partner_id__in=reach.partner_ids).exclude(person_id__in=elsewhere)
    found: dict[str, Any] = {f"{field}__in": members}
    partners: dict[str, Any] = {f"{field}__in": employed.values("person_id")}
    return Q(**{field: reach.person_id}) | Q(**found) | Q(**partners)

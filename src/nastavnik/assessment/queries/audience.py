"""Who should sit an exam: people of lines, teams and posts, as of a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nastavnik.people.models import Person, PostHolding, TeamMembership

KINDS = ("lines", "teams", "posts")


def people(day: date, audience: Mapping[str, Sequence[int]]) -> QuerySet[Person]:
    """Employed people who may log in and are in one of the lines, of the teams, on one of the posts (ids).

    Kinds that name nothing do not narrow; an audience that names nothing at all is nobody.
    """
    rows: Any = Person.objects.employed_on(day).filter(is_active=True)
    if not any(audience.get(kind) for kind in KINDS):
        return rows.none()  # type: ignore[no-any-return]  # the manager is built at run time
    members = TeamMembership.objects.on(day)
    if lines := audience.get("lines"):
        rows = rows.filter(pk__in=members.filter(team__line_id__in=lines).values("person_id"))
    if teams := audience.get("teams"):
        rows = rows.filter(pk__in=members.filter(team_id__in=teams).values("person_id"))
    if posts := audience.get("posts"):
        holders = PostHolding.objects.on(day).filter(post_id__in=posts)
        rows = rows.filter(pk__in=holders.values("person_id"))
    return rows.order_by("sort_key")  # type: ignore[no-any-return]  # as above


def by_codes(day: date, text: str) -> tuple[list[Person], list[str]]:
    """People named by code, one a line or between commas, and the words that name nobody employed."""
    words = list(dict.fromkeys(word for word in text.replace(",", "\n").replace(";", "\n").split("\n") if word.strip()))
    wanted = [word.strip() for word in words]
    rows: Any = Person.objects.employed_on(day).filter(code__in=wanted)
    found = {person.code: person for person in rows}
    return list(found.values()), [word for word in wanted if word not in found]

"""Reads for the screens of people: lists as of a day, one person's history, teams with their leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nastavnik.kernel import journal
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role
from nastavnik.people.models import Organisation, Partner, Person, RoleAssignment, Team, TeamLeadership, TeamMembership
from nastavnik.people.permissions import reach_of, today
from nastavnik.people.roles import ROLE_CARDS, Right

STATES = ("employed", "left", "coming", "all")


def organisation() -> Organisation | None:
    """The one organisation, if it was set up."""
    return Organisation.objects.first()


def people_on(viewer: Person, day: date, state: str = "employed") -> QuerySet[Person]:
    """Persons the viewer may see, with their work of the day; `state` is one of STATES."""
    rows: Any = Person.objects.visible_to(viewer).with_work_on(day)
    if state == "all":
        return rows  # type: ignore[no-any-return]  # the manager is built at run time
    if state == "employed":
        return rows.employed_on(day)  # type: ignore[no-any-return]  # as above
    rows = rows.exclude(pk__in=Person.objects.employed_on(day).values("pk"))
    if state == "coming":
        return rows.filter(employments__active_from__gt=day).distinct()  # type: ignore[no-any-return]  # as above
    return rows.filter(employments__active_to__lte=day).distinct()  # type: ignore[no-any-return]  # as above


def teams_on(viewer: Person, day: date) -> QuerySet[Team]:
    """Teams the viewer may see, with `members` (a count of those the viewer may see) and `leads_on` of the day."""
    members = TeamMembership.objects.on(day).filter(team=OuterRef("pk")).order_by().values("team")
    leads = TeamLeadership.objects.on(day).select_related("person")
    return (
        Team.objects.visible_to(viewer)
        .select_related("line", "partner")
        .annotate(
            members=Subquery(members.annotate(n=Count("pk")).values("n")),
            lead_name=Subquery(
                TeamLeadership.objects.on(day).filter(team=OuterRef("pk")).values("person__sort_key")[:1]
            ),
        )
        .prefetch_related(Prefetch("leaderships", leads, to_attr="leads_on"))
    )


def partners_visible_to(viewer: Person) -> QuerySet[Partner]:
    """Partner centres the viewer may know of: all, or those in reach."""
    reach = reach_of(viewer, Right.SEE_PEOPLE)
    return Partner.objects.all() if reach.everyone else Partner.objects.filter(pk__in=reach.partner_ids)


def last_entry_about(person: Person) -> int:
    """The number of the newest journal entry about the person: what a form's author has seen."""
    return JournalEntry.objects.filter(person_id=person.pk).aggregate(last=Max("pk"))["last"] or 0


def last_entry_about_team(team: Team) -> int:
    """The same for a team."""
    found = JournalEntry.objects.filter(subject_kind="people.team", subject_id=team.pk)
    return found.aggregate(last=Max("pk"))["last"] or 0


@dataclass(frozen=True)
class Happening:
    """One line of a person's history."""

    day: date
    title: str
    text: str = ""
    icon: str = ""
    url: str = ""
    by: str = ""


def _until(row: Any) -> str:
    if row.active_to is None:
        return ""
    return _("until %(day)s") % {"day": formatting.day(row.active_to, get_language() or "ru")}


def employment_words(row: Any) -> str:
    """«staff», «partner centre's staff (Volga Call)»."""
    label = str(EmploymentKind(row.kind).label)
    return f"{label} ({row.partner})" if row.partner else label


def history(person: Person, *, reasons: bool) -> list[Happening]:
    """Everything dated about the person, newest first; reasons of leaving are for those who manage people."""
    lines: list[Happening] = []
    row: Any
    for row in person.employments.select_related("partner"):
        words = {"kind": employment_words(row)}
        lines.append(Happening(row.active_from, _("Came as %(kind)s") % words, icon="person"))
        if row.active_to:
            why = row.leaving_reason if reasons else ""
            lines.append(Happening(row.active_to, _("No longer employed"), why, icon="logout"))
    for row in person.memberships.select_related("team"):
        title = _("Team: %(name)s") % {"name": row.team}
        lines.append(Happening(row.active_from, title, _until(row), "team", row.team.get_absolute_url()))
    for row in person.leaderships.select_related("team"):
        title = _("Leads the team %(name)s") % {"name": row.team}
        lines.append(Happening(row.active_from, title, _until(row), "flag", row.team.get_absolute_url()))
    for row in person.post_holdings.select_related("post"):
        lines.append(Happening(row.active_from, _("Post: %(name)s") % {"name": row.post}, _until(row), "key"))
    for row in person.grade_holdings.select_related("grade", "ladder"):
        words = {"ladder": row.ladder, "grade": row.grade}
        lines.append(Happening(row.active_from, _("%(ladder)s: grade %(grade)s") % words, _until(row), "ladder"))
    lines += _clearances(person) + _roles(person)
    return sorted(lines, key=lambda line: line.day, reverse=True)


def _clearances(person: Person) -> list[Happening]:
    lines = []
    for row in person.clearances.select_related("line"):
        written = row.mode == ClearanceMode.WRITTEN_ONLY
        template = _("Line %(name)s: written work only") if written else _("Line %(name)s: all channels")
        text = "; ".join(part for part in (row.reason, _until(row)) if part)
        lines.append(Happening(row.active_from, template % {"name": row.line}, text, "line"))
    return lines


def _roles(person: Person) -> list[Happening]:
    lines = []
    for row in person.role_assignments.select_related("team", "partner"):
        where = row.team or row.partner
        title = _("Role: %(name)s") % {"name": Role(row.role).label}
        lines.append(Happening(row.active_from, f"{title} ({where})" if where else title, _until(row), "lock"))
    return lines


def journal_about(person: Person, limit: int = 50) -> list[tuple[JournalEntry, str]]:
    """The newest journal entries about the person, each with its sentence."""
    entries = JournalEntry.objects.filter(person_id=person.pk).order_by("-at", "-pk")[:limit]
    return [(entry, journal.sentence(entry)) for entry in entries]


@dataclass(frozen=True)
class Present:
    """Where a person stands on a day, for the head of their page."""

    employment: Any
    membership: Any
    post: Any
    grades: list[Any]
    clearances: list[Any]
    roles: list[Any]
    leads: list[Any]


def present(person: Person, day: date) -> Present:
    """Everything in force about the person on the day."""
    return Present(
        employment=person.employments.on(day).select_related("partner").first(),
        membership=person.memberships.on(day).select_related("team__line").first(),
        post=person.post_holdings.on(day).select_related("post").first(),
        grades=list(person.grade_holdings.on(day).select_related("grade", "ladder")),
        clearances=list(person.clearances.on(day).select_related("line")),
        roles=list(person.role_assignments.on(day).select_related("team", "partner")),
        leads=list(person.leaderships.on(day).select_related("team")),
    )


@dataclass(frozen=True)
class Persona:
    """Somebody the demo lets one be with a click."""

    person: Person
    role: Role
    team: str

    @property
    def meaning(self) -> Any:
        return ROLE_CARDS[self.role].meaning


# In the order in which the page tells them; an agent first, because most people are agents.
PERSONAS = (
    Role.CENTRE_HEAD,
    Role.ACADEMY_HEAD,
    Role.TEAM_LEAD,
    Role.AGENT,
    Role.CRISIS_MANAGER,
    Role.MENTOR,
    Role.TRAINER,
    Role.PSYCHOLOGIST,
    Role.REVIEWER,
    Role.PLANNER,
    Role.BUSINESS_CUSTOMER,
    Role.JURY,
    Role.PARTNER_LEAD,
    Role.ADMINISTRATOR,
)


def personas() -> list[Persona]:
    """One active person a role; of several, the one with the lowest code."""
    day = today()
    found = (
        Person.objects.filter(is_active=True, role_assignments__in=RoleAssignment.objects.on(day))
        .order_by("code")
        .values_list("pk", "role_assignments__role", "role_assignments__active_from", "role_assignments__active_to")
    )
    first: dict[str, int] = {}
    for pk, role, begun, end in found:
        if begun <= day and (end is None or end > day):
            first.setdefault(role, pk)
    people = {person.pk: person for person in _with_teams(first.values(), day)}
    return [_persona(people[first[role]], role) for role in PERSONAS if role in first]


def _with_teams(keys: Iterable[int], day: date) -> Any:
    return Person.objects.filter(pk__in=list(keys)).with_work_on(day)


def _persona(person: Any, role: Role) -> Persona:
    team = person.memberships_on[0].team if person.memberships_on else None
    return Persona(person, role, str(team or ""))

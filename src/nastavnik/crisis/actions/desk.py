"""Who is at the desk, and who gets the next case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from nastavnik.crisis.actions import cases
from nastavnik.crisis.errors import CaseIsClosed, NobodyFits, TakenMeanwhile
from nastavnik.crisis.logic.assignment import WEIGHT, Candidate, Choice, choose
from nastavnik.crisis.logic.calendars import to_ms
from nastavnik.crisis.models import CaseState, CrisisCase, DeskShift, SkillHolding
from nastavnik.kernel import journal
from nastavnik.learning.queries import permits
from nastavnik.people.enums import Role
from nastavnik.people.models import Person, RoleAssignment, TeamMembership
from nastavnik.people.reach import today

TRIES, CANDIDATES = 5, 60
CAME, WENT = "crisis.agent_came", "crisis.agent_went"


def come(*, person: Person, by: Person | None, at: datetime) -> DeskShift:
    """Somebody sits down at the desk and takes cases from now on; twice is once."""
    with transaction.atomic():
        shift, new = DeskShift.objects.get_or_create(person=person, ended_at=None, defaults={"began_at": at})
        if new:
            journal.write(CAME, by=by, at=at, person_id=person.pk)
    return shift


def go(*, person: Person, by: Person | None, at: datetime) -> None:
    """Somebody leaves the desk; the cases stay in their hands."""
    with transaction.atomic():
        for shift in DeskShift.objects.select_for_update().filter(person=person, ended_at=None):
            shift.ended_at = max(at, shift.began_at)
            shift.save(update_fields=["ended_at"])
            journal.write(WENT, by=by, at=at, person_id=person.pk)


def assign_by_rule(*, case: CrisisCase, by: Person | None, at: datetime, idem: str = "") -> Person:
    """Give the case to the one the rule chooses. Raises NobodyFits with the reason."""
    people = {person.pk: person for person in crew(case)}
    choice = choose(_candidates(case, list(people.values()), at), case.skill.code if case.skill else None)
    if choice.person is None:
        raise NobodyFits(why=_why(choice))
    cases.assign(case=case, person=people[choice.person], by=by, at=at, idem=idem)
    return people[choice.person]


def take_next(*, person: Person, at: datetime) -> CrisisCase | None:
    """Take the free case with the nearest deadline that the person sees and may take; None where there is none.

    Two people who ask at once get two cases.
    """
    held = set(SkillHolding.objects.filter(person=person).on(today()).values_list("skill_id", flat=True))
    free = CrisisCase.objects.visible_to(person).open().filter(assignee__isnull=True)
    fit = free.filter(Q(skill__isnull=True) | Q(skill_id__in=held)).order_by("next_due_at", "pk")
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                found = _first_unheld(fit)
                if found is not None:
                    cases.take(case=found, by=person, at=at)
                return found
        except (TakenMeanwhile, CaseIsClosed):
            continue  # taken between our look and our hand
    return None


def _first_unheld(fit: QuerySet[CrisisCase]) -> CrisisCase | None:
    """The first case nobody else is just taking; held until the end of the transaction."""
    for pk in fit.values_list("pk", flat=True)[:CANDIDATES]:
        held = CaseState.objects.select_for_update(skip_locked=True).filter(case_id=pk).first()
        if held is not None:
            return CrisisCase.objects.get(pk=pk)
    return None


def crew(case: CrisisCase) -> list[Person]:
    """Who works on cases today; of the case's team where it has one."""
    working = RoleAssignment.objects.filter(role=Role.CRISIS_MANAGER).on(today()).values("person_id")
    people = Person.objects.filter(pk__in=working, is_active=True)
    if case.team_id is not None:
        members = TeamMembership.objects.filter(team_id=case.team_id).on(today()).values("person_id")
        people = people.filter(pk__in=members)
    return list(people)


def _candidates(case: CrisisCase, people: Sequence[Person], at: datetime) -> list[Candidate]:
    ids = [person.pk for person in people]
    here = set(DeskShift.objects.filter(person_id__in=ids, ended_at=None).values_list("person_id", flat=True))
    skills: dict[int, set[str]] = {}
    for person_id, code in (
        SkillHolding.objects.filter(person_id__in=ids).on(today()).values_list("person_id", "skill__code")
    ):
        skills.setdefault(person_id, set()).add(code)
    loads = _loads(ids)
    permit = case.skill.contact_type if case.skill else ""
    permitted = permits.permitted(ids, permit, at) if permit else set(ids)
    return [
        Candidate(
            person.pk, person.pk in here, frozenset(skills.get(person.pk, ())),
            person.pk in permitted, *loads.get(person.pk, (0, 0)),
        )
        for person in people
    ]  # fmt: skip


def _loads(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Weighted open cases and the time the latest came, by person. One query."""
    counts = {f"severity_{level}": Count("pk", filter=Q(severity=level)) for level in WEIGHT}
    rows = CrisisCase.objects.open().filter(assignee_id__in=ids).values("assignee_id")
    found: dict[int, tuple[int, int]] = {}
    counted: Any
    for counted in rows.annotate(latest=Max("opened_at"), **counts):
        load = sum(weight * counted[f"severity_{level}"] for level, weight in WEIGHT.items())
        found[counted["assignee_id"]] = (load, to_ms(counted["latest"]))
    return found


def _said(choice: Choice) -> str:
    away, unskilled, barred = choice.away, choice.unskilled, choice.unpermitted
    parts = [
        (away, ngettext("{n} is away from the desk", "{n} are away from the desk", away)),
        (unskilled, ngettext("{n} lacks the special assignment", "{n} lack the special assignment", unskilled)),
        (barred, ngettext("{n} lacks the permit", "{n} lack the permit", barred)),
    ]
    told = [text.format(n=number) for number, text in parts if number]
    return f"{'; '.join(told)}." if told else gettext("The team has no crisis manager.")


_why = lazy(_said, str)  # in the language of whoever reads the refusal

"""The present state as the planner of imports reads it, in a fixed number of queries; and plans carried out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from nastavnik.kernel.errors import DomainError, InvalidInput
from nastavnik.people.actions import grades, persons, posts, teams
from nastavnik.people.actions.persons import Newcomer
from nastavnik.people.enums import EmploymentKind
from nastavnik.people.logic.names import search_form
from nastavnik.people.logic.people_import import (
    CARD_FIELDS,
    Catalogue,
    Change,
    Hiring,
    Known,
    KnownPerson,
    Rejected,
    Step,
)
from nastavnik.people.logic.spans import Span
from nastavnik.people.models import (
    Employment,
    Grade,
    GradeHolding,
    Partner,
    Person,
    PersonAlias,
    Post,
    PostHolding,
    Team,
    TeamMembership,
)

_KIND_WORDS = {"штат": "staff", "сотрудник": "staff", "удаленка": "remote", "аутсорс": "partner", "партнер": "partner"}


class NotTakenOn(InvalidInput):
    """“{code}” is new here, and the line that takes this person on was refused. Correct that line first."""


def catalogue() -> Catalogue:
    """Teams, posts, grades and partner centres under their codes and names; kinds of employment in both languages."""
    kinds = dict(_KIND_WORDS)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kinds |= {search_form(str(kind.label)): kind.value for kind in EmploymentKind}
    kinds |= {search_form(kind.value): kind.value for kind in EmploymentKind}
    return Catalogue(
        teams=_spelled(Team.objects.filter(is_active=True), owner="partner_id"),
        posts=_spelled(Post.objects.all()),
        grades=_spelled(Grade.objects.select_related("ladder"), group="ladder_id"),
        partners=_spelled(Partner.objects.filter(is_active=True)),
        kinds=kinds,
    )


def _spelled(rows: Iterable[Any], owner: str = "", group: str = "") -> dict[str, Known]:
    found: dict[str, Known] = {}
    for row in rows:
        known = Known(row.pk, str(row), getattr(row, group) if group else 0, getattr(row, owner) if owner else None)
        for spelling in (row.code, row.name, row.name_en):
            if spelling:
                found.setdefault(search_form(spelling), known)
    return found


def people() -> dict[str, KnownPerson]:
    """Everybody by code, with their values over time."""
    employments = _over_time(Employment, lambda row: (row.kind, row.partner_id))
    memberships = _over_time(TeamMembership, lambda row: row.team_id)
    posts_held = _over_time(PostHolding, lambda row: row.post_id)
    grades_held: dict[int, dict[int, list[Span[int]]]] = defaultdict(lambda: defaultdict(list))
    for row in GradeHolding.objects.order_by("active_from"):
        grades_held[row.person_id][row.ladder_id].append(Span(row.active_from, row.active_to, row.grade_id))
    aliases: dict[int, set[str]] = defaultdict(set)
    for person_id, value in PersonAlias.objects.values_list("person_id", "value"):
        aliases[person_id].add(value)
    return {
        person.code: KnownPerson(
            id=person.pk,
            code=person.code,
            name=person.short_name,
            card={name: getattr(person, name) or "" for name in CARD_FIELDS},
            aliases=frozenset(aliases[person.pk]),
            employments=tuple(employments[person.pk]),
            teams=tuple(memberships[person.pk]),
            posts=tuple(posts_held[person.pk]),
            grades={ladder: tuple(held) for ladder, held in grades_held[person.pk].items()},
        )
        for person in Person.objects.all()
    }


def _over_time(model: Any, value: Any) -> dict[int, list[Span[Any]]]:
    found: dict[int, list[Span[Any]]] = defaultdict(list)
    for row in model.objects.order_by("active_from"):
        found[row.person_id].append(Span(row.active_from, row.active_to, value(row)))
    return found


def apply(changes: Sequence[Change], *, by: Person | None, at: datetime) -> tuple[list[Change], list[Rejected]]:
    """Carry the changes out within the caller's transaction; what an action refuses is rejected, line by line."""
    records = {model: model.objects.in_bulk() for model in (Team, Post, Grade, Partner)}
    done: list[Change] = []
    refused: list[Rejected] = []
    hirings = [change for change in changes if change.hiring]
    _hire_together(hirings, records, by=by, at=at)
    for change in changes:
        try:
            with transaction.atomic():
                _carry_out(change, records, by=by, at=at)
        except DomainError as problem:
            refused.append(Rejected(change.line, change.code, problem))
        else:
            done.append(change)
    return done, refused


Records = dict[Any, dict[int, Any]]


def _hire_together(changes: Sequence[Change], records: Records, *, by: Person | None, at: datetime) -> None:
    """All newcomers in a dozen statements; if one of them is refused, `_carry_out` takes them one by one."""
    newcomers = [_newcomer(change.code, change.hiring, records) for change in changes if change.hiring]
    try:
        if newcomers:
            persons.hire_all(newcomers=newcomers, by=by, at=at)
    except DomainError:
        return


def _newcomer(code: str, hiring: Hiring, records: Records) -> Newcomer:
    grade = records[Grade][hiring.grade] if hiring.grade else None
    card: dict[str, Any] = dict(hiring.card)
    return Newcomer(
        code=code,
        kind=EmploymentKind(hiring.kind),
        joined=hiring.joined,
        partner=records[Partner].get(hiring.partner or 0),
        team=records[Team].get(hiring.team or 0),
        post=records[Post].get(hiring.post or 0),
        grades=[grade] if grade else [],
        aliases=[hiring.alias] if hiring.alias else [],
        **card,
    )


def _carry_out(change: Change, records: Records, *, by: Person | None, at: datetime) -> None:
    person = Person.objects.filter(code=change.code).first()
    if person is None and change.hiring:
        newcomer = _newcomer(change.code, change.hiring, records)
        person = persons.hire_all(newcomers=[newcomer], by=by, at=at)[0]
    if person is None:
        raise NotTakenOn(code=change.code)
    card: dict[str, Any] = {step.what: step.new for step in change.steps if step.what in CARD_FIELDS}
    aliases = [step.new for step in change.steps if step.what == "alias"]
    if card or aliases:
        known = list(person.aliases.values_list("value", flat=True))
        persons.edit(person=person, by=by, at=at, reason=change.reason, aliases=[*known, *aliases], **card)
    for step in change.steps:
        _work(step, person, records, {"by": by, "at": at, "reason": change.reason})


def _work(step: Step, person: Person, records: Records, common: dict[str, Any]) -> None:
    if step.since is None:  # the card's fields have no day and are done
        return
    if step.what == "left":
        persons.leave(person=person, left=step.since + timedelta(days=1), **common)
    elif step.what in ("joined", "kind"):
        kind, partner = EmploymentKind(step.new), records[Partner].get(step.id or 0)
        if step.what == "joined":
            persons.rehire(person=person, kind=kind, partner=partner, joined=step.since, **common)
        else:
            persons.transfer(person=person, kind=kind, partner=partner, since=step.since, **common)
    elif step.what == "team":
        teams.move(person=person, team=records[Team][step.id or 0], since=step.since, **common)
    elif step.what == "post":
        posts.appoint(person=person, post=records[Post][step.id or 0], since=step.since, **common)
    else:
        grades.promote(person=person, grade=records[Grade][step.id or 0], since=step.since, **common)

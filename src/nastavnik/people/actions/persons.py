"""People come, are corrected and set their preferences. Leaving and coming back live in `employments`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish_all
from nastavnik.people.actions._dated import named, refuse_stale, writing_to
from nastavnik.people.actions._strength import refuse_stronger_person, refuse_stronger_role
from nastavnik.people.actions.employments import leave, rehire, transfer
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope
from nastavnik.people.errors import (
    AliasTaken,
    CodeTaken,
    ConflictingRows,
    EmailTaken,
    LoginTaken,
    NotInUse,
    PartnerNotExpected,
    PartnerNotNamed,
    ReasonNeeded,
    TeamOfAnotherCentre,
    UnknownTimeZone,
)
from nastavnik.people.events import PersonHired
from nastavnik.people.logic.names import search_text
from nastavnik.people.models import (
    Employment,
    Grade,
    GradeHolding,
    Line,
    LineClearance,
    Partner,
    Person,
    PersonAlias,
    Post,
    PostHolding,
    RoleAssignment,
    Team,
    TeamMembership,
)

__all__ = ["Clearance", "Newcomer", "edit", "hire", "hire_all", "leave", "rehire", "set_preferences", "transfer"]

HIRED, EDITED = "people.person_hired", "people.person_edited"
EDITABLE = ("code", "login", "email", "family_name", "given_name", "patronymic", "latin_name")


@dataclass(frozen=True)
class Clearance:
    """A line a newcomer may work on; a restriction to written work names its reason."""

    line: Line
    mode: ClearanceMode = ClearanceMode.FULL
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A person as they come: everything here holds from `joined` on."""

    code: str
    family_name: str
    kind: EmploymentKind
    joined: date
    given_name: str = ""
    patronymic: str = ""
    latin_name: str = ""
    email: str = ""
    login: str | None = None
    partner: Partner | None = None
    aliases: Sequence[str] = ()
    team: Team | None = None
    post: Post | None = None
    grades: Sequence[Grade] = ()
    clearances: Sequence[Clearance] = ()
    roles: Sequence[Role] = ()


def hire(
    *,
    code: str,
    family_name: str,
    kind: EmploymentKind,
    joined: date,
    by: Person | None,
    at: datetime,
    given_name: str = "",
    patronymic: str = "",
    latin_name: str = "",
    email: str = "",
    login: str | None = None,
    partner: Partner | None = None,
    aliases: Sequence[str] = (),
    team: Team | None = None,
    post: Post | None = None,
    grades: Sequence[Grade] = (),
    clearances: Sequence[Clearance] = (),
    roles: Sequence[Role] = (),
) -> Person:
    """Take one person on from `joined`; raises what `hire_all` raises."""
    newcomer = Newcomer(
        code=code, family_name=family_name, kind=kind, joined=joined, given_name=given_name, patronymic=patronymic,
        latin_name=latin_name, email=email, login=login, partner=partner, aliases=aliases, team=team, post=post,
        grades=grades, clearances=clearances, roles=roles,
    )  # fmt: skip
    return hire_all(newcomers=[newcomer], by=by, at=at)[0]


def hire_all(*, newcomers: Sequence[Newcomer], by: Person | None, at: datetime) -> list[Person]:
    """Take people on, all or none, in a dozen statements however many they are.

    Nobody gets a password: they are invited, or come through the organisation's OIDC. Raises CodeTaken, LoginTaken,
    EmailTaken, AliasTaken, PartnerNotNamed, PartnerNotExpected, TeamOfAnotherCentre, NotInUse, ReasonNeeded,
    RoleStrongerThanYou.
    """
    for one in newcomers:
        _refuse_impossible(one)
    for role in {role for one in newcomers for role in one.roles}:
        refuse_stronger_role(by, role)
    _refuse_taken(newcomers)
    try:
        with transaction.atomic():
            people: list[Person] = Person.objects.bulk_create([_person(one) for one in newcomers], batch_size=1000)
            pairs = list(zip(newcomers, people, strict=True))
            _open_rows(pairs)
            journal.write_all(_entry(one, person, by=by, at=at) for one, person in pairs)
            publish_all([PersonHired(person.pk) for person in people], at=at)
    except IntegrityError as error:
        raise ConflictingRows from error
    return people


def _refuse_impossible(one: Newcomer) -> None:
    name = f"{one.family_name} {one.given_name}".strip()
    if one.kind == EmploymentKind.PARTNER and one.partner is None:
        raise PartnerNotNamed(person=name)
    if one.kind != EmploymentKind.PARTNER and one.partner is not None:
        raise PartnerNotExpected(person=name)
    if one.team and not one.team.is_active:
        raise NotInUse(name=str(one.team))
    if one.team and one.team.partner_id and one.team.partner_id != (one.partner.pk if one.partner else None):
        centre, day = str(one.team.partner), one.joined.isoformat()
        raise TeamOfAnotherCentre(team=str(one.team), partner=centre, person=name, day=day)
    if any(clearance.mode == ClearanceMode.WRITTEN_ONLY and not clearance.reason for clearance in one.clearances):
        raise ReasonNeeded


def _login(text: str | None) -> str | None:
    return text.strip().lower() or None if text else None


def _twice(values: Iterable[str | None]) -> str | None:
    return next((value for value, count in Counter(values).items() if value and count > 1), None)


def _refuse_taken(newcomers: Sequence[Newcomer], but: Person | None = None) -> None:
    """Codes, logins, e-mails and other systems' names lead to one person each, in the batch and in the database."""
    codes = [one.code for one in newcomers]
    logins = [login for one in newcomers if (login := _login(one.login))]
    emails = [one.email.lower() for one in newcomers if one.email]
    aliases = [alias for one in newcomers for alias in one.aliases]
    batch = "?"
    if doubled := _twice(codes):
        raise CodeTaken(code=doubled)
    if doubled := _twice(logins):
        raise LoginTaken(login=doubled, person=batch)
    if doubled := _twice(emails):
        raise EmailTaken(email=doubled, person=batch)
    if doubled := _twice(aliases):
        raise AliasTaken(alias=doubled, person=batch)
    others = Person.objects.exclude(pk=but.pk) if but else Person.objects.all()
    if taken := others.filter(code__in=codes).first():
        raise CodeTaken(code=taken.code)
    if logins and (taken := others.filter(login__in=logins).first()):
        raise LoginTaken(login=taken.login, person=str(taken))
    if emails and (taken := others.filter(email__in=emails).first()):
        raise EmailTaken(email=taken.email, person=str(taken))
    if aliases:
        found = PersonAlias.objects.filter(value__in=aliases).select_related("person")
        if alias := (found.exclude(person=but) if but else found).first():
            raise AliasTaken(alias=alias.value, person=str(alias.person))


def _person(one: Newcomer) -> Person:
    return Person(
        code=one.code,
        login=_login(one.login),
        email=one.email.strip().lower(),
        family_name=one.family_name,
        given_name=one.given_name,
        patronymic=one.patronymic,
        latin_name=one.latin_name,
        password=make_password(None),
        search_text=search_text(one.family_name, one.given_name, one.patronymic, one.latin_name, one.code),
    )


def _open_rows(pairs: Sequence[tuple[Newcomer, Person]]) -> None:
    """Everything newcomers begin with, one statement a table; tables nobody needs are left alone."""
    rows: dict[Any, list[Any]] = {}
    for one, person in pairs:
        begin = {"person": person, "active_from": one.joined}
        made: list[Any] = [Employment(**begin, kind=one.kind, partner=one.partner)]
        made += [PersonAlias(person=person, value=alias) for alias in one.aliases]
        made += [TeamMembership(**begin, team=one.team)] if one.team else []
        made += [PostHolding(**begin, post=one.post)] if one.post else []
        made += [GradeHolding(**begin, ladder_id=grade.ladder_id, grade=grade) for grade in one.grades]
        made += [LineClearance(**begin, line=c.line, mode=c.mode, reason=c.reason) for c in one.clearances]
        made += [RoleAssignment(**begin, role=role, scope=RoleScope.ORGANISATION) for role in one.roles]
        for row in made:
            rows.setdefault(type(row), []).append(row)
    for model, new in rows.items():
        model.objects.bulk_create(new, batch_size=1000)


def _entry(one: Newcomer, person: Person, *, by: Person | None, at: datetime) -> Any:
    data = {
        "kind": one.kind.value,
        "partner": named(one.partner),
        "team": named(one.team),
        "post": named(one.post),
        "since": one.joined.isoformat(),
    }
    return journal.compose(HIRED, by=by, at=at, subject=person, person_id=person.pk, data=data)


def edit(
    *,
    person: Person,
    by: Person | None,
    at: datetime,
    aliases: Sequence[str] | None = None,
    reason: str = "",
    seen: int | None = None,
    **changes: Any,
) -> Person:
    """Correct names, code, login, e-mail or the names in other systems; what is not named stays.

    The journal keeps the old and the new value of every field. Raises StrongerThanYou, CodeTaken, LoginTaken,
    EmailTaken, AliasTaken, ChangedMeanwhile.
    """
    if unknown := set(changes) - set(EDITABLE):
        raise TypeError(f"a person has no editable {sorted(unknown)}")
    with writing_to(person):
        refuse_stale([EDITED], seen, person_id=person.pk)
        fresh: Person = Person.objects.get(pk=person.pk)
        wanted = {field: changes.get(field, getattr(fresh, field)) for field in EDITABLE}
        wanted |= {"login": _login(wanted["login"]), "email": wanted["email"].strip().lower()}
        differs = {field: [getattr(fresh, field), new] for field, new in wanted.items() if getattr(fresh, field) != new}
        if {"login", "email"} & set(differs):
            refuse_stronger_person(by, fresh)
        names = {key: wanted[key] for key in ("code", "login", "email", "family_name")}
        _refuse_taken(
            [Newcomer(**names, kind=EmploymentKind.STAFF, joined=at.date(), aliases=aliases or ())], but=fresh
        )
        if aliases is not None and (moved := _replace_aliases(fresh, aliases)):
            differs["aliases"] = moved
        if differs:
            _save(fresh, wanted)
            data = {"changes": differs}
            journal.write(EDITED, by=by, at=at, subject=fresh, person_id=fresh.pk, reason=reason, data=data)
    return fresh


def _save(person: Person, wanted: dict[str, Any]) -> None:
    for field, value in wanted.items():
        setattr(person, field, value)
    person.search_text = search_text(
        person.family_name, person.given_name, person.patronymic, person.latin_name, person.code
    )
    person.save(update_fields=[*wanted, "search_text"])


def _replace_aliases(person: Person, aliases: Sequence[str]) -> list[Any] | None:
    old = sorted(person.aliases.values_list("value", flat=True))
    new = sorted(set(aliases))
    if old == new:
        return None
    person.aliases.exclude(value__in=new).delete()
    PersonAlias.objects.bulk_create([PersonAlias(person=person, value=value) for value in new if value not in old])
    return [", ".join(old), ", ".join(new)]


def set_preferences(*, person: Person, by: Person | None, at: datetime, **preferences: Any) -> Person:
    """Language, time zone, theme and «do not show me on boards»; not worth a line in the journal, except the last.

    Raises UnknownTimeZone.
    """
    if unknown := set(preferences) - {"language", "time_zone", "theme", "hides_rank"}:
        raise TypeError(f"a person has no preference {sorted(unknown)}")
    if zone := preferences.get("time_zone"):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UnknownTimeZone(zone=zone) from error
    with transaction.atomic():
        if preferences.get("hides_rank", person.hides_rank) != person.hides_rank:
            data = {"hides": preferences["hides_rank"]}
            journal.write("people.rank_shown", by=by, at=at, subject=person, person_id=person.pk, data=data)
        for field, value in preferences.items():
            setattr(person, field, value)
        person.save(update_fields=list(preferences))
    return person

"""The organisation and its parts: created, renamed, closed; its calendar and its settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, models, transaction

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import named
from nastavnik.people.enums import LineKind
from nastavnik.people.errors import CodeTaken, GradesOutOfOrder, MembersLeft, UnknownTimeZone
from nastavnik.people.events import SettingsChanged
from nastavnik.people.models import (
    CalendarDay,
    Grade,
    Ladder,
    Line,
    Organisation,
    Partner,
    Person,
    Post,
    Team,
    TeamMembership,
)

CREATED, CHANGED, CLOSED, REOPENED = (
    "people.part_created",
    "people.part_changed",
    "people.part_closed",
    "people.part_reopened",
)
FOUNDED, SETTINGS, CALENDAR = (
    "people.organisation_founded",
    "people.settings_changed",
    "people.calendar_day_set",
)
M = TypeVar("M", Partner, Line, Team, Post, Ladder)
Part = Partner | Line | Team | Post | Ladder | Grade


@dataclass(frozen=True)
class NewGrade:
    """A grade of a new ladder; grades are given from the lowest to the highest."""

    code: str
    name: str
    name_en: str = ""


def ensure(
    *,
    name: str,
    by: Person | None,
    at: datetime,
    time_zone: str = "Europe/Moscow",
    language: str = "ru",
    is_demo: bool = False,
) -> Organisation:
    """The one organisation; founded with these words if there is none, left alone if there is.

    Raises UnknownTimeZone.
    """
    _zone(time_zone)
    with transaction.atomic():
        organisation, first = Organisation.objects.get_or_create(
            singleton=True,
            defaults={"name": name, "time_zone": time_zone, "language": language, "is_demo": is_demo},
        )
        if first:
            journal.write(FOUNDED, by=by, at=at, subject=organisation, data={"name": name})
            publish(SettingsChanged("organisation"), at=at)
    return organisation


def _zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownTimeZone(zone=name) from error


def change_settings(*, by: Person | None, at: datetime, **changes: Any) -> Organisation:
    """Name, time zone, language, the lowest rank agents see. Raises UnknownTimeZone."""
    if unknown := set(changes) - {"name", "time_zone", "language", "rank_limit"}:
        raise TypeError(f"the organisation has no setting {sorted(unknown)}")
    if "time_zone" in changes:
        _zone(changes["time_zone"])
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get()
        differs = _set(organisation, changes)
        if differs:
            journal.write(SETTINGS, by=by, at=at, subject=organisation, data={"changes": differs})
            publish(SettingsChanged("organisation"), at=at)
    return organisation


def _set(record: models.Model, changes: dict[str, Any]) -> dict[str, list[Any]]:
    """Set and save what differs; answers old and new values as the journal keeps them."""
    differs: dict[str, list[Any]] = {}
    for field, new in changes.items():
        old = getattr(record, field)
        if old != new:
            differs[field] = [_plain(old), _plain(new)]
            setattr(record, field, new)
    if differs:
        record.save(update_fields=list(differs))
    return differs


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _create(model: type[M], by: Person | None, at: datetime, **values: Any) -> M:
    try:
        with transaction.atomic():
            part = model.objects.create(**values)
            journal.write(CREATED, by=by, at=at, subject=part, data={"part": named(part)})
            publish(SettingsChanged(model._meta.model_name or ""), at=at)
    except IntegrityError as error:
        raise CodeTaken(code=values["code"]) from error
    return part


def create_partner(*, code: str, name: str, by: Person | None, at: datetime, name_en: str = "") -> Partner:
    """A partner centre. Raises CodeTaken."""
    return _create(Partner, by, at, code=code, name=name, name_en=name_en)


def create_line(
    *, code: str, name: str, by: Person | None, at: datetime, name_en: str = "", kind: LineKind = LineKind.MIXED
) -> Line:
    """A line of work. Raises CodeTaken."""
    return _create(Line, by, at, code=code, name=name, name_en=name_en, kind=kind)


def create_team(
    *,
    code: str,
    name: str,
    by: Person | None,
    at: datetime,
    name_en: str = "",
    line: Line | None = None,
    partner: Partner | None = None,
) -> Team:
    """A team, perhaps of a line, perhaps a partner centre's. Raises CodeTaken."""
    return _create(Team, by, at, code=code, name=name, name_en=name_en, line=line, partner=partner)


def create_post(*, code: str, name: str, by: Person | None, at: datetime, name_en: str = "") -> Post:
    """A post people are hired as. Raises CodeTaken."""
    return _create(Post, by, at, code=code, name=name, name_en=name_en)


def create_ladder_with_grades(
    *,
    code: str,
    name: str,
    grades: Sequence[NewGrade | tuple[str, ...]],
    by: Person | None,
    at: datetime,
    name_en: str = "",
) -> Ladder:
    """A ladder and its grades from the lowest to the highest. Raises CodeTaken, GradesOutOfOrder."""
    steps = [grade if isinstance(grade, NewGrade) else NewGrade(*grade) for grade in grades]
    if not steps or len({step.code for step in steps}) != len(steps):
        raise GradesOutOfOrder
    with transaction.atomic():
        ladder = _create(Ladder, by, at, code=code, name=name, name_en=name_en)
        Grade.objects.bulk_create(
            Grade(ladder=ladder, code=step.code, name=step.name, name_en=step.name_en, rank=rank)
            for rank, step in enumerate(steps, start=1)
        )
    return ladder


def add_grade(*, ladder: Ladder, code: str, name: str, by: Person | None, at: datetime, name_en: str = "") -> Grade:
    """One more grade on top of the ladder. Raises CodeTaken."""
    try:
        with transaction.atomic():
            Ladder.objects.select_for_update().get(pk=ladder.pk)
            top = ladder.grades.order_by("-rank").first()
            rank = top.rank + 1 if top else 1
            grade = Grade.objects.create(ladder=ladder, code=code, name=name, name_en=name_en, rank=rank)
            journal.write(CREATED, by=by, at=at, subject=grade, data={"part": named(grade)})
            publish(SettingsChanged("grade"), at=at)
    except IntegrityError as error:
        raise CodeTaken(code=code) from error
    return grade


def rename(*, part: Part, name: str, by: Person | None, at: datetime, name_en: str = "") -> None:
    """Give a part of the organisation another name; codes stay, so imports go on working."""
    change(part=part, by=by, at=at, name=name, name_en=name_en)


def change(*, part: Part, by: Person | None, at: datetime, **changes: Any) -> None:
    """Change names, a line's kind, or the line or centre a team belongs to."""
    allowed = {"name", "name_en"} | ({"kind"} if isinstance(part, Line) else set())
    allowed |= {"line", "partner"} if isinstance(part, Team) else set()
    if unknown := set(changes) - allowed:
        raise TypeError(f"{type(part).__name__} has no {sorted(unknown)} to change")
    with transaction.atomic():
        before = named(part)
        differs = _set(part, changes)
        if differs:
            data = {"part": before, "changes": differs}
            journal.write(CHANGED, by=by, at=at, subject=part, data=data)
            publish(SettingsChanged(part._meta.model_name or ""), at=at)


def set_active(*, part: Partner | Line | Team, active: bool, by: Person | None, at: datetime) -> None:
    """Close a part that is no longer in use, or open it again; its history stays. Raises MembersLeft for a team."""
    with transaction.atomic():
        if isinstance(part, Team) and not active:
            count = TeamMembership.objects.filter(team=part, active_to__isnull=True).count()
            if count:
                raise MembersLeft(name=str(part), count=count)
        if _set(part, {"is_active": active}):
            kind = REOPENED if active else CLOSED
            journal.write(kind, by=by, at=at, subject=part, data={"part": named(part)})
            publish(SettingsChanged(part._meta.model_name or ""), at=at)


def set_calendar_day(
    *, day: date, is_working: bool | None, by: Person | None, at: datetime, name: str = ""
) -> CalendarDay | None:
    """Say that a day differs from the week's rule; `is_working` None takes the exception back."""
    with transaction.atomic():
        if is_working is None:
            changed = bool(CalendarDay.objects.filter(date=day).delete()[0])
            row = None
        else:
            old = CalendarDay.objects.filter(date=day).first()
            changed = old is None or (old.is_working, old.name) != (is_working, name)
            values = {"is_working": is_working, "name": name}
            row = CalendarDay.objects.update_or_create(date=day, defaults=values)[0] if changed else old
        if changed:
            data = {"day": day.isoformat(), "is_working": is_working, "name": name}
            journal.write(CALENDAR, by=by, at=at, subject=row, data=data)
            publish(SettingsChanged("calendar"), at=at)
    return row

"""The head of the desk keeps its calendars, clocks, special assignments, ladder and sources. All dated: rows are closed
and opened, deadlines that are past do not move.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from nastavnik.crisis.enums import CaseKind, ClockUnit, Measure, Rung
from nastavnik.crisis.logic import russian_days
from nastavnik.crisis.logic.calendars import DAY, HOUR, MINUTE
from nastavnik.crisis.models import (
    CaseSource,
    ClockTemplate,
    DeskCalendar,
    DeskDay,
    DeskSkill,
    LadderRung,
    SkillHolding,
    WorkInterval,
)
from nastavnik.kernel import journal
from nastavnik.people.models import Person

CHANGED = "crisis.desk_changed"
FRIDAY = 4
WEEK = tuple((weekday, begins, ends) for weekday in range(5) for begins, ends in ((540, 780), (840, 1080)))
# code, name, name in English, measure, unit, target, may pause, kinds, set by law, in use, legal basis
_BY_ANALOGY = "Закон РФ № 2300-1, ст. 32; срок ст. 31 по аналогии"
_ON_DEMAND = "ГК РФ, ст. 314 (7 дней) и ст. 395"
_CLAIM = "Закон РФ № 2300-1, ст. 31: недостатки услуги, 10 календарных дней"
_TEMPLATES: tuple[tuple[Any, ...], ...] = (
    ("start", "Своевременное начало", "Timely start", Measure.FIRST_START, "working", 15 * MINUTE, False, [], 0, 1, ""),
    ("first", "Первый ответ", "First answer", Measure.FIRST_RESPONSE, "working", HOUR, False, [], 0, 1, ""),
    ("next", "Следующий ответ", "Next answer", Measure.NEXT_RESPONSE, "working", 2 * HOUR, False, [], 0, 1, ""),
    ("pickup", "Приём после передачи", "Pickup", Measure.PICKUP, "working", 30 * MINUTE, False, [], 0, 1, ""),
    ("due", "Начало возврата", "Refund start", Measure.REFUND_START, "calendar", 5 * MINUTE, False, [], 0, 1, ""),
    ("solve", "Решение", "Solution", Measure.RESOLUTION, "working", 24 * HOUR, True, [], 0, 1, ""),
    ("law-10", "Возврат денег: 10 дней", "Refund: 10 days", Measure.REFUND_PAID, "calendar", 10 * DAY, False,
     [CaseKind.REFUND.value], 1, 1, _BY_ANALOGY),
    ("law-7", "Возврат денег: 7 дней", "Refund: 7 days", Measure.REFUND_PAID, "calendar", 7 * DAY, False,
     [CaseKind.REFUND.value], 1, 0, _ON_DEMAND),
    ("law-claim", "Ответ на претензию: 10 дней", "Answer to a claim: 10 days", Measure.RESOLUTION, "calendar", 10 * DAY,
     False, [CaseKind.CLAIM.value], 1, 1, _CLAIM),
)  # fmt: skip
_LADDER = (
    (Rung.OBJECTION, 8 * HOUR, "working"), (Rung.LEGAL_OBJECTION, 8 * HOUR, "working"),
    (Rung.CLAIM, 10 * DAY, "calendar"),
    (Rung.REGULATOR, 5 * DAY, "calendar"), (Rung.COURT, 5 * DAY, "calendar"), (Rung.PUBLIC, 2 * HOUR, "working"),
)  # fmt: skip


def tell(what: str, *, by: Person | None, at: datetime) -> None:
    """One line of the journal about the desk's settings."""
    journal.write(CHANGED, by=by, at=at, data={"what": what})


def set_up(*, since: date, by: Person | None, at: datetime) -> DeskCalendar:
    """A calendar of five days with the Russian days off, the shipped clocks and the ladder; what is there stays."""
    with transaction.atomic():
        calendar = DeskCalendar.objects.filter(is_default=True).first() or create_calendar(
            code="desk", name="Стол", name_en="Desk", since=date(since.year - 1, 1, 1), by=by, at=at
        )
        for code, name, name_en, measure, unit, target, pauses, kinds, by_law, is_on, basis in _TEMPLATES:
            if not ClockTemplate.objects.filter(code=code).exists():
                ClockTemplate.objects.create(
                    code=code, name=name, name_en=name_en, measure=measure, unit=unit, target_ms=target, kinds=kinds,
                    can_pause=pauses, is_statutory=bool(by_law), is_on=bool(is_on), legal_basis=basis,
                    active_from=since,
                )  # fmt: skip
        for position, (rung, target, unit) in enumerate(_LADDER, start=1):
            if not LadderRung.objects.filter(rung=rung).exists():
                LadderRung.objects.create(rung=rung, position=position, target_ms=target, unit=unit, active_from=since)
        tell("set up", by=by, at=at)
    return calendar


def create_calendar(
    *,
    code: str,
    name: str,
    since: date,
    by: Person | None,
    at: datetime,
    name_en: str = "",
    time_zone: str = "Europe/Moscow",
) -> DeskCalendar:
    """A calendar of Monday to Friday, 9 to 13 and 14 to 18, with the Russian days off; the first is the default."""
    with transaction.atomic():
        first = not DeskCalendar.objects.filter(is_default=True).exists()
        calendar = DeskCalendar.objects.create(
            code=code, name=name, name_en=name_en, time_zone=time_zone, is_default=first
        )  # fmt: skip
        WorkInterval.objects.bulk_create(
            WorkInterval(calendar=calendar, weekday=day, begins=begins, ends=ends, active_from=since)
            for day, begins, ends in WEEK
        )
        DeskDay.objects.bulk_create(
            DeskDay(
                calendar=calendar, date=day, is_working=works, like_weekday=FRIDAY, name=title,
                source=russian_days.SOURCE,
            )
            for year in russian_days.YEARS
            for day, works, title in russian_days.special_days(year)
        )  # fmt: skip
        tell(str(calendar), by=by, at=at)
    return calendar


def set_hours(
    *,
    calendar: DeskCalendar,
    weekday: int,
    intervals: Sequence[tuple[int, int]],
    since: date,
    by: Person | None,
    at: datetime,
) -> None:
    """The hours of a weekday from a day on; deadlines before that day do not move."""
    with transaction.atomic():
        rows = WorkInterval.objects.select_for_update().filter(calendar=calendar, weekday=weekday)
        rows.filter(active_from__gte=since).delete()
        rows.on(since).update(active_to=since)
        WorkInterval.objects.bulk_create(
            WorkInterval(calendar=calendar, weekday=weekday, begins=begins, ends=ends, active_from=since)
            for begins, ends in intervals
        )
        _revised(calendar, by=by, at=at)


def set_day(
    *, calendar: DeskCalendar, day: date, is_working: bool, name: str, by: Person | None, at: datetime
) -> DeskDay:
    """A holiday, or a day off that is worked."""
    with transaction.atomic():
        row, _new = DeskDay.objects.update_or_create(
            calendar=calendar, date=day, defaults={"is_working": is_working, "name": name, "source": str(by or "")}
        )
        _revised(calendar, by=by, at=at)
    return row


def _revised(calendar: DeskCalendar, *, by: Person | None, at: datetime) -> None:
    DeskCalendar.objects.filter(pk=calendar.pk).update(revision=F("revision") + 1)
    tell(str(calendar), by=by, at=at)


def set_clock(*, fields: dict[str, Any], since: date, by: Person | None, at: datetime) -> ClockTemplate:
    """A clock from a day on; the version before it ends then. Cases opened earlier keep theirs."""
    with transaction.atomic():
        rows = ClockTemplate.objects.select_for_update().filter(code=fields["code"])
        rows.filter(active_from__gte=since).delete()
        rows.on(since).update(active_to=since)
        by_law = fields.get("is_statutory", False)
        fixed = {"can_pause": False, "unit": ClockUnit.CALENDAR} if by_law else {}
        template = ClockTemplate.objects.create(active_from=since, **{**fields, **fixed})
        tell(str(template), by=by, at=at)
    return template


def add_skill(*, fields: dict[str, Any], by: Person | None, at: datetime) -> DeskSkill:
    """A special assignment."""
    with transaction.atomic():
        skill = DeskSkill.objects.create(**fields)
        tell(str(skill), by=by, at=at)
    return skill


def give_skill(*, person: Person, skill: DeskSkill, since: date, by: Person | None, at: datetime) -> SkillHolding:
    """The person takes cases of the special assignment from a day on; twice is once."""
    with transaction.atomic():
        held = SkillHolding.objects.filter(person=person, skill=skill).on(since).first()
        if held is not None:
            return held
        row = SkillHolding.objects.create(person=person, skill=skill, active_from=since)
        journal.write(CHANGED, by=by, at=at, person_id=person.pk, data={"what": str(skill)})
    return row


def set_rung(*, fields: dict[str, Any], since: date, by: Person | None, at: datetime) -> LadderRung:
    """A step of the ladder from a day on."""
    with transaction.atomic():
        position = list(Rung).index(Rung(fields["rung"])) + 1
        rows = LadderRung.objects.select_for_update().filter(position=position)
        rows.filter(active_from__gte=since).delete()
        rows.on(since).update(active_to=since)
        row = LadderRung.objects.create(position=position, active_from=since, **fields)
        tell(str(row), by=by, at=at)
    return row


def add_source(*, fields: dict[str, Any], by: Person | None, at: datetime) -> CaseSource:
    """A system that sends conversations; its secret is made here and shown on the settings page of the desk."""
    with transaction.atomic():
        source = CaseSource.objects.create(secret=secrets.token_urlsafe(32), **fields)
        tell(str(source), by=by, at=at)
    return source

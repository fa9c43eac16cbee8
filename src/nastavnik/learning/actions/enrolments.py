"""People are enrolled, by thousands at once; moved, paused, waived, closed. Nothing of a cycle is ever undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from nastavnik.kernel.events import publish
from nastavnik.learning.actions import advance
from nastavnik.learning.actions._rows import due_days, event, locked, planned, stages_of, tell
from nastavnik.learning.actions.programmes import newest
from nastavnik.learning.days import calendar, local_days
from nastavnik.learning.enums import (
    OPEN_STATES,
    EnrolmentState,
    EventKind,
    Path,
    PauseKind,
    Source,
    WaiverScope,
)
from nastavnik.learning.errors import (
    IntakeTaken,
    NothingToWaive,
    NotOnAPause,
    NotOpenForEnrolment,
    NotPublished,
    PauseEndsFirst,
    PauseOverlaps,
    WaivedAlready,
    WhyNeeded,
)
from nastavnik.learning.events import PeopleEnrolled
from nastavnik.learning.logic import due
from nastavnik.learning.logic.messages import Words
from nastavnik.learning.models import (
    Enrolment,
    Intake,
    Pause,
    PlanItem,
    Programme,
    ProgrammeVersion,
    Stage,
    StagePassage,
    Waiver,
)
from nastavnik.people.models import Employment, Person


@dataclass(frozen=True)
class Enrolled:
    """What came of enrolling: who was, who is learning it already, who does not work here on the first day."""

    enrolments: list[Enrolment] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    not_employed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Cycle:
    number: int
    path: str


def enrol_all(
    *,
    people: Iterable[int],
    programme: Programme,
    by: Person | None,
    at: datetime,
    begins: date | None = None,
    source: Source = Source.HAND,
    why: Mapping[int, Words] | None = None,
    reason: str = "",
    intake: Intake | None = None,
    last_day: date | None = None,
    dry_run: bool = False,
) -> Enrolled:
    """Enrol people (by id) in the newest version, a new cycle for those who went through it before.

    A fixed number of statements however many they are. `last_day`: nothing is due later. A dry run writes nothing, and
    says the same. Raises NotPublished, NotOpenForEnrolment.
    """
    if not programme.is_open:
        raise NotOpenForEnrolment(programme=programme.title)
    version = newest(programme)
    if version is None:
        raise NotPublished(programme=programme.title)
    first = begins or local_days()(at)
    with transaction.atomic():
        # One enrolment of a programme at a time: two of the same people would meet in its constraint.
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        fit, result = _fit(list(dict.fromkeys(people)), programme, version, first)
        if dry_run:
            result.enrolments.extend(Enrolment(person_id=person, cycle=one.number) for person, one in fit.items())
            return result
        common: dict[str, Any] = {
            "programme": programme, "version": version, "intake": intake, "source": source, "begins_date": first,
            "enrolled_at": at, "enrolled_by": by,
        }  # fmt: skip
        result.enrolments.extend(_write(fit, common, why or {}, last_day, reason))
        if result.enrolments:
            publish(PeopleEnrolled(programme.code, tuple(one.pk for one in result.enrolments)), at=at)
    return result


def _fit(
    people: Sequence[int], programme: Programme, version: ProgrammeVersion, first: date
) -> tuple[dict[int, _Cycle], Enrolled]:
    """Who may be enrolled, in which cycle and on which path; and who not."""
    rows = Enrolment.objects.filter(programme=programme, person_id__in=people).values("person_id")
    known = {
        row["person_id"]: row
        for row in rows.annotate(
            last=Max("cycle"), open=Max("pk", filter=Q(state__in=OPEN_STATES)),
            done=Max("pk", filter=Q(state=EnrolmentState.FINISHED)),
        )
    }  # fmt: skip
    employed = set(
        Employment.objects.within(first, date.max).filter(person__in=people).values_list("person_id", flat=True)
    )
    renews = version.stages.filter(path=Path.RENEWAL).exists()
    result, fit = Enrolled(), dict[int, _Cycle]()
    for person in people:
        row = known.get(person)
        if person not in employed:
            result.not_employed.append(person)
        elif row and row["open"]:
            result.already.append(person)
        else:
            again = bool(row and row["done"] and renews)
            fit[person] = _Cycle(row["last"] + 1 if row else 1, Path.RENEWAL if again else Path.ORIGINAL)
    return fit, result


def _write(
    fit: Mapping[int, _Cycle], common: dict[str, Any], why: Mapping[int, Words], last_day: date | None, reason: str
) -> list[Enrolment]:
    version, at, first = common["version"], common["enrolled_at"], common["begins_date"]
    days_off = calendar()
    ways = {}
    for path in {one.path for one in fit.values()}:
        stages = stages_of(version, path)
        ways[path] = (stages, due_days(stages, first, days_off, max(first, last_day) if last_day else None))
    rows = []
    for person, cycle in fit.items():
        stages, days = ways[cycle.path]
        said = why[person].to_json() if person in why else {}
        rows.append(
            Enrolment(
                **common, person_id=person, cycle=cycle.number, path=cycle.path, stage=stages[0], due_date=days[-1],
                why=said,
            )
        )  # fmt: skip
    made = Enrolment.objects.bulk_create(rows, batch_size=1000)
    passages, items, events = [], [], []
    for one in made:
        stages, days = ways[one.path]
        some, others = planned(one, stages, days, at=at, why=one.why)
        passages += some
        items += others
        about: dict[str, Any] = {"at": at, "by": common["enrolled_by"], "version": version.number}
        events.append(event(one, EventKind.ENROLLED, reason=reason, why=one.why, cycle=one.cycle, **about))
        events.append(event(one, EventKind.ENTERED, stage=stages[0], **about))
    StagePassage.objects.bulk_create(passages, batch_size=2000)
    PlanItem.objects.bulk_create(items, batch_size=2000)
    tell(events, {common["programme"].pk: common["programme"].title})
    return made


def close(*, enrolment: Enrolment, reason: str, by: Person | None, at: datetime) -> None:
    """End an enrolment that is not finished; what was to be done leaves the plan. Raises WhyNeeded, NotEnrolled."""
    if not reason.strip():
        raise WhyNeeded
    with transaction.atomic():
        _close([locked(enrolment)], reason=reason, by=by, at=at)


def close_of_leavers(*, at: datetime, person_id: int | None = None) -> int:
    """Close what people no longer employed were learning; returns how many enrolments. History stays."""
    day = local_days()(at)
    gone = Enrolment.objects.open().exclude(person__in=Person.objects.employed_on(day))
    gone = gone.exclude(person__employments__active_from__gt=day)
    if person_id is not None:
        gone = gone.filter(person_id=person_id)
    with transaction.atomic():
        rows = list(gone.select_for_update(of=("self",)).select_related("programme", "version", "stage"))
        _close(rows, reason="The employment has ended.", by=None, at=at)
        items = PlanItem.objects.to_do().filter(enrolment=None)
        items = items.exclude(person__in=Person.objects.employed_on(day))
        items = items.exclude(person__employments__active_from__gt=day)
        (items.filter(person_id=person_id) if person_id else items).update(
            dropped_at=at, dropped_reason="The employment has ended."
        )
    return len(rows)


def _close(rows: Sequence[Enrolment], *, reason: str, by: Person | None, at: datetime) -> None:
    ids = [row.pk for row in rows]
    Enrolment.objects.filter(pk__in=ids).update(state=EnrolmentState.CLOSED, ended_at=at, lacks=[])
    PlanItem.objects.to_do().filter(enrolment__in=ids).update(dropped_at=at, dropped_reason=reason[:200])
    tell(
        [event(row, EventKind.CLOSED, at=at, by=by, version=row.version.number, reason=reason) for row in rows],
        {row.programme_id: row.programme.title for row in rows},
    )


def pause(
    *, enrolment: Enrolment, since: date, until: date | None, kind: PauseKind, by: Person | None, at: datetime,
    reason: str = "",
) -> Pause:  # fmt: skip
    """Days on which nothing is expected; with a known end, due days move at once. Raises PauseEndsFirst, PauseOverlaps,
    NotEnrolled.
    """
    if until is not None and until <= since:
        raise PauseEndsFirst
    try:
        with transaction.atomic():
            row = locked(enrolment)
            made = Pause.objects.create(
                enrolment=row, active_from=since, active_to=until, kind=kind, reason=reason
            )  # fmt: skip
            _tell_pause(row, EventKind.PAUSED, by, at, reason, pause=PauseKind(kind).value)
            if until is not None:
                _shift(row, made)
            if made.is_active_on(local_days()(at)):
                Enrolment.objects.filter(pk=row.pk).update(state=EnrolmentState.PAUSED)
    except IntegrityError as error:
        raise PauseOverlaps from error
    return made


def _tell_pause(row: Enrolment, what: EventKind, by: Person | None, at: datetime, reason: str, **data: Any) -> None:
    told = event(row, what, at=at, by=by, version=row.version.number, reason=reason, **data)
    tell([told], {row.programme_id: row.programme.title})


def resume(*, enrolment: Enrolment, on: date, by: Person | None, at: datetime) -> None:
    """End the pause that has no end yet, on the day learning goes on; due days move. Raises NotOnAPause."""
    with transaction.atomic():
        row = locked(enrolment)
        open_pause = row.pauses.filter(active_to=None).first()
        if open_pause is None or on <= open_pause.active_from:
            raise NotOnAPause
        open_pause.active_to = on
        open_pause.save(update_fields=["active_to"])
        _shift(row, open_pause)
        Enrolment.objects.filter(pk=row.pk).update(state=EnrolmentState.ACTIVE)
        _tell_pause(row, EventKind.RESUMED, by, at, "")
    advance.evaluate([row.pk], at=at)


def follow_pauses(*, at: datetime) -> int:
    """Enrolments enter and leave pauses whose days have come; returns how many changed."""
    today = local_days()(at)
    on_pause = Pause.objects.on(today).values("enrolment")
    begins = Enrolment.objects.filter(state=EnrolmentState.ACTIVE, pk__in=on_pause)
    ends = Enrolment.objects.filter(state=EnrolmentState.PAUSED).exclude(pk__in=on_pause)
    with transaction.atomic():
        changed = begins.update(state=EnrolmentState.PAUSED)
        back = list(ends.select_for_update(of=("self",)).select_related("programme", "version"))
        Enrolment.objects.filter(pk__in=[row.pk for row in back]).update(state=EnrolmentState.ACTIVE)
        tell(
            [event(row, EventKind.RESUMED, at=at, by=None, version=row.version.number) for row in back],
            {row.programme_id: row.programme.title for row in back},
        )
    return changed + len(back)


def _shift(row: Enrolment, pause_: Pause) -> None:
    """Move what is not yet passed by the days of a pause that has an end."""
    end = pause_.active_to
    if end is None:
        return
    days, off = due.paused_days(pause_.active_from, end, row.begins_date), calendar()
    for passage in row.passages.filter(passed_at=None):
        if passage.due_date >= pause_.active_from:
            moved = due.shifted(passage.due_date, days, off)
            StagePassage.objects.filter(pk=passage.pk).update(due_date=moved)
            PlanItem.objects.to_do().filter(enrolment=row, stage_id=passage.stage_id).update(due_date=moved)
    last = row.passages.order_by("-due_date").values_list("due_date", flat=True).first()
    Enrolment.objects.filter(pk=row.pk).update(due_date=last)


def waive(
    *, enrolment: Enrolment, stage: Stage, scope: WaiverScope, key: str, reason: str, by: Person | None, at: datetime
) -> Waiver:
    """Do without an activity, one requirement (by its key) or the whole gate of a stage, for one person.

    Raises WhyNeeded, NothingToWaive, WaivedAlready, NotEnrolled.
    """
    if not reason.strip():
        raise WhyNeeded
    try:
        with transaction.atomic():
            row = locked(enrolment)
            if stage.version_id != row.version_id or not _can_waive(stage, scope, key):
                raise NothingToWaive
            made = Waiver.objects.create(
                enrolment=row, stage=stage, scope=scope, key=key, reason=reason.strip(), by=by, at=at
            )
            if scope == WaiverScope.ACTIVITY:
                items = PlanItem.objects.to_do().filter(enrolment=row, stage=stage, activity_key=key)
                items.update(dropped_at=at, dropped_reason=reason.strip()[:200])
            told = event(
                row, EventKind.WAIVED, at=at, by=by, version=row.version.number, stage=stage, reason=reason,
                scope=scope.value,
            )  # fmt: skip
            tell([told], {row.programme_id: row.programme.title})
    except IntegrityError as error:
        raise WaivedAlready from error
    advance.evaluate([row.pk], at=at)
    return made


def _can_waive(stage: Stage, scope: WaiverScope, key: str) -> bool:
    if scope == WaiverScope.ACTIVITY:
        return stage.activities.filter(key=key).exists()
    if scope == WaiverScope.REQUIREMENT:
        return key in {need.key for need in stage.tree.needs()}
    return key == ""


def move(
    *, enrolment: Enrolment, by: Person | None, at: datetime, reason: str, version: ProgrammeVersion | None = None,
    intake: Intake | None = None,
) -> None:  # fmt: skip
    """Move somebody to another version or intake. Stages passed stay passed (by their key); what was done stays done.

    Raises WhyNeeded, NotEnrolled, NotPublished.
    """
    if not reason.strip():
        raise WhyNeeded
    with transaction.atomic():
        row = locked(enrolment)
        to = version or row.version
        if to.programme_id != row.programme_id or to.is_draft:
            raise NotPublished(programme=row.programme.title)
        if to.pk != row.version_id:
            _to_version(row, to, at)
        if intake is not None:
            Enrolment.objects.filter(pk=row.pk).update(intake=intake)
        told = event(
            row, EventKind.MOVED, at=at, by=by, version=to.number, reason=reason, intake=intake.title if intake else ""
        )
        tell([told], {row.programme_id: row.programme.title})
    advance.evaluate([row.pk], at=at)


def _to_version(row: Enrolment, to: ProgrammeVersion, at: datetime) -> None:
    old = {passage.stage.key: passage for passage in row.passages.select_related("stage")}
    done = {item.activity_key: item.done_at for item in row.plan_items.filter(done_at__isnull=False)}
    stages = stages_of(to, row.path)
    if not stages:
        raise NotPublished(programme=row.programme.title)
    today = local_days()(at)
    ahead = [stage for stage in stages if stage.key not in old or old[stage.key].passed_at is None]
    days = dict(zip([stage.pk for stage in ahead], due_days(ahead, today, calendar(), None), strict=True))
    current = ahead[0] if ahead else stages[-1]
    PlanItem.objects.to_do().filter(enrolment=row).update(dropped_at=at, dropped_reason="Moved to another version.")
    for stage in stages:
        before = old.get(stage.key)
        passed = before.passed_at if before else None
        passage = StagePassage(
            enrolment=row, stage=stage, due_date=days.get(stage.pk) or (before.due_date if before else today),
            entered_at=(before.entered_at if before else None) or (at if stage.pk == current.pk else None),
            passed_at=passed,
        )  # fmt: skip
        passage.save()
        if passed is None:
            _passages, items = planned(row, [stage], [passage.due_date], at=at, why=row.why)
            for item in items:
                item.done_at = done.get(item.activity_key)
            PlanItem.objects.bulk_create(items)
    StagePassage.objects.filter(pk__in=[passage.pk for passage in old.values()]).delete()
    last = max([*days.values(), row.begins_date])
    Enrolment.objects.filter(pk=row.pk).update(version=to, stage=current, due_date=last)


def create_intake(
    *, programme: Programme, title: str, starts: date, seats: int | None, by: Person | None, at: datetime
) -> Intake:
    """People who will begin together. Raises IntakeTaken."""
    try:
        with transaction.atomic():
            return Intake.objects.create(programme=programme, title=title, starts_date=starts, seats=seats)
    except IntegrityError as error:
        raise IntakeTaken(title=title) from error

"""What actions on enrolments share: events that tell their history, the stages of a path, people's locks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from nastavnik.kernel import journal
from nastavnik.learning.enums import EventKind, Source
from nastavnik.learning.errors import NotEnrolled
from nastavnik.learning.logic import due
from nastavnik.learning.models import Enrolment, EnrolmentEvent, PlanItem, ProgrammeVersion, Stage, StagePassage
from nastavnik.people.models import Person

HAPPENED = "learning.enrolment_happened"


def event(
    enrolment: Enrolment, kind: EventKind, *, at: datetime, by: Person | None, version: int, stage: Stage | None = None,
    reason: str = "", **data: Any,
) -> EnrolmentEvent:  # fmt: skip
    """An event that is not yet written."""
    return EnrolmentEvent(
        enrolment=enrolment, at=at, kind=kind, stage_key=stage.key if stage else "", version_number=version, by=by,
        reason=reason, data={**data, **({"stage": stage.title} if stage else {})},
    )  # fmt: skip


def tell(events: Iterable[EnrolmentEvent], titles: dict[int, str]) -> None:
    """Write events, and the journal's entry of each that a person caused. `titles`: programmes' by id."""
    rows = EnrolmentEvent.objects.bulk_create(events, batch_size=1000)
    journal.write_all(
        journal.compose(
            HAPPENED, by=row.by, at=row.at, subject=row.enrolment, person_id=row.enrolment.person_id,
            reason=row.reason, data={"what": row.kind, "programme": titles[row.enrolment.programme_id], **row.data},
        )
        for row in rows
        if row.kind != EventKind.ENTERED
    )  # fmt: skip


def locked(enrolment: Enrolment) -> Enrolment:
    """The open enrolment, locked for the transaction. Raises NotEnrolled."""
    found = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme", "version", "stage", "person")
        .get(pk=enrolment.pk)
    )
    if not found.is_open:
        raise NotEnrolled
    return found


def stages_of(version: ProgrammeVersion, path: str) -> list[Stage]:
    """The stages of a path with their activities, in order."""
    return list(version.stages.filter(path=path).order_by("position").prefetch_related("activities"))


def planned(
    enrolment: Enrolment, stages: Sequence[Stage], days: Sequence[date], *, at: datetime, why: dict[str, Any]
) -> tuple[list[StagePassage], list[PlanItem]]:
    """The passages and plan items of an enrolment, not yet written. The first stage is entered at once."""
    passages, items = [], []
    for number, (stage, day) in enumerate(zip(stages, days, strict=True)):
        passages.append(
            StagePassage(enrolment=enrolment, stage=stage, due_date=day, entered_at=at if number == 0 else None)
        )
        items += [
            PlanItem(
                person_id=enrolment.person_id, enrolment=enrolment, stage=stage, activity_key=activity.key,
                kind=activity.kind, reference=activity.reference, title=activity.title, minutes=activity.minutes,
                is_required=activity.is_required, source=Source.PROGRAMME, why=why, due_date=day,
                position=number * 100 + activity.position, created_at=at,
            )
            for activity in stage.activities.all()
        ]  # fmt: skip
    return passages, items


def due_days(stages: Sequence[Stage], begins: date, calendar: due.Calendar, by: date | None) -> tuple[date, ...]:
    """The due day of each stage."""
    return due.path(begins, [stage.due_days for stage in stages], calendar, by)

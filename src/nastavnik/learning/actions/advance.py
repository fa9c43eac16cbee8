"""Enrolments are looked at again: what was done is ticked, open gates are passed, closed ones say what is missing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from nastavnik.kernel.events import Event, publish_all
from nastavnik.learning import requirements as kinds
from nastavnik.learning.actions import _evidence, certificates
from nastavnik.learning.actions._rows import event, tell
from nastavnik.learning.actions.certificates import Earned
from nastavnik.learning.days import local_days
from nastavnik.learning.enums import EnrolmentState, EventKind, WaiverScope
from nastavnik.learning.events import ProgrammeFinished, StagePassed
from nastavnik.learning.logic import judging, requirements
from nastavnik.learning.logic.requirements import Finding, Group, Need, Outcome, Verdict
from nastavnik.learning.models import (
    CertificateKind,
    Enrolment,
    EnrolmentEvent,
    PlanItem,
    Stage,
    StagePassage,
    Waiver,
)
from nastavnik.learning.requirements import Asked

BATCH = 500


@dataclass
class Advanced:
    """How many gates were passed and programmes finished."""

    passed: int = 0
    finished: int = 0


def evaluate(enrolments: Collection[int], *, at: datetime) -> Advanced:
    """Look at these enrolments (by id); paused and ended ones are left alone. Idempotent."""
    total, ids = Advanced(), sorted(set(enrolments))
    for begin in range(0, len(ids), BATCH):
        with transaction.atomic():
            _evaluate(ids[begin : begin + BATCH], at, total)
    return total


def evaluate_person(person_id: int, *, at: datetime) -> Advanced:
    """Something became known about a person: tick the plan, look at every open enrolment."""
    with transaction.atomic():
        _evidence.tick_of_person(person_id, at=at)
    return evaluate(Enrolment.objects.open().filter(person_id=person_id).values_list("pk", flat=True), at=at)


def evaluate_asking(person_id: int, *, course_code: str, key: str, at: datetime) -> Advanced:
    """Look at the person's open enrolments whose present gate asks for this activity of a course."""
    asked = f"{course_code}/{key}"
    rows = Enrolment.objects.open().filter(person_id=person_id, stage__isnull=False).select_related("stage")
    ids = [row.pk for row in rows if row.stage and _asks(row.stage, asked)]
    return evaluate(ids, at=at)


def _asks(stage: Stage, activity: str) -> bool:
    return any(need.kind == "part" and need["part"] == activity for need in stage.tree.needs())


def evaluate_all(*, at: datetime) -> Advanced:
    """The nightly look: tenure and metrics change without events."""
    active = Enrolment.objects.filter(state=EnrolmentState.ACTIVE)
    return evaluate(list(active.values_list("pk", flat=True)), at=at)


def _evaluate(ids: Sequence[int], at: datetime, total: Advanced) -> None:
    rows = list(
        Enrolment.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, state=EnrolmentState.ACTIVE, stage__isnull=False)
        .select_related("programme", "version", "person")
        .order_by("pk")
    )
    _evidence.tick_of_enrolments([row.pk for row in rows], at=at)
    paths = _paths(rows)
    waivers = _waivers(rows)
    waiting = rows
    while waiting:
        outcomes = _outcomes(waiting, paths, waivers, at)
        for row in waiting:
            row.lacks, row.evaluated_at = _lacks(*outcomes[row.pk]), at
        passing = [row for row in waiting if outcomes[row.pk][0].verdict == Verdict.MET]
        _pass(passing, paths, at, total)
        waiting = [row for row in passing if row.state == EnrolmentState.ACTIVE]
    Enrolment.objects.bulk_update(rows, ["stage", "state", "ended_at", "lacks", "evaluated_at"], batch_size=500)


Paths = dict[tuple[int, str], list[Stage]]


def _paths(rows: Sequence[Enrolment]) -> Paths:
    """The stages of each version and path, in order."""
    found: Paths = defaultdict(list)
    for stage in Stage.objects.filter(version__in={row.version_id for row in rows}).order_by("position"):
        found[stage.version_id, stage.path].append(stage)
    return found


def _waivers(rows: Sequence[Enrolment]) -> dict[tuple[int, int], list[Waiver]]:
    found: dict[tuple[int, int], list[Waiver]] = defaultdict(list)
    for one in Waiver.objects.filter(enrolment__in=rows):
        found[one.enrolment_id, one.stage_id].append(one)
    return found


Judged = tuple[Outcome, dict[Need, Finding]]


def _outcomes(
    rows: Sequence[Enrolment], paths: Paths, waivers: dict[tuple[int, int], list[Waiver]], at: datetime
) -> dict[int, Judged]:
    trees = {stage.pk: stage.tree for path in paths.values() for stage in path}
    questions = {row.pk: _questions(row, trees[row.stage_id or 0]) for row in rows}
    found = kinds.find([one for some in questions.values() for one in some], at)
    outcomes: dict[int, Judged] = {}
    for row in rows:
        findings = {one.need: found[one] for one in questions[row.pk]}
        here = waivers.get((row.pk, row.stage_id or 0), [])
        for one in here:
            findings |= {need: judging.waived(one.reason) for need in findings if _covers(one, need)}
        outcomes[row.pk] = (requirements.evaluate(trees[row.stage_id or 0], findings.__getitem__), findings)
    return outcomes


def _questions(row: Enrolment, tree: Group) -> list[Asked]:
    since = row.begins_date if row.cycle > 1 else None
    return [Asked(need, row.person_id, row.pk, row.stage_id or 0, since) for need in tree.needs()]


def _covers(waiver: Waiver, need: Need) -> bool:
    if waiver.scope == WaiverScope.GATE:
        return True
    if waiver.scope == WaiverScope.ACTIVITY:
        return bool(need.get("activity") == waiver.key)
    return need.key == waiver.key


def _lacks(outcome: Outcome, findings: dict[Need, Finding]) -> list[Any]:
    """What is stored of a closed gate: alternatives together, each with its verdict and what is missing."""
    stored = []
    for lack in outcome.lacks:
        alternatives = []
        for need in lack:
            missing = findings[need].missing
            said = missing.to_json() if missing else {}
            alternatives.append({"need": need.key, "verdict": findings[need].verdict.value, **said})
        stored.append(alternatives)
    return stored


def _pass(rows: Sequence[Enrolment], paths: Paths, at: datetime, total: Advanced) -> None:
    """Those whose gate is open go on: to the next stage, or out."""
    told: list[EnrolmentEvent] = []
    events: list[Event] = []
    ended = []
    passed: dict[int, list[int]] = defaultdict(list)
    entered: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        stages = paths[row.version_id, row.path]
        place = next(place for place, stage in enumerate(stages) if stage.pk == row.stage_id)
        here, ahead = stages[place], stages[place + 1] if place + 1 < len(stages) else None
        about: dict[str, Any] = {"at": at, "by": None, "version": row.version.number}
        told.append(event(row, EventKind.PASSED, stage=here, **about))
        passed[here.pk].append(row.pk)
        events.append(
            StagePassed(row.pk, row.person_id, row.programme.code, here.key, ahead.key if ahead else "")
        )  # fmt: skip
        if ahead:
            row.stage = ahead
            entered[ahead.pk].append(row.pk)
            told.append(event(row, EventKind.ENTERED, stage=ahead, **about))
        else:
            row.state, row.ended_at, row.stage = EnrolmentState.FINISHED, at, None
            told.append(event(row, EventKind.FINISHED, **about))
            events.append(ProgrammeFinished(row.pk, row.person_id, row.programme.code, row.cycle))
            ended.append(row)
    for stage, ids in passed.items():
        StagePassage.objects.filter(enrolment__in=ids, stage=stage).update(passed_at=at)
    for stage, ids in entered.items():
        StagePassage.objects.filter(enrolment__in=ids, stage=stage, entered_at=None).update(entered_at=at)
    total.passed += len(rows)
    total.finished += len(ended)
    tell(told, {row.programme_id: row.programme.title for row in rows})
    if events:
        publish_all(events, at=at)
    _finish(ended, at)


def _finish(rows: Sequence[Enrolment], at: datetime) -> None:
    """Who is through gets the certificate; what was optional leaves the plan."""
    if not rows:
        return
    items = PlanItem.objects.to_do().filter(enrolment__in=[row.pk for row in rows])
    items.update(dropped_at=at, dropped_reason="The programme is finished.")
    codes = {row.version.certificate for row in rows if row.version.certificate}
    awards = {kind.code: kind for kind in CertificateKind.objects.filter(code__in=codes)}
    day_of = local_days()
    by_kind: dict[str, list[Earned]] = defaultdict(list)
    for row in rows:
        about = {"label": row.programme.title, "reference": "", "at": at.isoformat()}
        evidence = [{**about, "enrolment": row.public_id}]
        by_kind[row.version.certificate].append(Earned(row.person_id, row.programme.title, evidence))
    for code, earned in by_kind.items():
        # Of a kind that is closed nothing is awarded: the programme is finished all the same, and its page says so.
        if code in awards and awards[code].is_active:
            certificates.award_all(earned=earned, kind=awards[code], by=None, at=at, completed=day_of(at))

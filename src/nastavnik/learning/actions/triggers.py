"""Triggers are written and run. A run answers each occasion of each person once, and says why, or why not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.learning.actions import enrolments
from nastavnik.learning.days import local_days
from nastavnik.learning.enums import Branch, HitOutcome, Source
from nastavnik.learning.errors import NotARule
from nastavnik.learning.logic import triggers as rules
from nastavnik.learning.logic.triggers import Facts, Hit, Launch, Newcomers, Problem, Rule
from nastavnik.learning.models import Intake, Programme, Trigger, TriggerHit, TriggerRun
from nastavnik.learning.queries.triggers import rule_of
from nastavnik.learning.requirement_kinds import figures
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.people.models import Employment, GradeHolding, Person, PostHolding, TeamMembership

SAVED, RAN = "learning.trigger_saved", "learning.trigger_ran"


def save(
    *, trigger: Trigger | None, title: str, branch: Branch, programme: Programme, rule: Rule, is_active: bool,
    by: Person | None, at: datetime, intake: Intake | None = None,
) -> Trigger:  # fmt: skip
    """Write a trigger, new or there already. Raises NotARule."""
    try:
        stored = rules.to_json(rules.from_json(rules.to_json(rule)))
    except rules.BadRule as error:
        raise NotARule(problem=str(error)) from error
    if isinstance(rule, Problem) and rule.metric and rule.metric not in METRICS:
        raise NotARule(problem=rule.metric)
    with transaction.atomic():
        row = trigger or Trigger(created_at=at, created_by=by)
        row.title, row.branch, row.programme, row.intake = title, branch, programme, intake
        row.rule, row.is_active = stored, is_active
        row.save()
        journal.write(SAVED, by=by, at=at, subject=row, data={"title": title, "rule": stored})
    return row


@dataclass(frozen=True)
class Foreseen:
    """What a run does, or would do, about one person."""

    hit: Hit
    outcome: HitOutcome


@dataclass(frozen=True)
class Report:
    """A run or a dry run. `known` are occasions answered by an earlier run."""

    day: date
    looked_at: int
    foreseen: list[Foreseen]
    known: int
    run: TriggerRun | None = None

    def count(self, outcome: HitOutcome) -> int:
        return sum(1 for one in self.foreseen if one.outcome == outcome)

    @property
    def enrolled(self) -> int:
        return self.count(HitOutcome.ENROLLED)

    @property
    def left_out(self) -> int:
        return len(self.foreseen) - self.enrolled


def people_on(day: date, rule: Rule) -> list[Facts]:
    """Everybody employed on the day (for an intake: until it begins), with what rules ask about them."""
    until = max(day, rule.starts) if isinstance(rule, Newcomers) else day
    joined = dict(
        Employment.objects.within(day, max(until, day) + rules.ONE_DAY).values_list("person_id", "active_from")
    )
    partners = dict(Employment.objects.on(day).values_list("person_id", "partner__code"))
    teams = {
        person: (team, line)
        for person, team, line in TeamMembership.objects.on(until).values_list(
            "person_id", "team__code", "team__line__code"
        )
    }
    posts = dict(PostHolding.objects.on(until).values_list("person_id", "post__code"))
    grades: dict[int, set[str]] = {}
    for person, ladder, grade in GradeHolding.objects.on(until).values_list("person_id", "ladder__code", "grade__code"):
        grades.setdefault(person, set()).add(f"{ladder}/{grade}")
    known: dict[int, Any] = {}
    if isinstance(rule, Problem) and rule.metric:
        known = figures(rule.metric, rule.window_days, day)
    return [
        Facts(
            person, day_of, teams.get(person, ("", ""))[1] or "", teams.get(person, ("", ""))[0], posts.get(person, ""),
            partners.get(person) or "", frozenset(grades.get(person, ())),
            known[person].value if person in known else None, known[person].n if person in known else 0,
        )
        for person, day_of in sorted(joined.items())
    ]  # fmt: skip


def run(*, trigger: Trigger, by: Person | None, at: datetime, dry_run: bool = False) -> Report:
    """Enrol whom the rule concerns today. The same day again changes nothing. A dry run says what a run would do.

    Raises NotARule, NotPublished, NotOpenForEnrolment.
    """
    day = local_days()(at)
    rule = rule_of(trigger)
    people = people_on(day, rule)
    with transaction.atomic():
        Trigger.objects.select_for_update(no_key=True).get(pk=trigger.pk)
        hits = list(rules.hits(rule, people, day))
        answered = set(TriggerHit.objects.filter(trigger=trigger).values_list("person_id", "occasion"))
        # Who was left out is looked at again: the mistake may come back.
        new = [one for one in hits if (one.person_id, one.occasion) not in answered]
        wanted = [one for one in new if not one.excluded]
        result = enrolments.enrol_all(
            people=[one.person_id for one in wanted], programme=trigger.programme, by=by, at=at, dry_run=dry_run,
            begins=max(day, rule.starts) if isinstance(rule, Newcomers) else day, source=Source.TRIGGER,
            why={one.person_id: one.why for one in wanted}, intake=trigger.intake,
            last_day=rule.by if isinstance(rule, Launch) else None, reason=trigger.title,
        )  # fmt: skip
        made = {one.person_id: one for one in result.enrolments}
        foreseen = [Foreseen(one, _outcome(one, made)) for one in new]
        report = Report(day, len(people), foreseen, len(hits) - len(new))
        if dry_run:
            return report
        return _write(trigger, report, made, by, at)


def _outcome(hit: Hit, made: dict[int, Any]) -> HitOutcome:
    if hit.excluded:
        return HitOutcome.EXCLUDED
    return HitOutcome.ENROLLED if hit.person_id in made else HitOutcome.ALREADY


def _write(trigger: Trigger, report: Report, made: dict[int, Any], by: Person | None, at: datetime) -> Report:
    run_ = TriggerRun.objects.create(
        trigger=trigger, day_date=report.day, ran_at=at, by=by, looked_at=report.looked_at, enrolled=report.enrolled,
        left_out=report.left_out,
    )  # fmt: skip
    TriggerHit.objects.bulk_create(
        (
            TriggerHit(
                run=run_, trigger=trigger, person_id=one.hit.person_id, outcome=one.outcome,
                occasion=_occasion(one, report.day), why=one.hit.why.to_json(),
                enrolment=made[one.hit.person_id] if one.outcome == HitOutcome.ENROLLED else None,
            )
            for one in report.foreseen
        ),
        batch_size=2000, ignore_conflicts=True,
    )  # fmt: skip
    data = {"title": trigger.title, "enrolled": report.enrolled, "left_out": report.left_out}
    journal.write(RAN, by=by, at=at, subject=trigger, data=data)
    return Report(report.day, report.looked_at, report.foreseen, report.known, run_)


def _occasion(one: Foreseen, day: date) -> str:
    """Being left out is an answer for the day only: the occasion itself stays open."""
    return one.hit.occasion if one.outcome != HitOutcome.EXCLUDED else f"left out {day.isoformat()}"


def run_all(*, at: datetime) -> int:
    """The nightly run of every trigger that is on; returns how many people were enrolled."""
    active = Trigger.objects.filter(is_active=True, programme__is_open=True).select_related("programme", "intake")
    published = active.filter(programme__versions__published_at__isnull=False).distinct()
    return sum(run(trigger=one, by=None, at=at).enrolled for one in published)

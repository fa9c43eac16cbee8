"""What the page of one enrolment shows: the path, the gate with evidence, the plan, the history, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.kernel import clock
from nastavnik.learning import requirements as kinds
from nastavnik.learning import speech
from nastavnik.learning.days import zone
from nastavnik.learning.enums import EnrolmentState, WaiverScope
from nastavnik.learning.logic import judging
from nastavnik.learning.logic.history import Standing
from nastavnik.learning.logic.requirements import Verdict
from nastavnik.learning.models import Enrolment, EnrolmentEvent, PlanItem, StagePassage
from nastavnik.learning.programme_presenters import happening
from nastavnik.learning.queries.enrolments import standing_at
from nastavnik.learning.requirements import Asked, Titles
from nastavnik.people.enums import Role

STATES = {Verdict.MET: "met", Verdict.NOT_MET: "missed", Verdict.UNKNOWN: "no_data"}


@dataclass(frozen=True)
class Step:
    """A stage for the stepper."""

    title: str
    state: str
    note: str


@dataclass(frozen=True)
class Check:
    """A requirement of the present gate: what it asks, whether it is met, what speaks for or is missing."""

    text: str
    state: str
    detail: str


@dataclass(frozen=True)
class SignOffDue:
    """A role the present gate waits for."""

    role: Role
    title: Any


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: datetime
    title: str
    text: str
    by: str


@dataclass(frozen=True)
class Page:
    """Everything of the page. `past` is where it stood on the day asked for."""

    steps: list[Step]
    checks: list[Check]
    items: list[PlanItem]
    history: list[Entry]
    sign_offs: list[SignOffDue]
    past: Standing | None
    past_state: str
    others: Sequence[Enrolment]
    marks: list[Any]


def page_of(enrolment: Enrolment, day: date | None) -> Page:
    """The page; with a day, as it was at the day's end."""
    until = clock.start_of(day + timedelta(days=1), zone()) - timedelta(microseconds=1) if day else None
    events = list(enrolment.events.select_related("by").order_by("at", "pk"))
    shown = [one for one in events if until is None or one.at <= until]
    past = standing_at(enrolment, until) if until else None
    others = Enrolment.objects.filter(person_id=enrolment.person_id, programme_id=enrolment.programme_id)
    return Page(
        steps=_steps(enrolment, past, until),
        checks=_checks(enrolment) if until is None else [],
        items=list(enrolment.plan_items.select_related("stage").order_by("position")),
        history=[_entry(one) for one in reversed(shown)],
        sign_offs=_sign_offs(enrolment),
        past=past,
        past_state=str(EnrolmentState(past.state).label) if past else "",
        others=list(others.exclude(pk=enrolment.pk).order_by("cycle")),
        marks=list(enrolment.panel_marks.select_related("judge").order_by("at")),
    )


def _steps(enrolment: Enrolment, past: Standing | None, until: datetime | None) -> list[Step]:
    rows: list[StagePassage] = list(enrolment.passages.select_related("stage").order_by("stage__position"))
    found = []
    for row in rows:
        passed = row.stage.key in past.passed if past else bool(row.passed_at)
        here = row.stage.key == past.stage_key if past else row.stage_id == enrolment.stage_id
        state = "done" if passed else "current" if here and (past or until is None) else "todo"
        found.append(Step(row.stage.title, state, _("due %(day)s") % {"day": speech.day(row.due_date)}))
    return found


def _checks(enrolment: Enrolment) -> list[Check]:
    """The gate looked at now: with evidence of what is met (R9: the rule printed is the rule evaluated)."""
    stage = enrolment.stage
    if stage is None or not enrolment.is_open:
        return []
    since = enrolment.begins_date if enrolment.cycle > 1 else None
    asked = [Asked(need, enrolment.person_id, enrolment.pk, stage.pk, since) for need in stage.tree.needs()]
    found = kinds.find(asked, clock.now())
    waived = {one.key: one.reason for one in enrolment.waivers.filter(stage=stage)}
    titles = Titles([stage.tree])
    checks = []
    for one in asked:
        finding = found[one]
        reason = waived.get(one.need.key) or waived.get("") or waived.get(str(one.need.get("activity", "-")))
        if reason:
            finding = judging.waived(reason)
        said = finding.evidence or finding.missing
        detail = speech.say(said) if said else ""
        checks.append(Check(titles.sentence(one.need), STATES[finding.verdict], detail))
    return checks


def _sign_offs(enrolment: Enrolment) -> list[SignOffDue]:
    if enrolment.stage is None:
        return []
    roles = [Role(need["role"]) for need in enrolment.stage.tree.needs() if need.kind == "sign_off"]
    return [SignOffDue(role, role.label) for role in roles]


def _entry(one: EnrolmentEvent) -> Entry:
    why = speech.say_stored(one.data.get("why")) if one.data.get("why") else ""
    text = " · ".join(part for part in (one.reason, why) if part)
    return Entry(one.at, happening(one.kind, one.data), text, str(one.by) if one.by else "")


def waivable(enrolment: Enrolment) -> list[tuple[str, str, WaiverScope]]:
    """What may be waived on the present stage: (key, words, scope). The whole gate has the key «gate»."""
    stage = enrolment.stage
    if stage is None:
        return []
    titles = Titles([stage.tree])
    found = [
        (one.key, _("Activity: %(title)s") % {"title": one.title}, WaiverScope.ACTIVITY)
        for one in stage.activities.all()
    ]
    found += [(need.key, titles.sentence(need), WaiverScope.REQUIREMENT) for need in stage.tree.needs()]
    return [*found, ("gate", _("The whole gate of “%(stage)s”") % {"stage": stage.title}, WaiverScope.GATE)]

"""Triggers in words: the rule as a sentence, what a run would do, why each person was assigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.learning import speech
from nastavnik.learning.enums import HitOutcome
from nastavnik.learning.errors import NotARule
from nastavnik.learning.logic import triggers as rules
from nastavnik.learning.logic.triggers import AfterDays, Every, Launch, Newcomers, Problem, Rule, Scope
from nastavnik.learning.models import ContactType, Trigger
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.people.models import Grade, Line, Partner, Person, Post, Team

SHOWN = 200


@dataclass(frozen=True)
class Told:
    """One person of a run in words."""

    person: Person | None
    outcome: str
    is_enrolled: bool
    why: str
    url: str = ""


def foreseen_lines(foreseen: Sequence[Any]) -> list[Told]:
    """The first people of a dry run, those to be enrolled first."""
    ordered = sorted(foreseen, key=lambda one: (one.outcome != HitOutcome.ENROLLED, one.hit.person_id))[:SHOWN]
    people = Person.objects.in_bulk([one.hit.person_id for one in ordered])
    return [
        Told(
            people.get(one.hit.person_id), str(one.outcome.label), one.outcome == HitOutcome.ENROLLED,
            speech.say(one.hit.why),
        )
        for one in ordered
    ]  # fmt: skip


def hits_of(trigger: Trigger) -> list[Told]:
    """Whom the trigger concerned so far, the newest first."""
    rows = trigger.hits.select_related("person", "enrolment").order_by("-pk")[:SHOWN]
    return [
        Told(
            row.person, row.get_outcome_display(), row.outcome == HitOutcome.ENROLLED, speech.say_stored(row.why),
            row.enrolment.get_absolute_url() if row.enrolment else "",
        )
        for row in rows
    ]  # fmt: skip


def rule_of(trigger: Trigger) -> Rule:
    """The stored rule as its value type. Raises NotARule."""
    try:
        return rules.from_json(trigger.rule)
    except rules.BadRule as error:
        raise NotARule(problem=str(error)) from error


def sentence_of(trigger: Trigger) -> str:
    """The rule as a sentence: whom, when."""
    rule = rule_of(trigger)
    return f"{_people(rule.scope)}: {_when(rule)}"


def _when(rule: Rule) -> str:
    if isinstance(rule, Newcomers):
        day = speech.day(rule.starts)
        return _("joined within {days} days before {day}").format(days=rule.window_days, day=day)
    if isinstance(rule, AfterDays):
        return _("on day {days} after joining, at most {grace} days later").format(
            days=rule.days, grace=rule.grace_days
        )
    if isinstance(rule, Every):
        return _("every {days} days since joining, at most {grace} days later").format(
            days=rule.days, grace=rule.grace_days
        )
    if isinstance(rule, Launch):
        said = _("everything is due by {day}").format(day=speech.day(rule.by))
        return f"{said}; {_closed(rule.contact_type)}" if rule.contact_type else said
    return _problem(rule)


def _closed(code: str) -> str:
    found = ContactType.objects.filter(code=code).first()
    return _("who has not passed by then may not take contacts “{type}”").format(type=found or code)


def _problem(rule: Problem) -> str:
    if not rule.metric:
        return _("the whole cohort")
    metric = METRICS[rule.metric].title if rule.metric in METRICS else rule.metric
    text = (
        _("{metric} below {limit} over {days} days")
        if rule.higher_is_better
        else _("{metric} above {limit} over {days} days")
    )
    return text.format(metric=metric, limit=speech.figure(rule.limit), days=rule.window_days)


def _people(scope: Scope) -> str:
    """«Everybody», or «Chat; agents»."""
    parts: list[str] = []
    named: tuple[tuple[Any, frozenset[str]], ...] = (
        (Line, scope.lines), (Team, scope.teams), (Post, scope.posts), (Partner, scope.partners),
    )  # fmt: skip
    for model, codes in named:
        if codes:
            parts.append(", ".join(str(one) for one in model.objects.filter(code__in=codes)))
    if scope.grades:
        grades = [one.partition("/")[2] for one in scope.grades]
        parts.append(", ".join(sorted({str(one) for one in Grade.objects.filter(code__in=grades)})))
    return "; ".join(parts) or _("Everybody")

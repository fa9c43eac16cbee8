"""What those who set exams see: exams, forms with what they allow, windows being sat."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.logic.blueprint import BadBlueprint, Blueprint, Sort
from nastavnik.assessment.logic.reachable import Reach, reach
from nastavnik.assessment.logic.verdicts import rules
from nastavnik.assessment.models import Attempt, Exam, Form, Result, Sitting, Topic
from nastavnik.assessment.queries.candidates import candidates
from nastavnik.people.models import Person


def exams(person: Person) -> QuerySet[Exam]:
    """Exams as the list shows them, with `sat` (attempts with a result) and `next_at` (the latest opening)."""
    rows = Exam.objects.visible_to(person).select_related("owner")
    return rows.annotate(
        sat=Count("attempts", filter=Q(attempts__state=AttemptState.CLOSED), distinct=True),
        last_opening=Max("sittings__opens_at", filter=Q(sittings__cancelled_at=None)),
    )


@dataclass(frozen=True)
class LineShown:
    """A line of a blueprint with what the bank has for it."""

    topic: str
    sort: Sort
    share: int
    wanted: int
    available: int
    anchors: int

    @property
    def is_short(self) -> bool:
        return self.available + self.anchors < self.wanted


def lines(plan: Blueprint, at: datetime) -> list[LineShown]:
    """The blueprint line by line."""
    bank = candidates(month=at.date().replace(day=1))
    titles = {topic.pk: str(topic) for topic in Topic.objects.all()}
    found = []
    for line, wanted in zip(plan.lines, blueprints.counts(plan), strict=True):
        fit = [one for one in bank if one.sort == line.sort and (line.topic is None or line.topic in one.topics)]
        anchors = sum(one.is_anchor for one in fit)
        title = titles.get(line.topic or 0, "")
        found.append(LineShown(title, line.sort, line.share, wanted, len(fit) - anchors, anchors))
    return found


def blueprint_of(exam: Exam) -> Blueprint | None:
    """The exam's blueprint, if it can be read."""
    try:
        return blueprints.from_json(exam.blueprint)
    except BadBlueprint:
        return None


@dataclass(frozen=True)
class FormShown:
    """A form and the totals it allows."""

    form: Form
    reach: Reach
    cut: float
    lowest: float
    highest: float


def form_shown(form: Form) -> FormShown:
    """A form with its reachable range against the exam's pass mark."""
    equated = Fraction(form.cut_points) if form.cut_points is not None else None
    cut = rules(Fraction(form.max_points), pass_percent=form.exam.pass_percent, equated_cut=equated).cut
    bodies = [row.version.content for row in form.items.select_related("version")]
    found = reach(bodies, cut)
    return FormShown(form, found, float(cut), float(found.lowest), float(found.highest))


def sittings(exam: Exam) -> QuerySet[Sitting]:
    """Windows of an exam with how many were invited, are under way and have ended."""
    ended = Q(attempts__state__in=[AttemptState.MARKING, AttemptState.CLOSED])
    return exam.sittings.annotate(
        people=Count("attempts"),
        under_way=Count("attempts", filter=Q(attempts__state=AttemptState.OPEN)),
        ended=Count("attempts", filter=ended),
    ).order_by("-opens_at")


def watched(sitting: Sitting) -> QuerySet[Attempt]:
    """Attempts of a window with how many questions were answered, the last save, the result in force."""
    in_force = Prefetch("results", Result.objects.in_force(), to_attr="results_in_force")
    rows: Any = sitting.attempts.select_related("person", "form").prefetch_related(in_force)
    return rows.annotate(  # type: ignore[no-any-return]  # annotated
        answered=Count("answers__position", filter=Q(answers__value__isnull=False), distinct=True),
        last_saved=Max("answers__at"),
    )


def progress(sitting: Sitting) -> dict[str, int]:
    """Attempts of a window by state."""
    return dict(sitting.attempts.values_list("state").annotate(n=Count("pk")).order_by())

"""The whole-test figures of all forms of an exam, counted by the database: one row a form."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Q, StdDev, Variance

from nastavnik.assessment.enums import Outcome
from nastavnik.assessment.models import Equating, Exam, Form, ItemResult
from nastavnik.assessment.queries.sheets import first_results


@dataclass(frozen=True)
class FormFigures:
    """One form as a whole. Shares are fractions; None where too little was answered to count it."""

    form: Form
    takers: int
    mean: float | None
    spread: float | None
    passed: int
    grey: int
    alpha: float | None
    error_points: float | None
    equating: Equating | None

    @property
    def month(self) -> date | None:
        return self.form.month_date

    @property
    def pass_share(self) -> float | None:
        """Of those decided: the grey band is neither."""
        decided = self.takers - self.grey
        return self.passed / decided if decided else None

    @property
    def equated_mean(self) -> float | None:
        """Share of points the same takers would have got on the base form."""
        return self.equating.equated_mean if self.equating else None


def forms_of(exam: Exam) -> list[FormFigures]:
    """Every form of the exam somebody sat, the oldest first; four queries however many forms there are."""
    chosen = first_results(exam=exam)
    totals = {row["attempt__form"]: row for row in _totals(chosen)}
    items = {row["attempt__form"]: row for row in _items(chosen)}
    newest: dict[int, Equating] = {}
    for one in Equating.objects.filter(exam=exam).select_related("base").order_by("made_at", "pk"):
        newest[one.form_id] = one
    rows = Form.objects.filter(exam=exam, pk__in=list(totals)).order_by("month_date", "number")
    return [_figures(form, totals[form.pk], items.get(form.pk), newest.get(form.pk)) for form in rows]


def _totals(chosen: Any) -> Any:
    return (
        chosen.order_by()
        .values("attempt__form")
        .annotate(
            n=Count("pk"), mean=Avg("percent"), spread=StdDev("percent", sample=True),
            variance=Variance("points", sample=True), passed=Count("pk", filter=Q(outcome=Outcome.PASSED)),
            grey=Count("pk", filter=Q(outcome=Outcome.GREY)),
        )
    )  # fmt: skip


def _items(chosen: Any) -> list[dict[str, Any]]:
    """Per form: how many items count and the sum of their variances."""
    rows = ItemResult.objects.filter(result__in=chosen.order_by().values("pk"), is_left_out=False).order_by()
    each = rows.values("attempt__form", "position").annotate(variance=Variance("points", sample=True))
    found: dict[int, dict[str, Any]] = {}
    for row in each:
        form = found.setdefault(row["attempt__form"], {"attempt__form": row["attempt__form"], "k": 0, "sum": 0.0})
        form["k"] += 1
        form["sum"] += float(row["variance"] or 0)
    return list(found.values())


def _figures(form: Form, total: dict[str, Any], items: dict[str, Any] | None, equating: Equating | None) -> FormFigures:
    variance = float(total["variance"]) if total["variance"] is not None else None
    alpha = _alpha(items, variance)
    error = None
    if alpha is not None and variance is not None:
        error = math.sqrt(max(0.0, 1 - alpha)) * math.sqrt(variance)
    return FormFigures(
        form=form,
        takers=total["n"],
        mean=float(total["mean"]) / 100 if total["mean"] is not None else None,
        spread=float(total["spread"]) / 100 if total["spread"] is not None else None,
        passed=total["passed"],
        grey=total["grey"],
        alpha=alpha,
        error_points=error,
        equating=equating,
    )


def _alpha(items: dict[str, Any] | None, variance: float | None) -> float | None:
    if items is None or items["k"] < 2 or variance is None or not variance > 1e-12:
        return None
    return float(items["k"] / (items["k"] - 1) * (1 - items["sum"] / variance))

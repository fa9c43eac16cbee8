"""The month's pass mark on the terms of the base form, so that 85% means the same in March and in April."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import fmean
from typing import Any

from django.db import transaction

from nastavnik.assessment.actions.calibrations import calibrate_form, calibration_of
from nastavnik.assessment.enums import FormState
from nastavnik.assessment.logic.psychometrics.calibration import Calibration
from nastavnik.assessment.logic.psychometrics.cuts import on_base_form
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from nastavnik.assessment.logic.psychometrics.month import Form as CalibratedForm
from nastavnik.assessment.logic.psychometrics.month import Month, this_month
from nastavnik.assessment.models import CalibrationRun, Equating, Form
from nastavnik.assessment.queries.calibrations import restored
from nastavnik.assessment.queries.sheets import Sheet, sheet
from nastavnik.kernel import journal
from nastavnik.people.models import Person

EQUATED = "assessment.form_equated"


def base_form(form: Form) -> Form | None:
    """What the forms of the exam are compared with: its first monthly form that anybody sat."""
    rows = Form.objects.filter(exam=form.exam, month_date__isnull=False).exclude(state=FormState.ASSEMBLED)
    return rows.filter(attempts__state="closed").order_by("month_date", "number").distinct().first()


def equate(
    *, form: Form, run: CalibrationRun, by: Person | None, at: datetime, given: Sheet | None = None
) -> Equating | None:
    """Find the raw cut of a form by the anchors it shares with the base form; None for the base form itself.

    Two calibrations must be of one model: where the base form has fewer takers, both are taken as Rasch.
    Raises TooFewTakers, NothingToCalibrate.
    """
    base = base_form(form)
    if base is None or base.pk == form.pk:
        return None
    answers, base_answers = given or sheet(form), sheet(base)
    before = calibration_of(form=base, by=by, at=at)
    now = restored(run)
    if before.model is not now.model:
        before = calibration_of(form=base, by=by, at=at, model=Model.RASCH)
        if now.model is not Model.RASCH:
            run = calibrate_form(form=form, by=by, at=at, model=Model.RASCH, given=answers)
            now = restored(run)
    sides = _Side(base_answers, before), _Side(answers, now)
    share = form.exam.pass_percent / 100
    month = this_month(sides[0].form, sides[1].form, anchors(base_answers, answers), share=share)
    with transaction.atomic():
        kept = _row(month, *sides, share=share)
        kept.exam, kept.form, kept.base, kept.calibration, kept.made_by, kept.made_at = (
            form.exam, form, base, run, by, at,
        )  # fmt: skip
        kept.save(force_insert=True)
        data = {"form": str(form), "cut": kept.raw_cut, "items": month.mark.items, "is_equated": kept.is_equated}
        journal.write(EQUATED, by=by, at=at, subject=kept, data=data)
    return kept


@dataclass(frozen=True)
class _Side:
    """One of the two forms: what was answered and its scale."""

    answers: Sheet
    calibration: Calibration

    @property
    def form(self) -> CalibratedForm:
        analysis = self.answers.analysis
        assert analysis is not None
        return CalibratedForm(self.calibration, [one.facility or 0.0 for one in analysis.items])


def anchors(base: Sheet, now: Sheet) -> list[tuple[str, int, int]]:
    """Versions both forms hold, with their columns: an anchor is the same item, unchanged."""
    columns = {column.version_id: place for place, column in enumerate(base.columns)}
    return [
        (str(column.version_id), columns[column.version_id], place)
        for place, column in enumerate(now.columns)
        if column.version_id in columns
    ]


def _row(month: Month, base: _Side, now: _Side, *, share: float) -> Equating:
    mark, (low, high) = month.mark, month.mark.band
    totals = [sum(row) for row in now.answers.rights]
    return Equating(
        is_equated=month.is_equated, share=share, exact=mark.exact, raw_cut=mark.raw, band_low=low,
        band_high=max(high, 0), error=month.link.error, raw_mean=fmean(totals) / mark.items,
        equated_mean=_equated_mean(month, totals, base, now), anchors=_anchors(month),
    )  # fmt: skip


def _anchors(month: Month) -> list[dict[str, Any]]:
    kept = set(month.link.kept)
    return [{"version": int(one.code), "logits": one.logits, "kept": one.code in kept} for one in month.link.movements]


def _equated_mean(month: Month, totals: list[int], base: _Side, now: _Side) -> float | None:
    """Mean share the same takers would have got on the base form, each raw score by true-score equating.

    Items without a place on the scale (everybody had them right, or nobody) stand in with the share who were right.
    """
    scale = month.link.scale
    if scale is None:
        return None
    form = [scale.item(item) for item in now.calibration.known()]
    worth = {
        raw: on_base_form(raw - now.form.sure_points, form, base.calibration.known()) + base.form.sure_points
        for raw in set(totals)
    }
    return fmean(worth[total] for total in totals) / len(base.answers.columns)


def cut_in_points(equating: Equating) -> Decimal:
    """The raw cut as points of the form: of items of equal worth exactly, else in proportion."""
    form = equating.form
    return Decimal(equating.raw_cut) * form.max_points / form.item_count

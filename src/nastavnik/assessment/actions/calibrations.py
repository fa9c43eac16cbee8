"""Forms are calibrated, looked over for items that moved, and equated to the base form. Nothing here stops an item or
punishes a taker: alarms and signals wait for a person.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from statistics import median
from typing import Any

from django.db import transaction

from nastavnik.assessment.enums import AlarmKind
from nastavnik.assessment.logic.psychometrics import alarms as logic
from nastavnik.assessment.logic.psychometrics.calibration import MODEL_FROM, Calibration, calibrate, model_for
from nastavnik.assessment.logic.psychometrics.classical import rest_shares
from nastavnik.assessment.logic.psychometrics.drift import Movement
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from nastavnik.assessment.models import CalibrationRun, Form, FormItem, ItemAlarm, ItemVersion
from nastavnik.assessment.queries.calibrations import restored
from nastavnik.assessment.queries.distractors import options_of
from nastavnik.assessment.queries.sheets import Sheet, sheet
from nastavnik.kernel import journal
from nastavnik.kernel.errors import InvalidInput
from nastavnik.people.models import Person

CALIBRATED, LOOKED_AT_ITEM = "assessment.form_calibrated", "assessment.alarm_looked_at"
Tell = Callable[[int], None]


class TooFewTakers(InvalidInput):
    """A calibration needs {least} takers; this form has {takers}. Until then only difficulty is told."""


class NothingToCalibrate(InvalidInput):
    """Every item of this form was answered alike by everybody: there is nothing to calibrate."""


def calibrate_form(
    *, form: Form, by: Person | None, at: datetime, model: Model | None = None, given: Sheet | None = None
) -> CalibrationRun:
    """Fit the model the takers can bear (or the one asked for) and keep it. Raises TooFewTakers, NothingToCalibrate."""
    answers = given or sheet(form)
    wanted = model or model_for(answers.takers)
    if wanted is None or answers.takers < MODEL_FROM:
        raise TooFewTakers(least=MODEL_FROM, takers=answers.takers)
    try:
        found = calibrate(answers.rights, wanted)
    except ValueError as error:
        raise NothingToCalibrate from error
    with transaction.atomic():
        run = CalibrationRun.objects.create(
            form=form, model=found.model, takers=answers.takers, last_result_id=answers.last_result,
            log_likelihood=found.log_likelihood, reliability=found.reliability, converged=found.converged,
            items=_items(answers, found), covariance=found.difficulty_covariance, made_by=by, made_at=at,
        )  # fmt: skip
        data = {"form": str(form), "takers": answers.takers}
        journal.write(CALIBRATED, by=by, at=at, subject=run, data=data)
    return run


def _items(answers: Sheet, found: Calibration) -> list[dict[str, Any]]:
    kept = []
    for column, item in zip(answers.columns, found.items, strict=True):
        place: dict[str, Any] = {"version": column.version_id, "slope": None}
        if item is not None:
            place |= {
                "slope": item.slope, "intercept": item.intercept, "difficulty": item.difficulty if item.slope else None,
                "slope_error": item.slope_error, "difficulty_error": item.difficulty_error, "at_limit": item.at_limit,
            }  # fmt: skip
        kept.append(place)
    return kept


def calibration_of(*, form: Form, by: Person | None, at: datetime, model: Model | None = None) -> Calibration:
    """The newest calibration of a form by this model, made now where there is none."""
    runs = CalibrationRun.objects.filter(form=form)
    run = (runs.filter(model=model) if model else runs).first()
    return restored(run or calibrate_form(form=form, by=by, at=at, model=model))


def raise_alarms(*, form: Form, at: datetime, given: Sheet | None = None) -> list[ItemAlarm]:
    """Look over the items of a form and keep what a person should look at; what is known is not repeated."""
    answers = given or sheet(form)
    if answers.analysis is None:
        return []
    found = _doubted_keys(form, answers, at) + _moved(form, answers, at)
    known = set(ItemAlarm.objects.filter(form=form).values_list("version_id", "kind"))
    fresh = [one for one in found if (one.version_id, one.kind) not in known]
    return ItemAlarm.objects.bulk_create(fresh, ignore_conflicts=True)


def _doubted_keys(form: Form, answers: Sheet, at: datetime) -> list[ItemAlarm]:
    bodies = {one.pk: one for one in ItemVersion.objects.filter(pk__in=[c.version_id for c in answers.columns])}
    raised = []
    for place, column in enumerate(answers.columns):
        rest = rest_shares(answers.scores, answers.maxima, place)
        options = options_of(bodies[column.version_id].content, answers.column(place), rest)
        if options.doubt is not None and options.is_suspect:
            figures = {"key_rest": options.doubt.key_rest, "instead": options.instead, "n": answers.takers}
            raised.append(_alarm(form, column.version_id, AlarmKind.WRONG_KEY, figures, at))
    return raised


def _alarm(form: Form, version_id: int, kind: AlarmKind, figures: Mapping[str, Any], at: datetime) -> ItemAlarm:
    return ItemAlarm(form=form, version_id=version_id, kind=kind, figures=dict(figures), found_at=at)


def _moved(form: Form, answers: Sheet, at: datetime) -> list[ItemAlarm]:
    """Items met before that moved against the others, or are answered right in no time."""
    before = earlier_sheets(form, answers)
    now = _tallies([answers])
    movements = {one.code: one for one in logic.moved(_tallies(before), now)}
    usual = _usual_times(before)
    raised = []
    for place, column in enumerate(answers.columns):
        code = str(column.version_id)
        if code not in usual:
            continue
        timed = [row[place] for row in answers.times]
        haste = logic.haste(timed, [bool(row[place]) for row in answers.rights], usual[code])
        suspected = logic.suspicion(movements.get(code), haste)
        if suspected is not None:
            figures = _told(movements.get(code), haste, now[code])
            raised.append(_alarm(form, column.version_id, AlarmKind(suspected.value), figures, at))
    return raised


def _told(movement: Movement | None, haste: logic.Haste | None, now: logic.Tally) -> dict[str, Any]:
    told: dict[str, Any] = {"n": now.answers, "share": now.share}
    if movement is not None:
        told |= {"logits": movement.logits}
    if haste is not None:
        told |= {"fast": haste.fast, "fast_right": haste.right}
    return told


def earlier_sheets(form: Form, answers: Sheet) -> list[Sheet]:
    """Forms made before this one that share items with it: the three newest of them."""
    versions = [column.version_id for column in answers.columns]
    shared = FormItem.objects.filter(version__in=versions).values("form")
    rows = Form.objects.filter(pk__in=shared, made_at__lte=form.made_at).exclude(pk=form.pk)
    return [found for one in rows.order_by("-made_at", "-pk")[:3] if (found := sheet(one)).takers]


def _tallies(sheets: list[Sheet]) -> dict[str, logic.Tally]:
    """How many answered each version and the share who were right, the sheets together."""
    seen: dict[str, list[int]] = {}
    for one in sheets:
        for place, column in enumerate(one.columns):
            seen.setdefault(str(column.version_id), []).extend(row[place] for row in one.rights)
    return {code: logic.Tally(len(rights), sum(rights) / len(rights)) for code, rights in seen.items() if rights}


def _usual_times(sheets: list[Sheet]) -> dict[str, float | None]:
    """The median time of each version before; None where it was met but not timed."""
    times: dict[str, list[int]] = {}
    for one in sheets:
        for place, column in enumerate(one.columns):
            found = times.setdefault(str(column.version_id), [])
            found.extend(taken for row in one.times if (taken := row[place]) is not None)
    return {code: float(median(found)) if found else None for code, found in times.items()}


def look_at_alarm(*, alarm: ItemAlarm, note: str, by: Person, at: datetime) -> ItemAlarm:
    """A person has looked at the item and writes what it was."""
    with transaction.atomic():
        alarm = ItemAlarm.objects.select_for_update(of=("self",)).select_related("version__item").get(pk=alarm.pk)
        alarm.looked_by, alarm.looked_at, alarm.note = by, at, note
        alarm.save(update_fields=["looked_by", "looked_at", "note"])
        data = {"label": alarm.version.item.label, "kind": alarm.kind}
        journal.write(LOOKED_AT_ITEM, by=by, at=at, subject=alarm.version.item, reason=note, data=data)
    return alarm

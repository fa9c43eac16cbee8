"""The analysis of one form, item by item, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from nastavnik.assessment.logic.psychometrics import bands
from nastavnik.assessment.logic.psychometrics.classical import (
    Depth,
    Flag,
    ItemFigures,
    TestFigures,
    depth,
    flags,
    rest_shares,
)
from nastavnik.assessment.models import CalibrationRun, Form, ItemAlarm, ItemVersion
from nastavnik.assessment.queries.distractors import Options, guess_of, options_of
from nastavnik.assessment.queries.sheets import Column, Sheet, sheet


@dataclass(frozen=True)
class ItemLine:
    """One item of the form with everything that is said of it."""

    column: Column
    figures: ItemFigures
    depth: Depth
    ease: bands.Ease | None
    discrimination: bands.Discrimination | None
    flags: frozenset[Flag]
    options: Options
    alarms: list[ItemAlarm]
    place: dict[str, Any] | None
    """Its place on the scale of the newest calibration."""

    @property
    def is_suspect(self) -> bool:
        return self.options.is_suspect


@dataclass(frozen=True)
class FormScreen:
    """The whole page."""

    form: Form
    takers: int
    depth: Depth
    test: TestFigures | None
    consistency: bands.Consistency | None
    lines: list[ItemLine]
    left_out: list[Column]
    calibration: CalibrationRun | None
    is_stale: bool
    """Results came after the newest calibration."""

    @property
    def suspects(self) -> list[ItemLine]:
        return [line for line in self.lines if line.is_suspect or any(not one.looked_at for one in line.alarms)]


def form_screen(form: Form, answers: Sheet | None = None) -> FormScreen:
    """Everything about a form; the number of queries does not grow with items or takers."""
    given = answers or sheet(form)
    run = CalibrationRun.objects.filter(form=form).first()
    bodies = {one.pk: one for one in ItemVersion.objects.filter(pk__in=[c.version_id for c in given.columns])}
    alarms: dict[int, list[ItemAlarm]] = {}
    for alarm in ItemAlarm.objects.filter(form=form).select_related("looked_by"):
        alarms.setdefault(alarm.version_id, []).append(alarm)
    places = {one["version"]: one for one in run.items} if run else {}
    test = given.analysis.test if given.analysis else None
    lines = [
        _line(given, place, bodies[column.version_id], alarms.get(column.version_id, []), places.get(column.version_id))
        for place, column in enumerate(given.columns)
        if given.analysis
    ]
    return FormScreen(
        form=form,
        takers=given.takers,
        depth=depth(given.takers),
        test=test,
        consistency=bands.consistency(test.alpha) if test and test.alpha is not None else None,
        lines=lines,
        left_out=given.left_out,
        calibration=run,
        is_stale=run is not None and run.last_result_id < given.last_result,
    )


def _line(
    given: Sheet, place: int, version: ItemVersion, alarms: list[ItemAlarm], calibrated: dict[str, Any] | None
) -> ItemLine:
    assert given.analysis is not None
    figures = given.analysis.items[place]
    body = version.content
    level = depth(figures.answers)
    told = level is not Depth.NOTHING
    full = level is Depth.FULL
    return ItemLine(
        column=given.columns[place],
        figures=figures,
        depth=level,
        ease=bands.ease(figures.facility) if told and figures.facility is not None else None,
        discrimination=bands.discrimination(figures.item_rest) if full and figures.item_rest is not None else None,
        flags=flags(figures, guess=guess_of(body)),
        options=options_of(body, given.column(place), rest_shares(given.scores, given.maxima, place))
        if told
        else Options([], None),
        alarms=alarms,
        place=calibrated,
    )

"""Tiles: some metrics of one scope over some days, each with its trend over twelve weeks."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Period
from nastavnik.metrics.logic import presets
from nastavnik.metrics.logic.periods import end_of
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.screens_board import MAIN, told_of
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame

WEEKS = 12


def tiles(frame: Frame, *, codes: Sequence[str] = MAIN, most: int | None = None) -> list[Figure]:
    """Metrics with records, those with a target first when only `most` fit."""
    codes = told_of(frame.scope.kind, codes)
    now = readings.read(codes, scope=frame.scope, first=frame.first, end=frame.end, per=Period.WHOLE, reach=frame.reach)
    held = [code for code in codes if any(one.n for one in now[code])]
    if most is not None:
        aimed = [code for code in held if now[code][0].target is not None]
        chosen = [*aimed, *(code for code in held if code not in aimed)][:most]
        held = [code for code in held if code in chosen]
    if not held:
        return []
    first, end = presets.back(Period.WEEK, frame.today, WEEKS - 1), end_of(Period.WEEK, frame.today)
    trend = readings.read(held, scope=frame.scope, first=first, end=end, per=Period.WEEK, reach=frame.reach)
    return [_tile(frame, code, now[code][0], trend[code]) for code in held]


def _tile(frame: Frame, code: str, reading: Reading, trend: Sequence[Reading]) -> Figure:
    metric = METRICS[code]
    note = str(metric.denominator_text)
    if reading.mature_until is not None and reading.mature_until < frame.last:
        note = _("{denominator}; mature until {day}").format(
            denominator=note, day=figures.day_words(reading.mature_until)
        )
    return figures.figure(metric, reading, url=frame.url("metric-detail", code), trend=trend, note=note)

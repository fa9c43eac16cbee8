"""Who differs by more than chance, metric by metric: of a team, or one person beside the others of the line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Tier
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_people import compared_within, ranking_for

CODES = ("csat", "qa", "retention", "fcr", "sla")


@dataclass(frozen=True)
class Line:
    """One metric: what can be said beyond chance."""

    title: str
    url: str
    words: str
    icon: str


@dataclass(frozen=True)
class Standing:
    """The panel «Beyond chance»."""

    title: str
    note: str
    lines: list[Line]
    rest: str
    empty: str


def team_standing(frame: Frame) -> Standing:
    """Names of those clearly above and below, alphabetical; metrics without any are said in one line each."""
    lines, alike = [], []
    for code in CODES:
        found, _among = ranking_for(frame, code)
        if not found.rows:
            continue
        if not any(row.tier in (Tier.ABOVE, Tier.BELOW) for row in found.rows):
            alike.append(str(METRICS[code].title))
            continue
        above = [row.name for row in found.rows if row.tier == Tier.ABOVE]
        below = [row.name for row in found.rows if row.tier == Tier.BELOW]
        parts = [
            _("clearly above: {names}").format(names=", ".join(above)) if above else "",
            _("clearly below: {names}").format(names=", ".join(below)) if below else "",
        ]
        words = "; ".join(part for part in parts if part)
        lines.append(Line(str(METRICS[code].title), frame.url("metric-people", code), words, "up" if above else "down"))
    rest = _("{metrics}: nobody differs from the others by more than chance would give.").format(
        metrics=", ".join(alike)
    )
    empty = _("No records to compare in these days.")
    return Standing(_("Beyond chance"), frame.days_words, lines, rest if alike else "", "" if alike or lines else empty)


def person_standing(frame: Frame) -> Standing:
    """The person's own tier by metric: never a place."""
    _within, among = compared_within(frame)
    lines, alike = [], []
    for code in CODES:
        found, _title = ranking_for(frame, code)
        own = next((row for row in found.rows if row.unit_id == frame.scope.id), None)
        if own is None:
            continue
        if own.tier is None:
            alike.append(str(METRICS[code].title))
            continue
        words, icon = str(Tier(own.tier).label), figures.TIER_ICONS[own.tier]
        lines.append(Line(str(METRICS[code].title), frame.url("metric-people", code), words, icon))
    note = _("beside everybody with records: {scope}").format(scope=among)
    rest = _("{metrics}: too few people or no differences to compare.").format(metrics=", ".join(alike))
    empty = _("No records to compare in these days.")
    return Standing(_("Beyond chance"), note, lines, rest if alike else "", "" if alike or lines else empty)

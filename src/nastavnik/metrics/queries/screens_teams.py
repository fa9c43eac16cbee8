"""Teams within reach by metric, those furthest from their targets first, and which metric is the problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_team import MetricColumn, unit_cells
from nastavnik.people.models import Team

MOST_TEAMS = 12


@dataclass(frozen=True)
class TeamRow:
    """One team: its figures and how many of its targets it misses."""

    name: str
    note: str
    url: str
    missed: int
    figures: list[Figure]


@dataclass(frozen=True)
class TeamsTable:
    """Teams by metric; `hidden` counts those that did not fit."""

    columns: list[MetricColumn]
    rows: list[TeamRow]
    hidden: int
    problem: str


def teams_table(frame: Frame, codes: Sequence[str], *, most: int | None = MOST_TEAMS) -> TeamsTable:
    """The teams with records in the frame's days; at most `most` of them, the ones that miss most first."""
    shown = [code for code in codes if not METRICS[code].is_snapshot]
    if not shown:
        return TeamsTable([], [], 0, "")
    found = readings.by(
        shown, by=ScopeKind.TEAM, within=frame.scope, first=frame.first, end=frame.end, reach=frame.reach
    )
    held = {pk for units in found.values() for pk in units}
    teams = Team.objects.filter(pk__in=held).select_related("line", "partner").order_by("name")
    rows = [_row(frame, team, {code: found[code].get(team.pk, []) for code in shown}) for team in teams]
    rows.sort(key=lambda row: -row.missed)
    kept = rows if most is None else rows[:most]
    columns = [MetricColumn(code, str(METRICS[code].title), "", frame.url("metric-detail", code)) for code in shown]
    return TeamsTable(columns, kept, len(rows) - len(kept), _problem(columns, rows))


def _row(frame: Frame, team: Team, found: Mapping[str, Sequence[Reading]]) -> TeamRow:
    cells = unit_cells(frame, f"team:{team.code}", found)
    note = " · ".join(str(part) for part in (team.line, team.partner) if part)
    missed = sum(one.state == "missed" for one in cells)
    return TeamRow(str(team), note, frame.url("team-detail", team.code, scope=None), missed, cells)


def _problem(columns: Sequence[MetricColumn], rows: Sequence[TeamRow]) -> str:
    """The metric most teams miss, when more than one team is judged."""
    missed = [sum(row.figures[index].state == "missed" for row in rows) for index in range(len(columns))]
    if len(rows) < 2 or not missed or not max(missed):
        return ""
    index = missed.index(max(missed))
    return ngettext("{metric} is missed by {n} team", "{metric} is missed by {n} teams", missed[index]).format(
        metric=columns[index].title, n=missed[index]
    )

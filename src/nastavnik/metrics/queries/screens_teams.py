"""Teams within reach by metric, those furthest from their targets first, and which metric is the problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import ScopeKind, Verdict
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
    judged = [(team, {code: found[code].get(team.pk, []) for code in shown}) for team in teams]
    judged.sort(key=lambda one: -_missed(one[1]))
    # Only what is shown is put into words: a large centre has over a hundred teams.
    kept = [_row(frame, team, readings_of) for team, readings_of in judged[:most]]
    columns = [MetricColumn(code, str(METRICS[code].title), "", frame.url("metric-detail", code)) for code in shown]
    return TeamsTable(columns, kept, len(judged) - len(kept), _problem(columns, [one for _team, one in judged]))


def _row(frame: Frame, team: Team, found: Mapping[str, Sequence[Reading]]) -> TeamRow:
    cells = unit_cells(frame, f"team:{team.code}", found)
    note = " · ".join(str(part) for part in (team.line, team.partner) if part)
    return TeamRow(str(team), note, frame.url("team-detail", team.code, scope=None), _missed(found), cells)


def _missed(found: Mapping[str, Sequence[Reading]]) -> int:
    return sum(series[0].verdict == Verdict.MISSED for series in found.values() if series)


def _missed_in(code: str, rows: Sequence[Mapping[str, Sequence[Reading]]]) -> int:
    return sum(_missed({code: row[code]}) for row in rows)


def _problem(columns: Sequence[MetricColumn], rows: Sequence[Mapping[str, Sequence[Reading]]]) -> str:
    """The metric most teams miss, when more than one team is judged."""
    missed = [_missed_in(column.code, rows) for column in columns]
    if len(rows) < 2 or not missed or not max(missed):
        return ""
    index = missed.index(max(missed))
    return ngettext("{metric} is missed by {n} team", "{metric} is missed by {n} teams", missed[index]).format(
        metric=columns[index].title, n=missed[index]
    )

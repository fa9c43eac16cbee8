"""A team's figures: its members by its metrics, the team as weighted totals below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Period, ScopeKind
from nastavnik.metrics.logic.readings import Reading
from nastavnik.metrics.queries import readings
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.screens_board import MAIN, export_line, met_words
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.people.models import Person, Team


@dataclass(frozen=True)
class MetricColumn:
    code: str
    title: str
    unit: str
    url: str


@dataclass(frozen=True)
class MemberRow:
    """One person with records in these days, a figure per column."""

    name: str
    url: str
    figures: list[Figure]


@dataclass(frozen=True)
class TeamScreen:
    """The team page of metrics."""

    title: str
    statement: str
    lead: str
    team_url: str
    columns: list[MetricColumn]
    rows: list[MemberRow]
    totals: list[Figure]

    def export_rows(self, frame: Frame) -> Iterator[list[Any]]:
        """One line per person and metric, then the team's own."""
        named = [(row.name, row.figures) for row in self.rows]
        for name, cells in [*named, (self.title, self.totals)]:
            for one in cells:
                if one.reading is not None:
                    yield [name, *export_line(one.title, frame.first, frame.end, one.reading, one.words)]


def team_screen(frame: Frame, team: Team) -> TeamScreen:
    """Members who worked for the team in these days, whatever team they are in now."""
    codes = list(MAIN)
    whole = readings.read(
        codes, scope=frame.scope, first=frame.first, end=frame.end, per=Period.WHOLE, reach=frame.reach
    )
    shown = [code for code in codes if whole[code] and whole[code][0].n and not METRICS[code].is_snapshot]
    found = readings.by(
        shown, by=ScopeKind.PERSON, within=frame.scope, first=frame.first, end=frame.end, reach=frame.reach
    )
    members = {pk for units in found.values() for pk in units}
    people = Person.objects.filter(pk__in=members).order_by("sort_key")
    totals = [figures.cell(METRICS[code], whole[code][0], url=frame.url("metric-detail", code)) for code in shown]
    return TeamScreen(
        title=str(team),
        statement=_statement(totals),
        lead=_lead(frame, totals),
        team_url=team.get_absolute_url(),
        columns=[_column(frame, code) for code in shown],
        rows=[_member(frame, person, {code: found[code].get(person.pk, []) for code in shown}) for person in people],
        totals=totals,
    )


def _column(frame: Frame, code: str) -> MetricColumn:
    metric = METRICS[code]
    return MetricColumn(code, str(metric.title), figures.unit_words(metric), frame.url("metric-detail", code))


def _member(frame: Frame, person: Person, found: Mapping[str, Sequence[Reading]]) -> MemberRow:
    cells = unit_cells(frame, f"person:{person.code}", found)
    return MemberRow(str(person), frame.url("person-figures", person.public_id, scope=None), cells)


def unit_cells(frame: Frame, scope_text: str, found: Mapping[str, Sequence[Reading]]) -> list[Figure]:
    """One cell per metric of one person or team; «nothing» where there are no records."""
    return [
        figures.cell(METRICS[code], series[0], url=frame.url("metric-detail", code, scope=scope_text))
        if series and series[0].n
        else figures.nothing(METRICS[code])
        for code, series in found.items()
    ]


def _statement(totals: Sequence[Figure]) -> str:
    judged = [one for one in totals if one.is_judged]
    if not judged:
        return _("No target can be judged yet") if totals else _("No records in these days")
    return met_words(sum(one.state == "met" for one in judged), len(judged))


def _lead(frame: Frame, totals: Sequence[Figure]) -> str:
    missed = ", ".join(one.title for one in totals if one.state == "missed")
    days = frame.days_words
    return _("{period}. Missed: {missed}.").format(period=days, missed=missed) if missed else f"{days}."

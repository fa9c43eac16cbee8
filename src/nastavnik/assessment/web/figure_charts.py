"""Charts of the analysis: months on one scale, items by ease, an item by the strength of its takers."""

from collections.abc import Sequence

from django.utils.translation import gettext

from nastavnik.assessment.logic.psychometrics.classical import Depth
from nastavnik.assessment.queries.exam_figures import FormFigures
from nastavnik.assessment.queries.form_analysis import FormScreen
from nastavnik.assessment.queries.item_analysis import Group, InForm
from nastavnik.kernel.logic import charts, formatting
from nastavnik.kernel.logic.charts import Bar, Chart, Format, Point


def months(rows: Sequence[FormFigures], mark: float, lang: str) -> Chart | None:
    """Equated means of the monthly forms; unequated months are gaps, for they cannot be compared."""
    monthly = [row for row in rows if row.month is not None]
    if len(monthly) < 2:
        return None
    first = next(iter(monthly))
    points = []
    for row in monthly:
        month = row.month
        assert month is not None
        value = row.mean if row is first else row.equated_mean
        name = formatting.month(month, lang)
        points.append(Point(formatting.month(month, lang, width="abbreviated"), value, row.takers, full_label=name))
    title = gettext("Mean on the terms of the first month")
    return charts.line(title=title, fmt=Format(lang, 1, "%", 100), axis="zero", points=points, limits=(0, 1))


def items(screen: FormScreen, lang: str) -> Chart | None:
    """Facility of every item, the hardest first."""
    if screen.depth is Depth.NOTHING:
        return None
    lines = sorted(screen.lines, key=lambda line: line.figures.facility or 0)
    bars = [
        Bar(f"{line.column.position}. {line.column.label}", line.figures.facility, line.figures.answers)
        for line in lines
    ]
    title = gettext("Share of points, the hardest first")
    return charts.bar(title=title, fmt=Format(lang, 0, "%", 100), bars=bars, axis="zero", limits=(0, 1))


def by_strength(groups: Sequence[Group], lang: str) -> Chart | None:
    """Points on the item by fifths of the rest of the test: a sound item rises."""
    if len(groups) < 3:
        return None
    names = [gettext("weakest"), *[""] * (len(groups) - 2), gettext("strongest")]
    points = [
        Point(name or str(number), group.share, group.takers, full_label=name or str(number))
        for number, (name, group) in enumerate(zip(names, groups, strict=True), 1)
    ]
    title = gettext("Share of points by strength on the rest of the test")
    return charts.line(title=title, fmt=Format(lang, 0, "%", 100), axis="zero", points=points, limits=(0, 1))


def over_forms(forms: Sequence[InForm], lang: str) -> Chart | None:
    """Facility from form to form: a leak shows as a leap."""
    told = [one for one in reversed(forms) if one.slice.figures is not None]
    if len(told) < 2:
        return None
    points = []
    for one in told:
        figures = one.slice.figures
        assert figures is not None
        name = formatting.month(one.month, lang) if one.month else str(one.form)
        short = formatting.month(one.month, lang, width="abbreviated") if one.month else str(one.form.number)
        points.append(Point(short, figures.facility, figures.answers, full_label=name))
    title = gettext("Facility from form to form")
    return charts.line(title=title, fmt=Format(lang, 0, "%", 100), axis="zero", points=points, limits=(0, 1))

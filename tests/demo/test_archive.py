"""Every printed figure of the source documents comes out of single records."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from nastavnik.demo import truth
from nastavnik.demo.archive import HEADINGS, Archive, archive
from nastavnik.demo.careers import Centre
from nastavnik.demo.figures import prints_as
from nastavnik.demo.published import FIGURES, Figure
from nastavnik.demo.roster import roster

TODAY = date(2026, 11, 23)
RECORDED = [one for one in FIGURES if one.metric != "junior_share"]


@pytest.fixture(scope="module", params=[(240, 1), (160, 2), (900, 3)], ids=str)
def centre(request: pytest.FixtureRequest) -> tuple[Centre, Archive]:
    people, seed = request.param
    found = roster(people, seed, TODAY)
    return found, archive(found, seed, truth.window(TODAY).first)


def bounds(period: str) -> tuple[date, date]:
    year = int(period[:4])
    first = int(period[6]) * 3 - 2 if "Q" in period else int(period[5:])
    length = 3 if "Q" in period else 1
    over = year * 12 + first - 1 + length
    return date(year, first, 1), date(over // 12, over % 12 + 1, 1)


def value(centre: Centre, kept: Archive, one: Figure) -> Fraction:
    stream, of = MEASURES[one.metric]
    first, end = bounds(one.period)
    kind, _, code = one.scope.partition(":")
    careers = {career.code: career for career in centre.careers}
    pairs = []
    for row in kept.rows[stream]:
        fact = dict(zip(HEADINGS[stream], row, strict=True))
        day = next(cell for cell in row if isinstance(cell, datetime)).date()
        unit = fact["person"] if kind == "person" else careers[fact["person"]].team_on(day)
        if first <= day < end and unit == code and (pair := of(fact)):
            pairs.append(pair)
    return Fraction(sum(a for a, _ in pairs), sum(b for _, b in pairs)) * (1 if one.metric == "csat" else 100)


Of = Callable[[dict[str, Any]], tuple[int, int] | None]
MEASURES: dict[str, tuple[str, Of]] = {
    "csat": ("contacts", lambda fact: (fact["rating"], 1) if fact["rating"] else None),
    "qa": ("reviews", lambda fact: (fact["earned"], fact["possible"])),
    "retention": ("retention", lambda fact: (fact["outcome"] == "retained", 1)),
    "technical_refund_share": (
        "retention",
        lambda fact: (fact["refund_reason"] == "technical", 1) if fact["outcome"] == "refunded" else None,
    ),
    "complex_case_share": ("cases", lambda fact: (fact["complex"], 1)),
}


@pytest.mark.parametrize("one", RECORDED, ids=lambda one: f"{one.scope}-{one.metric}-{one.period}")
def test_the_printed_figure_comes_out_of_the_records(centre: tuple[Centre, Archive], one: Figure) -> None:
    assert prints_as(value(*centre, one), one.printed)


def test_the_middle_crisis_team_met_its_csat_by_whole_ratings(centre: tuple[Centre, Archive]) -> None:
    one = next(f for f in FIGURES if (f.scope, f.metric, f.period) == ("team:middle-crisis", "csat", "2022-Q4"))
    assert value(*centre, one) >= Fraction(485, 100)


def test_the_technical_share_of_the_third_quarter_meets_its_target_only_because_equal_counts(
    centre: tuple[Centre, Archive],
) -> None:
    one = next(f for f in FIGURES if f.metric == "technical_refund_share" and f.period == "2023-Q3")
    assert one.target == Decimal(7)
    assert value(*centre, one) == 7


def test_ids_are_unique_and_every_person_was_there_that_day(centre: tuple[Centre, Archive]) -> None:
    careers = {career.code: career for career in centre[0].careers}
    for stream, rows in centre[1].rows.items():
        assert len({row[0] for row in rows}) == len(rows), stream
        for row in rows:
            day = next(cell for cell in row if isinstance(cell, datetime)).date()
            assert careers[row[1]].team_on(day)


def test_equal_seeds_give_equal_records() -> None:
    centre, first = roster(160, 4, TODAY), truth.window(TODAY).first
    assert archive(centre, 4, first) == archive(centre, 4, first)


def test_the_first_person_leads_the_crisis_team_for_seven_months(centre: tuple[Centre, Archive]) -> None:
    leaders = []
    for month in range(1, 13):
        means: dict[str, list[int]] = {}
        for row in centre[1].rows["contacts"]:
            fact = dict(zip(HEADINGS["contacts"], row, strict=True))
            at = fact["started_at"]
            career = next(c for c in centre[0].careers if c.code == fact["person"])
            if (at.year, at.month) == (2023, month) and fact["rating"] and career.team_on(at.date()) == "crisis":
                means.setdefault(fact["person"], []).append(fact["rating"])
        leaders.append(max(means, key=lambda code: Fraction(sum(means[code]), len(means[code]))))
    assert leaders == ["A-004"] * 3 + ["A-001"] * 7 + ["A-004"] * 2

"""Targets of their days, and readings judged piece by piece."""

from datetime import date
from fractions import Fraction

import pytest

from nastavnik.metrics.enums import Direction, ScopeKind, Unit, Verdict
from nastavnik.metrics.logic import amounts, intervals, readings, targets
from nastavnik.metrics.logic.periods import Span
from nastavnik.metrics.logic.readings import Part, Rule
from nastavnik.metrics.logic.sums import Sums, of_mean
from nastavnik.metrics.logic.targets import TargetBook, TargetVersion, Weighted

QUARTER = Span("2023-Q3", date(2023, 7, 1), date(2023, 10, 1))
LATER = date(2026, 1, 1)
QA = Rule("qa", Unit.PERCENT, Direction.HIGHER, intervals.Kind.RATIO_LINEARISED, 8, 0, 100)
CSAT = Rule("csat", Unit.POINTS, Direction.HIGHER, intervals.Kind.MEAN_T, 20, 1, 5)
AHT = Rule("aht", Unit.SECONDS, Direction.BAND, intervals.Kind.MEAN_T, 1, 0)


def version(
    number: int,
    amount: int,
    first: date = date(2022, 1, 1),
    end: date | None = None,
    *,
    kind: ScopeKind = ScopeKind.ORGANISATION,
    scope_id: int | None = None,
    direction: Direction = Direction.HIGHER,
    floor: int | None = None,
    min_n: int | None = None,
) -> TargetVersion:
    return TargetVersion(number, "qa", kind, scope_id, first, end, direction, amount, floor, None, min_n)


def points(n: int, percent: int) -> Sums:
    """n reviews of 100 points, each with so many earned."""
    return Sums(n, n * percent, n * 100, n * percent**2, n * 100**2, n * percent * 100)


def part(first: date, end: date, sums: Sums, version: TargetVersion | None) -> Part:
    return Part(first, end, sums, version, "organisation")


def test_a_period_with_two_targets_is_judged_by_the_blend_of_both() -> None:
    old, new = version(1, 920_000, end=date(2023, 9, 1)), version(2, 950_000, date(2023, 9, 1))
    found = readings.build(
        QA,
        "person:A-001",
        QUARTER,
        [
            part(date(2023, 7, 1), date(2023, 9, 1), points(30, 93), old),
            part(date(2023, 9, 1), date(2023, 10, 1), points(10, 94), new),
        ],
        today=LATER,
    )
    assert (found.value, found.target, found.verdict, found.gap) == (93.25, 92.75, Verdict.MET, 0.5)
    assert [(one.n, one.value, one.target, one.verdict) for one in found.pieces] == [
        (30, 93.0, 92.0, Verdict.MET),
        (10, 94.0, 95.0, Verdict.MISSED),
    ]


def test_a_piece_with_too_few_records_is_shown_and_not_judged() -> None:
    old, new = version(1, 920_000, end=date(2023, 9, 1)), version(2, 950_000, date(2023, 9, 1))
    found = readings.build(
        QA,
        "",
        QUARTER,
        [
            part(date(2023, 7, 1), date(2023, 9, 1), points(30, 93), old),
            part(date(2023, 9, 1), date(2023, 10, 1), points(7, 94), new),
        ],
        today=LATER,
    )
    assert [one.verdict for one in found.pieces] == [Verdict.MET, Verdict.TOO_FEW]
    assert found.met is True


def test_equality_is_met_and_a_hair_less_is_missed() -> None:
    weights = [Weighted(3, version(1, 48_500))]
    assert targets.judge(Fraction(485, 100), weights, Direction.HIGHER) == Verdict.MET
    assert targets.judge(Fraction(485, 100) - Fraction(1, 10**30), weights, Direction.HIGHER) == Verdict.MISSED
    assert targets.judge(Fraction(485, 100), weights, Direction.LOWER) == Verdict.MET


@pytest.mark.parametrize(("seconds", "verdict"), [(239, "missed"), (240, "met"), (360, "met"), (361, "missed")])
def test_a_band_is_met_inside_both_bounds(seconds: int, verdict: str) -> None:
    band = version(1, 3_600_000, direction=Direction.BAND, floor=2_400_000)
    found = readings.build(
        AHT, "", QUARTER, [part(*_days(), of_mean(2, 2000 * seconds, 2 * (1000 * seconds) ** 2), band)], today=LATER
    )
    assert (found.value, found.verdict.value, found.floor, found.target) == (seconds, verdict, 240, 360)
    assert found.gap is None


def test_no_target_is_not_a_miss() -> None:
    found = readings.build(CSAT, "", QUARTER, [part(*_days(), of_mean(50, 100, 300), None)], today=LATER)
    assert (found.verdict, found.met, found.target, found.value) == (Verdict.NO_TARGET, None, None, 2.0)
    assert [one.verdict for one in found.pieces] == [Verdict.NO_TARGET]


def test_too_few_records_show_the_value_without_a_verdict() -> None:
    found = readings.build(QA, "", QUARTER, [part(*_days(), points(7, 90), version(1, 920_000))], today=LATER)
    assert (found.value, found.n, found.verdict, found.met) == (90.0, 7, Verdict.TOO_FEW, None)


def test_a_target_may_ask_for_more_records_than_the_metric() -> None:
    strict = version(1, 920_000, min_n=40)
    found = readings.build(QA, "", QUARTER, [part(*_days(), points(30, 99), strict)], today=LATER)
    assert (found.verdict, found.min_n) == (Verdict.TOO_FEW, 40)


def test_records_without_a_target_take_no_part_in_the_verdict() -> None:
    aim = version(1, 950_000, date(2023, 9, 1))
    found = readings.build(
        QA,
        "",
        QUARTER,
        [
            part(date(2023, 7, 1), date(2023, 9, 1), points(30, 80), None),
            part(date(2023, 9, 1), date(2023, 10, 1), points(10, 96), aim),
        ],
        today=LATER,
    )
    assert (found.value, found.target, found.verdict) == (84.0, 95.0, Verdict.MET)


def test_a_period_without_records_keeps_the_target_for_the_chart() -> None:
    found = readings.build(QA, "", QUARTER, [part(*_days(), Sums(), version(1, 920_000))], today=LATER)
    assert (found.value, found.n, found.target, found.verdict) == (None, 0, 92.0, Verdict.TOO_FEW)
    assert (found.low, found.high) == (None, None)


def test_an_interval_stays_within_what_the_metric_can_be() -> None:
    found = readings.build(CSAT, "", QUARTER, [part(*_days(), of_mean(20, 97, 473), None)], today=LATER)
    assert found.high == 5.0
    assert found.low is not None
    assert found.low < 4.85


@pytest.mark.parametrize(
    ("span", "today", "mature", "incomplete"),
    [
        (QUARTER, date(2023, 10, 1), None, False),
        (QUARTER, date(2023, 9, 30), None, True),
        (Span("2023-Q3", date(2023, 7, 2), date(2023, 10, 1), whole=False), LATER, None, True),
        (QUARTER, LATER, date(2023, 9, 30), False),
        (QUARTER, LATER, date(2023, 9, 29), True),
    ],
)
def test_a_reading_is_incomplete_until_its_period_is_over_and_mature(
    span: Span, today: date, mature: date | None, incomplete: bool
) -> None:
    assert readings.build(QA, "", span, [], today=today, mature_until=mature).incomplete is incomplete


def test_neighbouring_stretches_under_one_target_are_one_piece() -> None:
    aim = version(1, 920_000)
    parts = [
        part(date(2023, 8, 1), date(2023, 10, 1), points(4, 90), aim),
        part(date(2023, 7, 1), date(2023, 8, 1), points(6, 100), aim),
    ]
    found = readings.build(QA, "", QUARTER, parts, today=LATER)
    assert [(one.first, one.end, one.n) for one in found.pieces] == [(QUARTER.first, QUARTER.end, 10)]


def test_one_target_before_and_after_a_gap_makes_two_pieces() -> None:
    aim = version(1, 920_000)
    parts = [
        part(date(2023, 7, 1), date(2023, 7, 5), points(4, 90), aim),
        part(date(2023, 9, 1), date(2023, 10, 1), points(6, 100), aim),
    ]
    assert len(readings.build(QA, "", QUARTER, parts, today=LATER).pieces) == 2


def test_a_lower_is_better_gap_counts_the_other_way() -> None:
    rule = Rule("technical_refund_share", Unit.PERCENT, Direction.LOWER, intervals.Kind.WILSON, 10, 0, 100)
    aim = version(1, 70_000, direction=Direction.LOWER)
    found = readings.build(rule, "", QUARTER, [part(*_days(), of_mean(100, 4, 4), aim)], today=LATER)
    assert (found.value, found.gap, found.verdict) == (4.0, 3.0, Verdict.MET)


def test_the_narrowest_target_judges_a_person() -> None:
    wide = version(1, 920_000)
    line = version(2, 900_000, kind=ScopeKind.LINE, scope_id=5)
    team = version(3, 930_000, kind=ScopeKind.TEAM, scope_id=7)
    grade = version(4, 940_000, kind=ScopeKind.GRADE, scope_id=2)
    book = TargetBook.of([wide, line, team, grade], "qa", ScopeKind.PERSON)
    day = date(2023, 7, 1)
    assert book.at(day, {ScopeKind.LINE: 5, ScopeKind.TEAM: 7, ScopeKind.GRADE: 2}) == grade
    assert book.at(day, {ScopeKind.LINE: 5, ScopeKind.TEAM: 7, ScopeKind.GRADE: 9}) == team
    assert book.at(day, {ScopeKind.LINE: 5}) == line
    assert book.at(day, {}) == wide
    assert book.kinds == {ScopeKind.LINE, ScopeKind.TEAM, ScopeKind.GRADE}


def test_a_team_is_not_judged_by_the_targets_of_grades_or_persons() -> None:
    found = [version(1, 920_000), version(2, 950_000, kind=ScopeKind.GRADE, scope_id=2)]
    assert TargetBook.of(found, "qa", ScopeKind.TEAM).versions == (found[0],)
    assert targets.kinds_for(ScopeKind.ORGANISATION) == {ScopeKind.ORGANISATION}


def test_a_target_ends_before_its_last_day() -> None:
    book = TargetBook((version(1, 920_000, date(2023, 1, 1), date(2023, 7, 1)),))
    assert book.at(date(2023, 6, 30), {}) is not None
    assert book.at(date(2023, 7, 1), {}) is None
    assert book.boundaries() == {date(2023, 1, 1), date(2023, 7, 1)}


def test_a_blend_without_records_or_amounts_is_none() -> None:
    assert targets.blend([]) is None
    assert targets.blend([Weighted(5, version(1, 920_000))], "stretch") is None
    assert targets.judge(Fraction(1), [], Direction.HIGHER) == Verdict.NO_TARGET


@pytest.mark.parametrize(
    ("written", "stored"),
    [("4.85", 48_500), ("4,85", 48_500), (92, 920_000), (0.1, 1_000), ("4.85001", None), ("x", None)],
)
def test_amounts_are_stored_exactly_or_not_at_all(written: str | float, stored: int | None) -> None:
    assert amounts.scaled(written) == stored


def test_amounts_are_shown_as_people_write_them() -> None:
    assert [amounts.shown(value) for value in (48_500, 920_000, 1_000_000)] == ["4.85", "92", "100"]


def _days() -> tuple[date, date]:
    return QUARTER.first, QUARTER.end

"""Marks along a rubric, two blind markers, the third one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.items import Criterion, Essay
from nastavnik.assessment.logic.marking import (
    MarkState,
    Settlement,
    UnfitMark,
    agreement_rows,
    is_open_to,
    lines,
    settle,
    total,
)
from nastavnik.assessment.logic.texts import rich

SHARES = st.fractions(0, 1, max_denominator=20)


def essay(points: int = 4, *rubric: int) -> Essay:
    marked = tuple(Criterion(f"line {number}", Fraction(worth)) for number, worth in enumerate(rubric))
    return Essay(stem=rich("Explain"), points=Fraction(points), rubric=marked)


def settled(*marks: int | Fraction, markers: int = 2) -> Settlement:
    return settle([Fraction(mark) for mark in marks], Fraction(10), markers=markers)


def test_a_rubric_is_scaled_to_the_points_of_the_item() -> None:
    assert [line.points for line in lines(essay(4, 1, 1))] == [2, 2]
    assert [line.points for line in lines(essay(3, 2, 1))] == [2, 1]
    assert [line.points for line in lines(essay(5))] == [5]


def test_points_lie_within_every_line_of_the_rubric() -> None:
    assert total(essay(3, 2, 1), [Fraction(3, 2), Fraction(1)]) == Fraction(5, 2)
    for unfit in ([Fraction(3), Fraction(0)], [Fraction(-1), Fraction(1)], [Fraction(1)]):
        with pytest.raises(UnfitMark):
            total(essay(3, 2, 1), unfit)


def test_one_mark_of_two_settles_nothing() -> None:
    assert settled() == settled(7) == Settlement(MarkState.WAITING, None, None)
    assert settled(7, markers=1) == Settlement(MarkState.SETTLED, Fraction(7), None)


def test_two_marks_up_to_the_gap_are_averaged_and_beyond_it_wait_for_a_third() -> None:
    assert settled(6, 8) == Settlement(MarkState.SETTLED, Fraction(7), Fraction(1, 5))
    assert settled(6, Fraction(81, 10)) == Settlement(MarkState.DISAGREED, None, Fraction(21, 100))


def test_the_third_mark_joins_the_nearer_of_the_two() -> None:
    assert settled(2, 8, 7).points == Fraction(15, 2)
    assert settled(2, 8, 3).points == Fraction(5, 2)
    assert settled(2, 8, 5).points == Fraction(5)


@given(SHARES, SHARES, SHARES)
def test_what_is_settled_lies_between_the_marks_and_does_not_ask_who_was_first(
    first: Fraction, second: Fraction, third: Fraction
) -> None:
    found = settle([first, second, third], Fraction(1))
    assert found.state is MarkState.SETTLED
    assert found.points is not None
    assert min(first, second, third) <= found.points <= max(first, second, third)
    assert settle([second, first, third], Fraction(1)) == found


def test_nobody_marks_twice_or_marks_oneself() -> None:
    assert is_open_to(1, taker=9, marked_by=[2], state=MarkState.WAITING)
    assert not is_open_to(2, taker=9, marked_by=[2], state=MarkState.WAITING)
    assert not is_open_to(9, taker=9, marked_by=[], state=MarkState.WAITING)
    assert not is_open_to(3, taker=9, marked_by=[1, 2], state=MarkState.SETTLED)
    assert is_open_to(3, taker=9, marked_by=[1, 2], state=MarkState.DISAGREED)


def test_agreement_takes_the_first_two_marks_as_shares() -> None:
    marks = {"a": [Fraction(1), Fraction(2), Fraction(9)], "b": [Fraction(3)], "c": [Fraction(5), Fraction(10)]}
    maxima = {"a": Fraction(4), "b": Fraction(4), "c": Fraction(10)}
    assert agreement_rows(marks, maxima) == [[0.25, 0.5], [0.5, 1.0]]

"""What a rescoring does to a result, and that nobody has to lose by it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.rescoring import (
    Change,
    Line,
    Standing,
    Treatment,
    change,
    counted,
    scaled_cut,
    totals,
    treated,
)

POINTS = st.fractions(0, 1, max_denominator=6)


def line(points: int, maximum: int = 1, *, out: bool = False) -> Line:
    return Line(1, Fraction(points), Fraction(maximum), out)


def standing(points: int, rank: int, maximum: int = 10) -> Standing:
    return Standing(Fraction(points), Fraction(maximum), rank)


def test_each_treatment_does_what_its_name_says() -> None:
    assert treated(line(1), Treatment.LEAVE_OUT) == line(1, out=True)
    assert treated(line(0, 2, out=True), Treatment.FULL_POINTS) == line(2, 2)
    assert treated(line(1), Treatment.NEW_KEY, Fraction(0)) == line(0)
    assert treated(line(1), Treatment.NEW_KEY, None) == line(1)


def test_what_is_left_out_counts_neither_above_nor_below() -> None:
    assert totals([line(1), line(0), line(1, out=True)]) == (1, 2)
    assert totals([]) == (0, 0)


def test_the_pass_mark_asks_the_same_share_of_what_is_left() -> None:
    assert scaled_cut(Fraction(17), Fraction(20), Fraction(10)) == Fraction(17, 2)
    assert scaled_cut(Fraction(17), Fraction(0), Fraction(10)) == 17


def test_a_change_is_told_by_what_it_means_to_the_taker() -> None:
    assert change(standing(8, 2), standing(8, 2), spares=True) is Change.SAME
    assert change(standing(8, 0), standing(9, 2), spares=True) is Change.GAINED
    assert change(standing(8, 1), standing(9, 2), spares=True) is Change.GAINED
    assert change(standing(9, 2), standing(8, 0), spares=False) is Change.LOST
    assert change(standing(9, 2), standing(8, 0), spares=True) is Change.SPARED
    assert change(standing(5, 0), standing(6, 0), spares=True) is Change.POINTS
    assert change(standing(6, 0), standing(5, 0), spares=True) is Change.SPARED
    assert change(standing(6, 0), standing(5, 0), spares=False) is Change.POINTS


RANKS = st.sampled_from([0, 1, 2])


@given(POINTS, POINTS, RANKS, RANKS)
def test_with_sparing_nobody_loses_and_without_it_nothing_is_spared(
    before: Fraction, after: Fraction, rank: int, later: int
) -> None:
    one, other = Standing(before, Fraction(1), rank), Standing(after, Fraction(1), later)
    assert change(one, other, spares=True) is not Change.LOST
    assert change(one, other, spares=False) is not Change.SPARED


@given(st.lists(POINTS, min_size=1, max_size=12), st.data())
def test_full_points_never_lower_a_total_and_leaving_out_never_exceeds_the_rest(
    points: list[Fraction], data: st.DataObject
) -> None:
    lines = [Line(place, got, Fraction(1)) for place, got in enumerate(points)]
    place = data.draw(st.integers(0, len(lines) - 1))

    def after(treatment: Treatment) -> tuple[Fraction, Fraction]:
        return totals([treated(one, treatment) if one.position == place else one for one in lines])

    assert after(Treatment.FULL_POINTS)[0] >= totals(lines)[0]
    assert after(Treatment.LEAVE_OUT) == (totals(lines)[0] - points[place], totals(lines)[1] - 1)


def test_changes_are_counted_each_kind_named() -> None:
    found = counted([Change.SAME, Change.GAINED, Change.GAINED])
    assert found == {
        Change.SAME: 1, Change.POINTS: 0, Change.GAINED: 2, Change.LOST: 0, Change.SPARED: 0,
    }  # fmt: skip

"""The solver finds whole numbers that print as asked, and says so when there are none."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.demo import figures
from nastavnik.demo.figures import Unreachable
from nastavnik.demo.published import FIGURES, Figure, figure


@pytest.mark.parametrize("one", [f for f in FIGURES if f.metric == "csat"], ids=lambda f: f"{f.scope} {f.period}")
def test_every_printed_csat_is_a_quotient_of_whole_numbers(one: Figure) -> None:
    total = figures.total_for(one.printed, 195, percent=False)
    assert round(total / 195, one.decimals) == float(one.printed)


@pytest.mark.parametrize(
    "one", [f for f in FIGURES if f.metric != "csat"], ids=lambda f: f"{f.metric} {f.scope} {f.period}"
)
def test_every_printed_percent_is_a_share_of_whole_numbers(one: Figure) -> None:
    hits, size = figures.share_for(one.printed, 75 * 10 ** max(0, one.decimals - 1))
    assert round(100 * hits / size, one.decimals) == float(one.printed)


def test_a_met_target_is_met_exactly_and_not_by_rounding() -> None:
    total = figures.total_for(Decimal("4.85"), 1951, percent=False, at_least=Decimal("4.85"))
    assert Fraction(total, 1951) >= Fraction(485, 100)


def test_a_downward_target_is_not_passed_by_rounding() -> None:
    hits, size = figures.share_for(Decimal(7), 151, at_most=Decimal(7))
    assert 100 * hits <= 7 * size


def test_four_point_eight_eight_cannot_come_of_sixty_four_ratings() -> None:
    with pytest.raises(Unreachable, match=r"No whole number out of 64 prints as 4\.88\."):
        figures.total_for(Decimal("4.88"), 64, percent=False)


@given(st.integers(0, 5000), st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_apportioned_parts_add_up_and_stay_within_one_of_their_share(total: int, weights: list[int]) -> None:
    parts = figures.apportion(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - Fraction(total * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True)
    )


@given(st.data())
def test_ratings_have_the_asked_number_and_sum(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 200))
    total = data.draw(st.integers(size, 5 * size))
    found = figures.ratings(size, total, Random(1))
    assert (len(found), sum(found)) == (size, total)
    assert all(1 <= one <= 5 for one in found)


@given(st.data())
def test_points_of_reviews_add_up_and_none_passes_what_was_possible(data: st.DataObject) -> None:
    possible = data.draw(st.lists(st.sampled_from((90, 95, 100)), min_size=1, max_size=40))
    total = data.draw(st.integers(0, sum(possible)))
    earned = figures.points(possible, total, Random(1))
    assert sum(earned) == total
    assert all(0 <= one <= most for one, most in zip(earned, possible, strict=True))


def test_the_sources_say_nothing_about_an_unknown_period() -> None:
    assert figure("person:A-001", "csat", "2021-Q1") is None
    assert len(FIGURES) == 38

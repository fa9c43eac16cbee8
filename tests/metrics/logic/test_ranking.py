"""Fair ranking and funnel: known answers of metrics-and-planning.md, section 5."""

import random

import pytest

from nastavnik.metrics.enums import Direction, Tier
from nastavnik.metrics.logic import funnel, ranking
from nastavnik.metrics.logic.distributions import binomial_quantile
from nastavnik.metrics.logic.funnel import Flag
from nastavnik.metrics.logic.ranking import FirstPlace, Refusal, Shrunk, Unit
from nastavnik.metrics.logic.sums import of_mean

KNOWN_X, KNOWN_N = (9, 46, 150, 88, 5), (10, 50, 200, 100, 10)


def shares(xs: tuple[int, ...], ns: tuple[int, ...]) -> list[Unit]:
    return [Unit(number, of_mean(n, x, x)) for number, (x, n) in enumerate(zip(xs, ns, strict=True))]


def rank_shares(units: list[Unit], *, min_n: int = 1, direction: Direction = Direction.HIGHER) -> Shrunk:
    return ranking.rank(units, is_share=True, direction=direction, min_n=min_n)


def rank_means(units: list[Unit], *, min_n: int = 1, direction: Direction = Direction.HIGHER) -> Shrunk:
    return ranking.rank(units, is_share=False, direction=direction, min_n=min_n)


def test_shares_are_shrunk_as_in_the_known_answer() -> None:
    found = rank_shares(shares(KNOWN_X, KNOWN_N))
    assert round(found.average, 7) == 0.8054054
    assert round(found.between, 8) == 0.00976536
    assert round(found.weight, 5) == 15.04934
    assert [round(one.estimate, 5) for one in found.standings] == [0.84317, 0.89349, 0.75388, 0.87024, 0.68348]
    assert [round(one.probability, 4) for one in found.standings] == [0.7292, 0.9783, 0.0342, 0.9718, 0.0839]


def test_the_known_answer_has_one_above_and_none_below() -> None:
    tiers = [one.tier for one in rank_shares(shares(KNOWN_X, KNOWN_N)).standings]
    assert tiers == [Tier.WITHIN, Tier.ABOVE, Tier.WITHIN, Tier.WITHIN, Tier.WITHIN]


def test_the_second_known_answer_shrinks_almost_everything() -> None:
    found = rank_shares(shares((9, 45, 160, 85, 7), KNOWN_N))
    assert round(found.average, 7) == 0.8270270
    assert round(found.between, 8) == 0.00047246
    assert all(abs(one.estimate - found.average) < 0.02 for one in found.standings)


def test_where_lower_is_better_the_lowest_is_above() -> None:
    found = rank_shares(shares((1, 4, 50, 12, 5), KNOWN_N), direction=Direction.LOWER)
    assert found.standings[1].tier == Tier.ABOVE
    assert [one.raw_place for one in found.standings] == [2, 1, 4, 3, 5]


def test_fewer_than_five_are_not_ranked() -> None:
    assert rank_shares(shares(KNOWN_X[:4], KNOWN_N[:4])).refusal == Refusal.TOO_FEW_UNITS
    idle = [Unit(9, of_mean(0, 0, 0))]
    assert rank_shares(shares(KNOWN_X[:4], KNOWN_N[:4]) + idle).refusal == Refusal.TOO_FEW_UNITS


@pytest.mark.parametrize("xs", [(0, 0, 0, 0, 0), KNOWN_N])
def test_all_alike_are_not_ranked(xs: tuple[int, ...]) -> None:
    assert rank_shares(shares(xs, KNOWN_N)).refusal == Refusal.ALL_ALIKE


def test_differences_smaller_than_chance_leave_everybody_within_noise() -> None:
    found = rank_shares(shares((80, 81, 79, 80, 82), (100,) * 5))
    assert (found.no_difference, found.between) == (True, ranking.TAU2_FLOOR)
    assert {one.tier for one in found.standings} == {Tier.WITHIN}


def test_opposites_are_not_shrunk_at_all() -> None:
    found = rank_shares(shares((0, 30, 0, 30, 0, 30), (30,) * 6))
    assert found.weight == 0
    assert [one.estimate for one in found.standings] == [0, 1, 0, 1, 0, 1]
    assert [one.tier for one in found.standings] == [Tier.BELOW, Tier.ABOVE] * 3


def test_too_few_records_inform_the_average_and_get_no_tier() -> None:
    found = rank_shares(shares(KNOWN_X, KNOWN_N), min_n=30)
    assert [one.tier for one in found.standings] == [
        Tier.TOO_FEW, Tier.ABOVE, Tier.WITHIN, Tier.WITHIN, Tier.TOO_FEW,
    ]  # fmt: skip
    assert [one.raw_place for one in found.standings] == [None, 1, 3, 2, None]
    assert round(found.average, 7) == 0.8054054


def test_equal_values_share_a_place() -> None:
    found = rank_shares(shares((45, 45, 40, 30, 50), (50,) * 5))
    assert [one.raw_place for one in found.standings] == [2, 2, 4, 5, 1]


def test_eight_agents_of_equal_skill_are_all_within_noise() -> None:
    dice = random.Random(7)
    units = []
    for number in range(8):
        ratings = [min(5, max(1, round(dice.gauss(3.4, 1.2)))) for _call in range(510)]
        units.append(Unit(number, of_mean(510, sum(ratings), sum(one * one for one in ratings))))
    assert {one.tier for one in rank_means(units, min_n=20).standings} == {Tier.WITHIN}


def test_means_are_shrunk_by_their_own_noise() -> None:
    units = [Unit(number, of_mean(n, mean * n, (mean * mean + 4) * n)) for number, (mean, n) in enumerate(
        ((10, 100), (12, 100), (14, 100), (8, 100), (16, 4))
    )]  # fmt: skip
    found = rank_means(units)
    total, weights = 404, [100, 100, 100, 100, 4]
    s2 = 4 * total / (total - 5)
    m = sum(w * mean for w, mean in zip(weights, (10, 12, 14, 8, 16), strict=True)) / total
    spread = sum(w * (mean - m) ** 2 for w, mean in zip(weights, (10, 12, 14, 8, 16), strict=True))
    tau2 = (spread - 4 * s2) / (total - sum(w * w for w in weights) / total)
    assert found.average == pytest.approx(m)
    assert found.within == pytest.approx(s2)
    assert found.between == pytest.approx(tau2)
    b = tau2 / (tau2 + s2 / 4)
    assert found.standings[4].estimate == pytest.approx(m + b * (16 - m))
    assert [one.tier for one in found.standings] == [
        Tier.BELOW, Tier.ABOVE, Tier.ABOVE, Tier.BELOW, Tier.ABOVE,
    ]  # fmt: skip


def test_means_without_any_spread_inside_are_taken_as_they_are() -> None:
    found = rank_means([Unit(n, of_mean(10, 10 * n, 10 * n * n)) for n in range(1, 7)])
    assert [one.estimate for one in found.standings] == [1, 2, 3, 4, 5, 6]
    assert found.standings[0].probability == 0
    assert found.standings[-1].tier == Tier.ABOVE


def test_one_record_each_says_nothing_about_chance() -> None:
    assert rank_means([Unit(n, of_mean(1, n, n * n)) for n in range(6)]).refusal == Refusal.NO_SPREAD


def test_equal_means_make_no_difference_and_nobody_first() -> None:
    found = rank_means([Unit(n, of_mean(10, 40, 170)) for n in range(6)])
    assert found.no_difference
    assert [one.probability for one in found.standings] == [0.5] * 6
    assert ranking.first_of(found) == frozenset()


def test_first_place_goes_by_the_estimate_of_those_with_enough_records() -> None:
    lucky = shares((5, 46, 150, 88, 5), (5, 50, 200, 100, 10))
    assert ranking.first_of(rank_shares(lucky, min_n=20)) == {1}
    low = rank_shares(shares((1, 4, 50, 12, 5), KNOWN_N), direction=Direction.LOWER)
    assert ranking.first_of(low) == {1}
    assert ranking.first_of(Shrunk(Refusal.TOO_FEW_UNITS)) == frozenset()


def test_months_in_first_place_are_counted_back_from_the_last_one() -> None:
    months = [frozenset({1}), frozenset({2}), frozenset({1}), frozenset({1, 3})]
    assert ranking.months_first(months) == {1: FirstPlace(2, 3), 2: FirstPlace(0, 1), 3: FirstPlace(1, 1)}


@pytest.mark.parametrize("n", [10, 50, 200, 2000])
def test_funnel_flags_are_the_exact_binomial_limits(n: int) -> None:
    low_alarm, low, high, high_alarm = (binomial_quantile(q, n, 0.85) for q in (0.001, 0.025, 0.975, 0.999))
    for x in range(n + 1):
        expected = -((x < low) + (x < low_alarm)) + ((x > high) + (x > high_alarm))
        assert funnel.binomial_flag(x, n, 0.85) == expected, x


def test_a_funnel_starts_at_the_least_n_and_points_out_the_unlikely() -> None:
    units = shares((85, 86, 84, 85) * 10 + (70, 9), (100,) * 41 + (10,))
    found = funnel.of(units, average=0.85, within=0.85 * 0.15, is_share=True, direction=Direction.HIGHER, min_n=20)
    assert [point.unit_id for point in found.points] == list(range(41))
    assert [point.flag for point in found.points] == [Flag.INSIDE] * 40 + [Flag.ALARM_WORSE]
    assert (found.curve[0].n, found.curve[-1].n) == (20, 100)
    assert found.curve[0].high_alarm == 1.0


def test_a_low_share_is_good_where_lower_is_better() -> None:
    units = shares((15, 16, 14, 15) * 10 + (1,), (100,) * 41)
    found = funnel.of(units, average=0.15, within=0.15 * 0.85, is_share=True, direction=Direction.LOWER, min_n=1)
    assert found.points[40].flag == Flag.ALARM_BETTER


def test_overdispersion_widens_the_limits() -> None:
    units = shares((500, 900, 450, 950, 520, 880), (1000,) * 6)
    found = funnel.of(units, average=0.7, within=0.21, is_share=True, direction=Direction.HIGHER, min_n=1)
    assert found.is_widened
    assert {point.flag for point in found.points} == {Flag.INSIDE}


def test_a_mean_far_out_is_flagged_by_its_distance() -> None:
    totals = (1000, 1003, 997, 1001, 999) * 6 + (1028, 978)
    units = [Unit(number, of_mean(100, total, 0)) for number, total in enumerate(totals)]
    found = funnel.of(units, average=10, within=1, is_share=False, direction=Direction.HIGHER, min_n=1)
    assert [point.flag for point in found.points] == [Flag.INSIDE] * 30 + [Flag.ALERT_BETTER, Flag.ALERT_WORSE]


def test_without_any_variance_nothing_is_flagged() -> None:
    units = [Unit(number, of_mean(10, 30, 90)) for number in range(5)]
    found = funnel.of(units, average=3, within=0, is_share=False, direction=Direction.HIGHER, min_n=1)
    assert {point.flag for point in found.points} == {Flag.INSIDE}


def test_an_empty_funnel_has_no_curve() -> None:
    found = funnel.of([], average=0.5, within=0.25, is_share=True, direction=Direction.HIGHER, min_n=5)
    assert (found.points, found.curve, found.overdispersion) == ((), (), 0.0)

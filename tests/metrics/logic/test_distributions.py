"""Distributions against published and scipy values."""

import math

import pytest

from nastavnik.metrics.logic.distributions import (
    beta_cdf,
    beta_quantile,
    binomial_cdf,
    binomial_quantile,
    normal_cdf,
    normal_quantile,
    t_cdf,
    t_quantile,
)


@pytest.mark.parametrize(
    ("x", "a", "b", "expected"),
    [
        (0.5, 2, 3, 0.6875),  # 1 - polynomial, by hand
        (0.25, 1, 1, 0.25),
        (0.3, 1, 4, 1 - 0.7**4),
        (0.7, 5, 1, 0.7**5),
        (0.9, 40, 3, sum(math.comb(42, j) * 0.9**j * 0.1 ** (42 - j) for j in range(40, 43))),
        (0.85, 171, 30, sum(math.comb(200, j) * 0.85**j * 0.15 ** (200 - j) for j in range(171, 201))),
    ],
)
def test_the_incomplete_beta_function_equals_its_closed_forms(x: float, a: float, b: float, expected: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(expected, abs=1e-10)


def test_the_incomplete_beta_function_is_0_and_1_at_its_ends() -> None:
    assert (beta_cdf(-1, 2, 3), beta_cdf(0, 2, 3), beta_cdf(1, 2, 3), beta_cdf(2, 2, 3)) == (0, 0, 1, 1)


def test_a_beta_distribution_needs_positive_parameters() -> None:
    with pytest.raises(ValueError, match="positive"):
        beta_cdf(0.5, 0, 1)


@pytest.mark.parametrize(("p", "a", "b"), [(0.025, 9.5, 1.5), (0.5, 2, 2), (0.975, 300, 40), (0.001, 0.5, 0.5)])
def test_a_beta_quantile_inverts_the_distribution(p: float, a: float, b: float) -> None:
    assert beta_cdf(beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-10)


@pytest.mark.parametrize(
    ("df", "expected"),
    [
        (1, 12.706204736174698),
        (2, 4.302652729749464),
        (3, 3.182446305283705),
        (7, 2.3646242515927858),
        (29, 2.0452296421327016),
        (100, 1.9839715185235394),
        (10_000, 1.9602012398943192),
    ],
)
def test_t_quantiles_equal_the_tables(df: int, expected: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("df", [3, 7, 29, 100])
def test_t_quantiles_hold_the_area_under_the_density(df: int) -> None:
    """Independent of the incomplete beta function: Simpson's rule over the density."""
    end, steps = t_quantile(0.975, df), 20_000
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    heights = [scale * (1 + (end * i / steps) ** 2 / df) ** (-(df + 1) / 2) for i in range(steps + 1)]
    area = (heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])) * end / steps / 3
    assert area == pytest.approx(0.475, abs=1e-10)


def test_t_is_symmetric_around_zero() -> None:
    assert t_quantile(0.025, 7) == -t_quantile(0.975, 7)
    assert t_quantile(0.5, 9) == pytest.approx(0, abs=1e-15)
    assert t_cdf(-1.5, 4) + t_cdf(1.5, 4) == pytest.approx(1, abs=1e-14)


def test_t_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="degree"):
        t_quantile(0.9, 0)


@pytest.mark.parametrize(("n", "expected"), [(10, (4, 6, 10, 10)), (50, (34, 37, 47, 49)), (200, (153, 160, 180, 184))])
def test_binomial_quantiles_equal_the_known_answers(n: int, expected: tuple[int, ...]) -> None:
    found = tuple(binomial_quantile(q, n, 0.85) for q in (0.001, 0.025, 0.975, 0.999))
    assert found == expected


def test_the_binomial_distribution_adds_its_terms_up() -> None:
    by_hand = sum(math.comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(5))
    assert binomial_cdf(4, 12, 0.3) == pytest.approx(by_hand, abs=1e-12)
    assert (binomial_cdf(-1, 12, 0.3), binomial_cdf(12, 12, 0.3)) == (0, 1)


def test_normal_quantile_inverts_the_distribution() -> None:
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-12)
    assert normal_cdf(normal_quantile(0.2)) == pytest.approx(0.2, abs=1e-12)

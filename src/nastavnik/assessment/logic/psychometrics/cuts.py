"""This month's pass mark: the same ability as 85% on the base form, the grey band round it, the short retest.

A taker's score is binomial noise round what he knows: at a true 85% of 30 items the standard error is 6.5 points of a
hundred, so a score within one standard error of the cut decides nothing. It leads to a short retest on unseen items
of the same topics, and both sittings together decide (the pooled score is the sufficient statistic, and using the
retest alone would throw 30 answers away).

Items here are 0/1: fully right or not.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nastavnik.assessment.logic.psychometrics.calibration import Item

PASS_SHARE = 0.85
RETEST_ITEMS = 10
_ROUNDING = 1e-9
_ABILITY_LIMIT = 12.0


class Outcome(StrEnum):
    """What a score leads to."""

    PASSED = "passed"
    FAILED = "failed"
    SHORT_RETEST = "short_retest"


@dataclass(frozen=True)
class PassMark:
    """The mark of one form, in points."""

    items: int
    exact: float
    """The expected score of a taker who is just good enough."""
    error: float
    """Standard error of measurement of such a taker."""

    @property
    def raw(self) -> int:
        """The smallest raw score that reaches the mark: «this month 24 of 30»."""
        return math.ceil(self.exact - _ROUNDING)

    @property
    def band(self) -> tuple[int, int]:
        """Lowest and highest raw score that decides nothing; (raw, raw - 1) where there is none."""
        low = max(0, math.ceil(self.exact - self.error - _ROUNDING))
        high = min(self.items, math.floor(self.exact + self.error + _ROUNDING))
        return (low, high) if low <= high else (self.raw, self.raw - 1)

    def outcome(self, raw: int) -> Outcome:
        """What a first score leads to."""
        low, high = self.band
        if low <= raw <= high:
            return Outcome.SHORT_RETEST
        return Outcome.PASSED if raw > high else Outcome.FAILED

    def after_retest(self, raw: int, retest: "PassMark", retest_raw: int) -> Outcome:
        """Passed or failed by both sittings together; `retest` is the mark of the short form."""
        together = raw + retest_raw
        return Outcome.PASSED if together >= self.exact + retest.exact - _ROUNDING else Outcome.FAILED


def unequated(items: int, share: float = PASS_SHARE) -> PassMark:
    """The mark where forms cannot be compared: the same share of whatever form. Binomial error (Lord 1955)."""
    return PassMark(items, share * items, math.sqrt(items * share * (1 - share)))


def at_ability(form: Sequence[Item], cut: float) -> PassMark:
    """This month's mark: the expected score at the cut ability of items already on the base scale (`linking`)."""
    chances = [item.chance(cut) for item in form]
    return PassMark(len(form), sum(chances), math.sqrt(sum(p * (1 - p) for p in chances)))


def true_score(form: Sequence[Item], ability: float) -> float:
    """Expected points."""
    return sum(item.chance(ability) for item in form)


def ability_at(form: Sequence[Item], score: float) -> float:
    """The ability whose expected score this is: at 0.85 x items of the base form, the cut for all the months after.

    Held to +-12 for scores no finite ability expects (all right, all wrong). Items with negative slopes (wrong keys)
    do not belong in a form.
    """
    low, high = -_ABILITY_LIMIT, _ABILITY_LIMIT
    for _halving in range(60):
        middle = (low + high) / 2
        if true_score(form, middle) < score:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def on_base_form(raw: float, form: Sequence[Item], base: Sequence[Item]) -> float:
    """A raw score of this form as the score the same ability expects on the base form (true-score equating)."""
    if raw <= 0:
        return 0.0
    if raw >= len(form):
        return float(len(base))
    return true_score(base, ability_at(form, raw))


def pass_chance(true_share: float, items: int, raw_cut: int) -> float:
    """P(at least the cut) of a taker who knows `true_share` of the field."""
    return band_chance(true_share, items, raw_cut, items)


def band_chance(true_share: float, items: int, low: int, high: int) -> float:
    """P(low <= score <= high)."""
    return sum(
        math.comb(items, right) * true_share**right * (1 - true_share) ** (items - right)
        for right in range(max(0, low), min(items, high) + 1)
    )


def retest_topics(form: Mapping[str, int], length: int = RETEST_ITEMS) -> dict[str, int]:
    """How many unseen items of each topic the short retest has: the form's shares, by largest remainder.

    Ties go to the larger topic, then by name, so the same form always gives the same retest.
    """
    total = sum(form.values())
    if total <= 0:
        raise ValueError("a form without items has no topics to retest")
    quotas = {topic: length * count / total for topic, count in form.items()}
    result = {topic: math.floor(quota + _ROUNDING) for topic, quota in quotas.items()}
    order = sorted(form, key=lambda topic: (result[topic] - quotas[topic], -form[topic], topic))
    for topic in order[: length - sum(result.values())]:
        result[topic] += 1
    return result


def decision_consistency(mean: float, reliability: float, items: int, raw_cut: int) -> float:
    """P(two sittings of like forms agree on pass or fail): Huynh's (1976) beta-binomial.

    `mean` in points. ValueError: a mean at either end or a reliability outside (0, 1).
    """
    if not (0 < mean < items and 0 < reliability < 1):
        raise ValueError("the mean lies inside the scale and reliability between 0 and 1")
    strength = items * (1 - reliability) / reliability  # alpha + beta of the ability distribution
    alpha, beta = strength * mean / items, strength * (1 - mean / items)
    scale = math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)

    def joint(x: int, y: int) -> float:
        right, wrong = alpha + x + y, beta + 2 * items - x - y
        log = math.lgamma(right) + math.lgamma(wrong) - math.lgamma(right + wrong) - scale
        return math.comb(items, x) * math.comb(items, y) * math.exp(log)

    return sum(joint(x, y) for x in range(items + 1) for y in range(items + 1) if (x >= raw_cut) == (y >= raw_cut))


@dataclass(frozen=True)
class JudgedCut:
    """A cut set by judges, in points, with its standard error (None for one judge)."""

    cut: float
    error: float | None


def angoff(judgements: Sequence[Sequence[float]]) -> JudgedCut:
    """Modified Angoff: each judge gives, per item, the chance that a just-good-enough person is right.

    Cut: mean over the judges of their sums; error: the sums' deviation by the root of their number. ValueError: no
    judge, unequal numbers of items, a chance outside 0..1.
    """
    if not judgements or len({len(judge) for judge in judgements}) != 1:
        raise ValueError("every judge rates every item")
    if not all(0 <= chance <= 1 for judge in judgements for chance in judge):
        raise ValueError("a chance lies between 0 and 1")
    sums = [math.fsum(judge) for judge in judgements]
    mean = math.fsum(sums) / len(sums)
    if len(sums) == 1:
        return JudgedCut(mean, None)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in sums) / (len(sums) - 1))
    return JudgedCut(mean, deviation / math.sqrt(len(sums)))

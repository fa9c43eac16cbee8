"""Answers a person should look at: too fast, unlike the person's ability, or wrong in the same way as a neighbour.

Each is a reason to ask, never to punish: a signal has innocent causes (a keen reader, a shared wrong habit, a screen
reader), so nothing here closes an attempt or changes a score.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nastavnik.assessment.logic.psychometrics.calibration import Item
from nastavnik.assessment.logic.psychometrics.expectation import Quadrature, softplus, standard_normal

RAPID_SHARE = 0.10
"""An answer given in less than this share of the item's median time was hardly read (Wise and Ma 2012). Proposed."""
MISFIT_Z = -2.58
SAME_WRONG_FROM = 5
"""Fewer wrong answers in common than this are never told from chance among thousands of pairs, so are not tried."""
CHANCE = 0.05


@dataclass(frozen=True)
class Taker:
    """What one taker answered."""

    code: str
    ability: float
    """On the scale of the items."""
    wrong: Mapping[str, str]
    """Item -> the wrong option chosen."""
    seen: frozenset[str]


@dataclass(frozen=True)
class SameWrong:
    """A pair with more wrong answers in common than two people of their abilities come to by chance."""

    first: str
    second: str
    same: int
    expected: float
    p: float
    """After Holm's correction for all pairs compared."""


def rapid_share(durations_ms: Sequence[int], medians_ms: Sequence[int]) -> float | None:
    """Share of answers given faster than the item can be read; None where nothing was answered."""
    if not durations_ms:
        return None
    rapid = sum(own < RAPID_SHARE * usual for own, usual in zip(durations_ms, medians_ms, strict=True))
    return rapid / len(durations_ms)


def ability(answers: Sequence[tuple[Item, int]], quadrature: Quadrature | None = None) -> tuple[float, float]:
    """Posterior mean and deviation of ability (EAP, prior N(0, 1)) given items and whether they were right (1) or not.

    Items on another scale than the takers' own: shift the result by the link.
    """
    used = quadrature or standard_normal()
    logs = [
        prior - sum(softplus((1 - 2 * right) * (item.slope * node + item.intercept)) for item, right in answers)
        for node, prior in zip(used.nodes, used.log_weights, strict=True)
    ]
    top = max(logs)
    weights = [math.exp(log - top) for log in logs]
    total = sum(weights)
    mean = sum(w * node for w, node in zip(weights, used.nodes, strict=True)) / total
    square = sum(w * (node - mean) ** 2 for w, node in zip(weights, used.nodes, strict=True)) / total
    return mean, math.sqrt(square)


def person_fit(answers: Sequence[tuple[Item, int]], at: float) -> float | None:
    """lz (Drasgow, Levine and Williams 1985): standardised log-likelihood of the answers at this ability.

    About N(0, 1), a little narrower because ability is estimated; below -2.58 the hard were right and the easy wrong.
    None where no answer was in doubt.
    """
    observed = expected = variance = 0.0
    for item, right in answers:
        logit = item.slope * at + item.intercept
        p = item.chance(at)
        observed -= softplus(-logit if right else logit)
        expected -= p * softplus(-logit) + (1 - p) * softplus(logit)
        variance += p * (1 - p) * logit * logit  # log(P / Q) is the logit
    return (observed - expected) / math.sqrt(variance) if variance > 1e-12 else None


def same_wrong(
    takers: Sequence[Taker], items: Mapping[str, Item], wrong_shares: Mapping[str, Mapping[str, float]]
) -> list[SameWrong]:
    """Pairs of takers with too many identical wrong answers, the least likely first.

    By chance two people choose the same wrong option of an item with Q(theta1) Q(theta2) sum(share^2), the shares being
    `wrong_shares` among all who were wrong on it; the count is then Poisson-binomial, Holm-corrected over all pairs.
    """
    together: dict[tuple[str, str], list[int]] = {}
    for number, taker in enumerate(takers):
        for answer in taker.wrong.items():
            together.setdefault(answer, []).append(number)
    counts = Counter(pair for group in together.values() for pair in combinations(group, 2))
    pairs = len(takers) * (len(takers) - 1) // 2
    collision = {item: sum(share * share for share in shares.values()) for item, shares in wrong_shares.items()}
    tried = []
    for (i, j), same in counts.items():
        if same >= SAME_WRONG_FROM:
            chances = _chances(takers[i], takers[j], items, collision)
            tried.append((_at_least(same, chances), i, j, same, sum(chances)))
    tried.sort()
    found: list[SameWrong] = []
    corrected = 0.0
    for rank, (p, i, j, same, expected) in enumerate(tried):
        corrected = max(corrected, min(1.0, p * (pairs - rank)))
        if corrected >= CHANCE:
            break
        found.append(SameWrong(takers[i].code, takers[j].code, same, expected, corrected))
    return found


def _chances(first: Taker, second: Taker, items: Mapping[str, Item], collision: Mapping[str, float]) -> list[float]:
    return [
        (1 - items[item].chance(first.ability)) * (1 - items[item].chance(second.ability)) * collision[item]
        for item in sorted(first.seen & second.seen)
        if item in items and item in collision
    ]


def _at_least(count: int, chances: Sequence[float]) -> float:
    """P(sum of independent yes/no >= count), by adding one at a time; the last place gathers `count` and more."""
    reached = [1.0] + [0.0] * count
    for p in chances:
        reached[count] += reached[count - 1] * p
        for k in range(count - 1, 0, -1):
            reached[k] = reached[k] * (1 - p) + reached[k - 1] * p
        reached[0] *= 1 - p
    return min(1.0, reached[count])

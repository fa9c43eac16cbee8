"""The E-step of marginal maximum likelihood, and the posterior of ability it rests on.

Model: logit P(right) = a * theta + d, theta ~ N(0, 1) (Bock and Aitkin 1981). Given theta, the answers of a taker
enter the likelihood only through A = sum of a over the items answered right, so the posterior over the nodes is
exp(theta_q A + C_q) up to scale, with C_q one number per node for all who saw the same items. The complete-data
sufficient statistics are sum(x) and sum(x theta): an E-step is takers x nodes, not takers x items x nodes.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul

from nastavnik.assessment.logic.psychometrics.linear import Matrix, Vector, dot
from nastavnik.assessment.logic.psychometrics.patterns import Block, Patterns


@dataclass(frozen=True)
class Quadrature:
    """Equally spaced nodes of ability with their normalised normal weights, as logarithms."""

    nodes: tuple[float, ...]
    log_weights: tuple[float, ...]


@lru_cache(maxsize=16)
def standard_normal(count: int = 41, limit: float = 5.0) -> Quadrature:
    """`count` nodes on [-limit, limit]. 41 on 5 differ from 61 on 6 by less than 1e-4 in the parameters."""
    step = 2 * limit / (count - 1)
    nodes = tuple(-limit + step * number for number in range(count))
    total = sum(math.exp(-node * node / 2) for node in nodes)
    return Quadrature(nodes, tuple(-node * node / 2 - math.log(total) for node in nodes))


@dataclass(frozen=True)
class Posterior:
    """Where the takers of one block stand on ability."""

    columns: Matrix
    """Per node: per pattern, an unnormalised weight."""
    totals: Vector
    """Per pattern: the sum of its weights over the nodes."""
    means: Vector
    """Per pattern: posterior mean of ability (EAP)."""
    counts: Vector
    """Per node: expected number of takers there."""
    log_likelihood: float


@dataclass(frozen=True)
class Expectation:
    """What the M-step needs: for each item, the expected takers per node and its two sufficient statistics."""

    counts: tuple[Vector, ...]
    rights: Vector
    moments: Vector
    """Per item: sum over the takers who were right of their posterior mean ability."""
    log_likelihood: float


def softplus_table(slopes: Sequence[float], intercepts: Sequence[float], nodes: Sequence[float]) -> Matrix:
    """Per item and node: -log P(wrong)."""
    return [
        [softplus(slope * node + intercept) for node in nodes]
        for slope, intercept in zip(slopes, intercepts, strict=True)
    ]


def softplus(logit: float) -> float:
    """log(1 + exp(logit)) without overflow."""
    return logit + math.log1p(math.exp(-logit)) if logit > 0 else math.log1p(math.exp(logit))


def posterior(
    block: Block, slopes: Sequence[float], intercepts: Sequence[float], table: Matrix, quadrature: Quadrature
) -> Posterior:
    """The posterior of every pattern of a block; `slopes`, `intercepts` and `table` are those of all items."""
    nodes = quadrature.nodes
    base = _node_constants(block, table, quadrature)
    scores = block.per_pattern([slopes[item] for item in block.items])
    constants = block.per_pattern([intercepts[item] for item in block.items])
    peaks = _peaks(scores, base, nodes)
    pairs = list(zip(scores, peaks, strict=True))
    exp = math.exp
    # The innermost loop of the whole calibration: written flat on purpose.
    columns = [[exp(node * score + (c - peak)) for score, peak in pairs] for node, c in zip(nodes, base, strict=True)]
    rows = list(zip(*columns, strict=True))
    totals = [float(sum(row)) for row in rows]
    means = [sum(map(mul, row, nodes)) / total for row, total in zip(rows, totals, strict=True)]
    shares = [weight / total for weight, total in zip(block.weights, totals, strict=True)]
    logs = [math.log(total) + peak + d for total, peak, d in zip(totals, peaks, constants, strict=True)]
    return Posterior(columns, totals, means, [dot(column, shares) for column in columns], dot(logs, block.weights))


def _node_constants(block: Block, table: Matrix, quadrature: Quadrature) -> Vector:
    """C_q: log prior weight plus the log chance of everything wrong."""
    columns = zip(*[table[item] for item in block.items], strict=True)
    return [prior - sum(column) for prior, column in zip(quadrature.log_weights, columns, strict=True)]


def _peaks(scores: Iterable[float], base: Vector, nodes: Sequence[float]) -> Vector:
    """Per pattern the largest exponent over the nodes, subtracted so that exp() neither overflows nor vanishes.

    C is concave in theta, so the largest of the lines theta_q A + C_q is found by bisection over their crossings.
    """
    crossings = [
        (c - c_next) / (node_next - node) for (node, c), (node_next, c_next) in pairwise(zip(nodes, base, strict=True))
    ]
    peaks = []
    for score in scores:
        q = bisect_left(crossings, score)
        peaks.append(nodes[q] * score + base[q])
    return peaks


def expect(
    patterns: Patterns, slopes: Sequence[float], intercepts: Sequence[float], quadrature: Quadrature
) -> Expectation:
    """Expected counts and sufficient statistics at these parameters, and the log-likelihood there."""
    table = softplus_table(slopes, intercepts, quadrature.nodes)
    log_likelihood = 0.0
    moments = [0.0] * patterns.items
    counts: list[list[Vector]] = [[] for _item in range(patterns.items)]
    for block in patterns.blocks:
        found = posterior(block, slopes, intercepts, table, quadrature)
        log_likelihood += found.log_likelihood
        weighted = block.per_item(list(map(mul, found.means, block.weights)))
        for item, moment in zip(block.items, weighted, strict=True):
            moments[item] += moment
            counts[item].append(found.counts)
    return Expectation(tuple(map(_added, counts)), patterns.rights, moments, log_likelihood)


def _added(vectors: list[Vector]) -> Vector:
    return vectors[0] if len(vectors) == 1 else [float(sum(column)) for column in zip(*vectors, strict=True)]

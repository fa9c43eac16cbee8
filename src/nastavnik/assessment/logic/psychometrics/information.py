"""How surely item parameters are known: their covariance matrix, over all items together.

The items share one scale, so their errors move together (the mean difficulty of ten anchors is not known sqrt(10)
times better than one): a link needs the whole matrix.

* Where takers share a few forms: the observed information, exact, as complete minus missing information (Louis 1982).
  The missing part is the posterior covariance of the complete-data score, and for all takers of a form it is a
  quadratic form in one nodes x nodes matrix.
* Where nearly everyone had a form of his own: the sum of squared scores (cross-product), which has the same
  expectation, and is trusted only with at least five takers per parameter.
"""

from collections.abc import Sequence
from enum import StrEnum
from operator import add, mul, sub

from nastavnik.assessment.logic.psychometrics.expectation import (
    Expectation,
    Posterior,
    Quadrature,
    expect,
    posterior,
    softplus_table,
)
from nastavnik.assessment.logic.psychometrics.linear import Matrix, Vector, dot, inverse
from nastavnik.assessment.logic.psychometrics.maximisation import Model, expand, fit, logistic
from nastavnik.assessment.logic.psychometrics.patterns import Block, Patterns

_FORMS_EXACT = 12
"""Up to so many forms the exact matrix is the cheaper one too."""
_TAKERS_PER_PARAMETER = 5


class Method(StrEnum):
    """How the covariance was found."""

    OBSERVED = "observed"
    CROSS_PRODUCT = "cross_product"
    NONE = "none"  # too little data, or an item on the edge of what can be estimated


def covariance(
    model: Model, vector: Sequence[float], patterns: Patterns, quadrature: Quadrature
) -> tuple[Method, Matrix]:
    """Covariance of (slopes of all items, intercepts of all items); an empty matrix where it cannot be told."""
    exact = len(patterns.blocks) <= _FORMS_EXACT
    if not exact and patterns.takers < _TAKERS_PER_PARAMETER * len(vector):
        return Method.NONE, []
    slopes, intercepts = expand(model, vector)
    full = (_observed if exact else _cross_product)(patterns, slopes, intercepts, quadrature)
    found = inverse(full if model is Model.TWO_PL else _tied(full))
    if found is None:
        return Method.NONE, []
    if model is Model.RASCH:
        found = _untied(found)
    return (Method.OBSERVED if exact else Method.CROSS_PRODUCT), found


def _tied(full: Matrix) -> Matrix:
    """The same information in terms of one slope common to all items."""
    items = len(full) // 2
    slope = [float(sum(column)) for column in zip(*full[:items], strict=True)]
    first = [float(sum(slope[:items])), *slope[items:]]
    return [first] + [[first[i + 1], *full[items + i][items:]] for i in range(items)]


def _untied(tied: Matrix) -> Matrix:
    """A covariance in terms of one slope, written out for all the equal slopes."""
    index = [0] * (len(tied) - 1) + list(range(1, len(tied)))
    return [[tied[i][j] for j in index] for i in index]


class _Curves:
    """P(right) and theta P(right) of every item at the nodes."""

    def __init__(self, slopes: Sequence[float], intercepts: Sequence[float], nodes: Sequence[float]) -> None:
        self.nodes = nodes
        self.p = [[logistic(a * node + d) for node in nodes] for a, d in zip(slopes, intercepts, strict=True)]
        self.tp = [list(map(mul, nodes, row)) for row in self.p]


def _observed(
    patterns: Patterns, slopes: Sequence[float], intercepts: Sequence[float], quadrature: Quadrature
) -> Matrix:
    curves = _Curves(slopes, intercepts, quadrature.nodes)
    table = softplus_table(slopes, intercepts, quadrature.nodes)
    result = _complete(expect(patterns, slopes, intercepts, quadrature), slopes, intercepts, quadrature)
    for block in patterns.blocks:
        found = posterior(block, slopes, intercepts, table, quadrature)
        missing = _missing(block, found, curves)
        index = [*block.items, *(patterns.items + item for item in block.items)]
        for row, source in zip(index, missing, strict=True):
            target = result[row]
            for column, value in zip(index, source, strict=True):
                target[column] -= value
    return result


def _complete(
    expectation: Expectation, slopes: Sequence[float], intercepts: Sequence[float], quadrature: Quadrature
) -> Matrix:
    """The information there would be if everyone's ability were known: two by two, item by item."""
    items = len(slopes)
    result = [[0.0] * (2 * items) for _row in range(2 * items)]
    for item, (slope, intercept) in enumerate(zip(slopes, intercepts, strict=True)):
        now = fit(slope, intercept, item, expectation, quadrature.nodes)
        result[item][item] = now.slope_slope
        result[item][items + item] = result[items + item][item] = now.slope_intercept
        result[items + item][items + item] = now.intercept_intercept
    return result


def _missing(block: Block, found: Posterior, curves: _Curves) -> Matrix:
    """Sum over the takers of the posterior covariance of the score x - P (intercepts), theta (x - P) (slopes)."""
    columns = [list(map(mul, column, _inverted(found.totals))) for column in found.columns]
    spread = _spread(columns, found.counts, block.weights)
    p, tp = [curves.p[item] for item in block.items], [curves.tp[item] for item in block.items]
    spread_p = [[dot(row, line) for line in spread] for row in p]
    spread_tp = [[dot(row, line) for line in spread] for row in tp]
    pulls = _pulls(block, found, columns, curves.nodes)
    both = _both_right(block, found, columns, curves.nodes)
    size = len(block.items)
    slope_slope = [
        [both[i][j] - dot(pulls[i], tp[j]) - dot(pulls[j], tp[i]) + dot(tp[i], spread_tp[j]) for j in range(size)]
        for i in range(size)
    ]
    slope_intercept = [[dot(tp[i], spread_p[j]) - dot(pulls[i], p[j]) for j in range(size)] for i in range(size)]
    intercepts = [[dot(p[i], spread_p[j]) for j in range(size)] for i in range(size)]
    crossed = list(map(list, zip(*slope_intercept, strict=True)))
    return [a + b for a, b in zip(slope_slope + crossed, slope_intercept + intercepts, strict=True)]


def _inverted(values: Vector) -> Vector:
    return [1 / value for value in values]


def _spread(columns: Matrix, counts: Vector, weights: Sequence[float]) -> Matrix:
    """Sum over the takers of diag(w) - w w', w being the posterior over the nodes."""
    size = len(columns)
    result = [[0.0] * size for _row in range(size)]
    for q, column in enumerate(columns):
        weighted = list(map(mul, column, weights))
        for other in range(q + 1):
            result[q][other] = result[other][q] = -dot(weighted, columns[other])
        result[q][q] += counts[q]
    return result


def _pulls(block: Block, found: Posterior, columns: Matrix, nodes: Sequence[float]) -> Matrix:
    """Per item and node: the sum over the takers who were right of w (theta - posterior mean)."""
    per_node = []
    for node, column in zip(nodes, columns, strict=True):
        shifts = [weight * (node - mean) for weight, mean in zip(block.weights, found.means, strict=True)]
        per_node.append(block.per_item(list(map(mul, column, shifts))))
    return list(map(list, zip(*per_node, strict=True)))


def _both_right(block: Block, found: Posterior, columns: Matrix, nodes: Sequence[float]) -> Matrix:
    """Per pair of items: the sum of posterior variances over the takers who had both right."""
    squares = [node * node for node in nodes]
    seconds = [dot(row, squares) for row in zip(*columns, strict=True)]
    variances = list(map(sub, seconds, map(mul, found.means, found.means)))
    variances = list(map(mul, variances, block.weights))
    result = []
    for item in range(len(block.items)):
        own = [value * block.right(item, number) for number, value in enumerate(variances)]
        result.append(block.per_item(own))
    return result


def _cross_product(
    patterns: Patterns, slopes: Sequence[float], intercepts: Sequence[float], quadrature: Quadrature
) -> Matrix:
    """Sum over the takers of the outer product of their score with itself."""
    curves = _Curves(slopes, intercepts, quadrature.nodes)
    table = softplus_table(slopes, intercepts, quadrature.nodes)
    result = [[0.0] * (2 * patterns.items) for _row in range(2 * patterns.items)]
    for block in patterns.blocks:
        found = posterior(block, slopes, intercepts, table, quadrature)
        index = [*block.items, *(patterns.items + item for item in block.items)]
        for number, row in enumerate(zip(*found.columns, strict=True)):
            score = _score(block, number, row, found, curves)
            whole = [0.0] * len(result)
            for place, value in zip(index, score, strict=True):
                whole[place] = value
            for place, value in zip(index, score, strict=True):
                scaled = value * block.weights[number]
                result[place] = list(map(add, result[place], [scaled * other for other in whole]))
    return result


def _score(block: Block, number: int, row: Sequence[float], found: Posterior, curves: _Curves) -> Vector:
    """Gradient of one pattern's log-likelihood: slopes of its items, then intercepts."""
    total, mean = found.totals[number], found.means[number]
    slopes, intercepts = [], []
    for position, item in enumerate(block.items):
        right = block.right(position, number)
        intercepts.append(right - dot(row, curves.p[item]) / total)
        slopes.append(right * mean - dot(row, curves.tp[item]) / total)
    return slopes + intercepts

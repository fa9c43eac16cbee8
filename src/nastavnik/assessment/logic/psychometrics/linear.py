"""Small dense symmetric algebra (a test has tens of parameters, not thousands), in lists of floats."""

import math
from collections.abc import Sequence
from operator import mul

Vector = list[float]
Matrix = list[list[float]]


def dot(left: Sequence[float], right: Sequence[float]) -> float:
    """Sum of products."""
    return float(sum(map(mul, left, right)))


def cholesky(matrix: Sequence[Sequence[float]]) -> Matrix | None:
    """Lower triangle L (row i has i + 1 entries) with L L' = matrix; None unless it is positive definite."""
    lower: Matrix = []
    for i, source in enumerate(matrix):
        row: Vector = []
        for j in range(i):
            row.append((source[j] - dot(row, lower[j])) / lower[j][j])
        pivot = source[i] - dot(row, row)
        if not pivot > 1e-12 * abs(source[i]):  # also catches nan
            return None
        row.append(math.sqrt(pivot))
        lower.append(row)
    return lower


def solve(lower: Matrix, right: Sequence[float]) -> Vector:
    """x with L L' x = right."""
    forward: Vector = []
    for row, value in zip(lower, right, strict=True):
        forward.append((value - dot(row, forward)) / row[-1])
    for i in range(len(lower) - 1, -1, -1):
        row = lower[i]
        forward[i] /= row[i]
        known = forward[i]
        for j in range(i):
            forward[j] -= row[j] * known
    return forward


def inverse(matrix: Sequence[Sequence[float]]) -> Matrix | None:
    """The inverse of a symmetric positive definite matrix; None if it is not one."""
    lower = cholesky(matrix)
    if lower is None:
        return None
    size = len(lower)
    # Columns of L^-1, each from its own row on; then (L L')^-1 = L^-T L^-1.
    columns: Matrix = []
    for j in range(size):
        column = [1 / lower[j][j]]
        for i in range(j + 1, size):
            column.append(-dot(lower[i][j:i], column) / lower[i][i])
        columns.append(column)
    result = [[0.0] * size for _row in range(size)]
    for i in range(size):
        for j in range(i + 1):
            result[i][j] = result[j][i] = dot(columns[j][i - j :], columns[i])
    return result

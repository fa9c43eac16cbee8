"""This month's scale joined to the base month's by anchors: items unchanged in both forms.

Each calibration puts its own takers at mean 0, deviation 1. The link gives scale and shift with
ability_base = scale * ability_now + shift, so difficulties go over as scale * b + shift and slopes as a / scale.

House method: drop drifted anchors, then the mean shift of the difficulties of the rest. A Rasch calibration has one
slope, so its scale is the ratio of the two slopes (differences are then logits); under 2PL the scale is taken as 1,
which supposes takers equally spread in both months: `mean_sigma` and `stocking_lord` do not suppose that and stand
beside it as a check. Fewer than four good anchors: no link, and the months are not comparable.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from nastavnik.assessment.logic.psychometrics.calibration import Calibration, Item
from nastavnik.assessment.logic.psychometrics.drift import Anchor, Movement, movements
from nastavnik.assessment.logic.psychometrics.expectation import Quadrature, standard_normal
from nastavnik.assessment.logic.psychometrics.linear import Matrix
from nastavnik.assessment.logic.psychometrics.maximisation import Model

ENOUGH_ANCHORS = 4
FEWEST_IN_A_FORM = 6
MOST_IN_A_FORM = 10
_ROUNDS = 100
_HALVINGS = 30


class Method(StrEnum):
    """How scale and shift were found."""

    MEAN_SHIFT = "mean_shift"
    MEAN_SIGMA = "mean_sigma"
    STOCKING_LORD = "stocking_lord"


@dataclass(frozen=True)
class Scale:
    """ability_base = scale * ability_now + shift."""

    scale: float
    shift: float

    def ability(self, now: float) -> float:
        """An ability of this month on the base scale."""
        return self.scale * now + self.shift

    def item(self, now: Item) -> Item:
        """An item calibrated this month, on the base scale. Its errors are those of this month's calibration."""
        slope = now.slope / self.scale
        return Item(
            slope,
            now.intercept - slope * self.shift,
            None if now.slope_error is None else now.slope_error / self.scale,
            None if now.difficulty_error is None else now.difficulty_error * self.scale,
            now.at_limit,
        )


@dataclass(frozen=True)
class Link:
    """A link, or the news that there is none."""

    method: Method
    scale: Scale | None
    """None: not comparable (fewer than four good anchors)."""
    error: float | None
    """Standard error of the shift; None where a calibration does not know its errors, or for the check methods."""
    kept: tuple[str, ...]
    movements: tuple[Movement, ...]
    """Every anchor's movement against the rest, the drifted ones marked."""

    @property
    def is_comparable(self) -> bool:
        """Whether scores of the two months mean the same."""
        return self.scale is not None


def link(
    base: Calibration,
    now: Calibration,
    anchors: Sequence[tuple[str, int, int]],
    *,
    method: Method = Method.MEAN_SHIFT,
) -> Link:
    """Join two calibrations by anchors: (code, column in the base calibration, column in this one).

    Anchors without a place on either scale, or at the limit of what can be estimated, are passed over. ValueError: the
    two calibrations are of different models.
    """
    if base.model is not now.model:
        raise ValueError("a Rasch and a 2PL calibration cannot be joined: calibrate both by one model")
    usable = [
        (Anchor(code, old, new), column, column_now)
        for code, column, column_now in anchors
        if (old := base.items[column]) is not None
        and (new := now.items[column_now]) is not None
        and not (old.at_limit or new.at_limit or old.slope <= 0 or new.slope <= 0)
    ]
    scale = 1.0
    if usable and base.model is Model.RASCH:
        scale = usable[0][0].now.slope / usable[0][0].base.slope
    moved = movements([a for a, _column, _now in usable], scale)
    good = [entry for entry, movement in zip(usable, moved, strict=True) if not movement.has_drifted]
    if len(good) < ENOUGH_ANCHORS:
        return Link(method, None, None, tuple(a.code for a, _column, _now in good), tuple(moved))
    pairs = [a for a, _column, _now in good]
    found = Scale(scale, mean_shift(pairs, scale))
    error = None
    if method is Method.MEAN_SHIFT:
        error = _error(base.difficulty_covariance, now.difficulty_covariance, [g[1:] for g in good], scale)
    elif method is Method.MEAN_SIGMA:
        found = mean_sigma(pairs)
    else:
        found = stocking_lord(pairs)
    return Link(method, found, error, tuple(a.code for a in pairs), tuple(moved))


def mean_shift(anchors: Sequence[Anchor], scale: float = 1.0) -> float:
    """Mean difference of the difficulties, base less now."""
    return fmean(anchor.base.difficulty - scale * anchor.now.difficulty for anchor in anchors)


def mean_sigma(anchors: Sequence[Anchor]) -> Scale:
    """Scale by the ratio of the difficulties' deviations (Marco 1977). ValueError: fewer than two, or all alike."""
    base, now = [a.base.difficulty for a in anchors], [a.now.difficulty for a in anchors]
    if len(anchors) < 2 or not stdev(now) > 0:
        raise ValueError("a scale needs two anchors of different difficulty")
    scale = stdev(base) / stdev(now)
    return Scale(scale, fmean(base) - scale * fmean(now))


def stocking_lord(anchors: Sequence[Anchor], quadrature: Quadrature | None = None) -> Scale:
    """The scale and shift under which the anchors' expected scores agree best over ability (Stocking and Lord 1983).

    Least squares, weighted by the normal density of the base month, by Gauss and Newton with halved steps.
    """
    nodes = (quadrature or standard_normal()).nodes
    weights = [math.exp(w) for w in (quadrature or standard_normal()).log_weights]
    targets = [sum(anchor.base.chance(node) for anchor in anchors) for node in nodes]
    point = Scale(1.0, mean_shift(anchors))
    loss = _loss(point, anchors, nodes, weights, targets)
    for _round in range(_ROUNDS):
        step = _step(point, anchors, nodes, weights, targets)
        tried = [
            Scale(max(0.05, point.scale + step[0] / 2**halving), point.shift + step[1] / 2**halving)
            for halving in range(_HALVINGS)
        ]
        losses = ((_loss(trial, anchors, nodes, weights, targets), trial) for trial in tried)
        better = next((found for found in losses if found[0] < loss), None)
        if better is None:
            break
        loss, point = better
    return point


def _loss(
    at: Scale, anchors: Sequence[Anchor], nodes: Sequence[float], weights: Sequence[float], targets: Sequence[float]
) -> float:
    items = [at.item(anchor.now) for anchor in anchors]
    return sum(
        weight * (target - sum(item.chance(node) for item in items)) ** 2
        for node, weight, target in zip(nodes, weights, targets, strict=True)
    )


def _step(
    at: Scale, anchors: Sequence[Anchor], nodes: Sequence[float], weights: Sequence[float], targets: Sequence[float]
) -> tuple[float, float]:
    """Gauss-Newton: logit = a (theta - shift) / scale - a b has slopes -a (theta - shift) / scale^2 and -a / scale."""
    scale_scale = scale_shift = shift_shift = by_scale = by_shift = 0.0
    items = [at.item(anchor.now) for anchor in anchors]
    for node, weight, target in zip(nodes, weights, targets, strict=True):
        chances = [item.chance(node) for item in items]
        pull = -sum(item.slope * p * (1 - p) for item, p in zip(items, chances, strict=True))
        stretch = pull * (node - at.shift) / at.scale
        gap = target - sum(chances)
        scale_scale += weight * stretch * stretch
        scale_shift += weight * stretch * pull
        shift_shift += weight * pull * pull
        by_scale += weight * stretch * gap
        by_shift += weight * pull * gap
    determinant = scale_scale * shift_shift - scale_shift**2
    if not determinant > 0:
        return 0.0, 0.0
    return (
        (by_scale * shift_shift - by_shift * scale_shift) / determinant,
        (by_shift * scale_scale - by_scale * scale_shift) / determinant,
    )


def _error(base: Matrix, now: Matrix, columns: Sequence[Sequence[int]], scale: float) -> float | None:
    """Of a mean of differences, with the errors the difficulties of one calibration share."""
    if not base or not now:
        return None
    old = sum(base[i][j] for i, _i in columns for j, _j in columns)
    new = sum(now[i][j] for _i, i in columns for _j, j in columns)
    return math.sqrt(old + scale * scale * new) / len(columns)

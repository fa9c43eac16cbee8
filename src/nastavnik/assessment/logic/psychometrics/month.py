"""This month's exam on the base month's terms: one call from two calibrations to «this month 27 of 30»."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.assessment.logic.psychometrics.calibration import Calibration, Item
from nastavnik.assessment.logic.psychometrics.cuts import PASS_SHARE, PassMark, ability_at, at_ability, unequated
from nastavnik.assessment.logic.psychometrics.linking import Link, Method, link


@dataclass(frozen=True)
class Form:
    """A calibrated form with the share who were right on each item (`classical`), in the order of its columns.

    The share stands in for items without a place on the scale: those everyone, or no one, had right.
    """

    calibration: Calibration
    facilities: Sequence[float]

    @property
    def sure_points(self) -> float:
        """Points of the items without a place."""
        return sum(share for item, share in zip(self.calibration.items, self.facilities, strict=True) if item is None)


@dataclass(frozen=True)
class Month:
    """The mark of a month and where it comes from."""

    mark: PassMark
    link: Link
    cut: float
    """The ability asked for, on the base scale."""

    @property
    def is_equated(self) -> bool:
        """False: too few good anchors; the mark is the plain share and trends may not be shown."""
        return self.link.is_comparable


def base_cut(base: Form, share: float = PASS_SHARE) -> float:
    """The ability that expects `share` of the base form: fixed once, for all the months after."""
    return ability_at(base.calibration.known(), share * len(base.facilities) - base.sure_points)


def this_month(
    base: Form,
    now: Form,
    anchors: Sequence[tuple[str, int, int]],
    *,
    share: float = PASS_SHARE,
    method: Method = Method.MEAN_SHIFT,
) -> Month:
    """Link the months by anchors (code, column in base, column now) and find this month's mark."""
    joined = link(base.calibration, now.calibration, anchors, method=method)
    cut = base_cut(base, share)
    if joined.scale is None:
        return Month(unequated(len(now.facilities), share), joined, cut)
    on_base: list[Item] = [joined.scale.item(item) for item in now.calibration.known()]
    found = at_ability(on_base, cut)
    return Month(PassMark(len(now.facilities), found.exact + now.sure_points, found.error), joined, cut)

"""Results judged anew: planned first, so that the people it would change can be counted, then written as new rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from nastavnik.assessment.actions.forms import decimal_of
from nastavnik.assessment.enums import Outcome
from nastavnik.assessment.events import AttemptRescored
from nastavnik.assessment.logic import rescoring as logic
from nastavnik.assessment.logic import verdicts
from nastavnik.assessment.logic.rescoring import Change, Line, Standing
from nastavnik.assessment.models import ItemResult, Result
from nastavnik.kernel.events import publish_all
from nastavnik.people.models import Person

RANKS = {Outcome.FAILED: 0, Outcome.GREY: 1, Outcome.PASSED: 2}
WRITTEN_AT_ONCE = 200
Treat = Callable[[ItemResult], Line]
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Planned:
    """One result as it would become."""

    result: Result
    lines: list[tuple[ItemResult, Line]]
    points: Fraction
    maximum: Fraction
    cut: Fraction
    outcome: Outcome
    change: Change

    @property
    def is_written(self) -> bool:
        return self.change not in (Change.SAME, Change.SPARED)


@dataclass
class Plan:
    """What would become of all of them."""

    planned: list[Planned] = field(default_factory=list)

    @property
    def counts(self) -> dict[Change, int]:
        return logic.counted([one.change for one in self.planned])

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.planned if one.is_written]


def line_of(row: ItemResult) -> Line:
    """The item as it counts now."""
    return Line(row.position, Fraction(row.points), Fraction(row.max_points), row.is_left_out)


def plan(results: Sequence[Result], treat: Treat, *, spares: bool, cut: Fraction | None = None) -> Plan:
    """What `treat` would make of the results. `cut`: a new pass mark in points; else theirs, in proportion."""
    rows: dict[int, list[ItemResult]] = {}
    for row in ItemResult.objects.filter(result__in=results).order_by("result_id", "position"):
        rows.setdefault(row.result_id, []).append(row)
    return Plan([_planned(one, rows.get(one.pk, []), treat, spares=spares, cut=cut) for one in results])


def _planned(result: Result, rows: list[ItemResult], treat: Treat, *, spares: bool, cut: Fraction | None) -> Planned:
    lines = [(row, treat(row)) for row in rows]
    points, maximum = logic.totals(line for _row, line in lines)
    before_max = Fraction(result.max_points)
    mark = cut if cut is not None else logic.scaled_cut(Fraction(result.cut_points), before_max, maximum)
    outcome = _outcome(result, points, maximum, mark)
    before = Standing(Fraction(result.points), before_max, RANKS[Outcome(result.outcome)])
    change = logic.change(before, Standing(points, maximum, RANKS[outcome]), spares=spares)
    return Planned(result, lines, points, maximum, mark, outcome, change)


def _outcome(result: Result, points: Fraction, maximum: Fraction, cut: Fraction) -> Outcome:
    """By the rules of the window; a retest has no grey band, both sittings together decide."""
    sitting = result.attempt.sitting
    has_band = sitting.grey_from and sitting.grey_to and result.attempt.after_id is None
    grey = (sitting.grey_from, sitting.grey_to) if has_band else None
    return verdicts.outcome(
        points,
        verdicts.rules(maximum, pass_percent=sitting.pass_percent, grey=grey, equated_cut=cut),  # type: ignore[arg-type]  # both are numbers where there is a band
    )


def write(made: Plan, *, reason: str, by: Person | None, at: datetime, tell: Tell | None = None) -> int:
    """Write the results that change, in the caller's transaction, and tell of each. Returns how many."""
    changed = made.changed
    for start in range(0, len(changed), WRITTEN_AT_ONCE):
        part = changed[start : start + WRITTEN_AT_ONCE]
        fresh = Result.objects.bulk_create([_result(one, reason, by, at) for one in part])
        ItemResult.objects.bulk_create(
            (_item(result, row, line) for result, one in zip(fresh, part, strict=True) for row, line in one.lines),
            batch_size=5000,
        )
        publish_all([_event(result, at) for result in fresh], at=at)
        if tell:
            tell(start + len(part), len(changed))
    return len(changed)


def _result(one: Planned, reason: str, by: Person | None, at: datetime) -> Result:
    return Result(
        attempt=one.result.attempt, points=decimal_of(one.points), max_points=decimal_of(one.maximum),
        percent=round(decimal_of(verdicts.percent(one.points, one.maximum)), 2), cut_points=decimal_of(one.cut),
        outcome=one.outcome, made_at=at, made_by=by, replaces=one.result, reason=reason,
    )  # fmt: skip


def _item(result: Result, row: ItemResult, line: Line) -> ItemResult:
    return ItemResult(
        result=result, attempt_id=row.attempt_id, position=row.position, item_id=row.item_id, version_id=row.version_id,
        answer=row.answer, points=decimal_of(line.points), max_points=row.max_points, parts=row.parts,
        answered_at=row.answered_at, is_left_out=line.is_left_out,
    )  # fmt: skip


def _event(result: Result, at: datetime) -> Any:
    attempt, percent = result.attempt, float(result.percent)
    outcome = str(result.outcome)
    return AttemptRescored(
        attempt.pk, attempt.person_id, attempt.exam.code, percent, result.is_passed, outcome, at
    )  # fmt: skip

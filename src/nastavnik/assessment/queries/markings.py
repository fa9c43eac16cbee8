"""How far markers agree: alpha over all answers marked twice, per question, and how strict each marker is."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nastavnik.assessment.logic.agreement import Trust, krippendorff, trust
from nastavnik.assessment.logic.marking import THIRD_ABOVE
from nastavnik.assessment.models import Item, Mark
from nastavnik.people.models import Person


@dataclass(frozen=True)
class Agreement:
    """Figures of some answers that were marked twice. `parted`: how many went to a third marker."""

    answers: int
    alpha: float | None
    close: float | None
    """Share of answers whose two marks are within the gap."""

    @property
    def trust(self) -> Trust:
        return trust(self.alpha)


@dataclass(frozen=True)
class OfItem(Agreement):
    """The same for one question."""

    item: Item


@dataclass(frozen=True)
class Severity:
    """How a marker's points differ from those of the others on the same answers; negative is stricter."""

    marker: Person
    answers: int
    difference: float

    @property
    def percent(self) -> float:
        """Of the points possible."""
        return 100 * self.difference


@dataclass(frozen=True)
class AllAgreement(Agreement):
    """The page: all answers, each question, each marker."""

    items: list[OfItem]
    markers: list[Severity]


Pair = tuple[Mark, Mark]


def agreement() -> AllAgreement:
    """Everything from the first two marks of every answer, in two queries; third markers know of a gap."""
    rows = (
        Mark.objects.filter(number__in=[1, 2]).select_related("answer__item", "marker").order_by("answer_id", "number")
    )
    found: dict[int, list[Mark]] = {}
    for row in rows:
        found.setdefault(row.answer_id, []).append(row)
    pairs: list[Pair] = [(both[0], both[1]) for both in found.values() if len(both) == 2]
    by_item: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_item.setdefault(pair[0].answer.item_id, []).append(pair)
    items = [_of_item(some) for some in by_item.values()]
    items.sort(key=lambda one: (one.alpha is None, one.alpha or 0))
    return AllAgreement(*_figures(pairs), items=items, markers=_severities(pairs))


def _share(mark: Mark) -> Fraction:
    return Fraction(mark.points) / Fraction(mark.answer.max_points)


def _figures(pairs: list[Pair]) -> tuple[int, float | None, float | None]:
    units = [[float(_share(one)) for one in pair] for pair in pairs]
    near = sum(abs(_share(first) - _share(second)) <= THIRD_ABOVE for first, second in pairs)
    return len(pairs), krippendorff(units), near / len(pairs) if pairs else None


def _of_item(pairs: list[Pair]) -> OfItem:
    return OfItem(*_figures(pairs), item=pairs[0][0].answer.item)


def _severities(pairs: Iterable[Pair]) -> list[Severity]:
    gaps: dict[Person, list[float]] = {}
    for first, second in pairs:
        gap = float(_share(first) - _share(second))
        gaps.setdefault(first.marker, []).append(gap)
        gaps.setdefault(second.marker, []).append(-gap)
    found = [Severity(marker, len(some), sum(some) / len(some)) for marker, some in gaps.items()]
    return sorted(found, key=lambda one: one.difference)

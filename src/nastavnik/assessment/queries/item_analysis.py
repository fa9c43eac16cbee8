"""The analysis of one item over all the exams it stood in: a row per version, its forms below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from nastavnik.assessment.logic.psychometrics import bands
from nastavnik.assessment.logic.psychometrics.classical import Depth, Flag, ItemFigures, analyse, depth, flags
from nastavnik.assessment.models import Form, Item, ItemAlarm, ItemVersion
from nastavnik.assessment.queries.distractors import Options, guess_of, options_of
from nastavnik.assessment.queries.sheets import VersionAnswers, version_answers

GROUPS = 5


@dataclass(frozen=True)
class Slice:
    """The figures of one version, over all its forms or in one of them."""

    answers: int
    depth: Depth
    figures: ItemFigures | None
    ease: bands.Ease | None
    discrimination: bands.Discrimination | None
    flags: frozenset[Flag]


@dataclass(frozen=True)
class InForm:
    """One version in one form."""

    form: Form
    slice: Slice

    @property
    def month(self) -> date | None:
        return self.form.month_date


@dataclass(frozen=True)
class Group:
    """A fifth of the takers by the rest of the test: how many, and the share of points they got on the item."""

    takers: int
    rest: float
    share: float


@dataclass(frozen=True)
class VersionLine:
    """One version with its figures, its options, its forms."""

    version: ItemVersion
    whole: Slice
    options: Options
    forms: list[InForm]
    groups: list[Group]


@dataclass(frozen=True)
class ItemScreen:
    """The whole page."""

    item: Item
    versions: list[VersionLine]
    alarms: list[ItemAlarm]

    @property
    def newest(self) -> VersionLine | None:
        """The newest version somebody answered."""
        return next((one for one in self.versions if one.whole.answers), None)


def item_screen(item: Item) -> ItemScreen:
    """Everything about an item; two queries per version that was published, and three more."""
    versions = list(item.versions.exclude(published_at=None).order_by("-number"))
    found = [version_answers(version) for version in versions]
    forms = Form.objects.select_related("exam").in_bulk({form for one in found for form in one.forms})
    alarms = ItemAlarm.objects.filter(version__item=item).select_related("form__exam", "looked_by", "version")
    return ItemScreen(item, [_version(one, forms) for one in found], list(alarms))


def _version(given: VersionAnswers, forms: dict[int, Form]) -> VersionLine:
    body = given.version.content
    guess = guess_of(body)
    places: dict[int, list[int]] = {}
    for place, form_id in enumerate(given.forms):
        places.setdefault(form_id, []).append(place)
    whole = slice_of(given, range(len(given.points)), guess)
    told = whole.depth is not Depth.NOTHING
    each = [InForm(forms[form_id], slice_of(given, chosen, guess)) for form_id, chosen in places.items()]
    each.sort(key=lambda one: (one.form.month_date or one.form.made_at.date(), one.form.pk), reverse=True)
    return VersionLine(
        version=given.version,
        whole=whole,
        options=options_of(body, given.answers, given.rest) if told else Options([], None),
        forms=each,
        groups=groups(given) if told else [],
    )


def slice_of(given: VersionAnswers, chosen: Sequence[int], guess: float | None) -> Slice:
    """Figures of some of the answers. The rest of the test stands in as one other item, worth a share of one."""
    points = [given.points[place] for place in chosen]
    level = depth(len(points))
    if level is Depth.NOTHING:
        return Slice(len(points), level, None, None, None, frozenset())
    rest = [given.rest[place] for place in chosen]
    figures = analyse([list(row) for row in zip(points, rest, strict=True)], [given.maximum, 1.0]).items[0]
    tells = level is Depth.FULL and figures.item_rest is not None
    return Slice(
        answers=len(points),
        depth=level,
        figures=figures,
        ease=bands.ease(figures.facility) if figures.facility is not None else None,
        discrimination=bands.discrimination(figures.item_rest or 0.0) if tells else None,
        flags=flags(figures, guess=guess),
    )


def groups(given: VersionAnswers) -> list[Group]:
    """Takers in five groups by the rest of the test, the weakest first; fewer groups where there are few takers."""
    pairs: list[tuple[float, float]] = sorted(
        (rest, points / given.maximum)
        for rest, points in zip(given.rest, given.points, strict=True)
        if rest is not None
    )
    count = min(GROUPS, len(pairs) // 2)
    cuts = [round(len(pairs) * number / count) for number in range(count + 1)] if count else []
    found: list[Group] = []
    for low, high in pairwise(cuts):
        part = pairs[low:high]
        found.append(Group(len(part), _mean([one for one, _share in part]), _mean([share for _rest, share in part])))
    return found


def _mean(values: Sequence[Any]) -> float:
    return float(sum(values) / len(values))

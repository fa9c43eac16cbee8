"""The repeated part of the editor: options, accepted answers, pairs, steps. Which fields a kind has, and how rows
become the parts of an item and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.formats.workbook_columns import BadCell, read_span, span_of
from nastavnik.assessment.logic.items import (
    Body,
    Choice,
    Criterion,
    Essay,
    Gap,
    Matching,
    Multiple,
    Number,
    NumberChoice,
    Ordering,
    Pair,
    Short,
    Single,
)
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat, line_of, rich

MORE, LEAST = 2, 4
_NARROW = ("share", "points", "gap")


def _two_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "cols": 26})


_FIELDS: dict[str, Any] = {
    "gap": lambda: forms.IntegerField(label=_("Gap"), min_value=1, max_value=100, required=False),
    "text": lambda: forms.CharField(label=_("Text"), required=False, widget=_two_lines()),
    "number": lambda: forms.CharField(label=_("Right number"), required=False, max_length=100),
    "left": lambda: forms.CharField(label=_("Left side"), required=False, widget=_two_lines()),
    "right_side": lambda: forms.CharField(label=_("Right side"), required=False, max_length=1000),
    "right": lambda: forms.BooleanField(label=_("Right"), required=False),
    "share": lambda: forms.CharField(label=_("Share, %"), required=False, max_length=20),
    "points": lambda: forms.CharField(label=_("Points"), required=False, max_length=20),
    "feedback": lambda: forms.CharField(label=_("Feedback"), required=False, widget=_two_lines()),
    "format": lambda: forms.CharField(required=False, widget=forms.HiddenInput()),
}
COLUMNS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.SINGLE: ("text", "right", "share", "feedback", "format"),
    ItemKind.MULTIPLE: ("text", "right", "share", "feedback", "format"),
    ItemKind.SHORT: ("text", "share", "feedback", "format"),
    ItemKind.GAP: ("gap", "text", "share", "feedback", "format"),
    ItemKind.NUMBER: ("number", "share", "feedback", "format"),
    ItemKind.MATCHING: ("left", "right_side", "format"),
    ItemKind.ORDERING: ("text", "format"),
    ItemKind.ESSAY: ("text", "points"),
}
TITLES: dict[ItemKind, Any] = {
    ItemKind.SINGLE: _("Options"),
    ItemKind.MULTIPLE: _("Options"),
    ItemKind.SHORT: _("Accepted answers"),
    ItemKind.GAP: _("Accepted answers of the gaps"),
    ItemKind.NUMBER: _("Accepted numbers"),
    ItemKind.MATCHING: _("Pairs"),
    ItemKind.ORDERING: _("Steps in the right order"),
    ItemKind.ESSAY: _("Rubric"),
}
HELPS: dict[ItemKind, Any] = {
    ItemKind.SINGLE: _("Mark the right one. A share gives part of the points for a nearly right option."),
    ItemKind.MULTIPLE: _("Mark the right ones; each wrong one takes as much away. Own shares replace this rule."),
    ItemKind.SHORT: _("Capital letters, ё and е, blanks and marks at the ends do not matter; * stands for any text."),
    ItemKind.GAP: _("Write five underscores in the text for each gap; here are its accepted answers."),
    ItemKind.NUMBER: _("5, or 5±0.1, or 1..5. A share gives part of the points for a wider interval."),
    ItemKind.MATCHING: _("A right side without a left one is a distractor."),
    ItemKind.ORDERING: _("The taker sees them shuffled. Points are shared by neighbours in the right order."),
    ItemKind.ESSAY: _("What a marker looks for and the points it brings; together they make the item's points."),
}


class BadRow(Exception):
    """A row cannot be read: its field and what is wrong, as an English sentence."""

    def __init__(self, row: int, field: str, message: str, **params: Any) -> None:
        super().__init__(message)
        self.row, self.field, self.message, self.params = row, field, message, params


BAD_SHARE = gettext_noop("A share is a number of per cent from -100 to 100.")
BAD_POINTS = gettext_noop("This is no number of points.")
BAD_NUMBER = gettext_noop("This is no number, no 5±0.1 and no 1..5.")
NO_GAP_NUMBER = gettext_noop("Say which gap the answer belongs to.")
MESSAGES = (BAD_SHARE, BAD_POINTS, BAD_NUMBER, NO_GAP_NUMBER)
Rows = list[Mapping[str, Any]]


def field_of(name: str) -> forms.Field:
    """The form field of a column."""
    made: forms.Field = _FIELDS[name]()
    if not isinstance(made, forms.BooleanField):
        made.widget.attrs["class"] = "input"
    if name in _NARROW:
        made.widget.attrs["size"] = 5
    return made


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one form; `format` is that of texts without one of their own."""

    format: TextFormat

    def text(self, row: Mapping[str, Any], name: str) -> Text:
        own = row.get("format") or ""
        return rich(row.get(name) or "", own if own in set(TextFormat) else self.format)

    def weight(self, at: int, row: Mapping[str, Any]) -> Decimal | None:
        text = (row.get("share") or "").strip().rstrip("%").replace(",", ".").replace("\u2212", "-")
        try:
            weight = Decimal(text) if text else None
        except InvalidOperation as error:
            raise BadRow(at, "share", BAD_SHARE) from error
        if weight is not None and not (weight.is_finite() and -100 <= weight <= 100):
            raise BadRow(at, "share", BAD_SHARE)
        return weight

    def choice(self, at: int, row: Mapping[str, Any], *, typed: bool) -> Choice:
        right = True if typed else bool(row.get("right"))
        feedback = self.text(row, "feedback") or None
        return Choice(self.text(row, "text"), right, self.weight(at, row), feedback)

    def number(self, at: int, row: Mapping[str, Any]) -> NumberChoice:
        try:
            span = read_span(row.get("number") or "")
        except BadCell as error:
            raise BadRow(at, "number", BAD_NUMBER) from error
        return NumberChoice(**span, weight=self.weight(at, row), feedback=self.text(row, "feedback") or None)


def filled(rows: Rows) -> list[tuple[int, Mapping[str, Any]]]:
    """Rows in which something is written, with their places."""
    return [
        (place, row)
        for place, row in enumerate(rows)
        if any(row.get(name) for name in row if name not in ("format", "gap", "right"))
    ]


def body_of(kind: ItemKind, common: dict[str, Any], rows: Rows, *, embedded: bool) -> Body:
    """The item of a form with rows. Raises BadRow."""
    read, found = Reader(common["stem"].format), filled(rows)
    inside = {**common, "embedded": embedded}
    if kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        choices = tuple(read.choice(at, row, typed=False) for at, row in found)
        return Single(**inside, choices=choices) if kind == ItemKind.SINGLE else Multiple(**inside, choices=choices)
    if kind == ItemKind.SHORT:
        return Short(**common, answers=tuple(read.choice(at, row, typed=True) for at, row in found))
    if kind == ItemKind.GAP:
        return Gap(**common, gaps=_gaps(read, found))
    if kind == ItemKind.NUMBER:
        numbers = tuple(read.number(at, row) for at, row in found)
        bare = len(numbers) == 1 and numbers[0].weight is None and numbers[0].feedback is None
        return Number(**inside, numbers=numbers, bare=bare)
    if kind == ItemKind.MATCHING:
        pairs = (Pair(read.text(row, "left"), line_of(row.get("right_side") or "")) for _at, row in found)
        return Matching(**inside, pairs=tuple(pairs))
    if kind == ItemKind.ORDERING:
        return Ordering(**common, steps=tuple(read.text(row, "text") for _at, row in found))
    rubric = (Criterion(line_of(row.get("text") or ""), _points(at, row)) for at, row in found)
    return Essay(**inside, rubric=tuple(rubric))


def _gaps(read: Reader, found: list[tuple[int, Mapping[str, Any]]]) -> tuple[tuple[Choice, ...], ...]:
    by_gap: dict[int, list[Choice]] = {}
    for at, row in found:
        if not row.get("gap"):
            raise BadRow(at, "gap", NO_GAP_NUMBER)
        by_gap.setdefault(int(row["gap"]), []).append(read.choice(at, row, typed=True))
    return tuple(tuple(by_gap.get(number, ())) for number in range(1, max(by_gap, default=0) + 1))


def _points(at: int, row: Mapping[str, Any]) -> Fraction:
    points = points_of(row.get("points") or "1")
    if points is None:
        raise BadRow(at, "points", BAD_POINTS)
    return points


def points_of(text: str) -> Fraction | None:
    """«1», «0,5» or «1/3»."""
    plain = text.strip().replace(",", ".")
    try:
        return Fraction(plain) if len(plain) <= 12 and "e" not in plain.lower() else None
    except (ValueError, ZeroDivisionError):
        return None


def rows_of(item: Body) -> list[dict[str, Any]]:
    """The rows that show an item."""
    main = item.stem.format

    def own(text: Text) -> str:
        return "" if text.format == main else text.format.value

    def weight(one: Choice | NumberChoice) -> str:
        return "" if one.weight is None else f"{one.weight:f}"

    def said(one: Choice) -> dict[str, Any]:
        feedback = one.feedback.text if one.feedback else ""
        shown = {"text": one.text.text, "right": one.is_right, "share": weight(one), "feedback": feedback}
        return {**shown, "format": own(one.text)}

    match item:
        case Single() | Multiple():
            return [said(one) for one in item.choices]
        case Short():
            return [said(one) for one in item.answers]
        case Gap():
            return [{"gap": number, **said(one)} for number, gap in enumerate(item.gaps, 1) for one in gap]
        case Number():
            return [
                {"number": span_of(n), "share": weight(n), "feedback": n.feedback.text if n.feedback else ""}
                for n in item.numbers
            ]
        case Matching():
            return [{"left": p.left.text, "right_side": p.right, "format": own(p.left)} for p in item.pairs]
        case Ordering():
            return [{"text": step.text, "format": own(step)} for step in item.steps]
        case Essay():
            return [{"text": one.text, "points": str(one.points)} for one in item.rubric]
        case _:
            return []

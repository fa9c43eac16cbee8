"""Items as rows of a workbook, both ways: one row an item, a case before its questions. Rows only; files are read and
written by the actions.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from nastavnik.assessment.enums import ItemKind
from nastavnik.assessment.logic.formats.drafts import Draft, Gathering, Reading, Unwritable, topic_of
from nastavnik.assessment.logic.formats.workbook_columns import (
    COLUMNS,
    FALSE,
    NUMBERED,
    TRUE,
    BadCell,
    heading,
    kind_of,
    mark_of,
    read_mark,
    read_span,
    read_variants,
    span_of,
    variants,
)
from nastavnik.assessment.logic.items import (
    Body,
    Case,
    Choice,
    Criterion,
    Embeddable,
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
    TrueFalse,
)
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import Text, TextFormat, line_of, rich

Answers = list[tuple[str, str, str]]
_LETTERS = 32_000
NO_COLUMNS = gettext_noop("The sheet needs the columns Kind and Text; it has: {found}.")
UNKNOWN_KIND = gettext_noop("The kind “{text}” is unknown. Known are: {known}.")
UNKNOWN_FORMAT = gettext_noop("The format “{text}” is unknown. Known are: {known}.")
BAD_POINTS = gettext_noop("“{text}” is no number of points.")
BAD_TRUTH = gettext_noop("The first answer of a true or false question is true or false, not “{text}”.")
NO_CASE = gettext_noop("There is no case “{text}” above this row.")
MESSAGES = (NO_COLUMNS, UNKNOWN_KIND, UNKNOWN_FORMAT, BAD_POINTS, BAD_TRUTH, NO_CASE)
MIXED = gettext_noop("A row holds texts of one format.")
SHARES = gettext_noop("The workbook writes gaps without shares and feedbacks.")
LONG = gettext_noop("A cell of a workbook holds at most 32,000 characters.")
LEFT_OUT = (MIXED, SHARES, LONG)


# Rows -> drafts -----------------------------------------------------------------------------------------------------


def read(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str | None]]]) -> Reading:
    """The items of a sheet; problems carry the number of the row."""
    gathered = Gathering()
    columns = [heading(text) for text in headings]
    if not {("Kind", None), ("Text", None)} <= set(columns):
        gathered.refuse(1, NO_COLUMNS, found=", ".join(headings)[:200])
        return gathered.done()
    cases: dict[str, int] = {}
    for number, cells in rows:
        row = _Row({column: cell or "" for column, cell in zip(columns, cells, strict=False) if column[0]})
        try:
            _take(gathered, cases, row, number)
        except BadCell as bad:
            gathered.refuse(number, bad.message, **bad.params)
    return gathered.done()


class _Row:
    """One row by columns."""

    def __init__(self, cells: Mapping[tuple[str, int | None], str]) -> None:
        self.cells = cells

    def __getitem__(self, name: str) -> str:
        return self.cells.get((name, None), "").strip()

    def answers(self) -> Answers:
        """Answer, value and feedback of each number, up to the last that says anything."""
        highest = max((number for (_name, number), cell in self.cells.items() if number and cell.strip()), default=0)
        return [
            (
                self.cells.get(("Answer", number), "").strip(),
                self.cells.get(("Value", number), "").strip(),
                self.cells.get(("Feedback", number), "").strip(),
            )
            for number in range(1, highest + 1)
        ]


def _take(gathered: Gathering, cases: dict[str, int], row: _Row, number: int) -> None:
    item = _item(row)
    case = row["Case"]
    if case and not isinstance(item, Case):
        if case not in cases:
            raise BadCell(NO_CASE, text=case[:40])
        place = cases[case]
        whole = gathered.drafts[place]
        parts = (*whole.item.parts, item) if isinstance(whole.item, Case) else ()
        joined = Case(stem=whole.item.stem, title=whole.item.title, feedback=whole.item.feedback, parts=parts)
        gathered.drafts[place] = Draft(joined, whole.topic, whole.tags, whole.external_id, whole.source, whole.line)
        return
    topic = topic_of(row["Topic"])
    if topic:
        gathered.topics[topic] = None
    tags = tuple(dict.fromkeys(tag for one in row["Tags"].split(",") if (tag := line_of(one))))
    if isinstance(item, Case) and case:
        cases[case] = len(gathered.drafts)
    gathered.drafts.append(Draft(item, topic, tags, line_of(row["Id"]), line_of(row["Source"]), number))


def _item(row: _Row) -> Body:
    kind = kind_of(row["Kind"])
    if kind is None:
        raise BadCell(UNKNOWN_KIND, text=row["Kind"][:40], known=", ".join(one.value for one in ItemKind))
    said = row["Format"].lower() or TextFormat.MARKDOWN.value
    if said not in set(TextFormat):
        raise BadCell(UNKNOWN_FORMAT, text=said[:40], known=", ".join(one.value for one in TextFormat))
    format = TextFormat(said)
    common: dict[str, Any] = {
        "stem": rich(row["Text"], format),
        "title": line_of(row["Title"]),
        "feedback": rich(row["Feedback"], format) or None,
    }
    if kind != ItemKind.CASE:
        common["points"] = _points(row["Points"])
    return _made(kind, common, row.answers(), format, embedded=row["In text"].lower() in TRUE)


def _points(text: str) -> Fraction:
    try:
        return Fraction(text.replace(",", ".") if len(text) < 20 else "x") if text else Fraction(1)
    except (ValueError, ZeroDivisionError) as error:
        raise BadCell(BAD_POINTS, text=text[:40]) from error


def _made(kind: ItemKind, common: dict[str, Any], answers: Answers, format: TextFormat, *, embedded: bool) -> Body:
    inside = {**common, "embedded": embedded}
    if kind == ItemKind.SINGLE:
        return Single(**inside, choices=_choices(answers, format, usual=False))
    if kind == ItemKind.MULTIPLE:
        return Multiple(**inside, choices=_choices(answers, format, usual=False))
    if kind == ItemKind.SHORT:
        return Short(**common, answers=_choices(answers, format, usual=True))
    if kind == ItemKind.TRUE_FALSE:
        return _true_false(inside, answers, format)
    if kind == ItemKind.MATCHING:
        pairs = (Pair(rich(left, format), rich(right, TextFormat.PLAIN).text) for left, right, _note in answers)
        return Matching(**inside, pairs=tuple(pairs))
    if kind == ItemKind.ORDERING:
        return Ordering(**common, steps=tuple(rich(text, format) for text, _value, _note in answers))
    if kind == ItemKind.GAP:
        gaps = (tuple(Choice(rich(t, format), is_right=True) for t in read_variants(text)) for text, _v, _n in answers)
        return Gap(**common, gaps=tuple(gaps))
    if kind == ItemKind.NUMBER:
        return _number(inside, answers, format)
    if kind == ItemKind.ESSAY:
        rubric = (Criterion(line_of(text), _points(value)) for text, value, _note in answers)
        return Essay(**inside, rubric=tuple(rubric))
    return Case(**common, parts=())


def _choices(answers: Answers, format: TextFormat, *, usual: bool) -> tuple[Choice, ...]:
    return tuple(
        Choice(rich(text, format), feedback=rich(note, format) or None, **read_mark(value, usual=usual))
        for text, value, note in answers
    )


def _true_false(common: dict[str, Any], answers: Answers, format: TextFormat) -> Body:
    said = answers[0][0].lower() if answers else ""
    if said not in TRUE | FALSE:
        raise BadCell(BAD_TRUTH, text=said[:40])
    notes = [rich(note, format) or None for _text, _value, note in answers] + [None]
    return TrueFalse(**common, is_true=said in TRUE, if_true=notes[0], if_false=notes[1])


def _number(common: dict[str, Any], answers: Answers, format: TextFormat) -> Body:
    numbers = tuple(
        NumberChoice(**read_span(text), feedback=rich(note, format) or None, **read_mark(value, usual=True))
        for text, value, note in answers
    )
    bare = len(answers) == 1 and not answers[0][1] and not answers[0][2]
    return Number(**common, numbers=numbers, bare=bare)


# Drafts -> rows -----------------------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft]) -> tuple[list[str], list[list[str]], list[tuple[Draft, str]]]:
    """Headings, rows, and the items a workbook cannot hold with the reason."""
    rows: list[tuple[list[str], Answers]] = []
    left_out: list[tuple[Draft, str]] = []
    cases = 0
    for draft in drafts:
        cases += isinstance(draft.item, Case)
        try:
            rows += _rows(draft, str(cases))
        except Unwritable as error:
            left_out.append((draft, str(error)))
    widest = max((len(answers) for _row, answers in rows), default=0)
    heads = [*COLUMNS, *(f"{name} {number}" for number in range(1, widest + 1) for name in NUMBERED)]
    return heads, [row + [cell for answer in answers for cell in answer] for row, answers in rows], left_out


def _rows(draft: Draft, case: str) -> list[tuple[list[str], Answers]]:
    item = draft.item
    topic = "/".join(part.replace("/", "//") for part in draft.topic)
    about = (topic, ", ".join(draft.tags), draft.external_id, draft.source)
    found = [_row(item, case if isinstance(item, Case) else "", about)]
    if isinstance(item, Case):
        found += [_row(part, case, ("", "", "", "")) for part in item.parts]
    if any(len(cell) > _LETTERS for row, answers in found for cell in [*row, *(c for a in answers for c in a)]):
        raise Unwritable(LONG)
    return found


def _row(item: Body, case: str, about: tuple[str, str, str, str]) -> tuple[list[str], Answers]:
    format = item.stem.format
    topic, tags, external_id, source = about
    points = "" if isinstance(item, Case) or item.points == 1 else str(item.points)
    inside = "yes" if isinstance(item, Embeddable) and item.embedded else ""
    feedback = _same(item.feedback, format)
    row = [
        case, item.kind.value, topic, tags, item.title, item.stem.text, format.value, points, feedback, inside,
        external_id, source,
    ]  # fmt: skip
    return row, _answers(item, format)


def _same(text: Text | None, format: TextFormat) -> str:
    if text is None:
        return ""
    if text.format != format:
        raise Unwritable(MIXED)
    return text.text


def _answers(item: Body, format: TextFormat) -> Answers:
    match item:
        case Single() | Multiple():
            return _chosen(item.choices, format, usual=False)
        case Short():
            return _chosen(item.answers, format, usual=True)
        case TrueFalse():
            notes = [_same(item.if_true, format), _same(item.if_false, format)]
            said = "true" if item.is_true else "false"
            return [(said, "", notes[0])] + ([("", "", notes[1])] if notes[1] else [])
        case Matching():
            return [(_same(pair.left, format), pair.right, "") for pair in item.pairs]
        case Ordering():
            return [(_same(step, format), "", "") for step in item.steps]
        case Gap():
            return [(variants(_plain(gap, format)), "", "") for gap in item.gaps]
        case Number():
            return _numbers(item, format)
        case Essay():
            return [(one.text, str(one.points), "") for one in item.rubric]
        case _:
            return []


def _chosen(choices: Sequence[Choice], format: TextFormat, *, usual: bool) -> Answers:
    return [(_same(one.text, format), mark_of(one, usual=usual), _same(one.feedback, format)) for one in choices]


def _plain(gap: Sequence[Choice], format: TextFormat) -> list[str]:
    if any(one.weight is not None or one.feedback or not one.is_right for one in gap):
        raise Unwritable(SHARES)
    return [_same(one.text, format) for one in gap]


def _numbers(item: Number, format: TextFormat) -> Answers:
    rows = [(span_of(one), mark_of(one, usual=True), _same(one.feedback, format)) for one in item.numbers]
    if len(rows) == 1 and not item.bare and rows[0][1:] == ("", ""):
        return [(rows[0][0], "+", "")]
    return rows

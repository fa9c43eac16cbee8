"""Rejected rows as people read them: which row of the file, which column, what it said, what is wrong with it."""

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.kernel import exports
from nastavnik.metrics.catalogue.streams import Column, Kind
from nastavnik.metrics.loading.staging import Staged
from nastavnik.metrics.logic.column_sql import TEXT_LIMIT
from nastavnik.metrics.logic.problems import Problem, unpack

SAMPLES = 100
SHOWN = 200


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with one row; `column` is '' where it is the whole row."""

    row: int
    column: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason}


def complaints(staged: Staged) -> Iterator[Complaint]:
    """Every complaint in the order of the file; a row with two bad columns gives two."""
    streams: tuple[Iterable[Complaint], ...] = (_broken(staged), _bad_values(staged), _superseded(staged))
    return heapq.merge(*streams, key=lambda complaint: complaint.row)


def write(staged: Staged, target: Path | None) -> list[dict[str, Any]]:
    """Write all complaints to a CSV safe to open in a spreadsheet; answer the first hundred."""
    samples: list[dict[str, Any]] = []

    def kept() -> Iterator[tuple[int, str, str, str]]:
        for complaint in complaints(staged):
            if len(samples) < SAMPLES:
                samples.append(complaint.as_dict())
            elif target is None:
                return
            yield complaint.row, complaint.column, complaint.value, complaint.reason

    if target is None:
        for _row in kept():
            pass
        return samples
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(exports.csv_lines([_("Row"), _("Column"), _("Value"), _("Reason")], kept()))
    return samples


def row_number(staged: Staged, place: int) -> int:
    """The number a spreadsheet shows for the row at `place` (from 0) of the readable ones."""
    number = staged.source.first_row + place
    return number + bisect_right([row - before for before, (row, _kind, _text) in enumerate(staged.broken)], number)


def _bad_values(staged: Staged) -> Iterator[Complaint]:
    columns = list(staged.stream)
    # Built once: with many broken lines the list would be made anew for every row otherwise.
    shifted = [row - before for before, (row, _kind, _text) in enumerate(staged.broken)]
    for place, packed, texts in staged.rejects():
        number = staged.source.first_row + place
        number += bisect_right(shifted, number)
        for index, problem in unpack(packed, len(columns)):
            said = texts[index] or ""
            yield Complaint(number, columns[index].name, said[:SHOWN], reason(columns[index], problem, said))


def _broken(staged: Staged) -> Iterator[Complaint]:
    for row, kind, text in staged.broken:
        yield Complaint(row, "", text, _broken_reason(kind))


def _superseded(staged: Staged) -> Iterator[Complaint]:
    found = staged.connection.cursor().execute(
        "SELECT l.place, l.winner, s.id FROM losers l JOIN stage s ON s.rowid = l.place "
        "WHERE NOT l.same ORDER BY l.place"
    )
    while rows := found.fetchmany(5000):
        for place, winner, identity in rows:
            told = _("the record comes again in row %(row)s, which counts") % {"row": row_number(staged, winner)}
            yield Complaint(row_number(staged, place), "id", identity[:SHOWN], told)


def reason(column: Column, problem: Problem, value: str) -> str:
    """The sentence for one bad value, in the active language."""
    shown = value[:60]
    if problem is Problem.MISSING:
        return _("the value is missing")
    if problem is Problem.TOO_LONG:
        return _("the text is longer than %(most)s characters") % {"most": TEXT_LIMIT}
    if problem is Problem.UNKNOWN:
        return _unknown(column, shown)
    if problem is Problem.UNREADABLE:
        return _unreadable(column, shown)
    if column.kind is Kind.MOMENT:
        return (
            _("the moment is in the future") if problem is Problem.TOO_HIGH else _("the moment is before the year 2000")
        )
    if column.kind is Kind.MS:
        if problem is Problem.TOO_LOW:
            return _("a duration cannot be negative")
        return _("the duration is longer than %(days)s days") % {"days": timedelta(milliseconds=column.most or 0).days}
    if problem is Problem.TOO_LOW:
        return _("%(value)s is less than %(least)s") % {"value": shown, "least": column.least}
    return _("%(value)s is more than %(most)s") % {"value": shown, "most": column.most}


def _unknown(column: Column, shown: str) -> str:
    if column.kind is Kind.PERSON:
        return _("nobody here has the code, login or alias «%(value)s»") % {"value": shown}
    if column.kind is Kind.LINE:
        return _("there is no line «%(value)s»") % {"value": shown}
    if column.kind is Kind.CHANNEL:
        return _("there is no channel «%(value)s»") % {"value": shown}
    return _("«%(value)s» is none of %(choices)s") % {"value": shown, "choices": ", ".join(column.choices)}


def _unreadable(column: Column, shown: str) -> str:
    if column.kind is Kind.MOMENT:
        return _("«%(value)s» is not a date and time") % {"value": shown}
    if column.kind is Kind.FLAG:
        return _("«%(value)s» is neither yes nor no") % {"value": shown}
    if column.kind is Kind.MS:
        return _("«%(value)s» is not a duration") % {"value": shown}
    return _("«%(value)s» is not a whole number") % {"value": shown}


def _broken_reason(kind: str) -> str:
    if kind == "MISSING COLUMNS":
        return _("the row has fewer values than there are headings")
    if kind == "TOO MANY COLUMNS":
        return _("the row has more values than there are headings")
    if kind == "LINE SIZE OVER MAXIMUM":
        return _("the row is longer than 4 MB")
    return _("the row's quotation marks do not match")

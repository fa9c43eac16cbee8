"""The first rows of a file as they would be read, for the eyes of whoever maps its headings."""

import csv
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nastavnik.kernel.files import TableFile
from nastavnik.metrics import store
from nastavnik.metrics.catalogue.streams import Column, Kind, Stream
from nastavnik.metrics.enums import Channel
from nastavnik.metrics.loading.complaints import reason
from nastavnik.metrics.loading.source import open_source
from nastavnik.metrics.loading.staging import Staged, stage
from nastavnik.metrics.logic.mapping import MappingSpec
from nastavnik.metrics.logic.problems import unpack
from nastavnik.people.models import Line, Person

ROWS = 20
SAMPLE = 2000
VALUES = 24


@dataclass(frozen=True)
class Cell:
    """A value as it would be stored, and what is wrong with it ('' when nothing)."""

    value: Any
    problem: str = ""


@dataclass(frozen=True)
class PreviewRow:
    number: int
    cells: list[Cell]


def preview(
    table: TableFile, spec: MappingSpec, stream: Stream, *, zone: str, at: datetime, create_people: bool
) -> list[PreviewRow]:
    """At most twenty rows through the very same steps as a load. Raises what a load raises."""
    head = list(islice(table.rows(), ROWS))
    scratch = store.scratch_dir()
    try:
        path = scratch / "head.csv"
        _write(path, table, [cells for _number, cells in head])
        plain = replace(spec, encoding="utf-8", delimiter=",", sheet=None)
        opened = open_source(path, table.name, stream, plain, scratch)
        with store.connect(scratch) as duck:
            staged = stage(
                duck, opened, stream, scratch=scratch, zone=zone, at=at, create_people=create_people, keep_blank=True
            )
            return _rows(staged, [number for number, _cells in head], ZoneInfo(zone))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def distinct_values(table: TableFile, heading: str) -> list[str]:
    """Different values of a column among the first rows; [] when there are over two dozen: it is no list then."""
    place = table.headings.index(heading)
    found = dict.fromkeys(cells[place] for _number, cells in islice(table.rows(), SAMPLE))
    values = [value for value in found if value is not None]
    return values if len(values) <= VALUES else []


def _write(path: Path, table: TableFile, rows: list[list[str | None]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(table.headings)
        writer.writerows(["" if cell is None else cell for cell in cells] for cells in rows)


def _rows(staged: Staged, numbers: list[int], zone: ZoneInfo) -> list[PreviewRow]:
    columns = list(staged.stream)
    stored = ", ".join(
        f"{column.kind}_of.id" if column.kind in (Kind.PERSON, Kind.LINE) else f"s.{column.stored}"
        for column in columns
    )
    lookups = " ".join(
        f"LEFT JOIN {column.kind}_ids {column.kind}_of ON {column.kind}_of.code = s.{column.stored}"
        for column in columns
        if column.kind in (Kind.PERSON, Kind.LINE)
    )
    found = staged.connection.execute(
        f"SELECT s.problems, s.texts, {stored} FROM stage s {lookups} ORDER BY s.rowid"  # noqa: S608 - our own names
    ).fetchall()
    people = {
        person.pk: person.short_name for person in Person.objects.filter(pk__in=_ids(found, columns, Kind.PERSON))
    }
    lines = {line.pk: str(line) for line in Line.objects.filter(pk__in=_ids(found, columns, Kind.LINE))}
    newcomers = {number: name for name, number in staged.newcomers.items()}
    names = {Kind.PERSON: people | newcomers, Kind.LINE: lines}
    rows = []
    for number, (packed, texts, *values) in zip(numbers, found, strict=True):
        cells = [Cell(_shown(column, value, names, zone)) for column, value in zip(columns, values, strict=True)]
        for place, problem in unpack(max(packed, 0), len(columns)):
            said = texts[place] or ""
            cells[place] = Cell(said, reason(columns[place], problem, said))
        rows.append(PreviewRow(number, cells))
    return rows


def _ids(found: list[Any], columns: list[Column], kind: Kind) -> set[int]:
    places = [place for place, column in enumerate(columns, start=2) if column.kind is kind]
    return {row[place] for row in found for place in places if row[place] is not None and row[place] > 0}


def _shown(column: Column, value: Any, names: dict[Kind, dict[int, str]], zone: ZoneInfo) -> Any:
    if value is None:
        return None
    if column.kind in names:
        return names[column.kind].get(value)
    if column.kind is Kind.CHANNEL:
        return Channel(value).label
    if column.kind is Kind.MOMENT:
        return value.replace(tzinfo=UTC).astimezone(zone)
    return value

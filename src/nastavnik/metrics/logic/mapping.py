"""How a foreign table becomes a stream's columns: the mapping, read from TOML or JSON, and a first guess at it.

stream = "contacts"

[file]                                   # all optional: they are found by looking at the file
encoding = "cp1251"
delimiter = ";"
sheet = "Export"

[columns.started_at]
from = ["Date", "Time"]                  # several headings are joined, by a space unless `join` says else
formats = ["%d/%m/%Y %H:%M"]             # strptime; without them ISO and Russian dates are understood

[columns.waited_ms]
from = "Speed of answer in seconds"
unit = "s"                               # ms (default), s, min, h:m:s, m:s

[columns.answered]
from = "Answered (Y/N)"
values = { Y = "yes", N = "no" }         # compared without regard to case; "" means empty
default = "yes"                          # for empty cells

[columns.channel]
constant = "phone"
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from nastavnik.kernel.errors import InvalidInput
from nastavnik.metrics.logic.headings import guess, plain

UNITS = ("ms", "s", "min", "h:m:s", "m:s")
_KEYS = {"from", "join", "constant", "default", "values", "unit", "formats"}


class InvalidMapping(InvalidInput):
    """The mapping is not valid: {problem}"""


class MissingHeadings(InvalidInput):
    """The file has no column {wanted}. It has: {found}."""


class MissingColumns(InvalidInput):
    """The mapping does not say where to find {wanted}. The file has: {found}."""


class ColumnLike(Protocol):
    """What this module needs to know of a stream's column."""

    @property
    def name(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def kind(self) -> str: ...


class StreamLike(Protocol):
    """What this module needs to know of a stream."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Sequence[Any]: ...


@dataclass(frozen=True)
class ColumnMapping:
    """Where one column comes from. Without sources the constant is the value of every row."""

    sources: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None
    default: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = "ms"
    formats: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As TOML or JSON would hold it: only what differs from the defaults."""
        said: dict[str, Any] = {}
        if self.sources:
            said["from"] = list(self.sources)
        for key, value, usual in (
            ("join", self.join, " "),
            ("constant", self.constant, None),
            ("default", self.default, None),
            ("values", dict(self.values), {}),
            ("unit", self.unit, "ms"),
            ("formats", list(self.formats), []),
        ):
            if value != usual:
                said[key] = value
        return said


@dataclass(frozen=True)
class MappingSpec:
    """A whole mapping; immutable, comparable, and the same after `from_dict(to_dict())`."""

    stream: str
    columns: Mapping[str, ColumnMapping]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def to_dict(self) -> dict[str, Any]:
        file = {"encoding": self.encoding, "delimiter": self.delimiter, "sheet": self.sheet}
        said = {key: value for key, value in file.items() if value}
        return {
            "stream": self.stream,
            **({"file": said} if said else {}),
            "columns": {name: column.to_dict() for name, column in self.columns.items()},
        }


def from_toml(text: str) -> MappingSpec:
    """Read a mapping file; raises InvalidMapping."""
    try:
        return from_dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidMapping(problem=f"it is not TOML ({error})") from error


def from_dict(given: Any) -> MappingSpec:
    """Build a mapping from plain values; raises InvalidMapping that names the faulty key."""
    whole = _table(given, "the mapping")
    file = _table(whole.get("file", {}), "[file]")
    columns = _table(whole.get("columns", {}), "[columns]")
    _only(whole, {"stream", "file", "columns", "name"}, "the mapping")
    _only(file, {"encoding", "delimiter", "sheet"}, "[file]")
    if not isinstance(whole.get("stream"), str):
        raise InvalidMapping(problem="it does not name its stream.")
    return MappingSpec(
        stream=whole["stream"],
        columns={name: _column(name, value) for name, value in columns.items()},
        encoding=_text(file, "encoding", "[file]"),
        delimiter=_text(file, "delimiter", "[file]"),
        sheet=_text(file, "sheet", "[file]"),
    )


def suggest(headings: Sequence[str], stream: StreamLike) -> MappingSpec:
    """A first guess from the headings: own column names first, then words usual in exports (English and Russian)."""
    found = guess(headings, [column.name for column in stream.columns])
    return MappingSpec(
        stream.name,
        {name: ColumnMapping(sources=sources, unit=unit) for name, (sources, unit) in found.items()},
    )


def resolve(spec: MappingSpec, headings: Sequence[str], stream: StreamLike) -> dict[str, ColumnMapping]:
    """The mapping with every source spelled as in the file.

    Raises InvalidMapping for columns the stream does not have, MissingHeadings for headings the file does not have,
    MissingColumns for required columns nobody mapped.
    """
    if spec.stream != stream.name:
        raise InvalidMapping(problem=f"it is for {spec.stream}, not for {stream.name}.")
    known = {column.name for column in stream.columns}
    if strange := sorted(set(spec.columns) - known):
        raise InvalidMapping(problem=f"{stream.name} have no column {_listed(strange)}.")
    spelled = {plain(heading): heading for heading in reversed(headings)} | {heading: heading for heading in headings}
    absent = [
        source
        for column in spec.columns.values()
        for source in column.sources
        if source not in spelled and plain(source) not in spelled
    ]
    if absent:
        raise MissingHeadings(wanted=_listed(dict.fromkeys(absent)), found=_listed(headings))
    found = {
        name: _with_sources(column, [spelled.get(source) or spelled[plain(source)] for source in column.sources])
        for name, column in spec.columns.items()
        if column.sources or column.constant is not None or column.default is not None
    }
    if lacking := [column.name for column in stream.columns if column.required and column.name not in found]:
        raise MissingColumns(wanted=_listed(lacking), found=_listed(headings))
    return found


def _with_sources(column: ColumnMapping, sources: Sequence[str]) -> ColumnMapping:
    return ColumnMapping(
        tuple(sources), column.join, column.constant, column.default, column.values, column.unit, column.formats
    )


def _column(name: str, given: Any) -> ColumnMapping:
    where = f"[columns.{name}]"
    said = {"from": given} if isinstance(given, str) else _table(given, where)
    _only(said, _KEYS, where)
    unit = _text(said, "unit", where) or "ms"
    if unit not in UNITS:
        raise InvalidMapping(problem=f"{where} has the unit {unit!r}; known are {', '.join(UNITS)}.")
    values = _table(said.get("values", {}), f"{where} values")
    return ColumnMapping(
        sources=_texts(said.get("from", ()), f"{where} from"),
        join=said["join"] if isinstance(said.get("join"), str) else " ",
        constant=_text(said, "constant", where),
        default=_text(said, "default", where),
        values={str(key): _scalar(value, f"{where} values") for key, value in values.items()},
        unit=unit,
        formats=_texts(said.get("formats", ()), f"{where} formats"),
    )


def _table(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise InvalidMapping(problem=f"{where} must be a table.")
    return given


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if strange := sorted(str(key) for key in set(table) - known):
        raise InvalidMapping(problem=f"{where} has unknown keys: {', '.join(strange)}.")


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    return None if table.get(key) is None else _scalar(table[key], f"{where} {key}")


def _texts(given: Any, where: str) -> tuple[str, ...]:
    items = [given] if isinstance(given, str) else given
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) and item for item in items):
        raise InvalidMapping(problem=f"{where} must be text or a list of texts.")
    return tuple(items)


def _scalar(value: Any, where: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    raise InvalidMapping(problem=f"{where} must be text.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in list(names)[:30])

"""SQL (DuckDB's) that reads one column of a foreign table: the text, its value, and what is wrong with it.

All of it is set-based: a million rows cost one pass. Names of people and lines are looked up through ENUM types, a
hash look-up per row that runs in parallel and gives a small integer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nastavnik.metrics.logic import zones
from nastavnik.metrics.logic.mapping import ColumnMapping
from nastavnik.metrics.logic.problems import Problem

EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - DuckDB's naive UTC
AHEAD = timedelta(days=1)
TEXT_LIMIT = 500
FORMATS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M:%S", "%d.%m.%Y, %H:%M", "%d.%m.%Y",
    "%Y-%m-%d %H:%M:%S.%f", "%d.%m.%Y %H:%M:%S.%f",
)  # fmt: skip
YES = ("yes", "y", "true", "t", "1", "да", "д", "истина", "+")
NO = ("no", "n", "false", "f", "0", "нет", "н", "ложь", "-")


@dataclass(frozen=True)
class ColumnRule:
    """What a column asks of its text, free of the catalogue (whose titles are Django's)."""

    name: str
    stored: str
    kind: str
    sql_type: str
    required: bool
    least: int | None
    most: int | None
    choices: tuple[str, ...]
    default: str | None
    names: Mapping[str, int]  # channels and their numbers


@dataclass(frozen=True)
class ColumnSql:
    """Four steps, each a SELECT over the one before, so that no expression is written out twice:

    `text` (over the file's cells; NULL where empty) is named t_NAME; `half` (over the texts) is what `value` needs more
    than once, named h_NAME; `value` (over both) is typed, named v_NAME; `problem` (over texts and values) is a number
    of Problem or 0.
    """

    rule: ColumnRule
    text: str
    half: str
    value: str
    problem: str


def quoted(text: str) -> str:
    """A SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A SQL name."""
    return '"' + name.replace('"', '""') + '"'


def trimmed(cell: str) -> str:
    """The cell without spaces around it, NULL where nothing is left. Trimming other blanks costs ten times as much."""
    return f"nullif(trim({cell}), '')"


def column_sql(rule: ColumnRule, said: ColumnMapping | None, zone: str, now: datetime) -> ColumnSql:
    """The expressions of a column; `said` None means the file does not have it."""
    default = said.default if said and said.default is not None else rule.default
    text = _text(said)
    if default is not None:
        text = f"coalesce({text}, {quoted(default)})"
    if said is None and default is None:
        missing = str(int(Problem.MISSING)) if rule.required else "0"
        return ColumnSql(rule, "NULL::VARCHAR", "NULL", f"NULL::{rule.sql_type}", missing)
    how = said or ColumnMapping()
    value = _value(rule, how, zone, now)
    return ColumnSql(rule, text, _half(rule, how), f"({value})::{_value_type(rule)}", _problem(rule, now))


def _value_type(rule: ColumnRule) -> str:
    """Persons and lines are codes of their ENUM until they are written."""
    return "INTEGER" if rule.kind in ("person", "line") else rule.sql_type


def _text(said: ColumnMapping | None) -> str:
    if said is None:
        return "NULL::VARCHAR"
    if not said.sources:
        return quoted(said.constant) if said.constant else "NULL::VARCHAR"
    parts = [trimmed(identifier(source)) for source in said.sources]
    # A joined value without one of its parts would be another value: then it is empty.
    text = parts[0] if len(parts) == 1 else f" || {quoted(said.join)} || ".join(parts)
    if not said.values:
        return text
    branches = " ".join(
        f"WHEN {quoted(foreign.strip().lower())} THEN nullif({quoted(own)}, '')" for foreign, own in said.values.items()
    )
    return f"(CASE lower({text}) {branches} ELSE {text} END)"


def _half(rule: ColumnRule, said: ColumnMapping) -> str:
    text = f"t_{rule.name}"
    if rule.kind == "moment":
        if said.formats:
            return f"try_strptime({text}, [{_list(said.formats)}])"
        return f"coalesce(TRY_CAST({text} AS TIMESTAMP), try_strptime({text}, [{_list(FORMATS)}]))"
    if rule.kind == "ms":
        # A duration cell of a spreadsheet may come with its day nought in front.
        clock = f"regexp_extract({text}, '^(?:1[89][0-9-]{{8}} )?(-?[0-9]+(?::[0-9]+)*(?:[.][0-9]+)?)$', 1)"
        parts = f"list_reverse(string_split({clock}, ':'))"
        parts = f"list_transform({parts}, lambda x: TRY_CAST(nullif(x, '') AS DOUBLE))"
        return parts if ":" in said.unit else f"CASE WHEN contains({text}, ':') THEN {parts} END"
    return "NULL"


def _value(rule: ColumnRule, said: ColumnMapping, zone: str, now: datetime) -> str:
    text = f"t_{rule.name}"
    if rule.kind in ("person", "line"):
        return f"enum_code(TRY_CAST(lower({text}) AS {rule.kind}_names))"
    if rule.kind == "moment":
        return _moment(rule, zone, now)
    if rule.kind == "ms":
        return _duration(rule, said.unit)
    if rule.kind == "int":
        return _whole(text)
    if rule.kind == "flag":
        return f"CASE WHEN lower({text}) IN ({_list(YES)}) THEN true WHEN lower({text}) IN ({_list(NO)}) THEN false END"
    if rule.kind == "channel":
        branches = " ".join(f"WHEN {quoted(name)} THEN {number}" for name, number in rule.names.items())
        return f"CASE lower({text}) {branches} END"
    if rule.choices:
        return f"CASE WHEN lower({text}) IN ({_list(rule.choices)}) THEN lower({text}) END"
    return text


def _problem(rule: ColumnRule, now: datetime) -> str:
    """CASE that costs little where all is well."""
    text, value = f"t_{rule.name}", f"v_{rule.name}"
    missing = int(Problem.MISSING) if rule.required else 0
    if rule.kind in ("id", "text") and not rule.choices:
        return (
            f"CASE WHEN length({text}) <= {TEXT_LIMIT} THEN 0 WHEN {text} IS NULL THEN {missing} "
            f"ELSE {int(Problem.TOO_LONG)} END"
        )
    named = rule.kind in ("person", "line", "channel") or rule.choices
    bad = int(Problem.UNKNOWN) if named else int(Problem.UNREADABLE)
    low, high = rule.least, rule.most
    bounds = []
    if rule.kind == "moment":
        bounds = [_bound(value, "<", _timestamp(EARLIEST), Problem.TOO_LOW)]
        bounds += [_bound(value, ">", _timestamp(now + AHEAD), Problem.TOO_HIGH)]
    bounds += [] if low is None else [_bound(value, "<", str(low), Problem.TOO_LOW)]
    bounds += [] if high is None else [_bound(value, ">", str(high), Problem.TOO_HIGH)]
    absent = f"WHEN {text} IS NULL THEN {missing} WHEN {value} IS NULL THEN {bad}"
    return f"CASE {absent} {' '.join(bounds)} ELSE 0 END"


def _bound(value: str, sign: str, limit: str, problem: Problem) -> str:
    return f"WHEN {value} {sign} {limit} THEN {int(problem)}"


def _moment(rule: ColumnRule, zone: str, now: datetime) -> str:
    text, local = f"t_{rule.name}", f"h_{rule.name}"
    # A cast to TIMESTAMP drops a written offset, so such text goes the other way.
    return (
        f"CASE WHEN {zoned(text)} THEN CAST(TRY_CAST({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP) "
        f"ELSE {zones.to_utc_sql(local, zone, now.year + 1)} END"
    )


def zoned(text: str) -> str:
    """Whether a text names its offset from UTC. Most do not, and are known by the colon before their seconds."""
    return (
        f"CASE WHEN length({text}) <= 16 OR (length({text}) = 19 AND {text}[17] = ':') THEN false "
        f"ELSE suffix({text}, 'Z') OR contains({text}, '+') OR contains({text}[17:], '-') END"
    )


def _whole(text: str) -> str:
    """Whole numbers only: a cast alone would round 4.5 to 5. Spreadsheets write 4 as 4.0."""
    decimal = f"TRY_CAST(replace({text}, ',', '.') AS DECIMAL(18,3))"
    return (
        f"CASE WHEN regexp_matches({text}, '[.,_xX]') THEN CASE WHEN {decimal} % 1 = 0 THEN {decimal}::BIGINT END "
        f"ELSE TRY_CAST({text} AS BIGINT) END"
    )


def _duration(rule: ColumnRule, unit: str) -> str:
    """Numbers in the unit; text with colons is a clock whatever the unit says (two parts: as the unit says)."""
    text, parts = f"t_{rule.name}", f"h_{rule.name}"  # parts: the last first
    seconds = f"CASE len({parts}) WHEN 3 THEN {parts}[1] + 60 * {parts}[2] + 3600 * {parts}[3] "
    if unit == "h:m:s":
        seconds += f"WHEN 2 THEN 60 * {parts}[1] + 3600 * {parts}[2] END"
    elif unit == "m:s":
        seconds += f"WHEN 2 THEN {parts}[1] + 60 * {parts}[2] WHEN 1 THEN {parts}[1] END"
    else:
        seconds += "END"
    clock = f"TRY_CAST(round(1000 * ({seconds})) AS BIGINT)"
    if ":" in unit:
        return clock
    number = _whole(text)
    if unit in ("s", "min"):
        factor = 1000 if unit == "s" else 60_000
        number = f"TRY_CAST(round(TRY_CAST(replace({text}, ',', '.') AS DOUBLE) * {factor}) AS BIGINT)"
    return f"CASE WHEN {parts} IS NOT NULL THEN {clock} ELSE {number} END"


def _list(texts: Sequence[str]) -> str:
    return ", ".join(quoted(text) for text in texts)


def _timestamp(moment: datetime) -> str:
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}'"

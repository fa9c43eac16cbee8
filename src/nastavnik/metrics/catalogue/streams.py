"""Streams of facts with their documented columns. A new stream or column is a new line here.

A loader reads foreign files into these columns; Parquet files hold them as `Column.stored` says;
tallies are expressions over them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a column holds; decides how text is read and how the value is stored."""

    ID = "id"  # the record's identity in its own system: a new row with the same id replaces the old one
    PERSON = "person"  # code, login or alias of a person; stored as person_id
    LINE = "line"  # code or name of a line; stored as line_id
    CHANNEL = "channel"  # stored as the number of metrics.enums.Channel
    MOMENT = "moment"  # a time with or without zone (then the organisation's); stored in UTC
    TEXT = "text"
    MS = "ms"  # a duration; stored in integer milliseconds
    INT = "int"
    FLAG = "flag"

    @property
    def sql_type(self) -> str:
        """The DuckDB and Parquet type of a stored value."""
        return {
            Kind.PERSON: "BIGINT", Kind.LINE: "BIGINT", Kind.CHANNEL: "UTINYINT", Kind.MOMENT: "TIMESTAMP",
            Kind.MS: "BIGINT", Kind.INT: "INTEGER", Kind.FLAG: "BOOLEAN",
        }.get(self, "VARCHAR")  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its name in files and over the API, what it means, whether a row may lack it, its bounds."""

    name: str
    kind: Kind
    title: Any
    help: Any = ""
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    default: Any = None

    @property
    def stored(self) -> str:
        """The column's name in Parquet files."""
        return {Kind.PERSON: "person_id", Kind.LINE: "line_id"}.get(self.kind, self.name)


@dataclass(frozen=True)
class Stream:
    """A stream of facts; `moment` names the column whose local day decides the file a fact lies in."""

    name: str
    title: Any
    help: Any
    columns: tuple[Column, ...]
    moment: str

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)


DAY_MS = 24 * 60 * 60 * 1000
_ID = Column("id", Kind.ID, _("record id"), _("Unique in the stream; a corrected record comes with the same id."), True)
_PERSON = Column("person", Kind.PERSON, _("person"), _("Code, login or alias of who handled it."))
_LINE = Column("line", Kind.LINE, _("line"), _("Code or name of the line."))
_CHANNEL = Column("channel", Kind.CHANNEL, _("channel"), _("phone, chat, email, social, messenger, internal."))

CONTACTS = Stream(
    "contacts",
    _("Contacts"),
    _("One row per conversation with a customer: call, chat, letter."),
    (
        _ID,
        _PERSON,
        Column("started_at", Kind.MOMENT, _("started"), _("When the customer came to us."), True),
        _CHANNEL,
        _LINE,
        Column("topic", Kind.TEXT, _("topic")),
        Column("answered", Kind.FLAG, _("answered"), _("No for a contact the customer gave up."), default=True),
        Column("waited_ms", Kind.MS, _("waited"), _("How long the customer waited."), least=0, most=DAY_MS * 31),
        Column(
            "start_delay_ms", Kind.MS, _("delay of the start"),
            _("From the customer's message to the first human action; the wait where empty."),
            least=0, most=DAY_MS * 31,
        ),
        Column("handled_ms", Kind.MS, _("handled"), _("Talk, hold and wrap-up."), least=0, most=DAY_MS * 31),
        Column("survey_sent", Kind.FLAG, _("rating asked"), _("Whether the customer was asked for a rating.")),
        Column("rating", Kind.INT, _("rating"), _("1 to 5."), least=1, most=5),
        Column("customer", Kind.TEXT, _("customer"), _("The customer's id in your own system; no name, no telephone.")),
        Column("resolved", Kind.FLAG, _("resolved"), _("Whether the handler closed it as solved.")),
    ),
    "started_at",
)  # fmt: skip

REVIEWS = Stream(
    "reviews",
    _("Quality reviews"),
    _("One row per reviewed contact. Only reviews sampled at random count in the QA score."),
    (
        _ID,
        Column("person", Kind.PERSON, _("person"), _("Whose contact was reviewed."), True),
        Column("reviewed_at", Kind.MOMENT, _("contact of"), _("When the reviewed contact happened."), True),
        _CHANNEL,
        _LINE,
        Column("earned", Kind.INT, _("points earned"), required=True, least=0, most=1_000_000),
        Column("possible", Kind.INT, _("points possible"), _("Points of the items that applied."), True, 1, 1_000_000),
        Column(
            "sampling", Kind.TEXT, _("sampling"), _("random, targeted, disputed or calibration."),
            choices=("random", "targeted", "disputed", "calibration"), default="random",
        ),
    ),
    "reviewed_at",
)  # fmt: skip

RETENTION = Stream(
    "retention",
    _("Refund wishes"),
    _("One row per closed case of a customer who wanted a refund."),
    (
        _ID,
        _PERSON,
        Column("closed_at", Kind.MOMENT, _("closed"), required=True),
        _CHANNEL,
        _LINE,
        Column(
            "outcome", Kind.TEXT, _("outcome"), _("retained (stayed), refunded or unresolved."), True,
            choices=("retained", "refunded", "unresolved"),
        ),
        Column(
            "refund_reason", Kind.TEXT, _("reason of the refund"),
            _("technical, quality, schedule, price, personal, other; empty where nothing was refunded."),
            choices=("technical", "quality", "schedule", "price", "personal", "other"),
        ),
    ),
    "closed_at",
)  # fmt: skip

CASES = Stream(
    "cases",
    _("Cases"),
    _("One row per case, with the flag of those that were complex."),
    (
        _ID,
        _PERSON,
        Column("opened_at", Kind.MOMENT, _("opened"), required=True),
        _CHANNEL,
        _LINE,
        Column("topic", Kind.TEXT, _("topic")),
        Column("complex", Kind.FLAG, _("complex"), _("Whether it needed a second line or an exception."), True),
    ),
    "opened_at",
)

EXAM_RESULTS = Stream(
    "exam_results",
    _("Exam results"),
    _("One row per closed first attempt of a person in an exam; a rescored attempt comes again with the same id."),
    (
        _ID,
        Column("person", Kind.PERSON, _("person"), _("Who sat the exam."), True),
        Column("closed_at", Kind.MOMENT, _("closed"), _("When the attempt ended."), True),
        _CHANNEL,
        _LINE,
        Column("exam", Kind.TEXT, _("exam"), _("Code of the exam."), True),
        Column(
            "earned", Kind.INT, _("points earned"), _("In thousandths of a point."), True, 0, 1_000_000,
        ),
        Column(
            "possible", Kind.INT, _("points possible"), _("In thousandths of a point."), True, 1, 1_000_000,
        ),
        Column("passed", Kind.FLAG, _("passed"), _("Empty while a short retest decides.")),
    ),
    "closed_at",
)  # fmt: skip

PLAN_ITEMS = Stream(
    "plan_items",
    _("Plan items"),
    _("One row per item of the frozen learning plan of a month, once its due day is over or it is done."),
    (
        _ID,
        Column("person", Kind.PERSON, _("person"), _("Whose plan it is."), True),
        Column("due_at", Kind.MOMENT, _("due"), _("Noon of the due day."), True),
        _CHANNEL,
        _LINE,
        Column("kind", Kind.TEXT, _("kind"), _("course, exam, session, task, external or panel."), True),
        Column("title", Kind.TEXT, _("title"), _("What was to be done."), True),
        Column("on_time", Kind.FLAG, _("done on time"), _("Done on its due day or before."), True),
    ),
    "due_at",
)

STREAMS: dict[str, Stream] = {
    stream.name: stream for stream in (CONTACTS, REVIEWS, RETENTION, CASES, EXAM_RESULTS, PLAN_ITEMS)
}

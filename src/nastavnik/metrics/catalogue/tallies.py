"""Tallies: integer expressions over the facts of a stream, each written once, in Ibis.

A tally's value is an integer for a fact that counts and NULL for one that does not; cells keep number, sum and sum of
squares of the values. Expressions keep to a small subset (comparison, ifelse, coalesce, lead) that DuckDB, PostgreSQL
and Spark compute to the same integers. A tally's position in its set never changes: new ones go to the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

# Service level: how soon an answer is timely; a first contact's solution: how long it must hold.
START_WITHIN_MS = 20_000
REPEAT_WITHIN_DAYS = 7

Table = Any  # an Ibis table; Ibis comes without types and is imported only where something is compiled
Value = Any


@dataclass(frozen=True)
class Tally:
    """One countable value of a fact. A 0/1 tally's squares equal its sum and are not kept."""

    key: str
    meaning: str
    value: Callable[[Table], Value]
    is_flag: bool = True


@dataclass(frozen=True)
class TallySet:
    """Tallies computed in one pass over a stream.

    With `lookback_days` a fact's value depends on facts up to so many days later: new facts change the cells of as
    many days before them.
    """

    name: str
    stream: str
    tallies: tuple[Tally, ...]
    lookback_days: int = 0
    prepare: Callable[[Table], Table] = field(default=lambda table: table)

    def position(self, key: str) -> int:
        """Place in the cells' arrays, from 0."""
        return [tally.key for tally in self.tallies].index(key)


def _rating(t: Table) -> Value:
    return t.rating


def _rating_top(t: Table) -> Value:
    return _where(t.rating.notnull(), _flag(t.rating == 5))


def _rating_low(t: Table) -> Value:
    return _where(t.rating.notnull(), _flag(t.rating <= 3))


def _rated(t: Table) -> Value:
    """Of contacts whose customer was asked; a rating shows that the question was put."""
    return _where(t.survey_sent | t.rating.notnull(), _flag(t.rating.notnull()))


def _with_delay(t: Table) -> Table:
    """Contacts with how long the customer waited for a human; for those given up, how long until then."""
    answered = t.answered.fill_null(True)
    return t.mutate(
        was_answered=answered, delay_ms=answered.ifelse(t.start_delay_ms.coalesce(t.waited_ms), t.waited_ms)
    )


def _handled(t: Table) -> Value:
    return _where(t.was_answered, t.handled_ms)


def _is_soon(t: Table) -> Value:
    return t.delay_ms <= START_WITHIN_MS


def _start_of_answered(t: Table) -> Value:
    return _where(t.was_answered & t.delay_ms.notnull(), _flag(_is_soon(t)))


def _start_of_offered(t: Table) -> Value:
    return _where(t.delay_ms.notnull(), _flag(t.was_answered & _is_soon(t)))


def _start_without_short_abandons(t: Table) -> Value:
    counts = t.delay_ms.notnull() & (t.was_answered | (t.delay_ms > START_WITHIN_MS))
    return _where(counts, _flag(t.was_answered & _is_soon(t)))


def _start_late_abandons_fail(t: Table) -> Value:
    """Whoever gave up within the time was not yet let down: only late answers and late abandons fail."""
    return _where(t.delay_ms.notnull(), _flag(_is_soon(t)))


def _with_next_contact(t: Table) -> Table:
    """Contacts of known customers, each with the start of the customer's next contact about the same topic."""
    import ibis  # noqa: PLC0415 - takes a second, and only compiling needs it

    known = t.filter(t.customer.notnull())
    ahead = ibis.window(group_by=[known.customer, known.topic], order_by=[known.started_at, known.id])
    return known.mutate(next_at=known.started_at.lead().over(ahead))


def _solved_at_once(t: Table) -> Value:
    import ibis  # noqa: PLC0415 - as above

    repeated = t.next_at.notnull() & (t.next_at <= t.started_at + ibis.interval(days=REPEAT_WITHIN_DAYS))
    return _where(t.resolved, _flag(~repeated))


def _is_random(t: Table) -> Value:
    return t.sampling == "random"


def _earned_possible(t: Table) -> Value:
    """Engines add two 32-bit numbers into 32 bits, whose square does not fit: hence the casts."""
    return _where(_is_random(t), t.earned.cast("int64") + t.possible.cast("int64"))


def _sum_of_points(t: Table) -> Value:
    """Its squares give sum(earned * possible), as with reviews."""
    return t.earned.cast("int64") + t.possible.cast("int64")


def _retained(t: Table) -> Value:
    return _flag(t.outcome == "retained")


def _technical_of_refunds(t: Table) -> Value:
    return _where(t.outcome == "refunded", _flag(t.refund_reason == "technical"))


def _technical_of_cases(t: Table) -> Value:
    return _flag((t.outcome == "refunded") & (t.refund_reason == "technical"))


def _flag(condition: Value) -> Value:
    """1 or 0; unknown counts as 0. Booleans are not cast: PostgreSQL refuses some of those casts."""
    import ibis  # noqa: PLC0415 - as above

    return condition.ifelse(ibis.literal(1, "int8"), ibis.literal(0, "int8"))  # a byte adds up faster


def _where(condition: Value, value: Value) -> Value:
    """The value of facts that count, NULL for the others."""
    import ibis  # noqa: PLC0415 - as above

    return condition.ifelse(value, ibis.null())


CONTACTS = TallySet(
    "contacts",
    "contacts",
    (
        Tally("rating", "rating of an answered survey", _rating, is_flag=False),
        Tally("rating_top", "rating of 5", _rating_top),
        Tally("rating_low", "rating of 1 to 3", _rating_low),
        Tally("rated", "answered among asked", _rated),
        Tally("handled", "handling time of an answered contact", _handled, is_flag=False),
        Tally("start_of_answered", "answered in time, of answered", _start_of_answered),
        Tally("start_of_offered", "answered in time, of offered", _start_of_offered),
        Tally("start_main", "answered in time, of offered less short abandons", _start_without_short_abandons),
        Tally("start_late_abandons_fail", "neither answered nor given up late", _start_late_abandons_fail),
    ),
    prepare=_with_delay,
)
CONTACTS_REPEAT = TallySet(
    "contacts_repeat",
    "contacts",
    (Tally("solved_at_once", "resolved without a repeat", _solved_at_once),),
    lookback_days=REPEAT_WITHIN_DAYS,
    prepare=_with_next_contact,
)
REVIEWS = TallySet(
    "reviews",
    "reviews",
    (
        Tally("earned", "points earned", lambda t: _where(_is_random(t), t.earned), is_flag=False),
        Tally("possible", "points possible", lambda t: _where(_is_random(t), t.possible), is_flag=False),
        # Its squares give sum(earned * possible), which the interval of the ratio needs.
        Tally("earned_possible", "both", _earned_possible, is_flag=False),
    ),
)
RETENTION = TallySet(
    "retention",
    "retention",
    (
        Tally("retained", "stayed", _retained),
        Tally("technical_of_refunds", "technical reason, of refunds", _technical_of_refunds),
        Tally("technical_of_cases", "technical refund, of cases", _technical_of_cases),
    ),
)
CASES = TallySet("cases", "cases", (Tally("complex", "complex", lambda t: _flag(t.complex)),))
EXAM_RESULTS = TallySet(
    "exam_results",
    "exam_results",
    (
        Tally("exam_earned", "points earned in exams", lambda t: t.earned, is_flag=False),
        Tally("exam_possible", "points possible in exams", lambda t: t.possible, is_flag=False),
        Tally("exam_earned_possible", "both", _sum_of_points, is_flag=False),
        Tally("exam_passed", "passed", lambda t: _where(t.passed.notnull(), _flag(t.passed))),
    ),
)
PLAN_ITEMS = TallySet("plan_items", "plan_items", (Tally("plan_on_time", "done on time", lambda t: _flag(t.on_time)),))

TALLY_SETS: dict[str, TallySet] = {
    one.name: one for one in (CONTACTS, CONTACTS_REPEAT, REVIEWS, RETENTION, CASES, EXAM_RESULTS, PLAN_ITEMS)
}
_SET_OF: dict[str, TallySet] = {tally.key: one for one in TALLY_SETS.values() for tally in one.tallies}


def set_of(tally_key: str) -> TallySet:
    """The set a tally belongs to."""
    return _SET_OF[tally_key]


def days_before(tally_set: TallySet) -> timedelta:
    """How far back new facts change cells."""
    return timedelta(days=tally_set.lookback_days)

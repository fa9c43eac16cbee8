"""Records of the years before the window, written from the exact sums of `history` and of two more teams. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from nastavnik.demo import figures, published
from nastavnik.demo.careers import Centre
from nastavnik.demo.crisis_careers import INTERNAL, PREMIUM
from nastavnik.demo.history import Stay, crisis_stays, next_month
from nastavnik.demo.topics import REFUND_REASONS, TOPICS

Row = tuple[Any, ...]
HEADINGS: dict[str, tuple[str, ...]] = {
    "contacts": (
        "id", "person", "started_at", "channel", "line", "topic", "answered", "waited_ms", "start_delay_ms",
        "handled_ms", "survey_sent", "rating", "customer", "resolved",
    ),
    "reviews": ("id", "person", "reviewed_at", "channel", "line", "earned", "possible", "sampling"),
    "retention": ("id", "person", "closed_at", "channel", "line", "outcome", "refund_reason"),
    "cases": ("id", "person", "opened_at", "channel", "line", "topic", "complex"),
}  # fmt: skip

PREMIUM_FROM = date(2023, 4, 1)
UNRATED = 1.2  # contacts without an answer to the survey for each one with
# The archive keeps every third day of the dense years (each person's sums are spread over those days), two days a month
# of the sparse ones: a file a day and stream is what loading costs.
DENSE_EVERY, SPARSE_DAYS = 3, (12, 24)
TECHNICAL_ELSEWHERE = 0.10  # of the crisis teams' refunds in the archive


@dataclass
class Archive:
    """Rows of each stream, in the order of HEADINGS."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {stream: [] for stream in HEADINGS})


def archive(centre: Centre, seed: int, end: date) -> Archive:
    """Every record before `end` (the window's first day); equal arguments give equal records."""
    dice = Random(f"archive {seed}")
    found = Archive()
    for number, stay in enumerate(crisis_stays(centre, end, dice)):
        key = f"h{number:04d}"
        found.rows["contacts"] += _contacts(stay, key, dice)
        found.rows["reviews"] += _reviews(stay, key, dice)
        found.rows["retention"] += _retention(stay, key, dice)
    for first, last, dense in _spans(end):
        found.rows["retention"] += _premium(first, last, dense, dice)
        found.rows["cases"] += _internal(first, last, dense, dice)
    return found


def kept_days(first: date, end: date, *, dense: bool, every: int = DENSE_EVERY) -> list[date]:
    """The days of [first, end) whose records the archive keeps; never empty."""
    days = [first + timedelta(days=ahead) for ahead in range((end - first).days)]
    return [d for d in days if (d.day % every == 0 if dense else d.day in SPARSE_DAYS)] or days[:1]


def _moment(days: Sequence[date], dice: Random) -> datetime:
    second = dice.randrange(9 * 3600, 21 * 3600)
    return datetime.combine(dice.choice(days), time(second // 3600, second // 60 % 60, second % 60))


def _moments(days: Sequence[date], number: int, dice: Random) -> list[datetime]:
    return sorted(_moment(days, dice) for _ in range(number))


def _topic(line: str, dice: Random) -> str:
    names, weights = zip(*TOPICS[line], strict=True)
    return str(dice.choices(names, weights)[0])


def _contacts(stay: Stay, key: str, dice: Random) -> Iterator[Row]:
    days = kept_days(stay.first, stay.end, dense=stay.dense)
    given: list[int | None] = [*figures.ratings(stay.rated, stay.rating_total, dice)]
    given += [None] * round(stay.rated * UNRATED)
    dice.shuffle(given)
    for number, (at, rating) in enumerate(zip(_moments(days, len(given), dice), given, strict=True)):
        waited, handled = int(dice.expovariate(1 / 14_000)), int(dice.gammavariate(4, 110_000))
        yield (
            f"c-{key}-{number}", stay.career.code, at, dice.choice(("phone", "phone", "chat")), "crisis",
            _topic("crisis", dice), True, waited, waited + dice.randrange(1_000, 6_000), handled, True, rating,
            f"{key}-{number}", dice.random() < 0.94,
        )  # fmt: skip


def _reviews(stay: Stay, key: str, dice: Random) -> Iterator[Row]:
    days = kept_days(stay.first, stay.end, dense=stay.dense, every=2 * DENSE_EVERY)
    earned = figures.points(stay.possible, stay.earned_total, dice)
    for number, at in enumerate(_moments(days, len(earned), dice)):
        yield (
            f"r-{key}-{number}", stay.career.code, at, "phone", "crisis", earned[number], stay.possible[number],
            "random",
        )  # fmt: skip


def _retention(stay: Stay, key: str, dice: Random) -> Iterator[Row]:
    days = kept_days(stay.first, stay.end, dense=stay.dense)
    outcomes = ["retained"] * stay.retained + ["refunded"] * (stay.closed - stay.retained)
    dice.shuffle(outcomes)
    for number, (at, outcome) in enumerate(zip(_moments(days, stay.closed, dice), outcomes, strict=True)):
        technical = dice.random() < TECHNICAL_ELSEWHERE
        reason = ("technical" if technical else dice.choice(REFUND_REASONS)) if outcome == "refunded" else None
        yield (f"w-{key}-{number}", stay.career.code, at, "phone", "crisis", outcome, reason)


def _spans(end: date) -> Iterator[tuple[date, date, bool]]:
    """The three quarters in print, then single months until `end`."""
    for first in (date(2023, 4, 1), date(2023, 7, 1), date(2023, 10, 1)):
        yield first, next_month(next_month(next_month(first))), True
    month = date(2024, 1, 1)
    while month < end:
        yield month, min(next_month(month), end), False
        month = next_month(month)


def _printed(scope: str, metric: str, first: date, about: int, otherwise: float) -> tuple[int, int]:
    """(hits, size) of a team's span: as printed, or `otherwise` of about so many."""
    one = published.figure(scope, metric, f"{first.year}-Q{(first.month + 2) // 3}")
    if one is None or first >= date(2024, 1, 1):
        return round(about * otherwise), about
    return figures.share_for(one.printed, about, at_most=one.target)


def _premium(first: date, end: date, dense: bool, dice: Random) -> Iterator[Row]:
    """Refund wishes of the premium team: one in five ends in a refund, a printed share of them technical."""
    technical, refunds = _printed(
        "team:premium", "technical_refund_share", first, 200 if dense else 20, 0.05
    )  # fmt: skip
    reasons = ["technical"] * technical + [dice.choice(REFUND_REASONS) for _ in range(refunds - technical)]
    wishes: list[str | None] = [*reasons, *[None] * (refunds * 4)]
    dice.shuffle(wishes)
    for number, (person, at) in enumerate(_spread(PREMIUM, kept_days(first, end, dense=dense), len(wishes), dice)):
        outcome = "refunded" if wishes[number] else "retained"
        yield (f"p-{first:%y%m}-{number}", person, at, "phone", "premium", outcome, wishes[number])


def _internal(first: date, end: date, dense: bool, dice: Random) -> Iterator[Row]:
    """Cases of internal support; the share of complex ones as printed, in between where nothing is."""
    hard, cases = _printed(
        "team:internal-support", "complex_case_share", first, 1200 if dense else 60, 0.095 if dense else 0.07
    )  # fmt: skip
    flags = [True] * hard + [False] * (cases - hard)
    dice.shuffle(flags)
    for number, (person, at) in enumerate(_spread(INTERNAL, kept_days(first, end, dense=dense), cases, dice)):
        topic = _topic("internal", dice)
        yield (f"k-{first:%y%m}-{number}", person, at, "internal", "internal", topic, flags[number])


def _spread(people: Sequence[str], days: Sequence[date], number: int, dice: Random) -> list[tuple[str, datetime]]:
    """Who and when for so many records of a team."""
    return [(person, _moment(days, dice)) for person in dice.choices(people, k=number)]

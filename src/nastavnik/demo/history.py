"""The years before the window: exact sums of every person and month, so that records give the printed figures. Pure.

Dense from July 2022 to December 2023, the time the sources speak of. From January 2024 to the window only an archive
sample is kept: a few days a month, enough that a long trend has no hole. A person's sum of a block (a quarter, then
October 2023, then the rest) comes from the printed figure where there is one; of a team with a printed figure the
others make up the difference; everybody else gets a level of their own. Shortfalls (points missing to the best
possible) are shared, since they are small whole numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from nastavnik.demo import figures, published
from nastavnik.demo.careers import Career, Centre
from nastavnik.demo.crisis_careers import CRISIS, MIDDLE

BEGIN, SPARSE_FROM = date(2022, 7, 1), date(2024, 1, 1)
LEAST_DAYS = 10  # a shorter stay in a month leaves no records
RATED, REVIEWED, CLOSED = 65, 10, 24  # per person and month in the dense years
SPARSE_RATED, SPARSE_REVIEWED, SPARSE_CLOSED = 16, 4, 6
# A team with two figures to reproduce at once; the level of everybody whose figure is not prescribed.
PRINTED = frozenset({"A-001", "A-002", "A-003"})  # persons whose own figures are in print
CSAT_SHORT, QA_SHORT, RETAINED = 0.20, 0.085, 0.75


@dataclass(frozen=True)
class Block:
    """A stretch of months whose sums are prescribed together; `name` is its period in print."""

    name: str
    months: tuple[date, ...]
    end: date

    @property
    def is_dense(self) -> bool:
        return self.months[0] < SPARSE_FROM


@dataclass
class Stay:
    """One person's month in a team: days, and how many records with which sums it must hold."""

    career: Career
    team: str
    first: date
    end: date
    dense: bool
    rated: int = 0
    rating_total: int = 0
    possible: list[int] = field(default_factory=list)
    earned_total: int = 0
    closed: int = 0
    retained: int = 0


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def blocks(end: date) -> list[Block]:
    """Quarters to September 2023, October, November with December, then single months until `end`."""
    found = []
    for name, first, length in (
        ("2022-Q3", date(2022, 7, 1), 3), ("2022-Q4", date(2022, 10, 1), 3), ("2023-Q1", date(2023, 1, 1), 3),
        ("2023-Q2", date(2023, 4, 1), 3), ("2023-Q3", date(2023, 7, 1), 3), ("2023-10", date(2023, 10, 1), 1),
        ("2023-11..12", date(2023, 11, 1), 2),
    ):  # fmt: skip
        months = [first]
        while len(months) < length:
            months.append(next_month(months[-1]))
        found.append(Block(name, tuple(months), next_month(months[-1])))
    month = SPARSE_FROM
    while month < end:
        found.append(Block(f"{month:%Y-%m}", (month,), min(next_month(month), end)))
        month = next_month(month)
    return found


def crisis_stays(centre: Centre, end: date, dice: Random) -> list[Stay]:
    """Every month of both crisis teams with its sums."""
    found: list[Stay] = []
    for block in blocks(end):
        for team in (MIDDLE, CRISIS):
            stays = list(members(centre, team, block))
            if stays:
                _sizes(stays, dice)
                _ratings(stays, team, block, dice)
                _reviews(stays, team, block, dice)
                _retention(stays, block, dice)
                found += stays
    return found


def members(centre: Centre, team: str, block: Block) -> Iterator[Stay]:
    """Who worked in the team in each month of the block, for how long."""
    for career in centre.careers:
        if not career.handles_contacts or all(code != team for _, code in career.teams):
            continue
        for month in block.months:
            end = min(next_month(month), block.end)
            days = [d for d in _days(month, end) if career.team_on(d) == team]
            if len(days) >= min(LEAST_DAYS, (end - month).days):
                yield Stay(career, team, days[0], days[-1] + timedelta(days=1), block.is_dense)


def _days(first: date, end: date) -> Iterator[date]:
    for ahead in range((end - first).days):
        yield first + timedelta(days=ahead)


def _sizes(stays: Sequence[Stay], dice: Random) -> None:
    for stay in stays:
        part = min(1.0, (stay.end - stay.first).days / 28)
        rated, reviewed, closed = (
            (RATED, REVIEWED, CLOSED) if stay.dense else (SPARSE_RATED, SPARSE_REVIEWED, SPARSE_CLOSED)
        )
        known = stay.career.code in PRINTED  # of equal size, so that a month's place is not a matter of n
        stay.rated = round(rated * part) + (0 if known or not stay.dense else dice.randint(-6, 6))
        # A hundred points a review where every tenth of a percent must be reachable; else some items do not apply.
        applicable = (100,) if stay.career.code in PRINTED else (100, 100, 100, 95, 90)
        stay.possible = [dice.choice(applicable) for _ in range(round(reviewed * part))]
        stay.closed = round(closed * part)


def _persons(stays: Sequence[Stay]) -> list[list[Stay]]:
    by_code: dict[str, list[Stay]] = {}
    for stay in stays:
        by_code.setdefault(stay.career.code, []).append(stay)
    return list(by_code.values())


def shortfalls(
    sizes: Sequence[int], fixed: Sequence[int | None], levels: Sequence[float], team_total: int | None
) -> list[int]:
    """What each person is short of the best possible: the prescribed where fixed, the rest by level.

    With `team_total` (the whole team's shortfall) the free persons share exactly what the fixed ones leave.
    """
    weights = [size * level for size, level in zip(sizes, levels, strict=True)]
    free = [i for i, one in enumerate(fixed) if one is None]
    known = sum(one for one in fixed if one is not None)
    left = round(sum(weights[i] for i in free)) if team_total is None else team_total - known
    if left < 0 or (left and not free):
        raise figures.Unreachable(size=sum(sizes), printed=team_total)
    shared = iter(figures.apportion(left, [weights[i] for i in free]) if left else [0] * len(free))
    return [one if one is not None else next(shared) for one in fixed]


def _ratings(stays: Sequence[Stay], team: str, block: Block, dice: Random) -> None:
    persons = _persons(stays)
    sizes = [sum(stay.rated for stay in person) for person in persons]
    fixed = [_csat_short(person[0].career.code, block, size) for person, size in zip(persons, sizes, strict=True)]
    levels = [_csat_level(person[0].career.code, block, dice) for person in persons]
    whole = published.figure(f"team:{team}", "csat", block.name)
    team_total = None
    if whole:
        # Met when print says so: 4.85 at a target of 4.85 must not be 4.8499.
        at_least = whole.target if whole.target and whole.printed >= whole.target else None
        team_total = 5 * sum(sizes) - figures.total_for(whole.printed, sum(sizes), percent=False, at_least=at_least)
    for person, short in zip(persons, shortfalls(sizes, fixed, levels, team_total), strict=True):
        for stay, part in zip(person, figures.apportion(short, [stay.rated for stay in person]), strict=True):
            stay.rating_total = 5 * stay.rated - part


def _csat_short(code: str, block: Block, size: int) -> int | None:
    one = published.figure(f"person:{code}", "csat", block.name)
    return 5 * size - figures.total_for(one.printed, size, percent=False) if one else None


def _csat_level(code: str, block: Block, dice: Random) -> float:
    """Mean shortfall of a rating where nothing is printed. A-001 leads from April to October 2023, A-004 around it."""
    jitter = dice.uniform(0.92, 1.15)
    if code == "A-004" and block.name in {"2022-Q4", "2023-Q1", "2023-11..12"}:
        return 0.06
    if code == "A-001":
        return 0.10
    return CSAT_SHORT * jitter if block.is_dense else 0.16 * jitter


def _reviews(stays: Sequence[Stay], team: str, block: Block, dice: Random) -> None:
    persons = _persons(stays)
    sizes = [sum(sum(stay.possible) for stay in person) for person in persons]
    fixed = [_qa_short(person[0].career.code, block, size) for person, size in zip(persons, sizes, strict=True)]
    levels = [(QA_SHORT if block.is_dense else 0.06) * dice.uniform(0.7, 1.3) for _ in persons]
    whole = published.figure(f"team:{team}", "qa", block.name)
    team_total = sum(sizes) - figures.total_for(whole.printed, sum(sizes), percent=True) if whole else None
    for person, short in zip(persons, shortfalls(sizes, fixed, levels, team_total), strict=True):
        for stay, part in zip(person, figures.apportion(short, [sum(stay.possible) for stay in person]), strict=True):
            stay.earned_total = sum(stay.possible) - part


def _qa_short(code: str, block: Block, size: int) -> int | None:
    one = published.figure(f"person:{code}", "qa", block.name)
    return size - figures.total_for(one.printed, size, percent=True) if one else None


def _retention(stays: Sequence[Stay], block: Block, dice: Random) -> None:
    for person in _persons(stays):
        one = published.figure(f"person:{person[0].career.code}", "retention", block.name)
        if one:
            retained, closed = figures.share_for(one.printed, sum(stay.closed for stay in person))
            for stay, part in zip(person, figures.apportion(closed, [1] * len(person)), strict=True):
                stay.closed = part
        else:
            closed = sum(stay.closed for stay in person)
            retained = round(closed * (RETAINED + dice.uniform(-0.05, 0.05)))
        for stay, part in zip(person, figures.apportion(retained, [stay.closed for stay in person]), strict=True):
            stay.retained = min(part, stay.closed)

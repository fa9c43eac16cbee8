"""Signs that compensation may be abused. They open a review; none of them blocks a lawful refund or an offer. Pure.

Thresholds are parameters of `Rules`. Agent outliers are judged against the centre by binomial funnel limits at the
agent's own number of cases, never by rank.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from typing import Any


class Flag(StrEnum):
    OFTEN = "often"  # more accepted offers in a year than the cap
    SUM = "sum"  # a high sum in 90 days
    AGAIN = "again"  # stayed for an offer and refused again soon
    OUTLIER = "outlier"  # gives far more often than peers
    BEFORE_SURVEY = "before_survey"  # given right before the rating was asked
    SHARED_CARD = "shared_card"  # one payout card, several customers
    STAFF = "staff"  # given to somebody of the staff
    SPLIT = "split"  # several grants within a day that together exceed the limit


@dataclass(frozen=True)
class Rules:
    """Sums in minor units."""

    accepted_a_year: int = 2
    sum_in_90_days: int = 1_000_000
    again_within: timedelta = timedelta(days=60)
    before_survey: timedelta = timedelta(minutes=10)
    split_within: timedelta = timedelta(hours=24)
    sigmas: float = 3.0
    least_cases: int = 30


@dataclass(frozen=True)
class Grant:
    """An accepted offer, or money paid out."""

    offer_id: int
    customer_id: int
    agent_id: int | None
    amount: int
    at: datetime
    limit: int | None = None  # what the agent's grade may give at once
    card: str = ""  # a fingerprint of the payout card, never its number
    to_staff: bool = False
    survey_at: datetime | None = None


@dataclass(frozen=True)
class Raised:
    """A flag on the latest grant it speaks of; `facts` are what the reviewer sees."""

    flag: Flag
    offer_id: int
    customer_id: int
    agent_id: int | None
    facts: tuple[tuple[str, Any], ...]


def of_customer(grants: Sequence[Grant], triggers: Sequence[datetime], rules: Rules) -> Iterator[Raised]:
    """Flags of one customer's grants, in time order; `triggers`: when the customer refused anew."""
    ordered = sorted(grants, key=lambda one: (one.at, one.offer_id))
    for place, grant in enumerate(ordered):
        before = ordered[: place + 1]
        year = [one for one in before if grant.at - one.at < timedelta(days=365)]
        if len(year) > rules.accepted_a_year:
            yield _raise(Flag.OFTEN, grant, count=len(year), cap=rules.accepted_a_year)
        total = sum(one.amount for one in before if grant.at - one.at < timedelta(days=90))
        if total > rules.sum_in_90_days:
            yield _raise(Flag.SUM, grant, amount=total, cap_amount=rules.sum_in_90_days)
        again = [at for at in triggers if grant.at < at < grant.at + rules.again_within]
        if again:
            yield _raise(Flag.AGAIN, grant, days=(min(again) - grant.at).days)
        yield from _alone(grant, rules)
        yield from _split(grant, before, rules)


def _alone(grant: Grant, rules: Rules) -> Iterator[Raised]:
    if grant.to_staff:
        yield _raise(Flag.STAFF, grant, amount=grant.amount)
    asked = grant.survey_at
    if asked is not None and timedelta(0) <= asked - grant.at <= rules.before_survey:
        yield _raise(Flag.BEFORE_SURVEY, grant, minutes=int((asked - grant.at).total_seconds() // 60))


def _split(grant: Grant, before: Sequence[Grant], rules: Rules) -> Iterator[Raised]:
    if grant.limit is None:
        return
    near = [one for one in before if one.agent_id == grant.agent_id and grant.at - one.at <= rules.split_within]
    total = sum(one.amount for one in near)
    if len(near) >= 2 and total > grant.limit:
        yield _raise(Flag.SPLIT, grant, count=len(near), amount=total, limit_amount=grant.limit)


def shared_cards(grants: Iterable[Grant]) -> Iterator[Raised]:
    """Cards to which money of several customers went: flagged on every customer after the first."""
    owners: dict[str, list[int]] = {}
    for grant in sorted(grants, key=lambda one: (one.at, one.offer_id)):
        if not grant.card:
            continue
        known = owners.setdefault(grant.card, [])
        if grant.customer_id not in known:
            known.append(grant.customer_id)
            if len(known) > 1:
                yield _raise(Flag.SHARED_CARD, grant, customers=len(known))


@dataclass(frozen=True)
class AgentCount:
    """How many cases somebody had and in how many something was granted."""

    agent_id: int
    cases: int
    grants: int
    latest: Grant | None = None


def outliers(counts: Sequence[AgentCount], rules: Rules) -> Iterator[Raised]:
    """Agents above the funnel: p + k * sqrt(p (1 - p) / n), p over everybody else. Too few cases: no judgement."""
    cases, grants = sum(one.cases for one in counts), sum(one.grants for one in counts)
    for one in counts:
        others = cases - one.cases
        if one.cases < rules.least_cases or others < rules.least_cases or one.latest is None:
            continue
        share = (grants - one.grants) / others
        upper = share + rules.sigmas * sqrt(share * (1 - share) / one.cases)
        if one.grants / one.cases > upper:
            facts = {"per_hundred": round(100 * one.grants / one.cases, 1), "upper": round(100 * upper, 1)}
            yield _raise(Flag.OUTLIER, one.latest, cases=one.cases, **facts)


def _raise(flag: Flag, grant: Grant, **facts: Any) -> Raised:
    return Raised(flag, grant.offer_id, grant.customer_id, grant.agent_id, tuple(sorted(facts.items())))

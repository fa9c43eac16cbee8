"""Whom a trigger concerns on a day, on which occasion and why. Pure.

A rule first names its people (`Scope`: lines, teams, posts, grades, partner centres, or people by name), then when:

* newcomers   joined in a window of days before the intake begins
* life cycle  once, so many days after joining; or again and again, every so many days
* problem     the chosen cohort, less those who no longer make the mistake
* launch      everybody in scope, with a last day
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from nastavnik.learning.logic.messages import Words, gettext_noop

JOINED_BEFORE = gettext_noop("joined on {day}, the intake begins on {starts}")
DAYS_AFTER = gettext_noop("day {days} after joining was {day}")
EVERY_DAYS = gettext_noop("every {days} days: {count} times since joining on {joined}")
HAS_PROBLEM = gettext_noop("{metric}: {value} in the last {window} days, the campaign is for those off {limit}")
NO_PROBLEM = gettext_noop("no longer makes the mistake — {metric}: {value}, the limit is {limit}")
NOT_KNOWN = gettext_noop("{metric}: too few records to tell ({n})")
IN_COHORT = gettext_noop("belongs to the cohort of the campaign")
LAUNCH_BY = gettext_noop("must know it by {day}")

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What is known of one person on the day of the run."""

    person_id: int
    joined: date | None
    line: str = ""
    team: str = ""
    post: str = ""
    partner: str = ""
    grades: frozenset[str] = frozenset()
    value: float | None = None  # reading of the campaign's metric, in its unit
    n: int = 0


@dataclass(frozen=True)
class Scope:
    """Which people: an empty set does not narrow."""

    lines: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()

    def holds(self, one: Facts) -> bool:
        """Whether the person is among them."""
        pairs = ((self.lines, one.line), (self.teams, one.team), (self.posts, one.post), (self.partners, one.partner))
        if any(wanted and have not in wanted for wanted, have in pairs):
            return False
        if self.grades and not self.grades & one.grades:
            return False
        return not self.people or one.person_id in self.people


@dataclass(frozen=True)
class Newcomers:
    """People who joined within `window_days` before the intake's first day, or on it."""

    starts: date
    window_days: int = 31
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class AfterDays:
    """Once, when `days` have passed since joining; those who passed it over `grace_days` ago are let be."""

    days: int
    grace_days: int = 14
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class Every:
    """Again and again, every `days` since joining."""

    days: int
    grace_days: int = 14
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class Problem:
    """The cohort of a campaign; who is on the right side of `limit` by the metric is left out."""

    metric: str = ""
    limit: float = 0.0
    higher_is_better: bool = True
    window_days: int = 28
    least_n: int = 1
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class Launch:
    """Everybody in scope, by a last day. From the day after, contacts of `contact_type` (its code) need a permit, and
    who has not passed has none.
    """

    by: date
    contact_type: str = ""
    scope: Scope = field(default_factory=Scope)


Rule = Newcomers | AfterDays | Every | Problem | Launch


@dataclass(frozen=True)
class Hit:
    """That the rule concerns a person: on which occasion, why; or that it left a person out, and why."""

    person_id: int
    occasion: str
    why: Words
    excluded: bool = False


def hits(rule: Rule, people: Iterable[Facts], today: date) -> Iterator[Hit]:
    """Everybody the rule concerns today. The same day gives the same hits."""
    for one in people:
        if rule.scope.holds(one):
            found = _HITS[type(rule)](rule, one, today)
            if found is not None:
                yield found


def _newcomer(rule: Newcomers, one: Facts, today: date) -> Hit | None:
    if one.joined is None or not rule.starts - timedelta(days=rule.window_days) < one.joined <= rule.starts:
        return None
    why = Words.of(JOINED_BEFORE, day=one.joined.isoformat(), starts=rule.starts.isoformat())
    return Hit(one.person_id, f"intake {rule.starts.isoformat()}", why)


def _after_days(rule: AfterDays, one: Facts, today: date) -> Hit | None:
    if one.joined is None:
        return None
    ripe = one.joined + timedelta(days=rule.days)
    if not ripe <= today <= ripe + timedelta(days=rule.grace_days):
        return None
    why = Words.of(DAYS_AFTER, days=rule.days, day=ripe.isoformat())
    return Hit(one.person_id, f"joined {one.joined.isoformat()}", why)


def _every(rule: Every, one: Facts, today: date) -> Hit | None:
    if one.joined is None:
        return None
    count, past = divmod((today - one.joined).days, rule.days)
    if count < 1 or past > rule.grace_days:
        return None
    why = Words.of(EVERY_DAYS, days=rule.days, count=count, joined=one.joined.isoformat())
    return Hit(one.person_id, f"joined {one.joined.isoformat()} round {count}", why)


def _problem(rule: Problem, one: Facts, today: date) -> Hit | None:
    if not rule.metric:
        return Hit(one.person_id, "campaign", Words.of(IN_COHORT))
    said = {"metric": rule.metric, "limit": rule.limit}
    if one.value is None or one.n < rule.least_n:
        return Hit(one.person_id, "campaign", Words.of(NOT_KNOWN, metric=rule.metric, n=one.n), excluded=True)
    fine = one.value >= rule.limit if rule.higher_is_better else one.value <= rule.limit
    value = round(one.value, 2)
    if fine:
        return Hit(one.person_id, "campaign", Words.of(NO_PROBLEM, value=value, **said), excluded=True)
    return Hit(one.person_id, "campaign", Words.of(HAS_PROBLEM, value=value, window=rule.window_days, **said))


def _launch(rule: Launch, one: Facts, today: date) -> Hit | None:
    return Hit(one.person_id, f"launch {rule.by.isoformat()}", Words.of(LAUNCH_BY, day=rule.by.isoformat()))


_HITS: dict[type, Any] = {
    Newcomers: _newcomer, AfterDays: _after_days, Every: _every, Problem: _problem, Launch: _launch,
}  # fmt: skip


# Reading and writing --------------------------------------------------------------------------------------------------

_NAMES: dict[str, type] = {
    "newcomers": Newcomers,
    "after": AfterDays,
    "every": Every,
    "problem": Problem,
    "launch": Launch,
}
_SCOPE = ("lines", "teams", "posts", "grades", "partners", "people")


class BadRule(ValueError):
    """A stored rule that is none."""


def to_json(rule: Rule) -> dict[str, Any]:
    """The rule as it is stored."""
    name = next(name for name, kind in _NAMES.items() if kind is type(rule))
    scope = {key: sorted(getattr(rule.scope, key)) for key in _SCOPE if getattr(rule.scope, key)}
    values = {key: value for key, value in vars(rule).items() if key != "scope"}
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    return {"when": name, **plain, "scope": scope}


def from_json(stored: Mapping[str, Any]) -> Rule:
    """The rule a stored value means. Raises BadRule."""
    kind = _NAMES.get(str(stored.get("when")))
    if kind is None:
        raise BadRule(f"no such rule: {stored.get('when')}")
    scope = Scope(**{key: frozenset(stored.get("scope", {}).get(key, ())) for key in _SCOPE})
    values = {key: value for key, value in stored.items() if key not in ("when", "scope")}
    try:
        days: dict[str, Any] = {key: date.fromisoformat(values[key]) for key in ("starts", "by") if key in values}
        whole: dict[str, Any] = {**values, **days, "scope": scope}
        rule: Rule = kind(**whole)
    except (TypeError, ValueError) as error:
        raise BadRule(str(error)) from error
    if isinstance(rule, AfterDays | Every) and rule.days < 1:
        raise BadRule("days count from 1")
    return rule

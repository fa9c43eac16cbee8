"""What happened to people, for the apps above. `since` is the first day the change holds; it may lie in the past."""

from dataclasses import dataclass
from datetime import date

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class PersonHired(Event):
    """A person came, with everything they begin with: employment, team, post, grades."""

    person_id: int


@dataclass(frozen=True)
class EmploymentChanged(Event):
    """A person left, came back, or changed the kind of employment; what hung on it ended with it."""

    person_id: int
    since: date


@dataclass(frozen=True)
class MembershipChanged(Event):
    """A person works in another team, or in none, from `since` until the next change."""

    person_id: int
    since: date


@dataclass(frozen=True)
class LeadershipChanged(Event):
    """A team has another lead from `since` until the next change."""

    team_id: int
    since: date


@dataclass(frozen=True)
class PostChanged(Event):
    """A person holds another post from `since` until the next change."""

    person_id: int
    since: date


@dataclass(frozen=True)
class GradeChanged(Event):
    """A person stands on another grade of the ladder from `since` until the next change."""

    person_id: int
    ladder_id: int
    since: date


@dataclass(frozen=True)
class ClearanceChanged(Event):
    """A person may work on the line in another way from `since` until the next change."""

    person_id: int
    line_id: int
    since: date


@dataclass(frozen=True)
class RolesChanged(Event):
    """A person's roles in this system changed from `since`."""

    person_id: int
    since: date


@dataclass(frozen=True)
class SettingsChanged(Event):
    """The organisation, one of its parts or its calendar changed."""

    what: str

"""What the demo knows of a person before anything is written: frozen dataclasses, no Django rows."""

from dataclasses import dataclass, field
from datetime import date

from nastavnik.demo.names import Name
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope


@dataclass(frozen=True)
class LinePlan:
    """A line of work."""

    code: str
    name: str
    name_en: str
    kind: str


@dataclass(frozen=True)
class TeamPlan:
    """A team with the number of its agents; the lead comes on top."""

    code: str
    name: str
    name_en: str
    line: str
    size: int
    partner: str = ""


@dataclass(frozen=True)
class RoleGrant:
    """A role and how far it reaches; `unit` is a team's or partner centre's code."""

    role: Role
    scope: RoleScope = RoleScope.ORGANISATION
    unit: str = ""


@dataclass(frozen=True)
class Restriction:
    """A change of how a person may work on a line."""

    since: date
    line: str
    mode: ClearanceMode
    reason: str = ""


@dataclass
class Career:
    """A person's whole story. Lists of (since, what) are in order; the first entries are those of the first day."""

    code: str
    name: Name
    post: str
    joined: date
    kind: EmploymentKind = EmploymentKind.STAFF
    partner: str = ""
    teams: list[tuple[date, str]] = field(default_factory=list)
    grades: list[tuple[date, str, str]] = field(default_factory=list)
    roles: list[RoleGrant] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    leads: str = ""
    left: date | None = None
    leaving_reason: str = ""

    @property
    def handles_contacts(self) -> bool:
        """Whether work records are generated for this person."""
        return self.post in {"agent", "crisis-manager"}

    def team_on(self, day: date) -> str:
        """The team's code on a day, or "" before the first and after the last day of work."""
        if day < self.joined or (self.left and day >= self.left):
            return ""
        return next((team for since, team in reversed(self.teams) if since <= day), "")


@dataclass(frozen=True)
class Centre:
    """The whole invented organisation."""

    today: date
    lines: tuple[LinePlan, ...]
    teams: tuple[TeamPlan, ...]
    careers: tuple[Career, ...]

    def team(self, code: str) -> TeamPlan:
        """The team of this code."""
        return next(team for team in self.teams if team.code == code)

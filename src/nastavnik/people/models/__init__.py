"""Tables of the people app, by subject."""

from nastavnik.people.models.careers import Grade, GradeHolding, Ladder, Post, PostHolding
from nastavnik.people.models.imports import PeopleImport, PeopleMapping
from nastavnik.people.models.organisation import CalendarDay, Line, Organisation, Partner, Team
from nastavnik.people.models.persons import ApiKey, Invitation, Person, PersonAlias
from nastavnik.people.models.work import Employment, LineClearance, RoleAssignment, TeamLeadership, TeamMembership

__all__ = [
    "ApiKey",
    "CalendarDay",
    "Employment",
    "Grade",
    "GradeHolding",
    "Invitation",
    "Ladder",
    "Line",
    "LineClearance",
    "Organisation",
    "Partner",
    "PeopleImport",
    "PeopleMapping",
    "Person",
    "PersonAlias",
    "Post",
    "PostHolding",
    "RoleAssignment",
    "Team",
    "TeamLeadership",
    "TeamMembership",
]

"""What metrics do when people move: cells follow the team, grade and partner centre their person had on each day."""

from datetime import date, datetime

from nastavnik.kernel.events import reacts_to
from nastavnik.metrics.actions import tallies
from nastavnik.people.events import EmploymentChanged, GradeChanged, MembershipChanged, PersonHired


@reacts_to(MembershipChanged)
def charge_to_the_new_team(event: MembershipChanged, at: datetime) -> None:
    tallies.reattribute(person_ids=[event.person_id], since=event.since, at=at)


@reacts_to(GradeChanged)
def charge_to_the_new_grade(event: GradeChanged, at: datetime) -> None:
    tallies.reattribute(person_ids=[event.person_id], since=event.since, at=at)


@reacts_to(EmploymentChanged)
def charge_to_the_new_partner(event: EmploymentChanged, at: datetime) -> None:
    tallies.reattribute(person_ids=[event.person_id], since=event.since, at=at)


@reacts_to(PersonHired)
def charge_what_came_before_the_hiring(event: PersonHired, at: datetime) -> None:
    """Records may have been loaded for a person whose team was entered later."""
    tallies.reattribute(person_ids=[event.person_id], since=date.min, at=at)

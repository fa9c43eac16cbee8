"""Who works in which team and who leads it, as of a day."""

from datetime import date, datetime

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import (
    employment_on,
    named,
    one_writer,
    refuse_stale,
    rewrite,
    writing_to,
)
from nastavnik.people.errors import NotInUse, TeamOfAnotherCentre
from nastavnik.people.events import LeadershipChanged, MembershipChanged
from nastavnik.people.models import Employment, Person, Team, TeamLeadership, TeamMembership

MOVED, LEAD_APPOINTED = "people.person_moved", "people.lead_appointed"


def move(
    *,
    person: Person,
    team: Team | None,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> TeamMembership | None:
    """Put the person into the team from `since` until the next known move, or out of any team.

    `since` may lie in the past: the rows are closed and split so that they tell the truth. The same again changes
    nothing. Raises NotEmployed, NotInUse, TeamOfAnotherCentre, ChangedMeanwhile.
    """
    with writing_to(person):
        refuse_stale([MOVED], seen, person_id=person.pk)
        employment = employment_on(person, since)
        if team is not None:
            refuse_foreign_team(person, team, employment, since)
        outcome = rewrite(
            TeamMembership.objects.select_related("team"),
            {"person_id": person.pk},
            ("team_id",),
            (team.pk,) if team else None,
            since=since,
            until=employment.active_to,
        )
        if outcome.differs:
            data = {
                "from": named(outcome.before.team) if outcome.before else None,
                "to": named(team),
                "since": since.isoformat(),
            }
            journal.write(MOVED, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
            publish(MembershipChanged(person.pk, since), at=at)
    return outcome.after


def refuse_foreign_team(person: Person, team: Team, employment: Employment, since: date) -> None:
    """A closed team takes nobody; a partner centre's team takes that centre's people only."""
    if not team.is_active:
        raise NotInUse(name=str(team))
    if team.partner_id and team.partner_id != employment.partner_id:
        raise TeamOfAnotherCentre(team=str(team), partner=str(team.partner), person=str(person), day=since.isoformat())


def appoint_lead(
    *,
    team: Team,
    person: Person | None,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> TeamLeadership | None:
    """Make the person lead the team from `since` until the next known change; None leaves the team without a lead.

    The role «team lead», which opens the team's figures, is granted separately. Raises NotEmployed, ChangedMeanwhile.
    """
    with one_writer(Team, team.pk):
        refuse_stale([LEAD_APPOINTED], seen, subject_kind="people.team", subject_id=team.pk)
        until = employment_on(person, since).active_to if person else None
        outcome = rewrite(
            TeamLeadership.objects.select_related("person"),
            {"team_id": team.pk},
            ("person_id",),
            (person.pk,) if person else None,
            since=since,
            until=until,
        )
        if outcome.differs:
            data = {
                "team": named(team),
                "from": str(outcome.before.person) if outcome.before else None,
                "to": str(person) if person else None,
                "since": since.isoformat(),
            }
            about = person or (outcome.before.person if outcome.before else None)
            person_id = about.pk if about else None
            journal.write(LEAD_APPOINTED, by=by, at=at, subject=team, person_id=person_id, reason=reason, data=data)
            publish(LeadershipChanged(team.pk, since), at=at)
    return outcome.after

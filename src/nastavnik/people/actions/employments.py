"""Coming, leaving, coming back, and changing the kind of employment. An employment bounds all a person's dated rows."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from nastavnik.kernel import clock, journal
from nastavnik.kernel.events import publish, publish_all
from nastavnik.people.actions._dated import (
    employment_on,
    named,
    refuse_stale,
    rewrite,
    the_day_before,
    writing_to,
)
from nastavnik.people.actions.roles import refuse_last_administrator
from nastavnik.people.enums import EmploymentKind, Role
from nastavnik.people.errors import (
    AlreadyEmployed,
    LeavesBeforeComing,
    NotEmployed,
    PartnerNotExpected,
    PartnerNotNamed,
)
from nastavnik.people.events import EmploymentChanged, MembershipChanged
from nastavnik.people.models import (
    Employment,
    GradeHolding,
    LineClearance,
    Organisation,
    Partner,
    Person,
    PostHolding,
    RoleAssignment,
    TeamLeadership,
    TeamMembership,
)

LEFT, REHIRED, TRANSFERRED = "people.person_left", "people.person_rehired", "people.employment_changed"
_HANGS_ON_EMPLOYMENT: tuple[Any, ...] = (
    TeamMembership,
    TeamLeadership,
    PostHolding,
    GradeHolding,
    LineClearance,
    RoleAssignment,
)


def leave(
    *,
    person: Person,
    left: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> Employment:
    """End the employment in force on the day before `left`; `left` is the first day without work (`active_to`).

    Team, leaderships, post, grades, lines and roles end with it, what was planned for later is dropped, and log-in is
    off from `left` (at once, or by the daily job when that day comes). A later date moves a leaving already noted.
    The same again changes nothing. Raises NotEmployed, LeavesBeforeComing, LastAdministrator, ChangedMeanwhile.
    """
    with writing_to(person):
        refuse_stale([LEFT, REHIRED, TRANSFERRED], seen, person_id=person.pk)
        employment = _last_employment_before(person, left)
        if employment.active_to == left:
            return employment
        if person.role_assignments.filter(role=Role.ADMINISTRATOR).on(the_day_before(left)).exists():
            refuse_last_administrator(person, the_day_before(left))
        was, employment.active_to, employment.leaving_reason = employment.active_to, left, reason[:200]
        employment.save(update_fields=["active_to", "leaving_reason"])
        _end_what_hangs_on_it(person, left, was)
        person.is_active = left > local_day(at)
        person.save(update_fields=["is_active"])
        data = {"last_day": the_day_before(left).isoformat(), "since": left.isoformat()}
        journal.write(LEFT, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
        publish(EmploymentChanged(person.pk, min(was or left, left)), at=at)
    return employment


def _last_employment_before(person: Person, left: date) -> Employment:
    """The employment that is to end: the last one begun before `left`."""
    found = Employment.objects.filter(person=person, active_from__lt=left).order_by("-active_from").first()
    if found is not None:
        return found
    first = Employment.objects.filter(person=person).order_by("active_from").first()
    if first is None:
        raise NotEmployed(person=str(person), day=the_day_before(left).isoformat())
    raise LeavesBeforeComing(person=str(person), joined=first.active_from.isoformat())


def _end_what_hangs_on_it(person: Person, left: date, was: date | None) -> None:
    """Close what runs over `left` and drop what was planned from then on, up to the employment's former end.

    A leaving moved to a later day stretches what the earlier one had closed; teams may have other leads by then.
    """
    for model in _HANGS_ON_EMPLOYMENT:
        rows = model.objects.filter(person=person)
        if was is not None and was < left:
            if model is not TeamLeadership:
                rows.filter(active_to=was).update(active_to=left)
            continue
        planned = rows.filter(active_from__gte=left)
        (planned if was is None else planned.filter(active_from__lt=was)).delete()
        rows.filter(Q(active_to__isnull=True) | Q(active_to__gt=left), active_from__lt=left).update(active_to=left)


def local_day(at: datetime) -> date:
    """The organisation's calendar day of a moment."""
    organisation = Organisation.objects.first()
    return clock.local_date(at, (organisation or Organisation()).zone)


def rehire(
    *,
    person: Person,
    kind: EmploymentKind,
    joined: date,
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Employment:
    """Take a former employee on again; team, post, grades and roles are given anew.

    Raises AlreadyEmployed, PartnerNotNamed, PartnerNotExpected, ChangedMeanwhile.
    """
    refuse_wrong_partner(person, kind, partner)
    with writing_to(person):
        refuse_stale([LEFT, REHIRED, TRANSFERRED], seen, person_id=person.pk)
        if (
            Employment.objects.filter(person=person)
            .filter(Q(active_to__isnull=True) | Q(active_to__gt=joined))
            .exists()
        ):
            raise AlreadyEmployed(person=str(person), day=joined.isoformat())
        employment = Employment.objects.create(person=person, kind=kind, partner=partner, active_from=joined)
        Person.objects.filter(pk=person.pk).update(is_active=True)
        person.is_active = True
        data = {"kind": kind.value, "partner": named(partner), "since": joined.isoformat()}
        journal.write(REHIRED, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
        publish(EmploymentChanged(person.pk, joined), at=at)
    return employment


def refuse_wrong_partner(person: Person, kind: EmploymentKind, partner: Partner | None) -> None:
    """A partner centre's employee names the centre, others name none."""
    if kind == EmploymentKind.PARTNER and partner is None:
        raise PartnerNotNamed(person=str(person))
    if kind != EmploymentKind.PARTNER and partner is not None:
        raise PartnerNotExpected(person=str(person))


def transfer(
    *,
    person: Person,
    kind: EmploymentKind,
    since: date,
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Employment:
    """Change the kind of employment (say, from a partner centre to staff) from `since` until the next known change.

    Whoever leaves a partner centre leaves its teams too. Raises NotEmployed, PartnerNotNamed, PartnerNotExpected,
    ChangedMeanwhile.
    """
    refuse_wrong_partner(person, kind, partner)
    with writing_to(person):
        refuse_stale([LEFT, REHIRED, TRANSFERRED], seen, person_id=person.pk)
        employment_on(person, since)
        outcome = rewrite(
            Employment.objects.select_related("partner"),
            {"person_id": person.pk},
            ("kind", "partner_id"),
            (kind.value, partner.pk if partner else None),
            since=since,
        )
        assert outcome.after is not None  # what was set is in force
        if outcome.differs:
            before = outcome.before
            data = {"from": before.kind if before else None, "from_partner": named(before.partner if before else None)}
            data |= {"kind": kind.value, "partner": named(partner), "since": since.isoformat()}
            journal.write(TRANSFERRED, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
            _keep_leaving_reason(before, outcome.after)
            moved = [MembershipChanged(person.pk, since)] if _leave_foreign_teams(person, outcome.after) else []
            publish_all([EmploymentChanged(person.pk, since), *moved], at=at)
    return outcome.after


def _keep_leaving_reason(before: Employment | None, after: Employment) -> None:
    """A leaving already noted stays with the employment it ends."""
    if before and before.leaving_reason and before.pk != after.pk and before.active_to == after.active_to:
        Employment.objects.filter(pk=after.pk).update(leaving_reason=before.leaving_reason)
        Employment.objects.filter(pk=before.pk).update(leaving_reason="")


def _leave_foreign_teams(person: Person, employment: Employment) -> bool:
    """End memberships, within the employment's days, in teams of a partner centre that does not employ the person."""
    begun, end = employment.active_from, employment.active_to
    rows = TeamMembership.objects.filter(person=person, team__partner__isnull=False)
    rows = rows.exclude(team__partner_id=employment.partner_id) if employment.partner_id else rows
    foreign = [row for row in rows.order_by("active_from") if row.active_to is None or row.active_to > begun]
    foreign = [row for row in foreign if end is None or row.active_from < end]
    for row in foreign:
        first = max(row.active_from, begun)
        rewrite(TeamMembership.objects.all(), {"person_id": person.pk}, ("team_id",), None, since=first, until=end)
    return bool(foreign)


def close_log_ins(*, at: datetime) -> int:
    """Switch off the log-in of people whose employments have all ended by today; how many those were.

    Whoever never was employed (a business customer, the first administrator) keeps theirs.
    """
    day = local_day(at)
    employed = Employment.objects.filter(Q(active_to__isnull=True) | Q(active_to__gt=day)).values("person_id")
    gone = Person.objects.filter(is_active=True, employments__isnull=False).exclude(pk__in=employed).distinct()
    closed: int = Person.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(is_active=False)
    return closed

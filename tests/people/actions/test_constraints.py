"""What the database itself refuses, whoever writes past the actions."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nastavnik.people.models import (
    Employment,
    GradeHolding,
    Invitation,
    LineClearance,
    Organisation,
    Person,
    PersonAlias,
    PostHolding,
    RoleAssignment,
    TeamLeadership,
    TeamMembership,
)
from tests.factories.people import (
    AT,
    JOINED,
    a_ladder,
    a_line,
    a_partner,
    a_person,
    a_post,
    a_team,
    an_organisation,
)

pytestmark = pytest.mark.django_db
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def refused(constraint: str, model: Any, **fields: Any) -> None:
    """The row is refused by that very constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**fields)


@pytest.mark.parametrize(
    ("model", "constraint", "empty_days"),
    [
        (Employment, "people_one_employment_at_a_time", "people_employment_days"),
        (TeamMembership, "people_one_team_at_a_time", "people_member_days"),
        (TeamLeadership, "people_one_lead_at_a_time", "people_lead_days"),
        (PostHolding, "people_one_post_at_a_time", "people_post_days"),
        (GradeHolding, "people_one_grade_per_ladder", "people_grade_days"),
        (LineClearance, "people_one_clearance_per_line", "people_clearance_days"),
    ],
)
def test_overlapping_and_empty_days_are_refused(model: Any, constraint: str, empty_days: str) -> None:
    person = Person.objects.create(code="A", family_name="Петрова")
    ladder = a_ladder()
    extra: dict[Any, dict[str, Any]] = {
        Employment: {"kind": "staff"},
        TeamMembership: {"team": a_team("a")},
        TeamLeadership: {"team": a_team("b")},
        PostHolding: {"post": a_post()},
        GradeHolding: {"ladder": ladder, "grade": ladder.grades.all()[0]},
        LineClearance: {"line": a_line()},
    }
    fields = {"person": person, **extra[model]}
    model.objects.create(**fields, active_from=JOINED, active_to=MAY)
    model.objects.create(**fields, active_from=MAY, active_to=JULY)
    refused(constraint, model, **fields, active_from=date(2026, 6, 30))
    refused(constraint, model, **fields, active_from=date(2026, 1, 1))
    refused(empty_days, model, **fields, active_from=JULY, active_to=JULY)
    model.objects.create(**fields, active_from=JULY)


def test_a_partners_employment_names_the_partner() -> None:
    person = Person.objects.create(code="A", family_name="Петрова")
    begin = {"person": person, "active_from": JOINED}
    refused("people_partner_named", Employment, **begin, kind="partner")
    refused("people_partner_named", Employment, **begin, kind="staff", partner=a_partner())


def test_a_restriction_has_its_reason() -> None:
    begin = {"person": a_person(), "line": a_line(), "active_from": JOINED}
    refused("people_restriction_has_reason", LineClearance, **begin, mode="written_only")


def test_a_role_names_its_reach_and_stands_open_once() -> None:
    begin: dict[str, Any] = {"person": a_person(), "role": "team_lead", "active_from": JOINED}
    refused("people_role_scope_named", RoleAssignment, **begin, scope="team")
    refused("people_role_scope_named", RoleAssignment, **begin, scope="organisation", team=a_team("a"))
    refused("people_role_scope_named", RoleAssignment, **begin, scope="partner", team=a_team("b"))
    RoleAssignment.objects.create(**begin, scope="organisation")
    refused("people_open_role_once", RoleAssignment, **{**begin, "active_from": MAY}, scope="organisation")
    refused("people_role_days", RoleAssignment, **begin, scope="self", active_to=JOINED)


def test_there_is_one_organisation() -> None:
    an_organisation()
    refused("singleton", Organisation, name="Вторая")


def test_codes_logins_mails_aliases_and_tokens_are_one_persons() -> None:
    person = a_person("A", login="anna", email="anna@example.org", aliases=["one"])
    for constraint, fields in (
        ("code", {"code": "A"}),
        ("login", {"code": "B", "login": "anna"}),
        ("people_email_once", {"code": "B", "email": "ANNA@example.org"}),
    ):
        refused(constraint, Person, family_name="Петрова", **fields)
    refused("value", PersonAlias, person=person, value="one")
    times = {"sent_at": AT, "expires_at": AT}
    Invitation.objects.create(person=person, token_hash="x", **times)
    refused("token_hash", Invitation, person=person, token_hash="x", **times)

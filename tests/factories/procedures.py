"""Policies, lexicons and guides for tests."""

from datetime import date
from typing import Any

from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from nastavnik.procedures.actions import policies, settling
from nastavnik.procedures.actions.policies import Parameters
from nastavnik.procedures.models import RefusalPolicy
from tests.factories.people import AT, a_person, an_organisation

__all__ = ["AT", "a_policy", "a_settled_desk", "an_organisation", "head_of_desk"]
SINCE = date(2026, 1, 1)


def head_of_desk(code: str = "head") -> Person:
    return a_person(code, role=Role.CENTRE_HEAD, family_name="Главнова")


def a_policy(active_from: date = SINCE, *, team: Any = None, line: Any = None, **said: Any) -> RefusalPolicy:
    """A version of the refusal policy, of the past if need be."""
    return policies.add_version(
        parameters=Parameters(**said), active_from=active_from, by=None, at=AT, team=team, line=line, is_history=True
    )


def a_settled_desk() -> None:
    """What a new installation begins with."""
    settling.settle(by=None, at=AT, since=SINCE)

"""A refusal that a person sees and no rule found goes to the head of the desk."""

import pytest

from nastavnik.crisis.actions import messages
from nastavnik.people.models import Person
from nastavnik.procedures.models import MissedPhrase
from tests.factories.crisis import a_case, a_crisis_manager, a_message
from tests.factories.people import AT, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Person:
    an_organisation()
    return a_crisis_manager()


@pytest.mark.parametrize(
    ("text", "kind", "proposed"),
    [
        ("Всё, лавочка закрыта", "trigger", ["Всё, лавочка закрыта"]),
        ("не тратьте моё время", "trigger", []),
        ("Добрый день", "question", []),
    ],
)
def test_only_a_refusal_without_a_rule_is_proposed(agent: Person, text: str, kind: str, proposed: list[str]) -> None:
    case = a_case()
    message = a_message(case, text)
    messages.mark(case=case, message=message, kind=kind, by=agent, at=AT, source="qa")
    assert [one.text for one in MissedPhrase.objects.all()] == proposed

"""Addresses of the crisis desk in the walk."""

from typing import Any

from nastavnik.crisis.actions import cases
from nastavnik.crisis.models import CrisisCase, Customer, Message
from nastavnik.crisis.web.act_forms import FORMS
from nastavnik.crisis.web.settings_forms import FORMS as SETTINGS
from nastavnik.kernel import clock
from nastavnik.people.actions import roles
from nastavnik.people.enums import Role, RoleScope
from tests.factories.crisis import a_contract, a_customer, a_message
from tests.factories.people import JOINED

CASE, STRANGERS, CUSTOMER = "a-case-of-walk", "a-case-of-a-stranger", "a-customer-of-walk"
_CASES = [{"public_id": CASE}, {"public_id": STRANGERS}, {"public_id": "no-such-record"}]
SAMPLES: dict[str, list[dict[str, Any]]] = {
    **{f"crisis:{name}": _CASES for name in ("case-detail", "case-live")},
    "crisis:case-older": [{"public_id": CASE, "pk": 1}, {"public_id": STRANGERS, "pk": 1}],
    "crisis:case-act": [{"public_id": CASE, "verb": verb} for verb in (*FORMS, "no-such")],
    "api:receive": [{"source_id": "no-such-record"}],
    "crisis:case-file": [{"public_id": CASE, "file_id": "no-such-record"}],
    "crisis:setting-edit": [{"what": what} for what in (*SETTINGS, "no-such")],
    **{f"crisis:import-{name}": [{"public_id": "no-such-record"}] for name in ("detail", "errors", "load")},
    "crisis:customer-detail": [{"public_id": CUSTOMER}, {"public_id": "no-such-record"}],
}
PUBLIC: dict[str, str] = {
    "crisis:public-form": "customers write to the desk",
    "crisis:public-sent": "thanks customers who wrote",
}


def plant(centre: Any) -> None:
    """Cases of two teams in the hands of two people; the agent works at the desk."""
    at = clock.now()
    for person in (centre.agent, centre.stranger):
        roles.grant(
            person=person, role=Role.CRISIS_MANAGER, scope=RoleScope.ORGANISATION, since=JOINED, by=None, at=at
        )  # fmt: skip
    for person, name in ((centre.agent, CASE), (centre.stranger, STRANGERS)):
        customer = a_customer(name="Клиент Обхода")
        membership = person.memberships.select_related("team").order_by("-active_from").first()
        team = membership.team if membership else None
        contract = a_contract(customer)
        case = cases.open_case(customer=customer, contract=contract, kind="refund", team=team, by=None, at=at)
        cases.take(case=case, by=person, at=at)
        a_message(case, "Верните деньги, решение принято")
        CrisisCase.objects.filter(pk=case.pk).update(public_id=name)
    first = CrisisCase.objects.get(public_id=CASE)
    Customer.objects.filter(pk=first.customer_id).update(public_id=CUSTOMER)
    assert Message.objects.exists()

"""Every look at a customer and at a case is written down: who saw whom, and when."""

from datetime import datetime

from nastavnik.crisis.models import CrisisCase, Customer
from nastavnik.kernel import journal
from nastavnik.people.models import Person

CASE_SEEN, CUSTOMER_SEEN = "crisis.case_seen", "crisis.customer_seen"


def at_case(*, case: CrisisCase, by: Person, at: datetime) -> None:
    """Somebody opened the page of a case."""
    journal.write(CASE_SEEN, by=by, at=at, subject=case, data={"number": case.number})


def at_customer(*, customer: Customer, by: Person, at: datetime) -> None:
    """Somebody opened the card of a customer. The journal keeps the number, never the name."""
    journal.write(CUSTOMER_SEEN, by=by, at=at, subject=customer, data={"ext_id": customer.ext_id})

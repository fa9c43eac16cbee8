"""Background work of the money side: payment systems, double payments, offers, reconciliation, retention."""

from datetime import timedelta

from nastavnik.crisis.actions import (
    approvals,
    compensation_flags,
    customer_data,
    duplicates,
    ledger_reconciliation,
    offers,
    payments_exchange,
)
from nastavnik.crisis.payments_port import ports
from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic
from nastavnik.people.actions.employments import local_day

DAYS_BACK = 3


@periodic(name="crisis.exchange_payments", cron="*/10 * * * *")
def exchange_payments() -> None:
    """Take in payments, send payouts and read what became of them."""
    for port in ports():
        payments_exchange.exchange(port=port, at=clock.now())


@periodic(name="crisis.find_double_payments", cron="7 * * * *")
def find_double_payments() -> None:
    """Propose pairs of payments that look like one made twice."""
    duplicates.find(at=clock.now())


@periodic(name="crisis.move_offers_on", cron="* * * * *")
def move_offers_on() -> None:
    """End offers whose hours are over and pass unanswered approvals higher."""
    offers.expire(at=clock.now())
    approvals.escalate_overdue(at=clock.now())


@periodic(name="crisis.reconcile_payments", cron="37 1 * * *")
def reconcile_payments() -> None:
    """Lay the ledger beside the payment systems' lists of the last three days."""
    now = clock.now()
    for port in ports():
        for back in range(1, DAYS_BACK + 1):
            ledger_reconciliation.reconcile(port=port, day=local_day(now) - timedelta(days=back), at=now)


@periodic(name="crisis.look_for_abuse", cron="47 2 * * *")
def look_for_abuse() -> None:
    """Look for signs of abuse in the grants of a year."""
    compensation_flags.scan(at=clock.now())


@periodic(name="crisis.expire_customer_data", cron="13 3 * * *")
def expire_customer_data() -> None:
    """Blank and delete what is older than the retention periods allow."""
    customer_data.expire(at=clock.now())

"""Each night the ledger is laid beside the payment systems' own lists of the day before."""

from dataclasses import asdict
from datetime import date, datetime

from nastavnik.crisis.logic.ledger_reconciliation import compare
from nastavnik.crisis.models import Reconciliation
from nastavnik.crisis.payments_port import PaymentPort
from nastavnik.crisis.queries import ledger
from nastavnik.people.models import Organisation


def reconcile(*, port: PaymentPort, day: date, at: datetime) -> Reconciliation | None:
    """Compare one day; made again, it replaces what was found. None while the system has no list of that day."""
    theirs = port.day(day)
    if theirs is None:
        return None
    organisation = Organisation.objects.first() or Organisation()
    outcome = compare(theirs, ledger.movements_of(port.provider, day, organisation.zone))
    result = {
        "findings": [asdict(one) for one in outcome.findings], "theirs": outcome.theirs, "ours": outcome.ours,
    }  # fmt: skip
    made, _first = Reconciliation.objects.update_or_create(
        provider=port.provider, date=day,
        defaults={
            "matched": outcome.matched, "differences": len(outcome.findings), "result": result, "made_at": at,
        },
    )  # fmt: skip
    return made

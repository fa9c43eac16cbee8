"""What passes through a port: payments come in, payouts go out, results come back. Repeated, nothing happens twice."""

import logging
from datetime import datetime

from nastavnik.crisis.actions import payments
from nastavnik.crisis.models import Payout
from nastavnik.crisis.money_enums import PayoutState
from nastavnik.crisis.payments_port import Asked, PaymentPort
from nastavnik.kernel.errors import DomainError

logger = logging.getLogger(__name__)


def exchange(*, port: PaymentPort, at: datetime) -> int:
    """One round with a payment system; returns how many payments are new.

    A batch that cannot be read stays where it is and is told of in the log; the others go on.
    """
    new = 0
    for batch in port.batches():
        try:
            new += payments.take_in(provider=port.provider, rows=port.read(batch), by=None, at=at).new
        except DomainError as error:
            logger.warning("%s: %s was not taken in: %s", port.provider, batch, error)
            continue
        port.taken(batch)
    send(port=port, at=at)
    read_results(port=port, at=at)
    return new


def send(*, port: PaymentPort, at: datetime) -> int:
    """Ask for the payouts not asked for yet, in one file; returns how many."""
    waiting = list(
        Payout.objects.filter(provider=port.provider, state=PayoutState.REQUESTED, sent_at=None)
        .select_related("customer")
        .order_by("pk")
    )
    if waiting:
        # The name is that of its first payout: asked again after a crash, the same file is written once more.
        asked = [Asked(one.public_id, one.customer.ext_id, one.card, one.amount, one.currency) for one in waiting]
        port.ask(f"payouts-{waiting[0].public_id}", asked)
        Payout.objects.filter(pk__in=[one.pk for one in waiting]).update(sent_at=at)
    return len(waiting)


def read_results(*, port: PaymentPort, at: datetime) -> int:
    """Note what became of payouts; returns how many were open and are answered now."""
    results = port.results()
    rows = Payout.objects.filter(provider=port.provider, state=PayoutState.REQUESTED, public_id__in=results)
    open_ones = list(rows)
    for payout in open_ones:
        payments.note_result(payout=payout, went_out=results[payout.public_id], at=at)
    return len(open_ones)

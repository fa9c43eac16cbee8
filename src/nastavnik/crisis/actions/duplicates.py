"""Pairs of payments the rule takes for one made twice: found, then judged by somebody with the certificate."""

from datetime import datetime, timedelta

from django.db import transaction

from nastavnik.crisis.actions import authority, payments
from nastavnik.crisis.logic.duplicates import RULE
from nastavnik.crisis.models import DuplicateCandidate
from nastavnik.crisis.money_enums import Tool, Verdict
from nastavnik.crisis.money_errors import JudgedAlready, SayWhy
from nastavnik.crisis.queries import duplicates
from nastavnik.kernel import journal
from nastavnik.people.models import Person

JUDGED = "crisis.duplicate_judged"
LOOK_BACK = timedelta(days=30)


def find(*, at: datetime, since: datetime | None = None) -> int:
    """Propose new pairs among the payments since (30 days ago); returns how many. Repeating it finds nothing anew."""
    pairs = duplicates.pairs_since(since or at - LOOK_BACK)
    made = DuplicateCandidate.objects.bulk_create(
        [DuplicateCandidate(first_id=a, second_id=b, rule=RULE, found_at=at) for a, b in pairs], ignore_conflicts=True
    )
    return len(made)


def judge(*, candidate: DuplicateCandidate, is_double: bool, reason: str, by: Person, at: datetime) -> None:
    """Confirm a pair (the second payment is set aside to be cleared) or reject it, which needs a reason.

    Raises CertificateNeeded, JudgedAlready, SayWhy.
    """
    authority.require_tool(tool=Tool.DUPLICATES, person=by, case=None, at=at)
    if not is_double and not reason.strip():
        raise SayWhy
    with transaction.atomic():
        locked = (
            DuplicateCandidate.objects.select_for_update(of=("self",)).select_related("second").get(pk=candidate.pk)
        )
        if locked.verdict != Verdict.PENDING:
            raise JudgedAlready
        locked.verdict = Verdict.CONFIRMED if is_double else Verdict.REJECTED
        locked.reason, locked.judged_by, locked.judged_at = reason.strip()[:300], by, at
        locked.save()
        if is_double:
            payments.set_aside(payment=locked.second, by=by, at=at)
        data = {"verdict": locked.verdict, "ref": locked.second.ref, "provider": locked.second.provider}
        journal.write(JUDGED, by=by, at=at, subject=locked, reason=reason, data=data)

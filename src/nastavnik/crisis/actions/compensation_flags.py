"""Signs of abuse are looked for every night and judged by a person. They block nothing."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from nastavnik.crisis.logic import compensation_flags as signs
from nastavnik.crisis.logic.compensation_flags import Raised, Rules
from nastavnik.crisis.models import AbuseFlag
from nastavnik.crisis.money_enums import Verdict
from nastavnik.crisis.money_errors import JudgedAlready, SayWhy
from nastavnik.crisis.queries import compensation_flags as known
from nastavnik.kernel import journal
from nastavnik.people.models import Person

JUDGED = "crisis.abuse_judged"
LOOK_BACK = timedelta(days=365)


def scan(*, at: datetime, rules: Rules | None = None) -> int:
    """Raise the signs of the last year's grants that are not raised yet; returns how many."""
    rules = rules or Rules()
    grants = known.grants_since(at - LOOK_BACK)
    triggers = known.refusals_of({one.customer_id for one in grants})
    by_customer = defaultdict(list)
    for one in grants:
        by_customer[one.customer_id].append(one)
    raised: list[Raised] = []
    for customer_id, found in by_customer.items():
        raised += signs.of_customer(found, triggers.get(customer_id, []), rules)
    raised += signs.shared_cards(grants)
    raised += signs.outliers(known.counts_of_agents(grants, at - timedelta(days=90)), rules)
    before = AbuseFlag.objects.count()
    AbuseFlag.objects.bulk_create(
        [AbuseFlag(offer_id=one.offer_id, sign=one.flag, facts=dict(one.facts), raised_at=at) for one in raised],
        ignore_conflicts=True,
    )
    return AbuseFlag.objects.count() - before


def judge(*, flag: AbuseFlag, is_abuse: bool, note: str, by: Person, at: datetime) -> None:
    """Say whether it is abuse; a yes needs words. Raises JudgedAlready, SayWhy."""
    if is_abuse and not note.strip():
        raise SayWhy
    with transaction.atomic():
        flag = AbuseFlag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
        if flag.verdict != Verdict.PENDING:
            raise JudgedAlready
        flag.verdict = Verdict.CONFIRMED if is_abuse else Verdict.REJECTED
        flag.note, flag.judged_by, flag.judged_at = note.strip()[:300], by, at
        flag.save()
        data = {"sign": flag.sign, "verdict": flag.verdict}
        journal.write(JUDGED, by=by, at=at, subject=flag.offer.case, reason=note, data=data)

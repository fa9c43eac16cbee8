"""Offers: made within authority, approved where the rule says so, presented, and brought to one outcome."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import lazy

from nastavnik.crisis.actions import approvals, authority, budgets, events, ledger
from nastavnik.crisis.enums import CaseKind, EventKind
from nastavnik.crisis.logic import authority as rules
from nastavnik.crisis.logic.authority import Answer, Wish
from nastavnik.crisis.logic.money_words import Said
from nastavnik.crisis.models import CrisisCase, LedgerEntry, Offer, OfferKind
from nastavnik.crisis.money_enums import AccountKind, EntryKind, OfferState
from nastavnik.crisis.money_errors import NoEvidence, NotPresented, NotWithinAuthority, OfferIsOver
from nastavnik.crisis.money_said import sentence
from nastavnik.crisis.queries import authority as known
from nastavnik.crisis.queries import authority_training
from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.refusals import Violation

# What makes a wish a violation. A missing certificate alone opens a training, and nobody is blamed for asking.
OUTSIDE = frozenset({"matrix", "grade", "budget"})
MADE, PRESENTED, ACCEPTED = "crisis.offer_made", "crisis.offer_presented", "crisis.offer_accepted"
DECLINED, EXPIRED = "crisis.offer_declined", "crisis.offer_expired"


def _spoken(said: tuple[Said, ...], currency: str) -> str:
    return " ".join(sentence(one, currency) for one in said)


_clauses = lazy(_spoken, str)  # in the language of whoever reads the refusal


def propose(
    *,
    case: CrisisCase,
    kind: OfferKind,
    amount: int,
    issue: str,
    fault: str,
    by: Person,
    at: datetime,
    details: str = "",
) -> Offer:
    """Make an offer within one's authority; it waits where a second person is needed, else it may be presented.

    Its sum is reserved in the budget. A missing certificate asks for the training; beyond matrix, grade or budget the
    wish is noted as a violation (V7). Raises NotWithinAuthority with every clause in the way, BudgetExhausted.
    """
    rows = known.rows_for(person=by, case=case, kinds=[kind], issue=issue, fault=fault, at=at)[kind.pk]
    wish = Wish(str(kind), amount, known.currency_of(case), kind.has_cost)
    held = authority_training.certificates_of(by, at)
    needed = {rows.limit.certificate_code} if rows.limit else set()
    told = authority_training.described(needed - held - {""})
    answer = rules.may_grant(
        wish, known.standing(person=by, case=case, kind=kind, rows=rows, held=held, told=told)
    )  # fmt: skip
    if answer.failed and not answer.waits_for_second:
        if "certificate" in answer.codes and rows.limit:
            authority.ask_training(person=by, code=rows.limit.certificate_code, case=case, at=at)
        if answer.codes & OUTSIDE:
            _note_v7(case, kind, wish, answer, by=by, at=at)
        raise NotWithinAuthority(clauses=_clauses(answer.failed, wish.currency))
    assert rows.matrix is not None
    assert rows.limit is not None
    with transaction.atomic():
        if rows.budget is not None and kind.has_cost:
            budgets.reserve(budget=rows.budget, amount=amount)
        offer = Offer.objects.create(
            case=case, kind=kind, amount=amount, currency=wish.currency, details=details.strip()[:300], issue=issue,
            fault=fault, matrix_row=rows.matrix, limit=rows.limit, budget=rows.budget if kind.has_cost else None,
            made_by=by, made_at=at, approved_at=None if answer.waits_for_second else at,
            expires_at=at + timedelta(hours=kind.lifetime_hours),
        )  # fmt: skip
        if answer.waits_for_second:
            approvals.ask(offer=offer, at=at)
        journal.write(MADE, by=by, at=at, subject=case, data=_told(offer))
    return offer


def _note_v7(case: CrisisCase, kind: OfferKind, wish: Wish, answer: Answer, *, by: Person, at: datetime) -> None:
    """The same wish again is the same violation. The clauses are kept as they stood at that moment."""
    told = {
        "kind": wish.offer, "amount": wish.amount, "currency": wish.currency,
        "clauses": [[one.code, one.message, dict(one.params)] for one in answer.failed],
    }  # fmt: skip
    about = f"{case.public_id}:{by.pk}:{kind.pk}:{wish.amount}:{','.join(sorted(answer.codes))}"
    events.note_violation(case=case, code=Violation.OUTSIDE_AUTHORITY, told=told, about=about, by=by, at=at)


def present(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """The customer hears of it: an attempt in the log of the case. The offer stands from now on for its hours.

    Raises NotPresented while it waits for approval, OfferIsOver.
    """
    with transaction.atomic():
        offer = _held(offer)
        if offer.approved_at is None:
            raise NotPresented
        if offer.presented_at is not None:
            return offer
        offer.event = events.record(
            case=offer.case, kind=EventKind.OFFER, payload=_told(offer) | {"offer": offer.public_id}, actor=by, at=at,
            idem=f"offer:{offer.public_id}",
        )  # fmt: skip
        offer.presented_at, offer.expires_at = at, at + timedelta(hours=offer.kind.lifetime_hours)
        offer.save(update_fields=["event", "presented_at", "expires_at"])
        journal.write(PRESENTED, by=by, at=at, subject=offer.case, data=_told(offer))
    return offer


def accept(*, offer: Offer, consent: str, by: Person, at: datetime) -> Offer:
    """The customer agreed, in recorded words: the promise is spent, a credit is posted to the customer's account.

    Raises NoEvidence, NotPresented, OfferIsOver.
    """
    if not consent.strip():
        raise NoEvidence
    with transaction.atomic():
        offer = _held(offer)
        if offer.presented_at is None:
            raise NotPresented
        if offer.budget is not None:
            budgets.consume(budget=offer.budget, amount=offer.amount)
        if offer.kind.to_account and offer.amount:
            offer.entry = _credit(offer, by=by, at=at)
        offer.accepted_at, offer.consent = at, consent.strip()
        offer.save(update_fields=["accepted_at", "consent", "entry"])
        if offer.case.kind == CaseKind.REFUND:
            # The words themselves stay with the offer: the log is for ever, and words are erased on request.
            payload = {"evidence": f"offer:{offer.public_id}", "offer": offer.public_id}
            events.record(
                case=offer.case, kind=EventKind.ACCEPT, payload=payload, actor=by, at=at,
                idem=f"accepted:{offer.public_id}",
            )  # fmt: skip
        journal.write(ACCEPTED, by=by, at=at, subject=offer.case, data=_told(offer))
    return offer


def _credit(offer: Offer, *, by: Person, at: datetime) -> LedgerEntry:
    approval = offer.approvals.filter(checker__isnull=False).last()
    return ledger.move(
        idem=f"offer:{offer.public_id}", kind=EntryKind.GOODWILL,
        source=ledger.account(AccountKind.GOODWILL, offer.currency),
        target=ledger.account(AccountKind.WALLET, offer.currency, offer.case.customer),
        amount=offer.amount, by=by, at=at, case=offer.case, memo=str(offer.kind),
        approved_by=approval.checker if approval and approval.checker != by else None,
    ).entry  # fmt: skip


def decline(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """The customer does not want it. Raises OfferIsOver."""
    with transaction.atomic():
        offer = _held(offer)
        offer.declined_at = at
        offer.save(update_fields=["declined_at"])
        let_go(offer)
        journal.write(DECLINED, by=by, at=at, subject=offer.case, data=_told(offer))
    return offer


def expire(*, at: datetime) -> int:
    """Offers whose hours are over end and give their promises back; returns how many. Idempotent."""
    ended = 0
    for pk in list(Offer.objects.running().filter(expires_at__lte=at).values_list("pk", flat=True)):
        with transaction.atomic():
            offer = Offer.objects.select_for_update(of=("self",)).select_related("case", "kind", "budget").get(pk=pk)
            if offer.state not in (OfferState.WAITING, OfferState.READY, OfferState.PRESENTED):
                continue
            offer.expired_at = at
            offer.save(update_fields=["expired_at"])
            let_go(offer)
            approvals.close_open(offer=offer, at=at)
            journal.write(EXPIRED, by=None, at=at, subject=offer.case, data=_told(offer))
            ended += 1
    return ended


def let_go(offer: Offer) -> None:
    """Give the offer's promise back to its budget."""
    if offer.budget is not None:
        budgets.release(budget=offer.budget, amount=offer.amount)


def _held(offer: Offer) -> Offer:
    """The offer, locked. Raises OfferIsOver once it has an outcome."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("case__customer", "kind", "budget")
    locked = rows.get(pk=offer.pk)
    if locked.state not in (OfferState.WAITING, OfferState.READY, OfferState.PRESENTED):
        raise OfferIsOver
    return locked


def _told(offer: Offer) -> dict[str, object]:
    return {"kind": str(offer.kind), "amount": offer.amount, "currency": offer.currency, "details": offer.details}

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.crisis import reactions
from nastavnik.crisis.actions import approvals, authority, budgets, offers
from nastavnik.crisis.enums import EventKind
from nastavnik.crisis.models import Approval, Budget, CaseEvent, LedgerAccount, Offer, TrainingWish
from nastavnik.crisis.money_enums import Decision, OfferState
from nastavnik.crisis.money_errors import (
    AmountAboveAsked,
    BudgetExhausted,
    BudgetTooSmall,
    NoEvidence,
    NotPresented,
    NotWithinAuthority,
    NotYoursToApprove,
    OfferIsOver,
    SayWhy,
)
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.learning.events import CertificateAwarded
from tests.factories.crisis import a_bare_case, a_crisis_manager
from tests.factories.crisis_money import Toolkit, a_budget, a_matrix_row, a_toolkit, an_offer
from tests.factories.learning_awards import a_certificate, a_certificate_kind
from tests.factories.people import AT, a_person, an_organisation
from tests.support.threads import in_threads

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def kit() -> Toolkit:
    return a_toolkit()


def money(budget: Budget) -> tuple[int, int, int]:
    budget.refresh_from_db()
    return budget.reserved, budget.spent, budget.left


def test_an_offer_within_authority_is_made_presented_and_accepted(kit: Toolkit) -> None:
    offer = an_offer(kit)
    assert (offer.state, money(kit.budget)) == (OfferState.READY, (50_000, 0, 950_000))
    offer = offers.present(offer=offer, by=kit.manager, at=LATER)
    assert offer.expires_at == LATER + timedelta(hours=24)
    offer = offers.accept(offer=offer, consent="Да, так мне подходит", by=kit.manager, at=LATER)
    assert (offer.state, money(kit.budget)) == (OfferState.ACCEPTED, (0, 50_000, 950_000))
    assert LedgerAccount.objects.get(kind="wallet", customer=kit.case.customer).balance == 50_000
    assert list(CaseEvent.objects.values_list("kind", flat=True)) == [EventKind.OFFER, EventKind.ACCEPT]


def test_presented_twice_it_is_one_attempt(kit: Toolkit) -> None:
    offer = an_offer(kit)
    for _ in range(2):
        offers.present(offer=offer, by=kit.manager, at=LATER)
    assert CaseEvent.objects.filter(kind=EventKind.OFFER).count() == 1


def test_nothing_is_accepted_without_the_customers_words(kit: Toolkit) -> None:
    offer = offers.present(offer=an_offer(kit), by=kit.manager, at=LATER)
    with pytest.raises(NoEvidence):
        offers.accept(offer=offer, consent="  ", by=kit.manager, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(accepted_at=LATER)


def test_an_offer_has_one_outcome(kit: Toolkit) -> None:
    offer = offers.present(offer=an_offer(kit), by=kit.manager, at=LATER)
    offers.decline(offer=offer, by=kit.manager, at=LATER)
    assert money(kit.budget) == (0, 0, 1_000_000)
    with pytest.raises(OfferIsOver):
        offers.accept(offer=offer, consent="Да", by=kit.manager, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(expired_at=LATER)


def test_an_offer_nobody_answers_expires_and_gives_its_money_back(kit: Toolkit) -> None:
    offers.present(offer=an_offer(kit), by=kit.manager, at=AT)
    assert offers.expire(at=AT + timedelta(hours=23)) == 0
    assert [offers.expire(at=AT + timedelta(hours=24)) for _ in range(2)] == [1, 0]
    assert (Offer.objects.get().state, money(kit.budget)) == (OfferState.EXPIRED, (0, 0, 1_000_000))


def test_every_clause_that_stands_in_the_way_is_said(kit: Toolkit) -> None:
    a_certificate_kind("money", title="Деньги клиента")
    kit.limit.certificate_code = "money"
    kit.limit.save()
    budgets.change(budget=kit.budget, amount=100, reason="", by=None, at=AT)
    with pytest.raises(NotWithinAuthority) as caught:
        an_offer(kit, amount=300_000)
    said = str(caught.value.params["clauses"])
    assert [part in said for part in ("По матрице", "Ваша ступень", "«Деньги клиента»", "осталось")] == [True] * 4
    assert (Offer.objects.count(), money(kit.budget)) == (0, (0, 0, 100))


def test_a_missing_certificate_asks_for_the_training_and_one_gained_opens_the_offer(kit: Toolkit) -> None:
    kind = a_certificate_kind("money")
    kit.limit.certificate_code = "money"
    kit.limit.save()
    with pytest.raises(NotWithinAuthority):
        an_offer(kit)
    event = OutboxEvent.objects.get(kind="crisis.TrainingAsked")
    assert (event.payload["person_id"], event.payload["certificate_code"]) == (kit.manager.pk, "money")
    assert JournalEntry.objects.filter(kind="crisis.training_asked").count() == 1
    a_certificate(kit.manager, kind)
    assert an_offer(kit).state == OfferState.READY


def test_a_training_is_asked_for_once_until_the_certificate_is_there(kit: Toolkit) -> None:
    a_certificate_kind("money")
    kit.limit.certificate_code = "money"
    kit.limit.save()

    def asked() -> int:
        for _ in range(2):
            with pytest.raises(NotWithinAuthority):
                an_offer(kit)
        return OutboxEvent.objects.filter(kind="crisis.TrainingAsked").count()

    assert asked() == 1
    assert JournalEntry.objects.filter(kind="crisis.training_asked").count() == 1
    award = CertificateAwarded(1, kit.manager.pk, "another", 1, LATER)
    reactions.answer_the_training_asked_for(award, LATER)
    assert asked() == 1
    reactions.answer_the_training_asked_for(replace(award, kind_code="money"), LATER)
    assert TrainingWish.objects.get().answered_at == LATER
    assert asked() == 2  # lost and missed again


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_ask_for_one_training() -> None:
    an_organisation()
    person = a_crisis_manager()
    raised = in_threads(lambda _n: authority.ask_training(person=person, code="money", case=None, at=AT), threads=4)
    assert (raised, TrainingWish.objects.count()) == ([], 1)
    assert OutboxEvent.objects.filter(kind="crisis.TrainingAsked").count() == 1


def test_without_a_row_of_the_matrix_a_grade_or_a_budget_nothing_is_offered(kit: Toolkit) -> None:
    other = a_crisis_manager()
    with pytest.raises(NotWithinAuthority) as caught:
        an_offer(kit, by=other)
    assert "У вашей ступени нет лимита" in str(caught.value.params["clauses"])
    kit.row.active_to = date(2026, 11, 20)
    kit.row.save()
    with pytest.raises(NotWithinAuthority) as caught:
        an_offer(kit)
    assert "В матрице нет" in str(caught.value.params["clauses"])


def test_the_most_exact_row_of_the_matrix_decides(kit: Toolkit) -> None:
    a_matrix_row(kit.kind, issue="lesson", fault="ours", most=60_000)
    with pytest.raises(NotWithinAuthority):
        an_offer(kit, amount=70_000)
    assert an_offer(kit, amount=70_000, issue="platform").amount == 70_000


# A second person --------------------------------------------------------------------------------------------------


def decide(approval: Approval, kit: Toolkit, decision: Decision, **fields: object) -> Approval:
    given = {"amount": None, "clause": "", "by": kit.checker, "at": LATER, **fields}
    return approvals.decide(approval=approval, decision=decision, **given)  # type: ignore[arg-type]  # mixed values


def test_a_large_offer_waits_for_a_second_person(kit: Toolkit) -> None:
    offer = an_offer(kit, amount=120_000)
    assert offer.state == OfferState.WAITING
    with pytest.raises(NotPresented):
        offers.present(offer=offer, by=kit.manager, at=LATER)
    decide(offer.approvals.get(), kit, Decision.APPROVED)
    offer = offers.present(offer=offer, by=kit.manager, at=LATER)
    offer = offers.accept(offer=offer, consent="Да", by=kit.manager, at=LATER)
    assert offer.entry is not None
    assert (offer.entry.made_by, offer.entry.approved_by) == (kit.manager, kit.checker)


def test_nobody_approves_an_own_offer(kit: Toolkit) -> None:
    approval = an_offer(kit, amount=120_000).approvals.get()
    with pytest.raises(NotYoursToApprove):
        decide(approval, kit, Decision.APPROVED, by=kit.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(checker=kit.manager, decided_at=LATER, decision="approved")


def test_a_stranger_does_not_approve(kit: Toolkit) -> None:
    with pytest.raises(NotYoursToApprove):
        decide(an_offer(kit, amount=120_000).approvals.get(), kit, Decision.APPROVED, by=a_person())


def test_a_part_is_approved_and_the_rest_goes_back(kit: Toolkit) -> None:
    offer = an_offer(kit, amount=120_000)
    approval = offer.approvals.get()
    with pytest.raises(SayWhy):
        decide(approval, kit, Decision.PARTIAL, amount=80_000)
    for amount in (0, 120_000, 120_001):
        with pytest.raises(AmountAboveAsked):
            decide(approval, kit, Decision.PARTIAL, amount=amount, clause="п. 4")
    decide(approval, kit, Decision.PARTIAL, amount=80_000, clause="п. 4")
    offer.refresh_from_db()
    assert (offer.amount, offer.state, money(kit.budget)) == (80_000, OfferState.READY, (80_000, 0, 920_000))


def test_a_denial_says_why_and_gives_the_money_back(kit: Toolkit) -> None:
    offer = an_offer(kit, amount=120_000)
    with pytest.raises(SayWhy):
        decide(offer.approvals.get(), kit, Decision.DENIED)
    decide(offer.approvals.get(), kit, Decision.DENIED, clause="Клиент уже получил два")
    offer.refresh_from_db()
    assert (offer.state, money(kit.budget)) == (OfferState.REFUSED, (0, 0, 1_000_000))
    with pytest.raises(OfferIsOver):
        decide(offer.approvals.get(), kit, Decision.APPROVED)


def test_what_nobody_decides_goes_one_level_higher_once(kit: Toolkit) -> None:
    offer = an_offer(kit, amount=120_000)
    late = AT + approvals.TIME_LIMIT
    assert [approvals.escalate_overdue(at=late) for _ in range(2)] == [1, 0]
    assert list(offer.approvals.order_by("pk").values_list("level", "decision")) == [(1, "escalated"), (2, "")]
    decide(offer.approvals.get(level=2), kit, Decision.APPROVED, at=late)


def test_an_approval_ends_with_its_offer(kit: Toolkit) -> None:
    an_offer(kit, amount=120_000)
    offers.expire(at=AT + timedelta(hours=24))
    assert Approval.objects.open().count() == 0


# Budgets ----------------------------------------------------------------------------------------------------------


def test_a_budget_is_not_cut_below_what_is_promised(kit: Toolkit) -> None:
    an_offer(kit)
    with pytest.raises(BudgetTooSmall):
        budgets.change(budget=kit.budget, amount=49_999, reason="", by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=kit.budget.pk).update(amount=49_999)


def test_budgets_of_one_team_and_kind_do_not_overlap(kit: Toolkit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_budget()


@pytest.mark.django_db(transaction=True)
def test_of_many_reaching_for_the_last_of_a_budget_one_gets_it() -> None:
    kit = a_toolkit()
    budgets.change(budget=kit.budget, amount=70_000, reason="", by=None, at=AT)
    cases = [a_bare_case() for _ in range(6)]
    raised = in_threads(lambda n: an_offer(kit, case=cases[n]), threads=6)
    assert money(kit.budget) == (50_000, 0, 20_000)
    assert Offer.objects.count() == 1
    assert {type(one) for one in raised} <= {BudgetExhausted, NotWithinAuthority}
    assert len(raised) == 5


@pytest.mark.django_db(transaction=True)
def test_accepted_by_two_at_once_it_is_spent_once() -> None:
    kit = a_toolkit()
    offer = offers.present(offer=an_offer(kit), by=kit.manager, at=AT)
    raised = in_threads(lambda _: offers.accept(offer=offer, consent="Да", by=kit.manager, at=LATER), threads=4)
    assert ([type(one) for one in raised], money(kit.budget)) == ([OfferIsOver] * 3, (0, 50_000, 950_000))

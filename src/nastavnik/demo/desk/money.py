"""Money at the desk of today: offers in every state, payments made twice and by mistake, refunds with their terms,
ratings, and what the nightly audit says of it all. Each scene goes on from where the desk has left it.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from nastavnik.crisis.actions import (
    approvals,
    cases,
    compliance,
    duplicates,
    messages,
    offers,
    payments,
    ratings,
    refunds,
)
from nastavnik.crisis.models import Approval, ComplianceFinding, DuplicateCandidate, Offer, OfferKind, Payment
from nastavnik.crisis.models.compliance import FindingCode, Verdict
from nastavnik.crisis.money_enums import Decision, Fault, Issue, MoneyChoice, RefundReason
from nastavnik.crisis.money_errors import NotWithinAuthority
from nastavnik.crisis.payments_port import Incoming
from nastavnik.demo.careers import Centre
from nastavnik.demo.desk import toolkit
from nastavnik.demo.desk.scenes import PLOTS, Scene, arrive
from nastavnik.demo.desk.toolkit import ROUBLE
from nastavnik.demo.names import Name
from nastavnik.demo.settle import Parts
from nastavnik.people.models import Person

TEAM, BANK = "crisis", "bank"
LEAD_OF, AGAIN = "crisis", len(PLOTS)  # a plot is played twice: the second time AGAIN scenes later
CERTIFIED, TRUSTED = 4, (0, 5, 6)  # who holds which certificate, by their places at the desk
PRICE = 7_990 * ROUBLE
# Refunds of earlier days that run: opened so many days ago. The law gives ten.
RUNNING = (13, 8)
SCORES = ((5, "Быстро разобрались, спасибо."), (4, ""), (2, "Долго ждала ответа."))


@dataclass
class Stage:
    """The scenes played so far, who sits at the desk, and names of customers still to come."""

    scenes: list[Scene]
    agents: Sequence[Person]
    customers: Iterator[Name]


@dataclass(frozen=True)
class _House:
    """Who decides, and the kinds of offers."""

    head: Person
    lead: Person
    kinds: dict[str, OfferKind]


def build(centre: Centre, parts: Parts, stage: Stage, now: datetime) -> int:
    """Toolkit, certificates and everything done with them; answers how many cases are new."""
    house = _house(centre, parts, stage, now)
    for number in range(len(RUNNING)):
        stage.scenes.append(_running(number, parts, stage, now))
    _offered(house, stage.scenes)
    _paid(stage, now)
    _refunded(house, stage.scenes)
    _rated(stage.scenes)
    _judged(house, stage.scenes, now)
    return len(RUNNING)


def _house(centre: Centre, parts: Parts, stage: Stage, now: datetime) -> _House:
    # Read anew: what the people of the story could do years ago is remembered by those at hand.
    head = Person.objects.get(code="H-01")
    lead = Person.objects.get(code=next(one.code for one in centre.careers if one.leads == LEAD_OF))
    kinds = toolkit.set_up(parts, TEAM, centre.today, head, now)
    toolkit.award(toolkit.COMPENSATION, stage.agents[:CERTIFIED], head, now)
    toolkit.award(toolkit.CUSTOMER_MONEY, [stage.agents[place] for place in TRUSTED], head, now)
    return _House(head, lead, kinds)


def _running(number: int, parts: Parts, stage: Stage, now: datetime) -> Scene:
    """A refund of an earlier day whose money is still on its way."""
    began = now - timedelta(days=RUNNING[number])
    case = arrive(100 + number, PLOTS[1], next(stage.customers), parts.teams[TEAM], began)
    scene = Scene(case, stage.agents[number], began)
    cases.take(case=case, by=scene.agent, at=scene.later(9))
    refunds.start(case=case, by=scene.agent, at=scene.later(2), reason=RefundReason.SCHEDULE)
    return scene


# Offers ---------------------------------------------------------------------------------------------------------------


def _offer(kind: OfferKind, roubles: int, issue: Issue, scene: Scene, details: str = "") -> Offer:
    return offers.propose(
        case=scene.case, kind=kind, amount=roubles * ROUBLE, issue=issue, fault=Fault.OURS, by=scene.agent,
        at=scene.later(1), details=details,
    )  # fmt: skip


def _present(offer: Offer, scene: Scene) -> Offer:
    return offers.present(offer=offer, by=scene.agent, at=scene.later(1))


def _decide(offer: Offer, said: tuple[Decision, int | None, str], by: Person, scene: Scene) -> None:
    """What the second person said: the decision, how much in roubles, by which rule."""
    decision, roubles, clause = said
    approvals.decide(
        approval=Approval.objects.get(offer=offer), decision=decision, clause=clause, by=by, at=scene.later(4),
        amount=None if roubles is None else roubles * ROUBLE,
    )  # fmt: skip


def _offered(house: _House, scenes: list[Scene]) -> None:
    """Presented, accepted onto the account, declined, waiting, approved in part, denied; and two that were refused."""
    kinds = house.kinds
    _present(_offer(kinds["pause"], 0, Issue.PERSONAL, scenes[2]), scenes[2])
    credit = _present(_offer(kinds["credit"], 1_400, Issue.LESSON, scenes[9], "Два сорванных урока"), scenes[9])
    consent = "Хорошо, зачислите на счёт, так удобно."
    scenes[9].hear(consent)
    offers.accept(offer=credit, consent=consent, by=scenes[9].agent, at=scenes[9].later(1))
    lessons = _present(_offer(kinds["lessons"], 1_800, Issue.SERVICE, scenes[7]), scenes[7])
    offers.decline(offer=lessons, by=scenes[7].agent, at=scenes[7].later(3))
    second = scenes[9 + AGAIN]
    asked = _offer(kinds["credit"], 3_500, Issue.LESSON, second, "Три урока подряд без преподавателя")
    _decide(asked, (Decision.PARTIAL, 2_500, "Не больше двух уроков за случай"), house.lead, second)
    _present(Offer.objects.select_related("case").get(pk=asked.pk), second)
    denied = _offer(kinds["credit"], 2_000, Issue.LESSON, second, "Ещё за моральный ущерб")
    _decide(denied, (Decision.DENIED, None, "За один случай — одна компенсация"), house.lead, second)
    _offer(kinds["credit"], 2_000, Issue.LESSON, scenes[14], "Урок сорван дважды")  # waits for a second person
    with suppress(NotWithinAuthority):  # far beyond the matrix: the audit will say so
        _offer(kinds["lessons"], 9_000, Issue.LESSON, scenes[2 + AGAIN])
    with suppress(NotWithinAuthority):  # no certificate: the training is asked for
        _offer(kinds["credit"], 900, Issue.LESSON, scenes[11])


# Payments -------------------------------------------------------------------------------------------------------------


def _incoming(ref: str, at: datetime, scene: Scene | None, *, contract: bool = True, invoice: str = "") -> Incoming:
    case = scene.case if scene else None
    return Incoming(
        ref=ref, paid_at=at, payer=f"+7 900 {case.number:07}" if case else "+7 900 0000000", amount=PRICE,
        currency="RUB", invoice=invoice, card=f"card-{case.number}" if case else "card-0",
        customer=case.customer.ext_id if case else "",
        contract=case.contract.ext_id if case and case.contract and contract else "",
    )  # fmt: skip


def _paid(stage: Stage, now: datetime) -> None:
    """Ordinary payments, one made twice and settled, one to be judged, one that is none, mistaken ones."""
    scenes, since = stage.scenes, now - timedelta(days=2)
    twice, doubtful, siblings = scenes[7], scenes[7 + AGAIN], scenes[10]
    mistaken, unclear = scenes[8 + AGAIN], scenes[8]
    rows = [
        _incoming(f"B-{number}", since + timedelta(minutes=number), scenes[number], invoice=f"I-{number}")
        for number in (0, 1, 2, 3, 9)
    ]
    for name, scene in (("twice", twice), ("doubtful", doubtful), ("siblings", siblings)):
        for number in (1, 2):
            at = since + timedelta(minutes=30 + 4 * number)
            rows.append(_incoming(f"B-{name}-{number}", at, scene, invoice=f"I-{name}"))
    rows += [
        _incoming("B-mistaken", since + timedelta(hours=1), mistaken, contract=False),
        _incoming("B-unclear", since + timedelta(hours=2), unclear, contract=False),
        _incoming("B-nobody", since + timedelta(hours=3), None),
    ]
    payments.take_in(provider=BANK, rows=rows, by=None, at=since + timedelta(hours=4))
    duplicates.find(at=since + timedelta(hours=5))
    trusted = [stage.agents[place] for place in TRUSTED]
    _judge("B-twice-2", True, "", trusted[0], twice)
    _judge("B-siblings-2", False, "Двое детей: два договора, один плательщик", trusted[0], siblings)
    _settle("B-twice-2", twice, MoneyChoice.WALLET, "Оставьте на счёте, оплачу следующий месяц.", trusted[0])
    _settle("B-mistaken", mistaken, MoneyChoice.CARD, "Верните на карту, пожалуйста.", trusted[2])


def _judge(ref: str, is_double: bool, reason: str, by: Person, scene: Scene) -> None:
    candidate = DuplicateCandidate.objects.get(second__ref=ref)
    duplicates.judge(candidate=candidate, is_double=is_double, reason=reason, by=by, at=scene.later(2))


def _settle(ref: str, scene: Scene, choice: MoneyChoice, words: str, by: Person) -> None:
    scene.hear(words)
    payments.settle(
        payment=Payment.objects.get(provider=BANK, ref=ref), case=scene.case, choice=choice, evidence=words,
        card_was_offered=True, by=by, at=scene.later(2),
    )  # fmt: skip


# Refunds --------------------------------------------------------------------------------------------------------------


def _refunded(house: _House, scenes: list[Scene]) -> None:
    """Paid, waiting for a second person, taken back, and one below what is due without the calculation."""
    done, other, below, back = scenes[4], scenes[4 + AGAIN], scenes[3], scenes[1 + AGAIN]
    refunds.finish(refund=done.case.refunds.get(), by=done.agent, at=done.later(20))
    cases.close(case=done.case, by=done.agent, at=done.later(1))
    _set_sum(other, 90, "Один урок сорвался по нашей вине, вернём и его", attach=True)
    refunds.start(case=below.case, by=below.agent, at=below.later(1), reason=RefundReason.PERSONAL)
    _set_sum(below, -250, "Клиент сказал, что сумма не важна", attach=False)
    cases.take(case=back.case, by=back.agent, at=back.later(4))
    started = refunds.start(case=back.case, by=back.agent, at=back.later(2), reason=RefundReason.SCHEDULE)
    words = "Нашли удобное время, возврат не нужен."
    back.hear(words)
    refunds.cancel(refund=started, evidence=words, by=back.agent, at=back.later(1))


def _set_sum(scene: Scene, roubles: int, why: str, *, attach: bool) -> None:
    """So much more or less than what is due."""
    refund = scene.case.refunds.get()
    refunds.settle_amount(
        refund=refund, amount=max((refund.due or 0) + roubles * ROUBLE, ROUBLE), why=why, reason=RefundReason.QUALITY,
        by=scene.agent, at=scene.later(3), attach=attach,
    )  # fmt: skip


# Ratings and findings -------------------------------------------------------------------------------------------------


def _rated(scenes: list[Scene]) -> None:
    """Conversations that are over: the customer is asked, most answer."""
    ended = (scenes[5], scenes[5 + AGAIN], scenes[4])
    for scene, (score, comment) in zip(ended, SCORES, strict=True):
        talk = scene.case.conversations.get()
        messages.end(conversation=talk, at=scene.later(1))
        asked = ratings.ensure(conversation=talk, at=scene.at)
        ratings.answer(request=asked, score=score, comment=comment, at=scene.later(5))
    silent = scenes[7].case.conversations.get()
    messages.end(conversation=silent, at=scenes[7].later(1))
    ratings.ensure(conversation=silent, at=scenes[7].at)


def _judged(house: _House, scenes: list[Scene], now: datetime) -> None:
    """The audit of the night; one finding is upheld, one contested, one contested and rejected, others wait."""
    compliance.audit_cases(case_ids=[scene.case.pk for scene in scenes], at=now)
    rows = ComplianceFinding.objects.select_related("case", "agent").order_by("at", "pk")
    upheld, contested = rows.filter(code=FindingCode.BEYOND_QUOTA)[:2]
    compliance.judge(
        finding=upheld, verdict=Verdict.UPHELD, reason="Третья попытка видна в чате.", by=house.head, at=now
    )
    _contest(contested, "Клиент сам спросил про подарок, я ответил на вопрос.", now)
    cleared = rows.get(code=FindingCode.OUTSIDE_AUTHORITY)
    _contest(cleared, "Ошиблась полем: хотела 900 рублей. Клиенту ничего не предлагали.", now)
    compliance.judge(
        finding=cleared,
        verdict=Verdict.REJECTED,
        reason="Опечатка в сумме, предложения не было.",
        by=house.head,
        at=now,
    )


def _contest(finding: ComplianceFinding, words: str, now: datetime) -> None:
    assert finding.agent is not None
    compliance.contest(finding=finding, objection=words, by=finding.agent, at=now)

"""What is said becomes events: rules, marks, late and repeated messages, consent."""

from datetime import timedelta
from typing import Any

import pytest

from nastavnik.crisis.actions import cases, messages
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseStage, EventKind, Side, Source
from nastavnik.crisis.errors import ConsentNeedsEvidence, NothingWritten, UnknownEventKind
from nastavnik.crisis.models import CaseEvent, CaseState, CrisisCase, Message
from tests.factories.crisis import AT, a_case, a_crisis_manager, a_message
from tests.factories.people import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _organisation() -> None:
    an_organisation()


def later(minutes: float) -> Any:
    return AT + timedelta(minutes=minutes)


def kinds(case: CrisisCase) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def test_the_trigger_phrase_then_one_attempt_then_insistence_make_the_refund_due() -> None:
    anna, case = a_crisis_manager(), a_case()
    a_message(case, "Не тратьте ни свое, ни мое время. Возврат.", minutes=1)
    case.refresh_from_db()
    assert case.refusal_state == "TRIGGERED"
    messages.reply(case=case, text="Предлагаю заморозку", by=anna, at=later(2), meaning=EventKind.SOFT)
    a_message(case, "Решение принято, обсуждать нечего", minutes=3)
    case.refresh_from_db()
    assert (case.refusal_state, CaseState.objects.get().due_at) == ("REFUND_DUE", later(3))
    assert kinds(case) == ["opened", "asked", "trigger", "taken", "SOFT", "insist"]
    event = CaseEvent.objects.get(kind="trigger")
    assert (event.source, bool(event.payload["rule"]), bool(event.payload["lexicon"])) == (Source.RULE, True, True)


def test_one_click_of_the_agent_outranks_the_rule_and_quality_the_agent() -> None:
    anna, reviewer, case = a_crisis_manager(), a_crisis_manager(), a_case()
    message = a_message(case, "с меня довольно, пора заканчивать", minutes=1)
    case.refresh_from_db()
    assert case.refusal_state == "ASKED"
    messages.mark(case=case, message=message, kind=EventKind.TRIGGER, by=anna, at=later(2))
    case.refresh_from_db()
    assert case.refusal_state == "TRIGGERED"
    messages.mark(case=case, message=message, kind=EventKind.MESSAGE, by=reviewer, at=later(3), source=Source.QA)
    case.refresh_from_db()
    assert case.refusal_state == "ASKED"
    with pytest.raises(UnknownEventKind):
        messages.mark(case=case, message=message, kind=EventKind.SOFT, by=anna, at=later(4))


def test_a_message_delivered_again_is_dropped() -> None:
    case = a_case()
    talk = messages.converse(customer=case.customer, case=case, channel="chat", at=AT, origin="x", external_id="7")
    assert (
        messages.converse(customer=case.customer, case=case, channel="chat", at=AT, origin="x", external_id="7") == talk
    )
    batch = [Said(text="Здравствуйте", at=AT, source_id="1"), Said(text="Верните", at=later(1), source_id="2")]
    assert len(messages.receive(conversation=talk, said=[*batch, batch[0]], at=later(2))) == 2
    assert messages.receive(conversation=talk, said=batch, at=later(3)) == []
    assert Message.objects.count() == 2
    assert len(kinds(case)) == 4


def test_a_late_message_takes_its_place_and_a_future_one_is_of_now() -> None:
    anna, case = a_crisis_manager(), a_case()
    a_message(case, "Не тратьте моё время, верните деньги", minutes=1)
    messages.reply(case=case, text="Предлагаю паузу", by=anna, at=later(5), meaning=EventKind.SOFT)
    talk = case.conversations.get()
    late = Said(text="Решение принято, возвращайте", at=later(3), source_id="late")
    skewed = Said(text="Вы тут?", at=later(600), source_id="skewed")
    messages.receive(conversation=talk, said=[late, skewed], at=later(6))
    assert list(talk.messages.order_by("at", "n").values_list("at", flat=True)) == [
        later(1),
        later(3),
        later(5),
        later(6),
    ]
    case.refresh_from_db()
    # The second refusal came before the attempt, so no attempt had been made yet: the refund is not due.
    assert case.refusal_state == "TRIGGERED"


def test_a_message_on_a_closed_case_reopens_it_unless_it_only_thanks() -> None:
    anna, case = a_crisis_manager(), a_case()
    cases.close(case=case, by=anna, at=later(1))
    a_message(case, "Спасибо!", minutes=2)
    case.refresh_from_db()
    assert case.stage == CaseStage.CLOSED
    a_message(case, "А вы на месте?", minutes=3)
    case.refresh_from_db()
    assert (case.stage, kinds(case)[-2:]) == (CaseStage.WORKING, ["reopen", "question"])


def test_an_automatic_answer_is_no_human_action() -> None:
    case = a_case()
    talk = messages.converse(customer=case.customer, case=case, channel="chat", at=AT)
    robot = Said(text="Мы скоро ответим", at=later(1), side=Side.AGENT, source_id="r", is_automatic=True)
    messages.receive(conversation=talk, said=[robot], at=later(1))
    assert (kinds(case)[-1], CaseState.objects.get().reached_human_at) == ("auto_reply", None)


def test_consent_needs_its_proof_and_makes_the_customer_stay() -> None:
    anna, case, other = a_crisis_manager(), a_case(), a_case()
    yes, foreign = a_message(case, "Хорошо, остаюсь", minutes=1), a_message(other, "да", minutes=1)
    own = messages.reply(case=case, text="Отлично", by=anna, at=later(2))
    for message in (None, foreign, own):
        with pytest.raises(ConsentNeedsEvidence):
            messages.consent(case=case, by=anna, at=later(3), message=message)
    messages.consent(case=case, by=anna, at=later(3), message=yes)
    cases.close(case=case, by=anna, at=later(4))
    assert case.outcome == "retained"


def test_an_empty_answer_and_an_unknown_meaning_are_refused() -> None:
    anna, case = a_crisis_manager(), a_case()
    with pytest.raises(NothingWritten):
        messages.reply(case=case, text=" \n", by=anna, at=AT)
    with pytest.raises(UnknownEventKind):
        messages.reply(case=case, text="x", by=anna, at=AT, meaning="trigger")


def test_hostile_text_is_kept_as_text() -> None:
    message = a_message(a_case(), "<script>alert(1)</script>\x00 \u202egnp.exe")
    assert message.text == "<script>alert(1)</script> \u202egnp.exe"


def test_two_thousand_messages_at_once_are_kept_and_read() -> None:
    case = a_case()
    talk = messages.converse(customer=case.customer, case=case, channel="call", at=AT)
    said = [Said(text=f"реплика {n}", at=AT + timedelta(seconds=n), source_id=str(n)) for n in range(2000)]
    assert len(messages.receive(conversation=talk, said=said, at=later(60))) == 2000
    assert CaseState.objects.get().last_seq == 2002

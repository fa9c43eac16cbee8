"""A case from its opening to its end: hands, pauses, steps, terms; what is refused and why."""

from datetime import date, timedelta
from typing import Any

import pytest

from nastavnik.crisis.actions import cases, desk, events, messages, refunds
from nastavnik.crisis.enums import CaseKind, CaseOutcome, CaseStage, ClockUnit, EventKind, Measure, Rung
from nastavnik.crisis.errors import (
    CaseIsClosed,
    CaseIsOpen,
    ChangedMeanwhile,
    NobodyFits,
    NothingWritten,
    NotYours,
    OpenRefundCase,
    PauseNeedsReason,
    PauseTooLong,
    TakenMeanwhile,
)
from nastavnik.crisis.models import CaseClock, CaseState, CrisisCase, DeskSkill, LadderRung, SkillHolding
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.actions import teams
from nastavnik.people.models import Person
from tests.factories.crisis import AT, a_case, a_contract, a_crisis_manager, a_message, a_template
from tests.factories.people import JOINED, a_lead, a_team, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _organisation() -> None:
    an_organisation()


def later(minutes: float) -> Any:
    return AT + timedelta(minutes=minutes)


def kinds(case: CrisisCase) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def test_a_refund_case_opens_with_the_wish_and_its_clocks() -> None:
    a_template()
    case = a_case()
    assert kinds(case) == ["opened", "asked"]
    assert (case.stage, case.refusal_state, case.outcome) == (CaseStage.NEW, "ASKED", "")
    assert case.next_due_at == later(60)
    assert JournalEntry.objects.filter(kind="crisis.case_acted").count() == 1


def test_a_contract_has_one_open_refund_case_at_a_time() -> None:
    contract = a_contract()
    first = a_case(contract)
    with pytest.raises(OpenRefundCase, match=str(first.number)):
        a_case(contract)
    a_case(contract, kind=CaseKind.COMPLAINT)
    cases.close(case=first, by=None, at=later(1))
    a_case(contract, at=later(2))
    with pytest.raises(OpenRefundCase):
        cases.reopen(case=first, by=None, at=later(3))


def test_the_first_to_take_a_case_has_it() -> None:
    anna, boris, case = a_crisis_manager(), a_crisis_manager(), a_case()
    cases.take(case=case, by=anna, at=later(1))
    cases.take(case=case, by=anna, at=later(2))
    with pytest.raises(TakenMeanwhile, match="Петрова"):
        cases.take(case=case, by=boris, at=later(3))
    case.refresh_from_db()
    assert (case.assignee, case.stage, kinds(case)) == (anna, CaseStage.WORKING, ["opened", "asked", "taken"])


def test_others_cases_are_left_to_their_owners_and_leads() -> None:
    team = a_team()
    anna, boris, lead = a_crisis_manager(), a_crisis_manager(), a_lead(team)
    case = a_case(team=team)
    cases.take(case=case, by=anna, at=later(1))
    with pytest.raises(NotYours):
        cases.pause(case=case, by=boris, at=later(2), reason="ждём чек")
    cases.assign(case=case, person=boris, by=lead, at=later(3))
    cases.pause(case=case, by=boris, at=later(4), reason="ждём чек")
    assert CrisisCase.objects.get().stage == CaseStage.PAUSED


def test_a_handover_keeps_the_history_and_starts_the_pickup_clock() -> None:
    a_template("pickup", measure=Measure.PICKUP)
    anna, boris, team = a_crisis_manager(), a_crisis_manager(), a_team()
    case = a_case()
    a_message(case, "Верните деньги, решение принято", minutes=1)
    messages.reply(case=case, text="Давайте сменим учителя", by=anna, at=later(2), meaning=EventKind.SOFT)
    cases.transfer(case=case, by=anna, team=team, at=later(3), reason="нужен английский")
    case.refresh_from_db()
    assert (case.assignee, case.team, case.stage) == (None, team, CaseStage.NEW)
    assert CaseState.objects.get().attempts == 1
    assert CaseClock.objects.get().due_at == later(63)
    cases.take(case=case, by=boris, at=later(4))
    assert CaseClock.objects.get().state == "done"
    with pytest.raises(NothingWritten):
        cases.transfer(case=case, by=boris, team=team, at=later(5), reason=" ")


def test_a_pause_needs_a_reason_and_has_a_cap() -> None:
    anna, case = a_crisis_manager(), a_case()
    with pytest.raises(PauseNeedsReason):
        cases.pause(case=case, by=anna, at=AT, reason=" ")
    with pytest.raises(PauseTooLong, match="72"):
        cases.pause(case=case, by=anna, at=AT, reason="чек", until=AT + timedelta(hours=73))
    cases.pause(case=case, by=anna, at=later(1), reason="чек")
    a_message(case, "вот чек", minutes=9)
    case.refresh_from_db()
    assert (case.stage, case.assignee) == (CaseStage.WORKING, anna)


def test_a_case_is_closed_with_a_derived_outcome_and_reopened() -> None:
    anna, case = a_crisis_manager(), a_case()
    cases.close(case=case, by=anna, at=later(5))
    assert (case.outcome, case.closed_at) == (CaseOutcome.UNRESOLVED, later(5))
    with pytest.raises(CaseIsClosed):
        cases.pause(case=case, by=anna, at=later(6), reason="чек")
    cases.reopen(case=case, by=anna, at=later(7))
    assert (case.stage, case.outcome, case.closed_at) == (CaseStage.WORKING, "", None)
    with pytest.raises(CaseIsOpen):
        cases.reopen(case=case, by=anna, at=later(8))


def test_a_refund_may_always_be_started_and_starts_once() -> None:
    anna, boris, case = a_crisis_manager(), a_crisis_manager(), a_case()
    cases.take(case=case, by=anna, at=later(1))
    first = refunds.start(case=case, by=boris, at=later(3))
    assert refunds.start(case=case, by=anna, at=later(4)) == first
    assert kinds(case)[-1] == "REFUND_START"
    cases.close(case=case, by=anna, at=later(5))
    assert case.outcome == CaseOutcome.REFUND_STARTED


def test_an_escalation_has_the_owner_and_the_term_of_the_ladder_and_leaves_the_refund_running() -> None:
    anna, lawyer, case = a_crisis_manager(), a_crisis_manager(), a_case()
    LadderRung.objects.create(
        rung=Rung.CLAIM, position=3, owner=lawyer, target_ms=864_000_000, unit=ClockUnit.CALENDAR,
        active_from=date(2026, 1, 1),
    )  # fmt: skip
    refunds.start(case=case, by=anna, at=later(1))
    step = cases.escalate(case=case, rung=Rung.CLAIM, by=anna, at=later(2), reason="претензия получена")
    assert (step.owner, step.due_at) == (lawyer, later(2) + timedelta(days=10))
    case.refresh_from_db()
    assert (case.cached.rung, case.refusal_state) == (Rung.CLAIM, "REFUND_STARTED")


def test_the_later_writer_sees_what_changed() -> None:
    team = a_team()
    anna, lead = a_crisis_manager(), a_lead(team)
    case = a_case(team=team)
    cases.take(case=case, by=anna, at=later(1))
    seen = case.events.count()
    a_message(case, "Алло", minutes=2)
    messages.reply(case=case, text="Здравствуйте", by=anna, at=later(3), seen=seen)
    cases.set_severity(case=case, severity=1, by=lead, at=later(4), seen=case.events.count())
    with pytest.raises(ChangedMeanwhile, match="тяжесть изменена"):
        cases.pause(case=case, by=anna, at=later(5), reason="чек", seen=seen)
    cases.pause(case=case, by=anna, at=later(6), reason="чек", seen=case.events.count())


def test_a_click_that_comes_twice_is_one_act() -> None:
    anna, case = a_crisis_manager(), a_case()
    first = messages.reply(case=case, text="Здравствуйте", by=anna, at=later(1), idem="click-1")
    again = messages.reply(case=case, text="Здравствуйте", by=anna, at=later(2), idem="click-1")
    assert again == first
    cases.close(case=case, by=anna, at=later(3), idem="click-2")
    cases.close(case=case, by=anna, at=later(4), idem="click-2")
    assert kinds(case) == ["opened", "asked", "taken", "NEUTRAL", "CLOSE"]


def at_the_desk(person: Person, *skills: DeskSkill) -> Person:
    desk.come(person=person, by=person, at=AT)
    for skill in skills:
        SkillHolding.objects.create(person=person, skill=skill, active_from=JOINED)
    return person


def test_the_rule_gives_a_case_to_the_least_loaded_who_fits() -> None:
    vip = DeskSkill.objects.create(code="vip", name="Особые клиенты")
    team = a_team()
    busy, free, unskilled, away = (a_crisis_manager() for _ in range(4))
    for person in (busy, free, unskilled, away):
        teams.move(person=person, team=team, since=JOINED, by=None, at=AT)
    at_the_desk(busy, vip)
    at_the_desk(free, vip)
    at_the_desk(unskilled)
    cases.take(case=a_case(), by=busy, at=AT)
    case = a_case(team=team, skill=vip)
    assert desk.assign_by_rule(case=case, by=None, at=later(1)) == free
    desk.go(person=busy, by=busy, at=later(2))
    desk.go(person=free, by=free, at=later(2))
    with pytest.raises(NobodyFits, match="3 не за столом; у 1 нет особого поручения"):
        desk.assign_by_rule(case=a_case(team=team, skill=vip), by=None, at=later(3))


def test_somebody_is_at_the_desk_once() -> None:
    anna = a_crisis_manager()
    first = desk.come(person=anna, by=anna, at=AT)
    assert desk.come(person=anna, by=anna, at=later(1)) == first
    desk.go(person=anna, by=anna, at=later(2))
    desk.go(person=anna, by=anna, at=later(3))
    assert list(anna.desk_shifts.values_list("began_at", "ended_at")) == [(AT, later(2))]


def test_rebuilding_a_case_gives_what_living_it_gave() -> None:
    for measure in Measure:
        a_template(f"t-{measure}", measure=measure, can_pause=measure == Measure.RESOLUTION)
    anna, boris = a_crisis_manager(), a_crisis_manager()
    case = a_case()
    a_message(case, "Верните деньги, не тратьте моё время", minutes=1)
    messages.reply(case=case, text="Предлагаю паузу", by=anna, at=later(2), meaning=EventKind.SOFT)
    cases.pause(case=case, by=anna, at=later(3), reason="ждём ответа")
    a_message(case, "Нет, только возврат", minutes=5)
    cases.transfer(case=case, by=anna, person=boris, at=later(6), reason="смена кончилась")
    refunds.start(case=case, by=boris, at=later(7))
    cases.close(case=case, by=boris, at=later(8))
    a_message(case, "А где деньги?", minutes=20)

    def caches() -> list[Any]:
        return [
            list(CrisisCase.objects.values()),
            list(CaseState.objects.values()),
            list(CaseClock.objects.order_by("template").values("template", "state", "due_at", "done_at", "breached")),
        ]

    lived = caches()
    events.rebuild(CrisisCase.objects.get())
    assert caches() == lived
    assert CaseState.objects.get().reopened == 1

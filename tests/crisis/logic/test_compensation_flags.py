from datetime import UTC, datetime, timedelta
from typing import Any

from nastavnik.crisis.logic.compensation_flags import (
    AgentCount,
    Flag,
    Grant,
    Rules,
    of_customer,
    outliers,
    shared_cards,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
RULES = Rules()


def a_grant(number: int = 1, **fields: Any) -> Grant:
    made = {"customer_id": 1, "agent_id": 1, "amount": 10_000, "at": AT + timedelta(days=number)}
    return Grant(offer_id=number, **{**made, **fields})


def flags(*grants: Grant, triggers: tuple[datetime, ...] = ()) -> list[tuple[Flag, int]]:
    return [(one.flag, one.offer_id) for one in of_customer(grants, triggers, RULES)]


def test_two_accepted_a_year_are_in_order_and_the_third_is_flagged() -> None:
    apart = [a_grant(n, at=AT + timedelta(days=150 * n)) for n in (1, 2, 3, 4)]
    assert flags(*apart) == [(Flag.OFTEN, 3), (Flag.OFTEN, 4)]
    assert flags(*(a_grant(n, at=AT + timedelta(days=200 * n)) for n in (1, 2, 3))) == []


def test_a_high_sum_in_ninety_days_is_flagged() -> None:
    assert flags(a_grant(1, amount=600_000), a_grant(80, amount=400_001)) == [(Flag.SUM, 80)]
    assert flags(a_grant(1, amount=600_000), a_grant(92, amount=400_001)) == []


def test_refusing_again_soon_after_staying_is_flagged() -> None:
    granted = a_grant(0)
    assert flags(granted, triggers=(AT + timedelta(days=59),)) == [(Flag.AGAIN, 0)]
    assert flags(granted, triggers=(AT + timedelta(days=60), AT - timedelta(days=1))) == []


def test_a_grant_right_before_the_survey_and_one_to_staff_are_flagged() -> None:
    assert flags(a_grant(0, survey_at=AT + timedelta(minutes=10))) == [(Flag.BEFORE_SURVEY, 0)]
    assert flags(a_grant(0, survey_at=AT + timedelta(minutes=11))) == []
    assert flags(a_grant(0, survey_at=AT - timedelta(minutes=1))) == []
    assert flags(a_grant(0, to_staff=True)) == [(Flag.STAFF, 0)]


def test_several_below_the_limit_that_exceed_it_together_are_flagged() -> None:
    halves = [a_grant(n, amount=60_000, limit=100_000, at=AT + timedelta(hours=n)) for n in (0, 24)]
    assert flags(*halves) == [(Flag.SPLIT, 24)]
    other = a_grant(24, amount=60_000, limit=100_000, at=AT + timedelta(hours=24), agent_id=2)
    assert flags(halves[0], other) == []


def test_one_card_of_several_customers_is_flagged_on_each_after_the_first() -> None:
    grants = [a_grant(n, customer_id=n, card="c1") for n in (1, 2, 3)] + [a_grant(9, customer_id=9, card="c2")]
    assert [(one.flag, one.customer_id) for one in shared_cards(grants)] == [
        (Flag.SHARED_CARD, 2), (Flag.SHARED_CARD, 3),
    ]  # fmt: skip


def test_an_agent_far_above_the_others_at_own_n_is_an_outlier() -> None:
    peers = [AgentCount(n, 100, 10, a_grant()) for n in range(2, 12)]
    assert [one.agent_id for one in outliers([AgentCount(1, 100, 25, a_grant(agent_id=1)), *peers], RULES)] == [1]
    assert list(outliers([AgentCount(1, 100, 15, a_grant(agent_id=1)), *peers], RULES)) == []


def test_few_cases_are_not_judged() -> None:
    peers = [AgentCount(n, 100, 10, a_grant()) for n in range(2, 12)]
    assert list(outliers([AgentCount(1, 29, 29, a_grant(agent_id=1)), *peers], RULES)) == []

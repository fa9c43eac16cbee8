"""The refusal policy against its scripted cases, its invariants over random logs, and its known loopholes."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.kernel.errors import InvalidInput
from nastavnik.procedures.logic import refusal
from nastavnik.procedures.logic.refusal import Event, Policy, Process, Side, State, UnknownEvent, Violation, fold, step
from nastavnik.procedures.logic.replay import replay

CASES = Path(__file__).resolve().parents[4] / "shared/data/refusal_policy_cases.json"
DAY = 24 * 60 * 60


def customer(at: float, kind: str) -> Event:
    return Event(at, Side.CUSTOMER, kind)


def agent(at: float, kind: str, actor: str = "A") -> Event:
    return Event(at, Side.AGENT, kind, actor)


def outcome(*events: Event, policy: Policy | None = None) -> tuple[State, int, list[str]]:
    found = fold(policy or Policy(), events)
    return found.process.state, found.process.attempts, found.codes


@pytest.mark.skipif(not CASES.exists(), reason="the scripted cases live in ../shared, which is not here")
def test_every_scripted_case_comes_out_as_expected() -> None:
    replayed = replay(json.loads(CASES.read_text()))
    assert [(case.id, case.actual) for case in replayed] == [(case.id, case.expected) for case in replayed]
    assert len(replayed) == 16


def test_a_neutral_opening_does_not_make_the_persuasion_after_it_free() -> None:
    log = [customer(1, "trigger"), agent(2, "NEUTRAL"), agent(3, "SOFT")]
    assert outcome(*log) == (State.TRIGGERED, 1, [])


def test_two_agents_before_the_customer_speaks_are_two_attempts() -> None:
    log = [customer(1, "trigger"), agent(2, "SOFT"), agent(3, "TRANSFER"), agent(4, "SOFT", "B")]
    assert outcome(*log) == (State.TRIGGERED, 2, [])


def test_reopening_does_not_touch_a_refund_that_is_due() -> None:
    log = [
        customer(1, "trigger"),
        agent(2, "SOFT"),
        customer(3, "insist"),
        customer(4, "reopen"),
        agent(400, "NEUTRAL"),
    ]
    assert outcome(*log) == (State.REFUND_DUE, 1, ["V3"])


def test_each_due_episode_has_a_lateness_of_its_own() -> None:
    log = [
        customer(0, "trigger"), agent(1, "SOFT"), customer(2, "insist"), agent(400, "NEUTRAL"),
        customer(401, "withdraw"),
        customer(402, "insist"), customer(403, "insist"), agent(800, "NEUTRAL"), agent(900, "NEUTRAL"),
    ]  # fmt: skip
    assert outcome(*log) == (State.REFUND_DUE, 1, ["V3", "V3"])


def test_a_customer_who_writes_to_a_closed_case_reopens_it() -> None:
    log = [customer(0, "trigger"), agent(1, "SOFT"), agent(2, "CLOSE"), customer(3, "insist")]
    assert outcome(*log) == (State.REFUND_DUE, 1, ["V5"])


def test_closing_late_shows_lateness_before_the_close() -> None:
    log = [customer(1, "trigger"), agent(2, "SOFT"), customer(3, "insist"), agent(400, "CLOSE")]
    assert outcome(*log) == (State.CLOSED_UNRESOLVED, 1, ["V3", "V5"])


def test_a_refund_started_exactly_at_the_limit_is_in_time() -> None:
    log = [customer(0, "trigger"), agent(1, "SOFT"), customer(2, "insist"), agent(302, "REFUND_START")]
    assert outcome(*log) == (State.REFUND_STARTED, 1, [])


def test_pressure_past_the_quota_shows_both_violations_in_order() -> None:
    log = [customer(0, "trigger"), agent(1, "SOFT"), customer(2, "message"), agent(3, "SOFT"), customer(4, "message")]
    assert outcome(*log, agent(5, "HARD")) == (State.TRIGGERED, 3, ["V4", "V1"])


def test_with_a_quota_of_zero_insistence_makes_the_refund_due() -> None:
    log = [customer(0, "trigger"), customer(1, "insist")]
    assert outcome(*log, policy=Policy(max_soft=0)) == (State.REFUND_DUE, 0, [])


def test_consent_after_the_money_is_back_is_a_new_sale() -> None:
    log = [agent(0, "REFUND_START"), Event(1, Side.SYSTEM, "REFUND_DONE"), customer(2, "accept")]
    assert outcome(*log) == (State.REFUNDED, 0, [])


def test_the_panel_counts_down_and_stops_at_zero() -> None:
    left = [Process(attempts=n).attempts_left(Policy()) for n in range(4)]
    assert left == [2, 1, 0, 0]


def test_an_event_of_the_wrong_side_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownEvent, match="«SOFT» is no event of the customer; known: accept, ask_offer"):
        step(Policy(), Process(), customer(0, "SOFT"))


def test_a_broken_case_is_named() -> None:
    broken = {"cases": [{"id": "x-1", "events": [{"t": 1, "side": "agent"}], "expect": {}}]}
    with pytest.raises(InvalidInput, match="Case x-1: 'kind' is missing"):
        replay(broken)


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(InvalidInput, match="Case x-1: the policy has no parameter «max_sft»"):
        replay({"cases": [{"id": "x-1", "policy": {"max_sft": 1}, "events": [], "expect": {}}]})


# Invariants 1 to 10 of the reference, over random logs.
EVENTS = st.one_of(
    st.builds(customer, st.just(0.0), st.sampled_from(sorted(refusal.CUSTOMER_KINDS))),
    st.builds(agent, st.just(0.0), st.sampled_from(sorted(refusal.AGENT_KINDS)), st.sampled_from("AB")),
    st.builds(lambda kind: Event(0.0, Side.SYSTEM, kind), st.sampled_from(sorted(refusal.SYSTEM_KINDS))),
)
GAP_SECONDS = [1.0, 30.0, 299.0, 301.0, 5.0 * DAY, 31.0 * DAY]
KINDS = {Side.CUSTOMER: refusal.CUSTOMER_KINDS, Side.AGENT: refusal.AGENT_KINDS, Side.SYSTEM: refusal.SYSTEM_KINDS}
GAPS = st.sampled_from(GAP_SECONDS)
LOGS = st.lists(st.tuples(GAPS, EVENTS), max_size=30)
POLICIES = st.builds(
    Policy, max_soft=st.integers(0, 3), insist_ends_at_once=st.booleans(), interrupt_alone_ends=st.booleans()
)


def dated(log: list[tuple[float, Event]]) -> list[Event]:
    at, events = 0.0, []
    for gap, event in log:
        at += gap
        events.append(Event(at, event.side, event.kind, event.actor))
    return events


@settings(max_examples=1_000, deadline=None)
@given(POLICIES, LOGS)
def test_the_invariants_hold_over_logs_that_hypothesis_thinks_up(
    policy: Policy, log: list[tuple[float, Event]]
) -> None:
    hold(policy, dated(log))


def test_the_invariants_hold_over_20_000_random_logs() -> None:
    """Hypothesis shrinks but is slow; plain dice cover more ground in the same seconds."""
    dice = random.Random(20261123)
    kinds = [(side, kind) for side, known in KINDS.items() for kind in sorted(known)]
    for _number in range(20_000):
        policy = Policy(
            max_soft=dice.randrange(4),
            insist_ends_at_once=dice.random() < 0.5,
            interrupt_alone_ends=dice.random() < 0.5,
        )
        drawn = [(dice.choice(GAP_SECONDS), *dice.choice(kinds)) for _event in range(dice.randrange(26))]
        hold(policy, dated([(gap, Event(0, side, kind, dice.choice("AB"))) for gap, side, kind in drawn]))


def hold(policy: Policy, events: list[Event]) -> None:
    """Step through the log checking each invariant, then compare with the fold of the whole (invariant 9)."""
    before, found = Process(), list[Violation]()
    for event in events:
        after, codes = step(policy, before, event)
        check_invariants(policy, before, event, after, codes)
        found.extend(codes)
        before = after
    whole = fold(policy, events)
    assert (whole.process, [finding.code for finding in whole.findings]) == (before, found)


def check_invariants(
    policy: Policy, before: Process, event: Event, after: Process, codes: tuple[Violation, ...]
) -> None:
    elapsed = before.last_at is not None and event.at - before.last_at > policy.reopen_keeps_count_s
    if after.attempts < before.attempts:  # 1
        assert elapsed
        assert event.side is Side.CUSTOMER
    if after.attempts > before.attempts and after.attempts > policy.max_soft:  # 2
        assert Violation.BEYOND_QUOTA in codes
    if after.state is State.REFUND_DUE:  # 3
        assert after.due_at is not None
    if before.state is State.REFUND_DUE and event.kind in ("SOFT", "HARD", "OFFER"):  # 4
        assert (Violation.AFTER_DUE in codes) == (event.kind == "HARD" or not before.invited)
    if after.state is State.RETAINED and before.state is not State.RETAINED:  # 5
        assert event.kind == "accept"
    if after.state is State.REFUND_DUE and before.state is not State.REFUND_DUE:  # 6
        assert event.side is Side.CUSTOMER
    if event.kind in refusal.REFUSALS or event.kind == "REFUND_START":  # 7
        assert not after.invited
    if event.kind in ("legal", "public") and before.state not in (State.CLOSED_UNRESOLVED, State.RETAINED):  # 8
        assert (after.state, after.due_at) == (before.state, before.due_at)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(EVENTS.filter(lambda event: event.kind not in ("withdraw", "ask_offer", "reopen", "accept")), max_size=30)
)
def test_without_an_invitation_attempts_are_the_turns_that_persuaded(log: list[Event]) -> None:
    """Invariant 10, counted by another way than the reducer's: turns are cut from the log first."""
    events = dated([(1.0, event) for event in log])
    process, turns, open_turn = Process(), 0, (None, False)
    for event in events:
        if event.side is Side.CUSTOMER or event.kind == "TRANSFER":
            open_turn = (None, False)
        elif event.side is Side.AGENT:
            open_turn = open_turn if event.actor == open_turn[0] else (event.actor, False)
            if event.kind in ("SOFT", "HARD", "OFFER") and process.state is State.TRIGGERED and not open_turn[1]:
                turns, open_turn = turns + 1, (event.actor, True)
        process, _codes = step(Policy(), process, event)
    assert process.attempts == turns

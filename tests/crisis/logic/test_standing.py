"""What a log adds up to: stage, hands, the refusal process, the outcome; whose word counts."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.crisis.logic.log import Entry, in_order, prevailing
from nastavnik.crisis.logic.standing import Standing, fold, step
from nastavnik.procedures.refusals import Policy, State

POLICY = Policy()
ANNA, BORIS = 1, 2
BY_NOBODY = ("opened", "reopen", "message", "trigger", "insist", "asked", "accept", "withdraw", "question")


def entries(*kinds: str | tuple[str, dict[str, Any]]) -> list[Entry]:
    """A log a minute apart."""
    found = []
    for seq, one in enumerate(kinds, start=1):
        kind, extra = (one, {}) if isinstance(one, str) else one
        fields = {"actor": None if kind in BY_NOBODY else ANNA, **extra}
        found.append(Entry(seq * 60_000, seq, kind, **fields))
    return found


def standing(*kinds: str | tuple[str, dict[str, Any]]) -> Standing:
    return fold(entries(*kinds), POLICY)


def test_the_stage_follows_from_what_was_done() -> None:
    steps = ["opened", "taken", "paused", "message", "paused", "resumed", "CLOSE", "reopen", "TRANSFER"]
    seen = [standing(*steps[: place + 1]).stage for place in range(len(steps))]
    assert seen == ["new", "working", "paused", "working", "paused", "working", "closed", "working", "new"]


def test_hands_change_by_taking_assigning_and_handing_over() -> None:
    found = standing("opened", ("assigned", {"payload": {"person": BORIS}}))
    assert (found.assignee, found.stage) == (BORIS, "new")
    found = standing("opened", "taken", ("TRANSFER", {"payload": {"person": BORIS, "team": 7}}))
    assert (found.assignee, found.team, found.transferred, found.stage) == (BORIS, 7, 1, "new")


def test_a_handover_keeps_the_attempts() -> None:
    found = standing("opened", "trigger", "SOFT", "TRANSFER", ("SOFT", {"actor": BORIS}))
    assert found.process.attempts == 2


def test_outcomes_are_derived() -> None:
    assert standing("opened", "taken", "CLOSE").outcome == "resolved"
    assert standing("opened", "asked", "CLOSE").outcome == "unresolved"
    assert standing("opened", "trigger", "SOFT", "CLOSE").outcome == "unresolved"
    assert standing("opened", "trigger", "SOFT", "accept", "CLOSE").outcome == "retained"
    assert standing("opened", "trigger", "REFUND_START", "CLOSE").outcome == "refund_started"
    assert standing("opened", "REFUND_START", "REFUND_DONE", "CLOSE").outcome == "refunded"
    assert standing("opened", "REFUND_START", "REFUND_DONE").outcome == ""


def test_the_refund_is_due_from_insistence_until_its_start() -> None:
    found = standing("opened", "trigger", "SOFT", "insist", "REFUND_START")
    assert found.dues == ((4 * 60_000, 5 * 60_000),)
    assert standing("opened", "trigger", "SOFT", "insist").dues == ((4 * 60_000, None),)
    assert standing("opened", "trigger", "SOFT", "insist").process.state is State.REFUND_DUE


def test_quality_outranks_the_agent_and_the_agent_the_rule() -> None:
    rule = Entry(60_000, 1, "message", source="rule", message=5)
    agent = Entry(60_000, 2, "trigger", ANNA, "agent", 5)
    again = Entry(60_000, 3, "asked", ANNA, "agent", 5)
    quality = Entry(60_000, 4, "withdraw", BORIS, "qa", 5)
    assert prevailing([rule]) == [rule]
    assert prevailing([rule, agent]) == [agent]
    assert prevailing([rule, agent, again]) == [again]
    assert prevailing([quality, rule, agent, again]) == [quality]


def test_a_rule_may_say_two_things_of_one_message() -> None:
    both = [Entry(1, 1, "legal", source="rule", message=5), Entry(1, 2, "message", source="rule", message=5)]
    assert prevailing(both) == both


def test_an_event_that_arrives_late_takes_its_place_in_time() -> None:
    late = [Entry(60_000, 1, "trigger"), Entry(180_000, 2, "insist"), Entry(120_000, 3, "SOFT", ANNA)]
    assert fold(late, POLICY).process.state is State.REFUND_DUE


KINDS = st.sampled_from(
    ["taken", "trigger", "insist", "SOFT", "HARD", "NEUTRAL", "withdraw", "accept", "message", "paused", "resumed",
     "TRANSFER", "CLOSE", "reopen", "REFUND_START", "REFUND_DONE", "severity", "escalated", "legal"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), KINDS), max_size=30))
def test_stepping_equals_folding_and_an_open_case_has_no_outcome(raw: list[tuple[int, str]]) -> None:
    found = in_order([Entry(at * 1000, seq, kind, ANNA) for seq, (at, kind) in enumerate(raw)])
    live = Standing()
    for entry in found:
        live = step(live, entry, POLICY)
        assert (live.outcome == "") == (live.stage != "closed")
        assert (live.closed_at is None) == (live.stage != "closed")
        assert [due for due in live.dues[:-1] if due[1] is None] == []
    assert live == fold(found, POLICY)

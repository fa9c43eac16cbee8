"""Whose word counts, what a message means for the policy, and the same log under another version."""

import pytest

from nastavnik.procedures.detection import Label, events_of
from nastavnik.procedures.refusals import (
    CUSTOMER_KINDS,
    Event,
    Policy,
    Side,
    Source,
    excess_offers,
    fold,
    prevailing,
    what_if,
)


def log(*events: str) -> list[Event]:
    """«trigger SOFT …»: lower case is the customer, upper case the agent, a minute apart."""
    return [
        Event(60.0 * place, Side.AGENT if kind.isupper() else Side.CUSTOMER, kind, "A" if kind.isupper() else None)
        for place, kind in enumerate(events)
    ]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, None),
        ({Source.RULE: 1}, (Source.RULE, 1)),
        ({Source.RULE: 1, Source.AGENT: 2}, (Source.AGENT, 2)),
        ({Source.RULE: 1, Source.AGENT: 2, Source.QA: 3}, (Source.QA, 3)),
        ({Source.QA: 0, Source.RULE: 1}, (Source.QA, 0)),
    ],
)
def test_quality_is_believed_before_the_agent_and_the_agent_before_the_rule(
    said: dict[Source, int], counts: tuple[Source, int] | None
) -> None:
    assert prevailing(said) == counts


def test_every_label_is_an_event_the_reducer_knows() -> None:
    kinds = {kind for label in Label for before in (False, True) for kind in events_of(label, refused_before=before)}
    assert kinds - CUSTOMER_KINDS == set()
    assert (events_of(Label.TRIGGER), events_of(Label.TRIGGER, refused_before=True)) == (("trigger",), ("insist",))


def test_another_version_finds_other_violations_in_the_same_log() -> None:
    events = log("trigger", "SOFT", "message", "SOFT")
    found = what_if(events, Policy(), Policy(max_soft=1))
    assert (found.appear, found.vanish, found.is_same) == ([("V1", 3)], [], False)
    assert what_if(events, Policy(max_soft=1), Policy()).vanish == [("V1", 3)]
    assert what_if(events, Policy(), Policy()).is_same


@pytest.mark.parametrize(
    ("events", "excess"),
    [
        (["trigger", "OFFER", "OFFER", "OFFER"], [3]),
        (["trigger", "OFFER", "OFFER", "message", "OFFER", "OFFER"], []),
        (["trigger", "SOFT", "OFFER", "OFFER", "OFFER"], [4]),
        (["asked", "OFFER", "OFFER", "OFFER"], []),
        (["trigger", "ask_offer", "OFFER", "OFFER", "OFFER"], []),
    ],
)
def test_offers_beyond_the_limit_of_one_attempt_are_an_item_for_quality(events: list[str], excess: list[int]) -> None:
    assert excess_offers(Policy(), log(*events)) == excess


def test_with_a_least_number_of_attempts_insistence_counts_later() -> None:
    events = log("trigger", "SOFT", "insist")
    states = [fold(Policy(min_soft=least), events).process.state.value for least in (None, 1, 2)]
    assert states == ["REFUND_DUE", "REFUND_DUE", "TRIGGERED"]

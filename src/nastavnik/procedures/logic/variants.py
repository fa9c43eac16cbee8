"""What a log would amount to under another policy, and what the policy asks beyond its violations."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.procedures.logic.refusal import Event, Outcome, Policy, Process, Side, State, Violation, fold, step


@dataclass(frozen=True)
class WhatIf:
    """One log under two policies; writes nothing, judges nobody."""

    before: Outcome
    after: Outcome

    @property
    def appear(self) -> list[tuple[str, int]]:
        """Violations only the other policy finds: (code, place of the event)."""
        return _beyond(self.after, self.before)

    @property
    def vanish(self) -> list[tuple[str, int]]:
        """Violations the other policy would not find."""
        return _beyond(self.before, self.after)

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def what_if(events: Sequence[Event], policy: Policy, other: Policy) -> WhatIf:
    """The log as it was judged, and as `other` would judge it."""
    return WhatIf(fold(policy, events), fold(other, events))


def _beyond(these: Outcome, those: Outcome) -> list[tuple[str, int]]:
    known = set(those.findings)
    return [(one.code.value, one.event_index) for one in these.findings if one not in known]


def excess_offers(policy: Policy, events: Sequence[Event]) -> list[int]:
    """Places of offers beyond `max_offers_per_attempt` within one counted attempt: an item for quality, no violation.

    Only offers made while the refusal counts, without the customer's invitation.
    """
    found: list[int] = []
    if sum(event.kind == "OFFER" for event in events) <= policy.max_offers_per_attempt:
        return found
    process, offers = Process(), 0
    for place, event in enumerate(events):
        before = process
        process, _codes = step(policy, process, event)
        begins_turn = process.attempts != before.attempts or not process.turn_counted
        offers = 0 if begins_turn else offers
        if event.side is Side.AGENT and event.kind == "OFFER":
            offers += 1
            if offers > policy.max_offers_per_attempt and before.state is State.TRIGGERED and not before.invited:
                found.append(place)
    return found


def passed_on(policy: Policy, events: Sequence[Event]) -> list[int]:
    """Places of V6: persuasion past the quota by an agent who got the case after others had used attempts up.

    A view of V1: every place is one of its places too.
    """
    found: list[int] = []
    if not any(event.kind == "TRANSFER" for event in events):
        return found
    process, tried, handed = Process(), set[str | None](), False
    for place, event in enumerate(events):
        before = process.attempts
        process, codes = step(policy, process, event)
        if process.attempts < before:
            tried, handed = set(), False
        if process.attempts > before:
            tried.add(event.actor)
        handed = handed or (event.kind == "TRANSFER" and bool(tried))
        if handed and Violation.BEYOND_QUOTA in codes and tried - {event.actor}:
            found.append(place)
    return found

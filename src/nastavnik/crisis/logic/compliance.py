"""The audit of a case: the same fold as at the desk, kept with everything it finds, and figures over many cases."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.crisis.logic.log import Entry, in_order, prevailing
from nastavnik.procedures import refusals
from nastavnik.procedures.refusals import Event, Policy, Process, Side, State

_SIDES: dict[str, Side] = {
    **dict.fromkeys(refusals.CUSTOMER_KINDS, Side.CUSTOMER),
    **dict.fromkeys(refusals.AGENT_KINDS, Side.AGENT),
    **dict.fromkeys(refusals.SYSTEM_KINDS, Side.SYSTEM),
}
# Beside the violations of the policy: offers beyond one attempt's measure.
EXCESS_OFFERS = "offers"
# Raised by the toolkit in a note of the log: an offer outside authority, a sum below what is due.
RAISED = frozenset({refusals.Violation.OUTSIDE_AUTHORITY.value, refusals.Violation.BELOW_DUE.value})
REFUSED = frozenset({State.TRIGGERED, State.REFUND_DUE})
MOST_BUCKET = 3


@dataclass(frozen=True)
class Item:
    """Something the audit found: the code, the event that shows it, whose act it was, and by which rule's word.

    `rule` is the lexicon rule that started the process, where a rule did; `agent` the number of the person.
    """

    code: str
    seq: int
    at: int
    agent: int | None = None
    message: int | None = None
    rule: str = ""
    words: str = ""


@dataclass(frozen=True)
class Audit:
    """What one case amounts to under one policy. `refused`: a categorical refusal was in it."""

    items: tuple[Item, ...]
    process: Process
    refused: bool

    @property
    def bucket(self) -> int:
        """Attempts after the refusal: 0, 1, 2, or 3 for three and more."""
        return min(self.process.attempts, MOST_BUCKET)


def audit(log: Sequence[Entry], policy: Policy) -> Audit:
    """Fold the log as the desk does (quality's word before the agent's, the agent's before the rule's)."""
    entries = [entry for entry in prevailing(log) if entry.kind in _SIDES]
    process, items, events = Process(), list[Item](), list[Event]()
    refused, rule, words, owner = False, "", "", None
    for entry in entries:
        event = Event(
            entry.at / 1000, _SIDES[entry.kind], entry.kind, None if entry.actor is None else str(entry.actor)
        )
        events.append(event)
        before = process
        process, codes = refusals.step(policy, process, event)
        if entry.kind in refusals.REFUSALS:
            rule, words = entry.payload.get("rule", ""), entry.payload.get("words", "")
        refused = refused or process.triggers > 0
        # Lateness shows at whatever comes next; it is the doing of whoever had the case while the refund was due.
        for code in codes:
            late = code is refusals.Violation.LATE_START and event.side is not Side.AGENT
            items.append(_item(code.value, entry, owner if late else entry.actor, rule, words))
        owner = entry.actor if event.side is Side.AGENT and entry.actor is not None else owner
        if before.state is State.CLOSED_UNRESOLVED and process.state is not before.state:
            owner = None
    items += [
        _item(EXCESS_OFFERS, entries[place], entries[place].actor, rule, words)
        for place in refusals.excess_offers(policy, events)
    ]
    items += [
        _item(refusals.Violation.PASSED_ON.value, entries[place], entries[place].actor, rule, words)
        for place in refusals.passed_on(policy, events)
    ]
    return Audit((*items, *_unmarked(log), *_raised(log)), process, refused)


def _item(code: str, entry: Entry, agent: int | None, rule: str, words: str) -> Item:
    return Item(code, entry.seq, entry.at, agent, entry.message, rule, words)


def _unmarked(log: Sequence[Entry]) -> list[Item]:
    """Messages that the rule and quality both call a refusal and the agent did not mark: a signal for training."""
    said: dict[int, dict[str, Entry]] = {}
    for entry in in_order(log):
        if entry.message is not None and entry.kind in ("trigger", "insist", "interrupt+insist"):
            said.setdefault(entry.message, {})[entry.source] = entry
    found = [by["rule"] for by in said.values() if "rule" in by and "qa" in by and "agent" not in by]
    code = refusals.Violation.UNMARKED.value
    return [_item(code, one, None, one.payload.get("rule", ""), one.payload.get("words", "")) for one in found]


def _raised(log: Sequence[Entry]) -> list[Item]:
    """What the toolkit noted itself; the evidence is what the customer had said last, and the figures of the note."""
    found, heard = list[Item](), None
    for entry in in_order(log):
        if entry.is_from_customer and entry.message is not None:
            heard = entry.message
        if entry.kind == "note" and entry.payload.get("violation") in RAISED:
            found.append(Item(entry.payload["violation"], entry.seq, entry.at, entry.actor, heard))
    return found


@dataclass(frozen=True)
class Share:
    """`part` of `n`; the interval is Wilson's at 95 %, (0, 1) where there is nothing."""

    part: int
    n: int

    @property
    def value(self) -> float | None:
        return self.part / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        z, share = 1.959964, self.part / self.n
        middle = (share + z * z / (2 * self.n)) / (1 + z * z / self.n)
        half = z * math.sqrt(share * (1 - share) / self.n + z * z / (4 * self.n**2)) / (1 + z * z / self.n)
        return max(0.0, middle - half), min(1.0, middle + half)

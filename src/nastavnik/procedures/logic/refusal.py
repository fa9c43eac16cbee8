"""The «categorical refusal» policy as a pure reducer over an append-only log of events.

After the customer's trigger phrase at most `max_soft` soft attempts may follow; once the customer insists, the refund
is due and starts within `refund_start_s`. States, events, transitions and violations are those of
reference/crisis-desk.md, section 1. Live use steps event by event, the audit folds a whole log: `fold` is nothing but
`step` repeated, so both agree. Nothing here stops an agent from sending: violations are found, not prevented.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class State(StrEnum):
    NONE = "NONE"
    ASKED = "ASKED"  # a plain refund wish, or a refusal taken back: ordinary retention, not limited
    TRIGGERED = "TRIGGERED"
    REFUND_DUE = "REFUND_DUE"
    REFUND_STARTED = "REFUND_STARTED"
    REFUNDED = "REFUNDED"
    RETAINED = "RETAINED"
    CLOSED_UNRESOLVED = "CLOSED_UNRESOLVED"


class Violation(StrEnum):
    """All codes of the policy. `step` shows V1 to V5; V6 is a view of V1 (`variants.passed_on`), V8 needs to know who
    said what of a message; V7 and V9 are about money and are raised where it is offered and counted.
    """

    BEYOND_QUOTA = "V1"
    AFTER_DUE = "V2"
    LATE_START = "V3"
    PRESSURE = "V4"
    CLOSED_UNSETTLED = "V5"
    PASSED_ON = "V6"
    OUTSIDE_AUTHORITY = "V7"
    UNMARKED = "V8"
    BELOW_DUE = "V9"


REFUSALS = frozenset({"trigger", "insist", "interrupt+insist"})
CUSTOMER_KINDS = REFUSALS | {
    "asked", "interrupt", "withdraw", "ask_offer", "accept", "question", "silence", "message", "legal", "public",
    "reopen",
}  # fmt: skip
AGENT_KINDS = frozenset({"SOFT", "HARD", "NEUTRAL", "OFFER", "REFUND_START", "TRANSFER", "CLOSE"})
SYSTEM_KINDS = frozenset({"REFUND_DONE", "CLOCK"})
_KINDS = {Side.CUSTOMER: CUSTOMER_KINDS, Side.AGENT: AGENT_KINDS, Side.SYSTEM: SYSTEM_KINDS}


@dataclass(frozen=True)
class Policy:
    """The parameters of one version; durations in seconds.

    `max_soft` is a maximum, no quota; `min_soft` only serves customers whose own rules demand so many attempts before
    insistence counts. `max_offers_per_attempt` gives an item for quality, never a violation.
    """

    max_soft: int = 2
    insist_ends_at_once: bool = True
    interrupt_alone_ends: bool = False
    refund_start_s: float = 300
    reopen_keeps_count_s: float = 2_592_000
    min_soft: int | None = None
    max_offers_per_attempt: int = 2

    @property
    def attempts_before_insistence(self) -> int:
        """Attempts after which insistence makes the refund due; with no attempts allowed it does so at once."""
        needed = min(1, self.max_soft) if self.insist_ends_at_once else self.max_soft
        return min(max(needed, self.min_soft or 0), self.max_soft)


@dataclass(frozen=True)
class Event:
    """One thing that happened: `at` in seconds on any one clock, `actor` the agent who did it."""

    at: float
    side: Side
    kind: str
    actor: str | None = None


@dataclass(frozen=True)
class Process:
    """The state of one refusal process; a value that each event replaces."""

    state: State = State.NONE
    attempts: int = 0
    triggers: int = 0
    trigger_at: float | None = None
    due_at: float | None = None
    reason: str = ""
    turn_actor: str | None = None
    turn_counted: bool = False
    invited: bool = False
    late: bool = False
    flags: frozenset[str] = frozenset()
    last_at: float | None = None

    def attempts_left(self, policy: Policy) -> int:
        """Soft attempts the policy still allows (0 to `max_soft`)."""
        return max(0, policy.max_soft - self.attempts)


@dataclass(frozen=True)
class Finding:
    """A violation, with the place in the log of the event that showed it."""

    code: Violation
    event_index: int


@dataclass(frozen=True)
class Outcome:
    """What a whole log amounts to."""

    process: Process
    findings: tuple[Finding, ...] = field(default=())

    @property
    def codes(self) -> list[str]:
        return [finding.code.value for finding in self.findings]


Step = tuple[Process, tuple[Violation, ...]]


def _with(process: Process, **changes: Any) -> Process:
    """`dataclasses.replace`, five times as fast: a day of a large centre is millions of steps."""
    changed = object.__new__(Process)
    changed.__dict__.update(process.__dict__)
    changed.__dict__.update(changes)
    return changed


class UnknownEvent(ValueError):
    """The log holds an event this policy does not know."""


def fold(policy: Policy, events: Iterable[Event]) -> Outcome:
    """The process after all `events` (in order of time; ties keep their order) and everything found on the way."""
    process = Process()
    findings: list[Finding] = []
    for index, event in enumerate(events):
        process, codes = step(policy, process, event)
        findings.extend(Finding(code, index) for code in codes)
    return Outcome(process, tuple(findings))


def step(policy: Policy, process: Process, event: Event) -> Step:
    """The process after one event, and the violations the event shows. Constant time.

    Raises UnknownEvent for a kind its side cannot do. An event dated before the last one counts as at the last one.
    """
    kinds = _KINDS[event.side]
    if event.kind not in kinds:
        raise UnknownEvent(f"«{event.kind}» is no event of the {event.side.value}; known: {', '.join(sorted(kinds))}")
    at = event.at if process.last_at is None else max(event.at, process.last_at)
    process, late = _check_lateness(policy, process, at)
    codes: tuple[Violation, ...] = ()
    if event.side is Side.CUSTOMER:
        moved = _customer(policy, process, event.kind, at)
    elif event.side is Side.AGENT:
        moved, codes = _agent(policy, process, event)
    elif event.kind == "REFUND_DONE":
        moved = _with(process, state=State.REFUNDED, due_at=None)
    else:
        moved = process
    return _with(moved, last_at=at), late + codes


def _check_lateness(policy: Policy, process: Process, at: float) -> Step:
    """V3 once per due episode, at the first event after the limit; exactly at the limit is in time."""
    if process.state is not State.REFUND_DUE or process.due_at is None or process.late:
        return process, ()
    if at - process.due_at <= policy.refund_start_s:
        return process, ()
    return _with(process, late=True), (Violation.LATE_START,)


def _customer(policy: Policy, process: Process, kind: str, at: float) -> Process:
    """A customer's event closes the agent's turn, reopens a closed case, and takes an invitation back by refusing."""
    elapsed = process.last_at is not None and at - process.last_at > policy.reopen_keeps_count_s
    process = _with(process, turn_actor=None, turn_counted=False)
    if process.state is State.CLOSED_UNRESOLVED:
        process = _reopened(process, elapsed)
    elif process.state is State.RETAINED and elapsed:
        process = _forgotten(process)
    if kind in REFUSALS:
        process = _with(process, invited=False)
    return _CUSTOMER.get(kind, _unchanged)(policy, process, kind, at)


def _forgotten(process: Process) -> Process:
    """The window has passed: a new count begins."""
    return _with(process, attempts=0, triggers=0, trigger_at=None, invited=False)


def _reopened(process: Process, elapsed: bool) -> Process:
    process = _forgotten(process) if elapsed else process
    return _with(process, state=State.TRIGGERED if process.triggers else State.ASKED)


def _unchanged(policy: Policy, process: Process, kind: str, at: float) -> Process:
    return process


def _due(process: Process, reason: str, at: float) -> Process:
    return _with(process, state=State.REFUND_DUE, due_at=at, reason=reason, late=False)


def _asked(policy: Policy, process: Process, kind: str, at: float) -> Process:
    return _with(process, state=State.ASKED) if process.state in (State.NONE, State.RETAINED) else process


def _refuse(policy: Policy, process: Process, kind: str, at: float) -> Process:
    """A trigger phrase or insistence; after a withdrawal «no» is a refusal again."""
    if process.state is State.TRIGGERED:
        counted = _with(process, triggers=process.triggers + (kind == "trigger"))
        if process.attempts >= policy.attempts_before_insistence:
            return _due(counted, "insist" if kind == "trigger" else kind, at)
        return counted
    if process.state in (State.NONE, State.ASKED, State.RETAINED) and (kind == "trigger" or process.triggers):
        return _with(process, state=State.TRIGGERED, triggers=process.triggers + 1, trigger_at=at)
    return process


def _interrupt(policy: Policy, process: Process, kind: str, at: float) -> Process:
    if policy.interrupt_alone_ends and process.state is State.TRIGGERED and process.attempts >= min(1, policy.max_soft):
        return _due(process, "interrupt", at)
    return process


def _stall(policy: Policy, process: Process, kind: str, at: float) -> Process:
    """A question or silence once the attempts are used up: a third offer is not the answer, the refund is."""
    if process.state is State.TRIGGERED and process.attempts >= policy.max_soft:
        return _due(process, "exhausted", at)
    return process


def _withdraw(policy: Policy, process: Process, kind: str, at: float) -> Process:
    if process.state in (State.TRIGGERED, State.REFUND_DUE):
        return _with(process, state=State.ASKED, invited=True, due_at=None, reason="")
    return process


def _ask_offer(policy: Policy, process: Process, kind: str, at: float) -> Process:
    return _with(process, invited=True) if process.state in (State.TRIGGERED, State.REFUND_DUE) else process


def _accept(policy: Policy, process: Process, kind: str, at: float) -> Process:
    """Consent; after the money is back it would be a new sale, never a retention."""
    if process.state is State.REFUNDED:
        return process
    return _with(process, state=State.RETAINED, invited=False, due_at=None, reason="")


def _flag(policy: Policy, process: Process, kind: str, at: float) -> Process:
    return _with(process, flags=process.flags | {kind})


_CUSTOMER: dict[str, Callable[[Policy, Process, str, float], Process]] = {
    "asked": _asked,
    "trigger": _refuse,
    "insist": _refuse,
    "interrupt+insist": _refuse,
    "interrupt": _interrupt,
    "question": _stall,
    "silence": _stall,
    "withdraw": _withdraw,
    "ask_offer": _ask_offer,
    "accept": _accept,
    "legal": _flag,
    "public": _flag,
}


def _agent(policy: Policy, process: Process, event: Event) -> Step:
    if event.kind == "TRANSFER":
        return _with(process, turn_actor=None, turn_counted=False), ()
    if event.actor != process.turn_actor:
        # The next agent's persuasion is an attempt of its own, also before the customer has spoken.
        process = _with(process, turn_actor=event.actor, turn_counted=False)
    if event.kind == "REFUND_START":
        return _with(process, state=State.REFUND_STARTED, invited=False, due_at=None), ()
    if event.kind == "CLOSE":
        return _close(process)
    if event.kind in ("SOFT", "OFFER", "HARD"):
        return _persuade(policy, process, pressure=event.kind == "HARD")
    return process, ()


def _close(process: Process) -> Step:
    if process.state in (State.TRIGGERED, State.REFUND_DUE):
        closed = _with(process, state=State.CLOSED_UNRESOLVED, due_at=None, reason="")
        return closed, (Violation.CLOSED_UNSETTLED,)
    return process, ()


def _persuade(policy: Policy, process: Process, *, pressure: bool) -> Step:
    """A turn counts once, at its first persuasion; an invitation covers soft words, never pressure."""
    covered = process.invited and not pressure
    if process.state in (State.REFUND_DUE, State.REFUND_STARTED):
        return process, () if covered else (Violation.AFTER_DUE,)
    if process.state is not State.TRIGGERED:
        return process, ()
    codes: tuple[Violation, ...] = (Violation.PRESSURE,) if pressure else ()
    if covered or process.turn_counted:
        return process, codes
    process = _with(process, attempts=process.attempts + 1, turn_counted=True)
    return process, codes + ((Violation.BEYOND_QUOTA,) if process.attempts > policy.max_soft else ())

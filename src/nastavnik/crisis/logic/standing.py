"""What the log of a case adds up to: stage, hands, severity, the refusal process, the outcome. One function for the
desk and for the audit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nastavnik.crisis.logic.clocks import Span
from nastavnik.crisis.logic.log import HUMAN, Entry, in_order, prevailing
from nastavnik.procedures import refusals
from nastavnik.procedures.refusals import Policy, Process, Side, State

_SIDES: dict[str, Side] = {
    **dict.fromkeys(refusals.CUSTOMER_KINDS, Side.CUSTOMER),
    **dict.fromkeys(refusals.AGENT_KINDS, Side.AGENT),
    **dict.fromkeys(refusals.SYSTEM_KINDS, Side.SYSTEM),
}
_SETTLED = {
    State.REFUNDED: "refunded",
    State.REFUND_STARTED: "refund_started",
    State.RETAINED: "retained",
    State.NONE: "resolved",
}


@dataclass(frozen=True)
class Standing:
    """A case as its log says. Times in ms; `dues` are the stretches in which a refund was due."""

    stage: str = "new"
    severity: int | None = None
    assignee: int | None = None
    team: int | None = None
    process: Process = field(default_factory=Process)
    dues: tuple[Span, ...] = ()
    first_human_at: int | None = None
    paused_at: int | None = None
    closed_at: int | None = None
    reopened: int = 0
    transferred: int = 0
    rung: str = ""
    last_at: int | None = None

    @property
    def outcome(self) -> str:
        """What a closed case came to; empty while it is open."""
        return "" if self.stage != "closed" else _SETTLED.get(self.process.state, "unresolved")


def fold(log: Sequence[Entry], policy: Policy) -> Standing:
    """The case after all entries; quality's word about a message outranks the agent's, the agent's the rule's."""
    standing = Standing()
    for entry in prevailing(log):
        standing = step(standing, entry, policy)
    return standing


def step(standing: Standing, entry: Entry, policy: Policy) -> Standing:
    """The case after one more entry. Constant time, beside the list of dues."""
    moved = _desk(standing, entry)
    side = _SIDES.get(entry.kind)
    if side is None:
        return replace(moved, last_at=entry.at)
    event = refusals.Event(entry.at / 1000, side, entry.kind, None if entry.actor is None else str(entry.actor))
    process, _codes = refusals.step(policy, standing.process, event)
    return replace(moved, process=process, dues=_dues(standing, process, entry.at), last_at=entry.at)


def _dues(standing: Standing, process: Process, at: int) -> tuple[Span, ...]:
    was, now = standing.process.state is State.REFUND_DUE, process.state is State.REFUND_DUE
    if now and not was:
        return (*standing.dues, (at, None))
    if was and not now:
        return (*standing.dues[:-1], (standing.dues[-1][0], at))
    return standing.dues


def _desk(standing: Standing, entry: Entry) -> Standing:
    """Stage, hands and severity: the desk's own side of an entry."""
    payload, at = entry.payload, entry.at
    if entry.kind in HUMAN and entry.actor is not None and standing.first_human_at is None:
        standing = replace(standing, first_human_at=at)
    if entry.kind == "opened":
        return replace(standing, severity=payload.get("severity"), team=payload.get("team"))
    if entry.kind == "assigned":
        return replace(standing, assignee=payload.get("person"))
    if entry.kind == "taken":
        return replace(standing, assignee=entry.actor, stage=_unless_closed(standing, "working"))
    if entry.kind == "TRANSFER":
        return replace(
            standing,
            stage=_unless_closed(standing, "new"),
            assignee=payload.get("person"),
            team=payload.get("team", standing.team),
            transferred=standing.transferred + 1,
            paused_at=None,
        )
    if entry.kind == "severity":
        return replace(standing, severity=payload.get("severity", standing.severity))
    if entry.kind == "escalated":
        return replace(standing, rung=payload.get("rung", standing.rung))
    return _stage(standing, entry)


def _stage(standing: Standing, entry: Entry) -> Standing:
    if entry.kind == "paused" and standing.stage != "closed":
        return replace(standing, stage="paused", paused_at=entry.at)
    if entry.kind in ("CLOSE", "merged"):
        return replace(standing, stage="closed", closed_at=entry.at, paused_at=None)
    if entry.kind == "reopen" and standing.stage == "closed":
        stage = "working" if standing.assignee else "new"
        return replace(standing, stage=stage, closed_at=None, reopened=standing.reopened + 1)
    if standing.stage == "paused" and (entry.kind == "resumed" or entry.is_from_customer):
        return replace(standing, stage="working", paused_at=None)
    if entry.is_answer and standing.stage == "new":
        return replace(standing, stage="working")
    return standing


def _unless_closed(standing: Standing, stage: str) -> str:
    return standing.stage if standing.stage == "closed" else stage


@dataclass(frozen=True)
class Visit:
    """One stretch in which the case was open: from the customer's coming (ms) to its closing with what it came to."""

    began: int
    outcome: str = ""

    @property
    def solved(self) -> bool | None:
        """Whether it was closed as solved; None while it is open."""
        return self.outcome != "unresolved" if self.outcome else None


def visits(log: Sequence[Entry], policy: Policy) -> list[Visit]:
    """Each coming of the customer about this matter, with the outcome of its closing, in order."""
    found, standing = list[Visit](), Standing()
    for entry in prevailing(log):
        was, standing = standing, step(standing, entry, policy)
        if not found or (was.stage == "closed" and standing.stage != "closed"):
            found.append(Visit(entry.at))
        found[-1] = replace(found[-1], outcome=standing.outcome)
    return found


def ordered(log: Sequence[Entry]) -> list[Entry]:
    """The log as clocks read it."""
    return in_order(log)

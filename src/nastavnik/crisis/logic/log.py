"""The log of a case as values: what clocks, states and assignments are folded from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

# Customer's and agent's events of the policy that may be said of one message by several sources.
ANSWERS = frozenset({"SOFT", "HARD", "NEUTRAL", "OFFER"})
CUSTOMER = frozenset(
    {"asked", "trigger", "insist", "interrupt", "interrupt+insist", "withdraw", "ask_offer", "accept", "question",
     "silence", "message", "legal", "public"}
)  # fmt: skip
HUMAN = ANSWERS | {"taken", "REFUND_START", "TRANSFER", "CLOSE", "paused", "escalated", "note"}
RANK = {"qa": 2, "agent": 1}


@dataclass(frozen=True)
class Entry:
    """One event of the log. `at` in ms since 1970 UTC; `message` is the number of the message it is about."""

    at: int
    seq: int
    kind: str
    actor: int | None = None
    source: str = "system"
    message: int | None = None
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def is_answer(self) -> bool:
        """Whether an agent said something to the customer."""
        return self.kind in ANSWERS

    @property
    def is_from_customer(self) -> bool:
        """Whether the customer wrote or spoke (silence is no message)."""
        return self.kind in CUSTOMER and self.kind != "silence"


def in_order(log: Iterable[Entry]) -> list[Entry]:
    """Entries as they happened; ties as they were recorded."""
    return sorted(log, key=lambda entry: (entry.at, entry.seq))


def prevailing(log: Sequence[Entry]) -> list[Entry]:
    """The log in its order with one word about each message: quality over agent over rule, the latest of the first two.

    Events that are about no message, and what the desk itself did, stay.
    """
    best: dict[tuple[int, bool], tuple[int, int]] = {}
    for entry in log:
        if (key := _about(entry)) is not None:
            rank = RANK.get(entry.source, 0)
            best[key] = max(best.get(key, (0, 0)), (rank, entry.seq if rank else 0))
    return [entry for entry in in_order(log) if (key := _about(entry)) is None or _weight(entry) == best[key]]


def _weight(entry: Entry) -> tuple[int, int]:
    rank = RANK.get(entry.source, 0)
    return rank, entry.seq if rank else 0


def _about(entry: Entry) -> tuple[int, bool] | None:
    """Message and side, for events that are a reading of a message."""
    if entry.message is None or not (entry.kind in CUSTOMER or entry.is_answer):
        return None
    return entry.message, entry.is_answer

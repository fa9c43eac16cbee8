"""What a message amounts to for the refusal policy, and whose word about it counts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from nastavnik.procedures.logic.lexicon import Label

T = TypeVar("T")


class Source(StrEnum):
    """Who says what a message is."""

    RULE = "rule"
    AGENT = "agent"
    QA = "qa"


PRECEDENCE = (Source.QA, Source.AGENT, Source.RULE)


def prevailing(said: Mapping[Source, T]) -> tuple[Source, T] | None:
    """The word that counts: quality before the agent, the agent before the rule; None when nobody said anything."""
    return next(((source, said[source]) for source in PRECEDENCE if source in said), None)


# A quotation is somebody else's refusal: for the policy it is a message like any other.
_EVENTS: dict[Label, str] = {
    Label.TRIGGER: "trigger",
    Label.REFUND_WISH: "asked",
    Label.UNDECIDED: "withdraw",
    Label.LEGAL: "legal",
    Label.QUOTED: "message",
    Label.OTHER: "message",
}


def events_of(label: Label, *, refused_before: bool = False) -> tuple[str, ...]:
    """The customer's events of `refusal` that a message with this label stands for, in order.

    `refused_before`: a refusal of this process came earlier; another one then is insistence. A legal threat ends the
    agent's turn as any message does, so it is followed by `message`.
    """
    if label is Label.TRIGGER and refused_before:
        return ("insist",)
    kind = _EVENTS[label]
    return (kind, "message") if kind == "legal" else (kind,)

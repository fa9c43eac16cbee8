"""The refusal policy for higher rooms: the reducer and its words. Pure: no database, no clock.

process = refusals.Process()
process, codes = refusals.step(policy, process, event)      # live, event by event
outcome = refusals.fold(policy, events)                     # the audit, a whole log: the same result
refusals.what_if(log, now, other)                           # the same log under another version
"""

from nastavnik.procedures.logic.reading import Source, prevailing
from nastavnik.procedures.logic.refusal import (
    AGENT_KINDS,
    CUSTOMER_KINDS,
    REFUSALS,
    SYSTEM_KINDS,
    Event,
    Finding,
    Outcome,
    Policy,
    Process,
    Side,
    State,
    UnknownEvent,
    Violation,
    fold,
    step,
)
from nastavnik.procedures.logic.variants import WhatIf, excess_offers, passed_on, what_if

__all__ = [
    "AGENT_KINDS", "CUSTOMER_KINDS", "REFUSALS", "SYSTEM_KINDS", "Event", "Finding", "Outcome", "Policy", "Process",
    "Side", "Source", "State", "UnknownEvent", "Violation", "WhatIf", "excess_offers", "fold", "passed_on",
    "prevailing", "step", "what_if",
]  # fmt: skip

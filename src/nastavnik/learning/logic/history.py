"""What an enrolment was at a past moment, read from its events. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Happening:
    """One event: kind as in `enums.EventKind`, the stage it is about."""

    at: datetime
    kind: str
    stage_key: str = ""
    version: int = 0


@dataclass(frozen=True)
class Standing:
    """Where an enrolment stands: its state, stage, version and the stages passed, in order."""

    state: str
    stage_key: str = ""
    version: int = 0
    passed: tuple[str, ...] = ()


_STATES = {"enrolled": "active", "paused": "paused", "resumed": "active", "finished": "finished", "closed": "closed"}


def standing(events: Iterable[Happening], until: datetime | None = None) -> Standing | None:
    """The state after the events up to and including `until`; None before the first. Events come in their order."""
    found: Standing | None = None
    for one in events:
        if until is not None and one.at > until:
            break
        found = _after(found or Standing("active", version=one.version), one)
    return found


def _after(before: Standing, one: Happening) -> Standing:
    after = replace(before, state=_STATES.get(one.kind, before.state), version=one.version)
    if one.kind == "entered":
        return replace(after, stage_key=one.stage_key)
    if one.kind == "passed" and one.stage_key not in before.passed:
        return replace(after, passed=(*before.passed, one.stage_key))
    if one.kind == "finished":
        return replace(after, stage_key="")
    return after

"""Scripted cases of the refusal policy, in the format `refusal-policy-cases/1`: what is expected and what comes out."""

from dataclasses import dataclass, fields
from typing import Any

from nastavnik.kernel.errors import InvalidInput
from nastavnik.procedures.logic.refusal import Event, Policy, Side, UnknownEvent, fold


@dataclass(frozen=True)
class Replayed:
    """One case after its replay; `expected` and `actual` have `state`, `attempts`, `violations`."""

    id: str
    ok: bool
    expected: dict[str, Any]
    actual: dict[str, Any]


def replay(document: dict[str, Any]) -> list[Replayed]:
    """Fold every case of the document under its policy. Raises InvalidInput naming the case and what is wrong in it."""
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise InvalidInput("This is no file of refusal cases: it needs an object with a list «cases».")
    defaults = document.get("policy_defaults", {})
    return [_one(place, case, defaults) for place, case in enumerate(document["cases"], start=1)]


def _one(place: int, case: Any, defaults: dict[str, Any]) -> Replayed:
    name = case.get("id", f"number {place}") if isinstance(case, dict) else f"number {place}"
    try:
        policy = _policy({**defaults, **case.get("policy", {})})
        events = [
            Event(float(one["t"]), Side(one["side"]), str(one["kind"]), one.get("actor")) for one in case["events"]
        ]
        outcome = fold(policy, events)
        expected = {key: case["expect"][key] for key in ("state", "attempts", "violations")}
    except (UnknownEvent, ValueError, TypeError) as error:
        raise InvalidInput(f"Case {name}: {error}.") from error
    except (KeyError, AttributeError) as error:
        raise InvalidInput(f"Case {name}: {error} is missing.") from error
    process = outcome.process
    actual = {"state": process.state.value, "attempts": process.attempts, "violations": outcome.codes}
    return Replayed(id=str(name), ok=actual == expected, expected=expected, actual=actual)


def _policy(parameters: dict[str, Any]) -> Policy:
    known = {one.name for one in fields(Policy)}
    if unknown := sorted(set(parameters) - known):
        raise ValueError(f"the policy has no parameter «{unknown[0]}»; known: {', '.join(sorted(known))}")
    return Policy(**parameters)

"""The steps of a wizard, as `<c-stepper>` shows them."""

from collections.abc import Sequence
from typing import Any


def steps(titles: Sequence[Any], current: int) -> list[dict[str, Any]]:
    """Steps before the current one (from 0) are done, those after it are to come."""
    states = ["done" if place < current else "current" if place == current else "todo" for place in range(len(titles))]
    return [{"title": title, "state": state} for title, state in zip(titles, states, strict=True)]

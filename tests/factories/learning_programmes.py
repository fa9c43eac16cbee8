"""Makers of programmes, enrolments and what proves learning, for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from nastavnik.learning.actions import enrolments, programmes
from nastavnik.learning.enums import Branch, LearningKind, Path
from nastavnik.learning.logic.requirements import Group, Need, Rule
from nastavnik.learning.models import Enrolment, Programme, Stage
from nastavnik.people.models import Person
from tests.factories.people import AT

_numbers = count(1)
STAGE_DONE = Need.of("stage")


def all_of(*needs: Any) -> Group:
    return Group(Rule.ALL, needs)


def any_of(*needs: Any) -> Group:
    return Group(Rule.ANY, needs)


def a_stage(programme: Programme, key: str, *needs: Any, tasks: int = 1, due_days: int = 5, **fields: Any) -> Stage:
    """A stage of the draft with tasks `key-1`, `key-2`…; its gate asks for `needs`, or for the tasks."""
    stage = programmes.add_stage(
        programme=programme, title=key.title(), due_days=due_days, key=key, gate=all_of(*(needs or [STAGE_DONE])),
        **fields,
    )  # fmt: skip
    for number in range(1, tasks + 1):
        name = f"{key}-{number}"
        programmes.add_activity(stage=stage, kind=LearningKind.TASK, title=name.title(), key=name)
    return stage


def a_draft(code: str = "", **fields: Any) -> Programme:
    number = next(_numbers)
    given: dict[str, Any] = {
        "code": code or f"programme-{number}",
        "title": f"Программа {number}",
        "branch": Branch.NEWCOMERS,
    }
    return programmes.create(by=None, at=AT, **{**given, **fields})


def a_programme(
    code: str = "", *, stages: Sequence[str] = ("distance", "live"), renewal: Sequence[str] = (), **fields: Any
) -> Programme:
    """A published programme: each stage has one task."""
    programme = a_draft(code, **fields)
    for key in stages:
        a_stage(programme, key)
    for key in renewal:
        a_stage(programme, key, path=Path.RENEWAL)
    return published(programme)


def published(programme: Programme) -> Programme:
    programmes.publish(programme=programme, by=None, at=AT)
    return programme


def an_enrolment(person: Person, programme: Programme, *, at: datetime = AT, **fields: Any) -> Enrolment:
    found = enrolments.enrol_all(people=[person.pk], programme=programme, by=None, at=at, **fields)
    return found.enrolments[0]


def later(days: float) -> datetime:
    return AT + timedelta(days=days)

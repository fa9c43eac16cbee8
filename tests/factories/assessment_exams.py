"""Exams, forms, windows and attempts for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from nastavnik.assessment.actions import attempts, exams, forms, items, sittings
from nastavnik.assessment.enums import ExamState, ItemKind, ItemState
from nastavnik.assessment.logic.blueprint import Blueprint, Line, Sort
from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.models import Attempt, Exam, Form, Item, Sitting, Topic
from nastavnik.people.models import Person
from tests.factories.assessment import AT, an_item, single
from tests.factories.people import a_person

OPENS = AT
CLOSES = AT + timedelta(hours=12)
LONG_AGO = AT - timedelta(days=40)


def live_items(
    count: int, *, topic: Topic | None = None, state: ItemState = ItemState.LIVE, word: str = ""
) -> list[Item]:
    """Items that may stand in forms; the first option is right."""
    found = []
    for number in range(count):
        found.append(live(single(f"Вопрос {word or 'банка'} {number} {topic or ''}"), topic=topic, state=state))
    return found


def live(body: Body, *, topic: Topic | None = None, state: ItemState = ItemState.LIVE) -> Item:
    item = an_item(body, topic=topic, at=LONG_AGO)
    item = items.promote(item=item, to=ItemState.LIVE, by=None, at=LONG_AGO)
    if state == ItemState.ANCHOR:
        item = items.promote(item=item, to=ItemState.ANCHOR, by=None, at=LONG_AGO)
    return item


def an_exam(code: str = "monthly", *, count: int = 4, **rules: Any) -> Exam:
    """A draft exam of the whole bank."""
    fields: dict[str, Any] = {
        "title": "Ежемесячный тест", "blueprint": Blueprint(count, (Line(100),)), "by": None, "at": LONG_AGO,
        "gate_seconds": 0, "pass_percent": 75, "minutes": 40,
    }  # fmt: skip
    return exams.create(code=code, **(fields | rules))


def a_form(exam: Exam, **fields: Any) -> Form:
    """A published form."""
    form = forms.assemble(exam=exam, by=None, at=LONG_AGO, **({"seed": 7} | fields))
    return forms.publish(form=form, by=None, at=LONG_AGO)


def a_published_exam(
    code: str = "monthly", *, count: int = 4, bodies: Sequence[Body] | None = None, **rules: Any
) -> Exam:
    """An exam with one published form; its bank is made as well."""
    if bodies is None:
        live_items(count, word=code)
    else:
        for body in bodies:
            live(body)
        count = len(bodies)
        cases = sum(body.kind == ItemKind.CASE for body in bodies)
        share = 100 * cases // count
        lines = [Line(100 - share), *([Line(share, sort=Sort.CASE)] if cases else [])]
        rules = {"blueprint": Blueprint(count, tuple(lines))} | rules
    exam = an_exam(code, count=count, **rules)
    a_form(exam)
    return exams.publish(exam=exam, by=None, at=LONG_AGO)


def a_sitting(exam: Exam, *people: Person, opens: datetime = OPENS, closes: datetime = CLOSES, **rules: Any) -> Sitting:
    assert exam.state == ExamState.PUBLISHED
    return sittings.offer(exam=exam, people=people, opens_at=opens, closes_at=closes, by=None, at=LONG_AGO, **rules)


def an_attempt(person: Person | None = None, exam: Exam | None = None, **rules: Any) -> Attempt:
    """A prepared attempt."""
    taker = person or a_person("taker", family_name="Сдающий")
    sitting = a_sitting(exam or a_published_exam(), taker, **rules)
    return sitting.attempts.get(person=taker)


def an_open_attempt(person: Person | None = None, exam: Exam | None = None, at: datetime = AT, **rules: Any) -> Attempt:
    return attempts.start(attempt=an_attempt(person, exam, **rules), at=at)


def give(attempt: Attempt, sequence: int, position: int, value: Any, at: datetime = AT) -> attempts.Saved:
    """Save one answer."""
    return attempts.save(attempt_id=attempt.pk, answers=[attempts.Given(sequence, position, value)], at=at)

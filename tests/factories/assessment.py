"""Items and people of the academy for tests."""

from fractions import Fraction
from typing import Any

from nastavnik.assessment.actions import items
from nastavnik.assessment.logic.items import Body, Choice, Essay, Single
from nastavnik.assessment.logic.texts import rich
from nastavnik.assessment.models import Item
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from tests.factories.people import AT, a_person, an_organisation

__all__ = ["AT", "a_trainer", "an_essay", "an_item", "an_organisation", "options", "single"]


def options(*texts: str, right: int = 0) -> tuple[Choice, ...]:
    """Options of which one is right."""
    return tuple(Choice(rich(text), is_right=place == right) for place, text in enumerate(texts))


def single(stem: str = "Когда возвращаем деньги?", *, right: int = 0, **fields: Any) -> Single:
    """A question with two options."""
    choices = options("В течение трёх дней", "Через месяц", right=right)
    return Single(**{"stem": rich(stem), "choices": choices, **fields})


def an_essay(stem: str = "Опишите случай", points: int = 1) -> Essay:
    return Essay(stem=rich(stem), points=Fraction(points))


def an_item(body: Body | None = None, **fields: Any) -> Item:
    """An item of the bank, a pilot."""
    return items.create(body=body or single(), **{"by": None, "at": AT, **fields})


def a_trainer(code: str = "trainer") -> Person:
    return a_person(code, role=Role.TRAINER, family_name="Тренерова")

"""Papers and keys of forms, kept in the process: a published form never changes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.models import Attempt, Form, FormItem

KEPT_FORMS = 64
KEPT_SEATS = 4000


@lru_cache(maxsize=KEPT_FORMS)
def questions(form_public_id: str) -> tuple[dict[str, Any], ...]:
    """The questions of a form as takers may see them, by position."""
    return tuple(Form.objects.values_list("frozen", flat=True).get(public_id=form_public_id))


@dataclass(frozen=True)
class Keyed:
    """One item of a form with its key."""

    position: int
    item_id: int
    version_id: int
    body: Body


@lru_cache(maxsize=KEPT_FORMS)
def keyed(form_public_id: str) -> tuple[Keyed, ...]:
    """The items of a form with their keys, for scoring."""
    rows = FormItem.objects.filter(form__public_id=form_public_id).select_related("version").order_by("position")
    return tuple(Keyed(row.position, row.item_id, row.version_id, row.version.content) for row in rows)


@dataclass(frozen=True)
class Seat:
    """What stays the same of an attempt that has begun: all its room needs beside the answers."""

    attempt_id: int
    public_id: str
    exam_title: str
    exam_code: str
    form: str
    layout: tuple[dict[str, Any], ...]
    page_size: int

    @property
    def size(self) -> int:
        return len(self.layout)

    @property
    def pages(self) -> int:
        return -(-self.size // self.page_size)

    def places(self, page: int) -> range:
        """Places of the questions on a page; both count from 1."""
        first = (page - 1) * self.page_size + 1
        return range(first, min(first + self.page_size, self.size + 1))

    def question(self, place: int) -> tuple[dict[str, Any], Any, int]:
        """The question at a place, the order of its options, its position in the form."""
        laid = self.layout[place - 1]
        return questions(self.form)[laid["p"] - 1], laid["o"], laid["p"]


class NoSeat(Exception):
    """Kept out of the cache: an attempt that has not begun."""


@lru_cache(maxsize=KEPT_SEATS)
def _seat(public_id: str) -> Seat:
    row = (
        Attempt.objects.exclude(state=AttemptState.PREPARED)
        .filter(public_id=public_id)
        .values_list("pk", "exam__title", "exam__code", "form__public_id", "layout", "sitting__page_size")
        .first()
    )
    if row is None:
        raise NoSeat
    return Seat(row[0], public_id, row[1], row[2], row[3], tuple(row[4]), row[5])


def seat(public_id: str) -> Seat | None:
    """The seat of an attempt that has begun; one query for the first request of a process, none after it."""
    try:
        return _seat(public_id)
    except NoSeat:
        return None

"""A person's figures: tiles over the days chosen, every metric by periods below."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nastavnik.metrics.queries.screens_board import Board, board, met_words
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_tiles import tiles
from nastavnik.people.models import Person


@dataclass(frozen=True)
class PersonScreen:
    """The person page of metrics; `is_own` speaks to the reader."""

    title: str
    statement: str
    lead: str
    card_url: str
    tiles: list[Figure]
    board: Board


def person_screen(frame: Frame, person: Person) -> PersonScreen:
    """Tiles over the frame's days and the periods table; own figures are titled as one's own."""
    own = frame.viewer.pk == person.pk
    shown = tiles(frame)
    return PersonScreen(
        title=_("My figures") if own else str(person),
        statement=statement(shown),
        lead=lead(frame, shown),
        card_url=person.get_absolute_url(),
        tiles=shown,
        board=board(frame),
    )


def statement(shown: Sequence[Figure]) -> str:
    """What the tiles say in one sentence."""
    judged = [one for one in shown if one.is_judged]
    if judged:
        return met_words(sum(one.state == "met" for one in judged), len(judged))
    return _("No target can be judged yet") if shown else _("No records in these days")


def lead(frame: Frame, shown: Sequence[Figure]) -> str:
    """The days, and what is missed by how much."""
    short = ", ".join(f"{one.title} ({one.gap})" for one in shown if one.state == "missed")
    if not short:
        return f"{frame.days_words}."
    return _("{days}. Short of the target: {short}.").format(days=frame.days_words, short=short)

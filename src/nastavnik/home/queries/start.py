"""The first screen of the day, by what a person answers for: oneself, some teams, the centre, the installation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nastavnik.metrics.permissions import figures_reach, may_import_facts, may_see_board
from nastavnik.metrics.queries.screens_figures import Figure
from nastavnik.metrics.queries.screens_frame import Frame, When, frame_for_all, frame_for_person, recent_days
from nastavnik.metrics.queries.screens_freshness import Freshness, freshness
from nastavnik.metrics.queries.screens_person import lead, statement
from nastavnik.metrics.queries.screens_teams import TeamsTable, teams_table
from nastavnik.metrics.queries.screens_tiles import tiles
from nastavnik.people.enums import Role
from nastavnik.people.models import Person
from nastavnik.people.permissions import roles_of

AGENT_TILES = 3
HEAD_TILES = 8
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.PLANNER})
HEADS = frozenset({Role.CENTRE_HEAD, Role.ACADEMY_HEAD, Role.BUSINESS_CUSTOMER})


class View(StrEnum):
    """Which first screen a person gets."""

    AGENT = "agent"
    LEAD = "lead"
    HEAD = "head"
    KEEPER = "keeper"


@dataclass(frozen=True)
class Start:
    """The first screen: one sentence, tiles, and what belongs to the view."""

    view: View
    greeting: str
    statement: str
    lead: str
    tiles: list[Figure]
    teams: TeamsTable | None
    freshness: list[Freshness]
    shows_imports: bool


def view_of(person: Person) -> View:
    """The widest answer wins: a head who also leads a team sees the centre."""
    roles = roles_of(person)
    if not may_see_board(person):
        return View.AGENT
    if figures_reach(person) is not None:
        return View.LEAD
    if roles & HEADS:
        return View.HEAD
    return View.KEEPER if roles & KEEPERS else View.HEAD


def start(person: Person, today: date) -> Start:
    """Everything on the first screen, over the last thirty days."""
    view = view_of(person)
    frame = _frame(person, view, today)
    shown = tiles(frame, most=AGENT_TILES if view == View.AGENT else HEAD_TILES)
    return Start(
        view=view,
        greeting=_greeting(person, view, frame),
        statement=statement(shown),
        lead=lead(frame, shown),
        tiles=shown,
        teams=None if view == View.AGENT else teams_table(frame, [one.code for one in shown]),
        freshness=freshness(today),
        shows_imports=may_import_facts(person),
    )


def _frame(person: Person, view: View, today: date) -> Frame:
    when = When(today, *recent_days(today))
    if view == View.AGENT:
        return frame_for_person(person, person, when)
    return frame_for_all(person, when)


def _greeting(person: Person, view: View, frame: Frame) -> str:
    return str(person) if view == View.AGENT else frame.scope_title

"""Which topic is weak, by team: first attempts of the people within reach, over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from nastavnik.assessment.enums import AttemptState, Purpose
from nastavnik.assessment.logic.topics import NOTHING, Share, Sums, is_weak, share
from nastavnik.assessment.models import Attempt, Exam, Item
from nastavnik.people.models import Person, Team
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

# The team of the day the attempt ended: whoever moved since is counted where they worked then.
_CELLS = """
WITH answered AS (
    SELECT f.topic_path, m.team_id, a.person_id, i.item_id, i.points::float8 AS x, i.max_points::float8 AS y
    FROM assessment_itemresult i
    JOIN assessment_result r ON r.id = i.result_id
    LEFT JOIN assessment_result later ON later.replaces_id = r.id
    JOIN assessment_attempt a ON a.id = i.attempt_id
    JOIN assessment_formitem f ON f.form_id = a.form_id AND f.position = i.position
    LEFT JOIN people_teammembership m ON m.person_id = a.person_id AND m.active_from <= a.ended_at::date
        AND (m.active_to IS NULL OR m.active_to > a.ended_at::date)
    WHERE later.id IS NULL AND NOT i.is_left_out AND a.id IN ({attempts})
)
"""
_BY_TEAM = """, people AS (
    SELECT topic_path, team_id, person_id, sum(x) AS x, sum(y) AS y FROM answered GROUP BY 1, 2, 3
)
SELECT topic_path, team_id, count(*), sum(x), sum(y), sum(x * x), sum(x * y), sum(y * y) FROM people GROUP BY 1, 2
"""
_OF_A_TOPIC = """
SELECT {key}, count(*), sum(x) / sum(y) FROM answered
WHERE topic_path = %s {team} GROUP BY 1 ORDER BY 3, 2 DESC
"""


@dataclass(frozen=True)
class Cell:
    """One topic of one team."""

    share: Share
    is_weak: bool
    team_id: int | None = None

    @property
    def band(self) -> str:
        """A class of the heat table: by tenths under the mark, «few» where nothing is told."""
        if self.share.value is None:
            return "few"
        return (
            "weak"
            if self.is_weak
            else "low"
            if self.share.value < 0.75
            else "fair"
            if self.share.value < 0.85
            else "good"
        )


@dataclass(frozen=True)
class TopicRow:
    """One topic with a cell per team, in the order of the board's teams."""

    path: str
    whole: Cell
    cells: list[Cell]

    @property
    def title(self) -> str:
        return self.path.replace("\x1f", " / ")


@dataclass(frozen=True)
class Board:
    """Topics by teams, the weakest topic first."""

    teams: list[Team]
    rows: list[TopicRow]
    mark: float


def scope(viewer: Person, *, since: datetime, exam: Exam | None = None) -> Q:
    """First attempts of a period that the viewer may see."""
    found = within(reach_of(viewer, Right.SEE_LEARNING)) & Q(
        state=AttemptState.CLOSED, number=1, after=None, ended_at__gte=since
    )
    return found & Q(exam=exam) if exam else found


def _attempts(chosen: Q) -> tuple[str, tuple[Any, ...]]:
    rows = Attempt.objects.filter(chosen).exclude(form__purpose=Purpose.RETEST).order_by()
    sql, params = rows.values("pk").query.sql_with_params()
    return sql, tuple(params)


def board(chosen: Q, *, mark: float) -> Board:
    """The heat table; two queries however many people and topics there are."""
    attempts, params = _attempts(chosen)
    with connection.cursor() as cursor:
        cursor.execute(_CELLS.format(attempts=attempts) + _BY_TEAM, params)
        found = cursor.fetchall()
    sums: dict[str, dict[int | None, Sums]] = {}
    for path, team_id, *numbers in found:
        sums.setdefault(path, {})[team_id] = Sums(*numbers)
    teams = list(Team.objects.filter(pk__in={row[1] for row in found if row[1]}).order_by("name"))
    rows = [_row(path, by_team, teams, mark) for path, by_team in sums.items()]
    rows.sort(key=lambda row: (row.whole.share.value is None, row.whole.share.value or 0, row.title))
    return Board(teams, rows, mark)


def _row(path: str, by_team: dict[int | None, Sums], teams: Sequence[Team], mark: float) -> TopicRow:
    def cell(sums: Sums, team_id: int | None = None) -> Cell:
        found = share(sums)
        return Cell(found, is_weak(found, mark), team_id)

    cells = [cell(by_team.get(team.pk, NOTHING), team.pk) for team in teams]
    return TopicRow(path, cell(sum(by_team.values(), NOTHING)), cells)


@dataclass(frozen=True)
class Line:
    """A person or an item of a topic: how many answers, which share of the points."""

    subject: Any
    answers: int
    value: float


def people_of(chosen: Q, *, path: str, team: Team | None) -> list[Line]:
    """The people of a topic, the weakest first."""
    found = _lines("person_id", chosen, path, team)
    people = Person.objects.in_bulk([row[0] for row in found])
    return [Line(people[key], answers, value) for key, answers, value in found]


def items_of(chosen: Q, *, path: str, team: Team | None) -> list[Line]:
    """The items of a topic, the hardest first."""
    found = _lines("item_id", chosen, path, team)
    items = Item.objects.in_bulk([row[0] for row in found])
    return [Line(items[key], answers, value) for key, answers, value in found]


def _lines(key: str, chosen: Q, path: str, team: Team | None) -> list[tuple[int, int, float]]:
    attempts, params = _attempts(chosen)
    sql = _CELLS + _OF_A_TOPIC.replace("{key}", key).replace("{team}", "AND team_id = %s" if team else "")
    with connection.cursor() as cursor:
        cursor.execute(sql.format(attempts=attempts), (*params, path, *([team.pk] if team else [])))
        rows: list[tuple[int, int, float]] = cursor.fetchall()
    return rows

"""Whose a record is: the team, grade and partner centre its person had on its day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Holding:
    """A person was in one team (or held one grade, or belonged to one partner centre) on [first, end)."""

    person_id: int
    unit_id: int
    first: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Attribution:
    """What all records of a person's days [first, end) are charged to."""

    person_id: int
    first: date
    end: date
    team_id: int | None
    grade_id: int | None
    partner_id: int | None


def merge(teams: Iterable[Holding], grades: Iterable[Holding], partners: Iterable[Holding]) -> list[Attribution]:
    """Disjoint spans of days with everything known about them. Holdings of one kind and person do not overlap."""
    by_person: dict[int, tuple[list[Holding], list[Holding], list[Holding]]] = defaultdict(lambda: ([], [], []))
    for kind, holdings in enumerate((teams, grades, partners)):
        for one in holdings:
            by_person[one.person_id][kind].append(one)
    return [span for person_id, kinds in by_person.items() for span in _of_person(person_id, kinds)]


def _of_person(person_id: int, kinds: tuple[list[Holding], list[Holding], list[Holding]]) -> Iterable[Attribution]:
    everything = [one for holdings in kinds for one in holdings]
    marks = sorted({one.first for one in everything} | {one.end or date.max for one in everything})
    for first, end in pairwise(marks):
        units = [next((one.unit_id for one in holdings if one.covers(first)), None) for holdings in kinds]
        if any(unit is not None for unit in units):
            yield Attribution(person_id, first, end, *units)

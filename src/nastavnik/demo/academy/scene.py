"""What the parts of the academy's story share."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nastavnik.demo.academy.awards import Kinds
from nastavnik.demo.academy.courses import Shelf
from nastavnik.demo.academy.sessions import Timetable
from nastavnik.demo.careers import Centre
from nastavnik.demo.settle import Parts
from nastavnik.learning.models import Programme
from nastavnik.people.models import Person


@dataclass(frozen=True)
class Scene:
    """The centre, its academy, and the dice. `begun` is when the academy was set up, `now` the moment of loading."""

    centre: Centre
    parts: Parts
    seed: int
    begun: datetime
    now: datetime
    dice: Random
    shelf: Shelf
    kinds: Kinds
    programmes: dict[str, Programme]
    timetable: Timetable

    @property
    def today(self) -> date:
        return self.centre.today

    @property
    def head(self) -> Person:
        """The head of the academy."""
        return self.parts.persons["H-02"]

    def minutes(self, most: int) -> timedelta:
        """Some minutes, fewer than `most`."""
        return timedelta(minutes=self.dice.randrange(most))

    def agents(self, *lines: str) -> list[Person]:
        """Who works with customers on the lines today, in the order of their codes."""
        here = [one for one in self.centre.careers if one.handles_contacts and one.team_on(self.today)]
        wanted = [one for one in here if self.centre.team(one.team_on(self.today)).line in lines]
        return [self.parts.persons[one.code] for one in sorted(wanted, key=lambda one: one.code)]

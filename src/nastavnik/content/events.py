"""What happened to courses and to those who take them, for the apps above."""

from dataclasses import dataclass
from datetime import date

from nastavnik.kernel.events import Event


@dataclass(frozen=True)
class ActivityCompleted(Event):
    """A person met the rule of an activity. `key` names it across the versions of its course."""

    person_id: int
    course_code: str
    key: str


@dataclass(frozen=True)
class CourseCompleted(Event):
    """A person met the rules of every required activity of the version they are on."""

    person_id: int
    course_code: str
    version: int


@dataclass(frozen=True)
class CourseReviewDue(Event):
    """The review date of a course has come; told once for each date."""

    course_code: str
    owner_id: int | None
    review_date: date


@dataclass(frozen=True)
class TaskMarked(Event):
    """A task handed in was marked: accepted, or returned to be done again."""

    person_id: int
    course_code: str
    key: str
    accepted: bool

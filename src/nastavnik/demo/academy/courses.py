"""The demo's courses: folders of Markdown beside this file, loaded as any course is, and who took them."""

import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from nastavnik.assessment.models import Topic
from nastavnik.content import archive
from nastavnik.content.actions import courses, history, imports, versions
from nastavnik.content.actions.history import Way
from nastavnik.content.models import Activity, Course
from nastavnik.demo.academy import bank
from nastavnik.demo.settle import Parts
from nastavnik.learning.actions import plans
from nastavnik.people.models import Person

FOLDER = Path(__file__).with_name("courses")
# Days from the day of loading to the review; less than none: overdue.
REVIEWS = {
    "first-days": 160, "refusal": 45, "refunds": 90, "tone": -12, "data": 210, "quality": 25, "premium": 120,
    "intensives": 300,
}  # fmt: skip
# The course that helps with a topic of the bank.
HELPS = {
    bank.REFUSAL: "refusal", bank.REFUNDS: "refunds", bank.TONE: "tone", bank.DATA: "data", bank.QUALITY: "quality",
}  # fmt: skip
MINUTE = timedelta(minutes=1)


class Shelf:
    """Every course by code, with its activities in their order."""

    def __init__(self, found: dict[str, Course]) -> None:
        self.courses = found
        self.activities: dict[str, list[Activity]] = {code: [] for code in found}
        for one in Activity.objects.filter(version__course__in=found.values()).select_related("version__course"):
            self.activities[one.version.course.code].append(one)

    def minutes(self, code: str) -> int:
        """How long the obligatory part takes."""
        return sum(one.minutes for one in self.activities[code] if one.is_required)

    def taken(self, code: str, people: Iterable[tuple[Person, datetime, float]], dice: Random, now: datetime) -> None:
        """People who began at a moment and came so far (1.0: through to the end)."""
        ways = [self._way(code, person, began, share, dice) for person, began, share in people]
        history.bring_in(course=self.courses[code], ways=ways, by=None, at=now)

    def _way(self, code: str, person: Person, began: datetime, share: float, dice: Random) -> Way:
        done, moment = [], began
        wanted = [one for one in self.activities[code] if one.is_required]
        for one in wanted[: round(share * len(wanted))]:
            seconds = round(60 * one.minutes * dice.uniform(0.6, 1.3))
            moment += timedelta(seconds=seconds)
            done.append((one.key, {"opened": True, "read_seconds": seconds}, moment))
        return Way(person.pk, began, done)


def build(parts: Parts, begun: datetime, now: datetime) -> Shelf:
    """Load and publish every course as of `begun`, name the topics they help with, set when they are looked over."""
    found = {}
    for code, review in REVIEWS.items():
        made = _load(FOLDER / code, begun)
        owner = made.owner or parts.persons["T-01"]
        day = (now + timedelta(days=review)).date()
        courses.describe(course=made, by=owner, at=begun, review_date=day)
        versions.publish(course=made, note="Первая версия", by=owner, at=begun)
        made.refresh_from_db()
        found[code] = made
    for title, code in HELPS.items():
        topic = Topic.objects.get(title=title)
        plans.set_remedy(topic_id=topic.pk, course=found[code])
    courses.tell_of_reviews(day=now.date(), at=now)
    return Shelf(found)


def _load(folder: Path, begun: datetime) -> Course:
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        archive.pack(folder, file)
        file.flush()
        return imports.load(path=Path(file.name), name=f"{folder.name}.zip", by=None, at=begun)

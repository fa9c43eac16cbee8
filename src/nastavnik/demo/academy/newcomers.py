"""Newcomers of the demo: two intakes that are through, and the latest one with somebody at every gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from nastavnik.assessment.models import Attempt
from nastavnik.demo.academy.entry import EntryTest
from nastavnik.demo.academy.programmes import ENTRY, TALK
from nastavnik.demo.academy.scene import Scene
from nastavnik.demo.academy.sessions import working
from nastavnik.demo.settle import at
from nastavnik.learning.actions import advance, decisions, enrolments, openings, plans, reminders, triggers
from nastavnik.learning.enums import AttendanceMark, Branch, PauseKind
from nastavnik.learning.models import Enrolment, Intake, PlanItem
from nastavnik.learning.values import Newcomers, Scope
from nastavnik.people.enums import Role
from nastavnik.people.models import Person

LEAST = 8  # people of the latest intake: smaller months are taken together
EARLIER = 2
MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
DAY = timedelta(days=1)
FIRST_COURSES = ("first-days", "data", "refusal")


@dataclass(frozen=True)
class Latest:
    """The latest intake by how far its people are. `failed` are stopped with a plan; `ready` want a live session."""

    waiting: Sequence[Person]
    failed: Sequence[Person]
    early: Sequence[Person]
    ready: Sequence[Person]


def build(scene: Scene) -> Latest:
    """All intakes, the oldest first."""
    months = _months(scene)
    test = EntryTest(scene.parts, scene.seed, scene.begun, scene.dice)
    for joined in reversed(months[1:]):
        _finished(scene, test, min(joined) + 14 * DAY, window=15)
    start = scene.today - 14 * DAY
    start -= start.weekday() * DAY
    return _latest(scene, test, start, window=(start - min(months[0])).days + 1)


def _months(scene: Scene) -> list[list[date]]:
    """Days of joining: those of the latest intake together, then one of each earlier intake."""
    joined = sorted(
        (one.joined for one in scene.centre.careers if one.post == "agent" and one.left is None), reverse=True
    )
    days = [(day, len(list(some))) for day, some in groupby(joined)]
    latest, count = list[date](), 0
    while count < LEAST:
        day, size = days.pop(0)
        latest.append(day)
        count += size
    return [latest, *([day] for day, _size in days[:EARLIER])]


def _enrol(scene: Scene, start: date, window: int) -> list[Enrolment]:
    """The trigger of the month takes its people into the intake."""
    programme, head = scene.programmes["newcomers"], scene.head
    title = f"{MONTHS[start.month - 1]} {start.year}"
    made: Intake = enrolments.create_intake(
        programme=programme, title=title, starts=start, seats=None, by=head, at=at(start - 7 * DAY)
    )
    rule = Newcomers(starts=start, window_days=window, scope=Scope(posts=frozenset({"agent"})))
    trigger = triggers.save(
        trigger=None, title=f"Новички: {title}", branch=Branch.NEWCOMERS, programme=programme, rule=rule,
        is_active=True, by=head, at=at(start - 7 * DAY), intake=made,
    )  # fmt: skip
    triggers.run(trigger=trigger, by=None, at=at(start, 9))
    rows = Enrolment.objects.filter(intake=made).select_related("person").order_by("person__code")
    return list(rows)


def _study(scene: Scene, people: Sequence[Person], start: date) -> None:
    """The three courses of the distance part, one a day."""
    for place, code in enumerate(FIRST_COURSES, start=1):
        began = [(one, at(start + place * DAY) + scene.minutes(300), 1.0) for one in people]
        scene.shelf.taken(code, began, scene.dice, scene.now)


def _finished(scene: Scene, test: EntryTest, start: date, *, window: int) -> None:
    """An intake whose month is over: everybody has the certificate."""
    rows = _enrol(scene, start, window)
    people, ids = [row.person for row in rows], [row.pk for row in rows]
    _study(scene, people, start)
    sitting = test.offer(people, at(start + 3 * DAY), at(start + 8 * DAY), at(start, 9))
    test.sit(sitting, people, at(start + 7 * DAY, 20), passes=True)
    advance.evaluate(ids, at=at(start + 8 * DAY, 9))
    talk = working(start + 9 * DAY, 1)
    marks = {one: AttendanceMark.LATE if place == 1 else AttendanceMark.PRESENT for place, one in enumerate(people)}
    scene.timetable.held(TALK, talk, 10, marks, trainer="T-02", room="north")
    advance.evaluate(ids, at=at(talk, 20))
    _admit(scene, ids, at(start + 24 * DAY, 17))


def _admit(scene: Scene, ids: Sequence[int], moment: datetime) -> None:
    """The mentor's five conversations are accepted, the trainer signs off, the certificate follows."""
    trainer = scene.parts.persons["T-02"]
    for item in PlanItem.objects.to_do().filter(enrolment__in=ids, kind="task").select_related("person"):
        decisions.accept(item=item, by=trainer, at=moment)
    for row in Enrolment.objects.filter(pk__in=ids, stage__isnull=False).select_related("stage"):
        decisions.sign_off(
            enrolment=row, stage_id=row.stage_id or 0, role=Role.TRAINER, approved=True, by=trainer, at=moment,
            comment="Разговоры ведёт сам, правило двух попыток знает",
        )  # fmt: skip
    advance.evaluate(ids, at=moment + timedelta(minutes=5))


def _latest(scene: Scene, test: EntryTest, start: date, *, window: int) -> Latest:
    rows = _enrol(scene, start, window)
    ids = [row.pk for row in rows]
    found = _split(scene, [row.person for row in rows])
    reminders.tell_enrolled(ids, at=at(start, 9))
    sitters = [*found.failed, *found.early, *found.ready]
    _study(scene, sitters, start)
    began = [(one, at(start + 2 * DAY) + scene.minutes(300), 1.0) for one in found.waiting]
    scene.shelf.taken("first-days", began, scene.dice, scene.now)
    scene.shelf.taken("data", [(one, moment + DAY, 0.5) for one, moment, _ in began[::2]], scene.dice, scene.now)
    sitting = test.offer([row.person for row in rows], at(start + 3 * DAY), scene.now + 4 * DAY, at(start, 9))
    test.sit(sitting, [*found.early, *found.ready], at(start + 7 * DAY, 20), passes=True)
    advance.evaluate(ids, at=at(start + 8 * DAY, 9))
    talk = working(start + 8 * DAY, 1)
    scene.timetable.held(
        TALK, talk, 10, dict.fromkeys(found.early, AttendanceMark.PRESENT), trainer="T-03", room="aurora"
    )
    _fail(scene, test, sitting.pk, found.failed)
    advance.evaluate(ids, at=scene.now)
    if len(found.waiting) > 1:
        ill = next(row for row in rows if row.person == found.waiting[-1])
        enrolments.pause(
            enrolment=ill, since=scene.today - 2 * DAY, until=None, kind=PauseKind.ILLNESS, by=scene.head,
            at=at(scene.today - 2 * DAY), reason="Больничный лист",
        )  # fmt: skip
    return found


def _split(scene: Scene, people: list[Person]) -> Latest:
    scene.dice.shuffle(people)
    share = max(1, len(people) // 6)
    return Latest(
        people[:share], people[share : 2 * share + 1], people[2 * share + 1 : 3 * share + 1], people[3 * share + 1 :]
    )


def _fail(scene: Scene, test: EntryTest, sitting: int, people: Sequence[Person]) -> None:
    """Who failed two days ago has a plan of the weak topic and the test again."""
    moment = at(scene.today - 2 * DAY, 18)
    rows = Attempt.objects.filter(sitting=sitting, person__in=people, exam__code=ENTRY)
    test.sit(rows[0].sitting, people, moment, passes=False)
    items = [
        one for row in rows.order_by("person__code") for one in plans.plan_after_failure(attempt_id=row.pk, at=moment)
    ]
    openings.offer_again(items, at=moment)

"""Live sessions of the demo: rooms and kinds, sessions held in past weeks, and the coming week with its wait-list."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from nastavnik.demo.academy.programmes import LEAD, TALK, TALK_TITLE, TOOLS
from nastavnik.demo.calendar import holidays
from nastavnik.demo.settle import Parts, at
from nastavnik.learning.actions import attendance, bookings, sessions
from nastavnik.learning.enums import AttendanceMark
from nastavnik.learning.models import LiveSession, Room, SessionKind
from nastavnik.people.models import Person

CLOSES_BEFORE = timedelta(hours=4)


class Timetable:
    """Rooms, kinds, and what is planned in them."""

    def __init__(self, parts: Parts, begun: datetime) -> None:
        self.parts, self.begun = parts, begun
        head = parts.persons["H-02"]
        rooms = (("north", "Зал «Север»", "North hall", "третий этаж, налево от лифта", 14),
                 ("aurora", "Аудитория «Сияние»", "Aurora room", "первый этаж, за кафе", 10))  # fmt: skip
        self.rooms: dict[str, Room] = {
            code: sessions.save_room(
                room=None, by=head, at=begun, code=code, name=name, name_en=english, place=place, seats=seats
            )
            for code, name, english, place, seats in rooms
        }
        kinds = (
            (TALK, TALK_TITLE, "A calm talk: practice", 120, 8, 4, False,
             "Разбираем по ролям пять разговоров: отказ, двойной платёж, сорванный урок, премиум, жалоба."),
            (TOOLS, "Возвратные операции: мастерская", "Refund tools: workshop", 90, 10, 4, False,
             "Считаем возвраты по строкам на настоящих, обезличенных обращениях."),
            (LEAD, "Обратная связь без обид", "Feedback that helps", 180, 12, 6, True,
             "Для будущих руководителей групп и наставников; место согласует ваш руководитель."),
        )  # fmt: skip
        self.kinds: dict[str, SessionKind] = {
            code: sessions.save_kind(
                kind=None, by=head, at=begun, code=code, name=name, name_en=english, minutes=minutes,
                capacity=capacity, minimum=minimum, needs_approval=asks, description=about,
            )
            for code, name, english, minutes, capacity, minimum, asks, about in kinds
        }  # fmt: skip

    def plan(
        self, kind: str, day: date, hour: int, *, trainer: str, room: str = "", capacity: int = 0, note: str = ""
    ) -> LiveSession:
        """A session planned ten days ahead; without a room it is by link."""
        starts, of = at(day, hour), self.kinds[kind]
        place = self.rooms.get(room)
        return sessions.plan(
            kind=of, room=place, link="" if place else f"https://meet.polar-star.example/{kind}-{day:%d%m}",
            trainer=self.parts.persons[trainer], starts_at=starts, ends_at=starts + timedelta(minutes=of.minutes),
            closes_at=starts - CLOSES_BEFORE, capacity=capacity or of.capacity, minimum=of.minimum, note=note,
            by=self.parts.persons[trainer], at=min(starts, at(day - timedelta(days=10))),
        )  # fmt: skip

    def held(
        self, kind: str, day: date, hour: int, marks: Mapping[Person, AttendanceMark], *, trainer: str, room: str = ""
    ) -> LiveSession:
        """A session of the past with who was there."""
        known = self.kinds[kind]
        seats = max(known.capacity, len(marks))
        place = room if room and seats <= self.rooms[room].seats else ""  # a large intake meets by link
        session = self.plan(kind, day, hour, trainer=trainer, room=place, capacity=seats)
        done = session.ends_at + timedelta(minutes=10)
        attendance.bring_in(session=session, marks=marks, by=session.trainer, at=done)
        return session

    def book(self, session: LiveSession, people: Sequence[Person], at_: datetime, by: Person | None = None) -> None:
        """People register, one after another; whoever comes too late waits."""
        for place, person in enumerate(people):
            moment = at_ + timedelta(minutes=7 * place)
            bookings.register(session=session, person=person, by=by or person, at=moment)


def working(day: date, ahead: int) -> date:
    """The `ahead`-th working day after the day, or before it where `ahead` is negative."""
    free = holidays(day - timedelta(days=60), day + timedelta(days=60))
    step = timedelta(days=1 if ahead > 0 else -1)
    for _number in range(abs(ahead)):
        day += step
        while day.weekday() > 4 or day in free:
            day += step
    return day

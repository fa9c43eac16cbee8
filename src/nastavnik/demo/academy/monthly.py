"""The monthly test of the last two months, drawn by a model whose truth is known here, and a check that is open today.

Everybody answers by P(right) = 1 / (1 + exp(difficulty - ability)). Planted: one item with a wrong key, one anchor that
leaked before the second month, and a second form whose other items are easier, so that only anchors tell the months'
people apart from the months' forms.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nastavnik.assessment.actions import exams, forms, items, papers, sittings, topics
from nastavnik.assessment.actions.papers import Paper
from nastavnik.assessment.enums import ItemState, Purpose
from nastavnik.assessment.models import Exam, Form, Item, Topic
from nastavnik.assessment.values import Blueprint, Choice, Line, Single, rich
from nastavnik.demo.academy import bank
from nastavnik.demo.careers import Centre
from nastavnik.demo.settle import Parts, at
from nastavnik.people.models import Person

CODE, TITLE = "monthly", "Ежемесячный тест"
CHECK_CODE, CHECK_TITLE = "refusal-check", "Проверка: категорический отказ и возвраты"
ITEMS, CHECK_ITEMS, PAGE, DAY = 30, 10, 5, 5
ANCHORS = (6, 8)
ABILITY_SD = 0.9
DIFFICULTY, DIFFICULTY_SD = -2.4, 0.7
EASIER = 0.7  # the second month's own items are easier by so many logits
LEAKED = 6.0  # and the leaked anchor by so many
# Two weak topics, so that the trainer's page has something to find.
HARDER_TOPICS = {bank.REFUNDS: 0.5, bank.REFUSAL: 0.3}
Progress = Callable[[float], None]


def build(centre: Centre, parts: Parts, seed: int, now: datetime, progress: Progress) -> Exam:
    """Bank, exam, two months of attempts, and a check that is open now. Inside the caller's transaction."""
    story = _Monthly(centre, parts, seed, parts.persons["T-01"])
    months = months_of(centre.today)
    begun = at(months[0] - timedelta(days=40))
    found = story.fill_bank(begun)
    exam = story.exam(found, begun)
    for number, month in enumerate(months):
        story.month(exam, found, month, number)
        progress((number + 1) / len(months))
    story.check(found, now)
    exam.refresh_from_db()
    return exam


def months_of(today: date) -> tuple[date, date]:
    """The days of the last two monthly tests: the fifth of two months in a row, before today."""
    last = today.replace(day=DAY)
    if last >= today:
        last = (last.replace(day=1) - timedelta(days=1)).replace(day=DAY)
    return (last.replace(day=1) - timedelta(days=1)).replace(day=DAY), last


@dataclass(frozen=True)
class _Known:
    """An item of the bank with what it is in truth: its topic, its place there."""

    item: Item
    topic: str
    place: int


@dataclass(frozen=True)
class _Room:
    """What is true in one window: when it opens; by position the difficulty in logits, the right option, how many."""

    opens_at: datetime
    difficulty: dict[int, float]
    rights: dict[int, tuple[int, int]]


class _Monthly:
    def __init__(self, centre: Centre, parts: Parts, seed: int, trainer: Person) -> None:
        self.centre, self.parts, self.seed, self.trainer = centre, parts, seed, trainer
        self.dice = Random(f"monthly {seed}")
        self.abilities = {code: self.dice.gauss(0, ABILITY_SD) for code in sorted(parts.persons)}

    def takers(self, day: date) -> list[str]:
        """Codes of those who work with customers on the day."""
        return [one.code for one in self.centre.careers if one.handles_contacts and one.team_on(day)]

    def fill_bank(self, begun: datetime) -> dict[int, _Known]:
        """Every question in the bank, live, a few as anchors."""
        found: dict[int, _Known] = {}
        for title, questions in bank.QUESTIONS.items():
            topic = topics.create(title=title, parent=None, by=self.trainer, at=begun)
            for place, question in enumerate(questions):
                item = self._item(topic, place, question, begun)
                found[item.pk] = _Known(item, title, place)
        return found

    def _item(self, topic: Topic, place: int, question: bank.Question, begun: datetime) -> Item:
        stem, right, wrong = question
        texts = [right, *wrong]
        self.dice.shuffle(texts)
        keyed = wrong[0] if (topic.title, place) == bank.WRONG_KEY else right
        body = Single(stem=rich(stem), choices=tuple(Choice(rich(text), is_right=text == keyed) for text in texts))
        source = f"База знаний: {topic.title}"
        item = items.create(body=body, by=self.trainer, at=begun, topic=topic, source=source)
        steps = [(ItemState.LIVE, "Пробная группа пройдена")]
        if (topic.title, place) in bank.ANCHORS:
            steps.append((ItemState.ANCHOR, "Связывает месяцы"))
        for to, reason in steps:
            item = items.promote(item=item, to=to, by=self.trainer, at=begun, reason=reason)
        return item

    def exam(self, found: dict[int, _Known], begun: datetime) -> Exam:
        """The exam, not yet published."""
        used = sorted({one.item.topic_id for one in found.values() if one.item.topic_id})
        shares = [17] * (len(used) - 2) + [16] * 2
        lines = tuple(Line(share, topic) for share, topic in zip(shares, used, strict=True))
        plan = Blueprint(ITEMS, lines, anchors_from=ANCHORS[0], anchors_to=ANCHORS[1])
        return exams.create(
            code=CODE, title=TITLE, blueprint=plan, by=self.trainer, at=begun, pass_percent=85, grey_from=80,
            grey_to=89, minutes=40, page_size=PAGE, monthly_day=DAY, gate_seconds=30,
            description="Тридцать вопросов по шести темам. Проходной балл 85 %.",
        )  # fmt: skip

    def _form(self, exam: Exam, people: list[Person], made: datetime, number: int, month: date | None) -> Form:
        form = forms.assemble(
            exam=exam, by=self.trainer, at=made, purpose=Purpose.MONTHLY if month else Purpose.REGULAR,
            month_date=month, takers=[person.pk for person in people], seed=self.seed + number,
        )  # fmt: skip
        return forms.publish(form=form, by=self.trainer, at=made)

    def month(self, exam: Exam, found: dict[int, _Known], day: date, number: int) -> None:
        """One month: a form, its window, everybody's papers."""
        codes = self.takers(day)
        people = [self.parts.persons[code] for code in codes]
        made, first = at(day - timedelta(days=3)), day.replace(day=1)
        form = self._form(exam, people, made, number, first)
        exam = exams.publish(exam=exam, by=self.trainer, at=made)
        sitting = sittings.offer(
            exam=exam, people=people, opens_at=at(day, 9), closes_at=at(day, 21), by=self.trainer, at=made,
            forms=[form], purpose=Purpose.MONTHLY, month_date=first,
        )  # fmt: skip
        room = self._room(form, found, sitting.opens_at, is_second=number == 1)
        layouts = dict(sitting.attempts.values_list("person_id", "layout"))
        sat = [
            self._paper(person.pk, layouts[person.pk], room, self.abilities[code])
            for code, person in zip(codes, people, strict=True)
        ]
        papers.bring_in(sitting=sitting, papers=sat, by=self.trainer, at=sitting.closes_at)

    def _room(self, form: Form, found: dict[int, _Known], opens_at: datetime, *, is_second: bool) -> _Room:
        """An anchor has the same difficulty in both months, unless it leaked."""
        lot = Random(f"items {self.seed}")
        drawn = {key: lot.gauss(DIFFICULTY, DIFFICULTY_SD) for key in sorted(found)}
        questions = {one[0]: one for some in bank.QUESTIONS.values() for one in some}
        truth, rights = dict[int, float](), dict[int, tuple[int, int]]()
        for row in form.items.select_related("version"):
            known, body = found[row.item_id], row.version.content
            assert isinstance(body, Single)
            texts = [one.text.text for one in body.choices]
            rights[row.position] = texts.index(questions[body.stem.text][1]), len(texts)
            truth[row.position] = drawn[row.item_id] + HARDER_TOPICS.get(known.topic, 0.0)
            if is_second and not row.is_anchor:
                truth[row.position] -= EASIER
            if is_second and (known.topic, known.place) == bank.LEAKED:
                truth[row.position] -= LEAKED
        return _Room(opens_at, truth, rights)

    def _paper(self, person_id: int, layout: list[dict[str, int]], room: _Room, ability: float) -> Paper:
        """Start somewhere in the window, answer one after another, submit."""
        moment = opened = room.opens_at + timedelta(minutes=self.dice.randrange(2, 600))
        answers = []
        for one in layout:
            place = one["p"]
            moment += timedelta(seconds=self.dice.randrange(12, 70))
            answers.append((place, self._choice(room.difficulty[place], room.rights[place], ability), moment))
        return Paper(person_id, opened, moment + timedelta(seconds=20), answers)

    def _choice(self, difficulty: float, options: tuple[int, int], ability: float) -> int:
        right, size = options
        if self.dice.random() < 1 / (1 + math.exp(difficulty - ability)):
            return right
        return self.dice.choice([place for place in range(size) if place != right])

    def check(self, found: dict[int, _Known], now: datetime) -> None:
        """A short check for everybody, open from now on for a week: whoever looks at the demo may sit it."""
        about = sorted({one.item.topic_id or 0 for one in found.values() if one.topic in (bank.REFUSAL, bank.REFUNDS)})
        plan = Blueprint(CHECK_ITEMS, tuple(Line(50, topic) for topic in about))
        exam = exams.create(
            code=CHECK_CODE, title=CHECK_TITLE, blueprint=plan, by=self.trainer, at=now, pass_percent=80, minutes=15,
            page_size=PAGE, attempts_allowed=2, gate_seconds=0, description="Десять вопросов перед работой с отказами.",
        )  # fmt: skip
        people = [self.parts.persons[code] for code in self.takers(self.centre.today)]
        form = self._form(exam, people, now, 2, None)
        exam = exams.publish(exam=exam, by=self.trainer, at=now)
        sittings.offer(
            exam=exam, people=people, opens_at=now, closes_at=now + timedelta(days=7), by=self.trainer, at=now,
            forms=[form],
        )  # fmt: skip

"""The newcomers' entry test: two forms, windows, and papers of people who pass and who do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from nastavnik.assessment.actions import exams, forms, papers, sittings
from nastavnik.assessment.actions.papers import Paper
from nastavnik.assessment.enums import Purpose
from nastavnik.assessment.models import Exam, Form, Sitting, Topic
from nastavnik.assessment.values import Blueprint, Line, Single
from nastavnik.demo.academy import bank
from nastavnik.demo.academy.programmes import ENTRY, ENTRY_TITLE
from nastavnik.demo.settle import Parts
from nastavnik.people.models import Person

ITEMS, PASS = 10, 80
SHARES = {bank.REFUSAL: 40, bank.REFUNDS: 40, bank.DATA: 20}


@dataclass(frozen=True)
class _Question:
    """What a taker sees of one place of a form, and which option is right."""

    position: int
    topic: str
    right: int
    options: int


class EntryTest:
    """The exam and its forms; who sits it when, and how well."""

    def __init__(self, parts: Parts, seed: int, begun: datetime, dice: Random) -> None:
        self.trainer, self.dice = parts.persons["T-01"], dice
        topics = {one.title: one.pk for one in Topic.objects.filter(title__in=SHARES)}
        plan = Blueprint(ITEMS, tuple(Line(share, topics[title]) for title, share in SHARES.items()))
        exam = exams.create(
            code=ENTRY, title=ENTRY_TITLE, blueprint=plan, by=self.trainer, at=begun, pass_percent=PASS, minutes=15,
            page_size=5, attempts_allowed=1, gate_seconds=0,
            description="Десять вопросов по курсам дистанционной части. Проходной балл 80 %.",
        )  # fmt: skip
        for number in (1, 2):
            form = forms.assemble(
                exam=exam, by=self.trainer, at=begun, purpose=Purpose.REGULAR, takers=[], seed=seed + 10 * number
            )
            forms.publish(form=form, by=self.trainer, at=begun)
        self.exam: Exam = exams.publish(exam=exam, by=self.trainer, at=begun)

    def offer(self, people: Sequence[Person], opens: datetime, closes: datetime, at: datetime) -> Sitting:
        """A window for these people."""
        return sittings.offer(
            exam=self.exam, people=people, opens_at=opens, closes_at=closes, by=self.trainer, at=at
        )  # fmt: skip

    def sit(self, sitting: Sitting, people: Sequence[Person], at: datetime, *, passes: bool) -> None:
        """These people have sat it by the moment."""
        wanted = {person.pk for person in people}
        rows = sitting.attempts.filter(person__in=wanted).select_related("form").order_by("person__code")
        forms_ = {row.form_id: self._questions(row.form) for row in rows}
        sat = [self._paper(row.person_id, forms_[row.form_id], at, passes=passes) for row in rows]
        papers.bring_in(sitting=sitting, papers=sat, by=self.trainer, at=at)

    def _questions(self, form: Form) -> list[_Question]:
        found = []
        for row in form.items.select_related("version", "item__topic").order_by("position"):
            body = row.version.content
            assert isinstance(body, Single)
            right = next(place for place, one in enumerate(body.choices) if one.is_right)
            topic = row.item.topic.title if row.item.topic else ""
            found.append(_Question(row.position, topic, right, len(body.choices)))
        return found

    def _paper(self, person: int, form: Sequence[_Question], at: datetime, *, passes: bool) -> Paper:
        """Who passes errs once or never; who fails does not know how refunds are counted."""
        moment = opened = at - timedelta(minutes=self.dice.randrange(30, 300))
        slip = self.dice.choice(form).position if self.dice.random() < 0.7 else 0
        answers = []
        for one in form:
            moment += timedelta(seconds=self.dice.randrange(20, 80))
            errs = one.position == slip or (not passes and one.topic == bank.REFUNDS)
            answers.append((one.position, (one.right + 1) % one.options if errs else one.right, moment))
        return Paper(person, opened, moment + timedelta(seconds=15), answers)

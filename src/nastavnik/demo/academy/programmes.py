"""The programmes of the demo: their stages, what is done on each, and the gates between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nastavnik.demo.academy import awards
from nastavnik.demo.academy.courses import Shelf
from nastavnik.demo.settle import Parts
from nastavnik.learning.actions import programmes
from nastavnik.learning.enums import Branch, LearningKind, Path, StageKind
from nastavnik.learning.models import Programme
from nastavnik.learning.values import Group, Need, Rule
from nastavnik.people.models import Person

ENTRY, ENTRY_TITLE = "entry", "Входной тест: отказ, возвраты, личные данные"
TALK, TOOLS, LEAD = "calm-talk", "refund-tools", "lead-feedback"
TALK_TITLE, MENTOR_TASK = "Спокойный разговор: практикум", "Пять разговоров вместе с наставником"
STAGE = Need.of("stage")
Thing = tuple[LearningKind, str, str, int]  # kind, reference, title, minutes
TASK_MINUTES = 120


@dataclass(frozen=True)
class Step:
    """A stage: what is done there as (kind, reference, title, minutes), and what its gate asks."""

    key: str
    title: str
    kind: StageKind
    days: int
    what: Sequence[Thing]
    gate: Sequence[Need] = (STAGE,)
    path: Path = Path.ORIGINAL


# Title, branch, certificate at the end, purpose, stages.
_Plan = tuple[str, Branch, str, str, tuple[Step, ...]]


def _newcomers(courses: Sequence[Thing], talk: Thing) -> tuple[Step, ...]:
    """Distance part, live part, first shifts; and the short way of who renews the certificate."""
    entry = (LearningKind.EXAM, ENTRY, ENTRY_TITLE, 15)
    task = (LearningKind.TASK, "", MENTOR_TASK, TASK_MINUTES)
    passed, signed = Need.of("exam", exam=ENTRY, percent=80), Need.of("sign_off", role="trainer")
    again = (courses[-1], entry)
    return (
        Step("distance", "Дистанционная часть", StageKind.DISTANCE, 8, (*courses, entry), (STAGE, passed)),
        Step("live", "Очная часть", StageKind.LIVE, 5, (talk,)),
        Step("practice", "Первые смены с наставником", StageKind.PRACTICE, 10, (task,), (STAGE, signed)),
        Step("again", "Подтверждение допуска", StageKind.DISTANCE, 10, again, (STAGE, passed), Path.RENEWAL),
    )


def build(parts: Parts, shelf: Shelf, begun: datetime) -> dict[str, Programme]:
    """Every programme, published, by code."""

    def course(code: str) -> Thing:
        return LearningKind.COURSE, code, shelf.courses[code].title, shelf.minutes(code)

    talk = (LearningKind.SESSION, TALK, TALK_TITLE, 120)
    tools = (LearningKind.SESSION, TOOLS, "Возвратные операции: мастерская", 90)
    live, distance = StageKind.LIVE, StageKind.DISTANCE
    plans: dict[str, _Plan] = {
        "newcomers": (
            "Вводный месяц", Branch.NEWCOMERS, awards.AGENT,
            "Дистанционная часть — барьер: к очной приходят те, кто уже знает правила.",
            _newcomers([course(code) for code in ("first-days", "data", "refusal")], talk),
        ),
        "first-thirty": (
            "Тридцать дней на линии", Branch.LIFE_CYCLE, "",
            "Через месяц после прихода становятся понятны вопросы, на которые вводный месяц не ответил.",
            (Step("quality", "Качество и тон", distance, 10, (course("quality"), course("tone"))),),
        ),
        "half-year": (
            "Раз в полгода: правила, которые меняются", Branch.LIFE_CYCLE, "",
            "Короткая сверка с тем, что изменилось за полгода.",
            (
                Step("rules", "Сверка правил", distance, 10, (course("refusal"), course("data"))),
                Step("rules-again", "Сверка правил", distance, 10, (course("refusal"),), path=Path.RENEWAL),
            ),
        ),
        "refunds-campaign": (
            "Кампания: возвраты без ошибок", Branch.PROBLEM_ZONE, "",
            "Для тех, у кого тест показал слабое место. Кто уже не ошибается, в кампанию не попадает.",
            (
                Step("learn", "Разобраться", distance, 5, (course("refunds"),)),
                Step("workshop", "Мастерская", live, 10, (tools,)),
            ),
        ),
        "premium": (
            "Допуск к премиум-линии", Branch.LIFE_CYCLE, awards.PREMIUM,
            "Полный путь — один раз, затем короткое подтверждение раз в год.",
            (
                Step("premium", "Премиум-стандарт", distance, 10, (course("premium"), course("refunds"))),
                Step("premium-again", "Подтверждение", distance, 10, (course("premium"),), path=Path.RENEWAL),
            ),
        ),
        "intensives": (
            "Запуск: двухнедельные интенсивы", Branch.LAUNCH, awards.INTENSIVES,
            "К дню запуска каждый на исходящей линии знает продукт. Кто не прошёл, обращений по нему не принимает.",
            (Step("product", "Новый продукт", distance, 10, (course("intensives"),)),),
        ),
    }  # fmt: skip
    head = parts.persons["H-02"]
    return {code: _programme(code, plan, head, begun) for code, plan in plans.items()}


def _programme(code: str, plan: _Plan, head: Person, begun: datetime) -> Programme:
    title, branch, certificate, purpose, steps = plan
    made = programmes.create(
        code=code, title=title, branch=branch, purpose=purpose, certificate=certificate, owner=head, by=head, at=begun
    )
    for step in steps:
        stage = programmes.add_stage(
            programme=made, title=step.title, due_days=step.days, kind=step.kind, path=step.path, key=step.key,
            gate=Group(Rule.ALL, tuple(step.gate)),
        )  # fmt: skip
        for place, (kind, reference, name, minutes) in enumerate(step.what):
            programmes.add_activity(
                stage=stage, kind=kind, title=name, reference=reference, minutes=minutes, key=f"{step.key}-{place}"
            )
    programmes.publish(programme=made, by=head, at=begun)
    return made

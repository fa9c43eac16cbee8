"""The crisis desk of today: its rules, who sits at it, and the cases of the last two days in every stage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nastavnik.crisis.actions import cases, desk, intake, messages, refunds, settings
from nastavnik.crisis.actions.intake import Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, EventKind, Severity
from nastavnik.crisis.models import CrisisCase
from nastavnik.crisis.money_enums import RefundReason
from nastavnik.demo.careers import Centre
from nastavnik.demo.names import Name, names
from nastavnik.demo.settle import Parts
from nastavnik.people.models import Person, Team
from nastavnik.procedures.actions import settling

POLICY_SINCE = date(2022, 7, 1)
DESK = "crisis"
AT_THE_DESK = 6  # of the team, besides A-001
LESSON = 90_000  # kopecks
KEEP, KEEP_AGAIN = "Можем поставить занятия на паузу до месяца, место сохранится.", "Подберём другого преподавателя?"
DONE = "Оформляю возврат. Деньги придут на карту до десяти дней, сумма — в письме."


@dataclass(frozen=True)
class Plot:
    """What a customer comes with, and what the desk has done about it so far."""

    kind: CaseKind
    subject: str
    lines: tuple[str, ...]
    act: Callable[["_Scene"], None]
    severity: Severity = Severity.MEDIUM


@dataclass
class _Scene:
    """A case, who works on it, and the clock of its story."""

    case: CrisisCase
    agent: Person
    at: datetime
    told: int = 0

    def later(self, minutes: int) -> datetime:
        self.at += timedelta(minutes=minutes)
        return self.at

    def reply(self, text: str, meaning: str = EventKind.NEUTRAL) -> None:
        messages.reply(case=self.case, text=text, by=self.agent, at=self.later(3), meaning=meaning)

    def hear(self, text: str) -> None:
        """One more message of the customer."""
        talk = self.case.conversations.get()
        self.told += 1
        said = Said(text=text, at=self.later(2), source_id=f"{self.case.public_id}-{self.told}")
        messages.receive(conversation=talk, said=[said], at=self.at)


def _waits(scene: _Scene) -> None:
    """Nobody has taken it yet."""


def _taken(scene: _Scene) -> None:
    cases.take(case=scene.case, by=scene.agent, at=scene.later(6))
    scene.reply("Здравствуйте! Вижу ваше обращение, разбираюсь.")


def _tried_once(scene: _Scene) -> None:
    _taken(scene)
    scene.reply(KEEP, EventKind.SOFT)


def _insists(scene: _Scene) -> None:
    _tried_once(scene)
    scene.hear("Я же сказала: нет. Верните деньги.")


def _refunded(scene: _Scene) -> None:
    _insists(scene)
    refunds.start(case=scene.case, by=scene.agent, at=scene.later(1), reason=RefundReason.QUALITY)
    scene.reply(DONE)


def _stays(scene: _Scene) -> None:
    _tried_once(scene)
    scene.hear("Хорошо, пауза подойдёт, остаюсь.")
    messages.consent(case=scene.case, by=scene.agent, at=scene.later(1), recording="«пауза подойдёт, остаюсь»")
    cases.close(case=scene.case, by=scene.agent, at=scene.later(2))


def _third_attempt(scene: _Scene) -> None:
    """One attempt more than the policy allows: what the nightly audit is for."""
    _tried_once(scene)
    scene.hear("Подумаю и напишу.")
    scene.reply(KEEP_AGAIN, EventKind.SOFT)
    scene.hear("Не знаю.")
    scene.reply("А если добавим два урока в подарок?", EventKind.SOFT)


def _paused(scene: _Scene) -> None:
    _taken(scene)
    cases.pause(case=scene.case, by=scene.agent, at=scene.later(2), reason="Ждём чек от клиента")


PLOTS = (
    Plot(CaseKind.REFUND, "Возврат за неиспользованные уроки", ("Не тратьте ни своё, ни моё время. Возврат.",), _waits),
    Plot(CaseKind.REFUND, "Хочу вернуть деньги", ("Хочу вернуть деньги за остаток уроков.",), _waits, Severity.HIGH),
    Plot(CaseKind.REFUND, "Отказ от занятий", ("Решение принято, обсуждать нечего. Верните остаток.",), _tried_once),
    Plot(CaseKind.REFUND, "Верните оплату", ("Меня не переубедить, верните остаток.",), _insists, Severity.HIGH),
    Plot(CaseKind.REFUND, "Не подошёл преподаватель", ("Не надо меня уговаривать, только возврат.",), _refunded),
    Plot(CaseKind.REFUND, "Не хватает времени", ("Никаких скидок, закройте договор.",), _stays),
    Plot(CaseKind.REFUND, "Прекращаю занятия", ("Хватит предлагать бонусы, оформите возврат.",), _third_attempt),
    Plot(CaseKind.PAYMENT, "Деньги списались дважды", ("За один счёт списали два раза.",), _taken),
    Plot(CaseKind.PAYMENT, "Ошибочный платёж", ("Заплатила не туда, чек пришлю.",), _paused),
    Plot(CaseKind.COMPLAINT, "Сорванный урок", ("Преподаватель не пришёл второй раз.",), _taken, Severity.HIGH),
    Plot(CaseKind.COMPLAINT, "Грубый ответ", ("Мне грубо ответили в чате.",), _waits),
    Plot(CaseKind.CLAIM, "Досудебная претензия", ("Направляю претензию, ответьте в срок.",), _waits, Severity.CRITICAL),
)  # fmt: skip
CASES = 2 * len(PLOTS)


def build(centre: Centre, parts: Parts, seed: int, now: datetime) -> int:
    """Rules, shifts and cases; answers how many cases. Inside the caller's transaction."""
    by = parts.persons["H-01"]
    settling.settle(by=by, at=now, since=POLICY_SINCE)
    settings.set_up(since=centre.today - timedelta(days=120), by=by, at=now)
    agents = _agents(centre, parts)
    for agent in agents:
        desk.come(person=agent, by=agent, at=now - timedelta(hours=1))
    dice, customers = Random(f"desk {seed}"), names(seed + 1)
    for number in range(CASES):
        plot = PLOTS[number % len(PLOTS)]
        began = now - timedelta(minutes=90 + dice.randrange(0, 40) + 60 * (number // len(PLOTS)) * dice.randrange(1, 9))
        case = _arrive(number, plot, next(customers), parts.teams[DESK], began)
        scene = _Scene(case, agents[number % len(agents)], began)
        plot.act(scene)
    return CASES


def _agents(centre: Centre, parts: Parts) -> list[Person]:
    codes = [one.code for one in centre.careers if one.team_on(centre.today) == DESK and one.handles_contacts]
    return [parts.persons[code] for code in sorted(codes)[: AT_THE_DESK + 1]]


def _arrive(number: int, plot: Plot, name: Name, team: Team, at: datetime) -> CrisisCase:
    dice = Random(f"arrival {number}")
    lessons = dice.randrange(8, 64)
    said = [Said(text=text, at=at, source_id=f"first-{number}-{place}") for place, text in enumerate(plot.lines)]
    arrival = Arrival(
        customer_id=f"D-{number + 1001}", customer_name=f"{name.family} {name.given}", kind=plot.kind,
        value_band=dice.choice(("A", "B", "C")), contract_id=f"DG-{number + 5001}",
        contract_title=f"Английский, {lessons} уроков", price=lessons * LESSON, paid=lessons * LESSON,
        used=dice.randrange(0, lessons) * LESSON, currency="RUB", severity=plot.severity, subject=plot.subject,
        channel="chat", origin="demo", external_id=f"chat-{number}", opened_at=at, team=team, said=said,
    )  # fmt: skip
    return intake.admit(arrival=arrival, by=None, at=at).case

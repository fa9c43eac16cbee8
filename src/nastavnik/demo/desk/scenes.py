"""What happens at the desk of today: customers with their plots, and what the desk has done about each so far."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from nastavnik.crisis.actions import cases, intake, messages, refunds
from nastavnik.crisis.actions.intake import Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, EventKind, Severity
from nastavnik.crisis.models import CrisisCase
from nastavnik.crisis.money_enums import RefundReason
from nastavnik.demo.names import Name
from nastavnik.people.models import Person, Team

LESSON = 90_000  # kopecks
KEEP, KEEP_AGAIN = "Можем поставить занятия на паузу до месяца, место сохранится.", "Подберём другого преподавателя?"
DONE = "Оформляю возврат. Деньги придут на карту до десяти дней, сумма — в письме."


@dataclass(frozen=True)
class Plot:
    """What a customer comes with, and what the desk has done about it so far."""

    kind: CaseKind
    subject: str
    lines: tuple[str, ...]
    act: Callable[["Scene"], None]
    severity: Severity = Severity.MEDIUM


@dataclass
class Scene:
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


def _waits(scene: Scene) -> None:
    """Nobody has taken it yet."""


def _taken(scene: Scene) -> None:
    cases.take(case=scene.case, by=scene.agent, at=scene.later(6))
    scene.reply("Здравствуйте! Вижу ваше обращение, разбираюсь.")


def _tried_once(scene: Scene) -> None:
    _taken(scene)
    scene.reply(KEEP, EventKind.SOFT)


def _insists(scene: Scene) -> None:
    _tried_once(scene)
    scene.hear("Я же сказала: нет. Верните деньги.")


def _refunded(scene: Scene) -> None:
    _insists(scene)
    refunds.start(case=scene.case, by=scene.agent, at=scene.later(1), reason=RefundReason.QUALITY)
    scene.reply(DONE)


def _stays(scene: Scene) -> None:
    _tried_once(scene)
    scene.hear("Хорошо, пауза подойдёт, остаюсь.")
    messages.consent(case=scene.case, by=scene.agent, at=scene.later(1), recording="«пауза подойдёт, остаюсь»")
    cases.close(case=scene.case, by=scene.agent, at=scene.later(2))


def _third_attempt(scene: Scene) -> None:
    """One attempt more than the policy allows: what the nightly audit is for."""
    _tried_once(scene)
    scene.hear("Я вас слышу.")
    scene.reply(KEEP_AGAIN, EventKind.SOFT)
    scene.hear("Ясно.")
    scene.reply("А если добавим два урока в подарок?", EventKind.SOFT)


def _paused(scene: Scene) -> None:
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


def arrive(number: int, plot: Plot, name: Name, team: Team, at: datetime) -> CrisisCase:
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

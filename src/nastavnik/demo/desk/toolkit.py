"""The compensation toolkit of the demo: what may be offered, to whom, by whom, out of which money; in roubles here."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from nastavnik.crisis.actions import budgets, compensation
from nastavnik.crisis.models import OfferKind
from nastavnik.crisis.money_enums import Category, Fault, Issue, Tool
from nastavnik.demo.settle import Parts
from nastavnik.learning.actions import certificate_kinds, certificates
from nastavnik.learning.models import CertificateKind
from nastavnik.people.models import Person

ROUBLE = 100
# The certificates the toolkit asks for: title, title in English.
COMPENSATION, CUSTOMER_MONEY = "compensation", "customer-money"
CERTIFICATES = {
    COMPENSATION: ("Компенсации клиентам", "Compensation of customers"),
    CUSTOMER_MONEY: ("Деньги клиента", "Customer's money"),
}
# Code, name, name in English, sort, costs money, goes to the customer's account.
KINDS: tuple[tuple[str, str, str, Category, bool, bool], ...] = (
    ("pause", "Пауза до 30 дней", "Pause of up to 30 days", Category.PAUSE, False, False),
    ("teacher", "Другой преподаватель", "Another teacher", Category.REDIRECT, False, False),
    ("lessons", "Бонусные уроки", "Bonus lessons", Category.BONUS_LESSONS, True, False),
    ("discount", "Скидка на продление", "Discount on the next package", Category.DISCOUNT, True, False),
    ("credit", "Зачисление на счёт", "Credit to the account", Category.CUSTOM, True, True),
)
# Kind, conditions, from and up to in roubles. Empty conditions mean any; the most exact row decides.
MATRIX: tuple[tuple[str, dict[str, Any], int, int], ...] = (
    ("pause", {}, 0, 0),
    ("teacher", {"issue": Issue.TEACHER}, 0, 0),
    ("teacher", {"issue": Issue.LESSON}, 0, 0),
    ("lessons", {"issue": Issue.LESSON, "fault": Fault.OURS}, 900, 3_600),
    ("lessons", {"issue": Issue.TEACHER, "fault": Fault.OURS}, 900, 2_700),
    ("lessons", {"issue": Issue.SERVICE, "fault": Fault.OURS}, 900, 1_800),
    ("discount", {"issue": Issue.PRICE}, 500, 3_000),
    ("discount", {"issue": Issue.PRICE, "value_band": "A"}, 500, 5_000),
    ("credit", {"issue": Issue.LESSON, "fault": Fault.OURS}, 300, 2_000),
    ("credit", {"issue": Issue.LESSON, "fault": Fault.OURS, "severity": 2}, 300, 4_000),
    ("credit", {"issue": Issue.PLATFORM, "fault": Fault.OURS}, 300, 1_500),
    ("credit", {"issue": Issue.PAYMENT, "fault": Fault.OURS}, 300, 1_000),
)
# Grade, kind, up to and second person from in roubles, certificate.
LIMITS: tuple[tuple[str, str, int, int | None, str], ...] = (
    ("junior", "lessons", 1_800, None, ""),
    ("junior", "discount", 1_000, None, ""),
    ("middle", "lessons", 3_600, 2_700, ""),
    ("middle", "discount", 3_000, 2_000, ""),
    ("middle", "credit", 2_000, 1_500, COMPENSATION),
    ("senior", "lessons", 3_600, None, ""),
    ("senior", "discount", 5_000, 4_000, ""),
    ("senior", "credit", 4_000, 2_000, COMPENSATION),
)
GRADES = ("junior", "middle", "senior")
TEAM_BUDGET, DESK_BUDGET = 150_000, 400_000


def set_up(parts: Parts, team: str, today: date, by: Person, at: datetime) -> dict[str, OfferKind]:
    """Kinds, matrix, limits, rules of the tools and this month's budgets; answers the kinds by code."""
    since = today - timedelta(days=120)
    kinds = {
        code: compensation.save_kind(
            kind=None, by=by, at=at, code=code, name=name, name_en=name_en, category=sort, has_cost=costs,
            to_account=to_account,
        )
        for code, name, name_en, sort, costs, to_account in KINDS
    }  # fmt: skip
    for place, (kind, conditions, least, most) in enumerate(MATRIX, start=1):
        compensation.add_row(
            since=since, by=by, at=at, kind=kinds[kind], least=least * ROUBLE, most=most * ROUBLE, position=place * 10,
            **conditions,
        )  # fmt: skip
    free = [(grade, kind, 0, None, "") for grade in GRADES for kind in ("pause", "teacher")]
    for grade, kind, most, second, certificate in (*free, *LIMITS):
        compensation.set_limit(
            grade=parts.grades["agent", grade], kind=kinds[kind], most=most * ROUBLE,
            second_from=None if second is None else second * ROUBLE, certificate_code=certificate, since=since,
            by=by, at=at,
        )  # fmt: skip
    for tool in Tool:
        compensation.set_tool(tool=tool, certificate_code=CUSTOMER_MONEY, since=since, by=by, at=at)
    first = today.replace(day=1)
    for unit, amount in ((parts.teams[team], TEAM_BUDGET), (None, DESK_BUDGET)):
        budgets.create(
            team=unit, kind=None, amount=amount * ROUBLE, currency="RUB", active_from=first,
            active_to=(first + timedelta(days=32)).replace(day=1), by=by, at=at,
        )  # fmt: skip
    return kinds


def award(code: str, people: Sequence[Person], by: Person, at: datetime) -> None:
    """The certificate for these people, earned two months ago; its kind is made where the academy has none."""
    title, title_en = CERTIFICATES[code]
    kind = CertificateKind.objects.filter(code=code).first() or certificate_kinds.save_kind(
        kind=None, contact_types=[], by=by, at=at, code=code, title=title, title_en=title_en, valid_months=12,
        window_days=30, grace_days=10,
    )  # fmt: skip
    for person in people:
        certificates.award(person=person, kind=kind, by=by, at=at - timedelta(days=60), reason="Аттестация на столе")

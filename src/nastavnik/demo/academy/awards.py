"""Kinds of certificates and what they permit; certificates of years past, one of them revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nastavnik.demo.careers import Centre
from nastavnik.demo.settle import Parts, at
from nastavnik.learning.actions import certificate_kinds, certificates
from nastavnik.learning.actions.certificates import Earned
from nastavnik.learning.models import Certificate, CertificateKind, ContactType
from nastavnik.people.models import Person

AGENT, CRISIS, PREMIUM, TOOLS, INTENSIVES = "agent", "crisis", "premium", "refund-tools", "intensives"
YEAR = 365


@dataclass(frozen=True)
class Kinds:
    """Rows by code."""

    contacts: dict[str, ContactType]
    certificates: dict[str, CertificateKind]


def kinds(parts: Parts, begun: datetime, launch_from: date) -> Kinds:
    """Contacts of the crisis and premium lines and refund tools need a permit; those of the launch from its day on."""
    head = parts.persons["H-02"]
    years_ago = date(begun.year - 1, 1, 1)
    plans = (
        (CRISIS, "Кризисные обращения", "Crisis contacts", years_ago, "crisis"),
        (PREMIUM, "Премиум-клиенты", "Premium customers", years_ago, "premium"),
        (TOOLS, "Возвратные операции", "Refund tools", years_ago, ""),
        (INTENSIVES, "Двухнедельные интенсивы", "Two-week intensives", launch_from, ""),
    )
    contacts = {
        code: certificate_kinds.save_contact_type(
            contact_type=None, code=code, title=title, title_en=english, needed_from=day, line=parts.lines.get(line),
            by=head, at=begun,
        )
        for code, title, english, day, line in plans
    }  # fmt: skip
    months: tuple[tuple[str, str, str, int | None], ...] = (
        (AGENT, "Допуск к самостоятельной работе", "Ready to work alone", 12),
        (CRISIS, "Кризисная линия", "Crisis line", 12),
        (PREMIUM, "Премиум-линия", "Premium line", 12),
        (TOOLS, "Возвратные операции", "Refund tools", 6),
        (INTENSIVES, "Двухнедельные интенсивы", "Two-week intensives", None),
    )
    certificates_ = {
        code: certificate_kinds.save_kind(
            kind=None, contact_types=[contacts[code]] if code in contacts else [], by=head, at=begun, code=code,
            title=title, title_en=english, valid_months=valid, window_days=30, grace_days=10,
        )
        for code, title, english, valid in months
    }  # fmt: skip
    return Kinds(contacts, certificates_)


def past(centre: Centre, parts: Parts, known: Kinds) -> None:
    """The crisis team works by certificates of the last eleven months, two of them about to end; one is revoked."""
    codes = sorted(one.code for one in centre.careers if _line(centre, one.team_on(centre.today)) == "crisis")
    people, trainer = [parts.persons[code] for code in codes], parts.persons["T-01"]
    waves = [(people[:2], YEAR - 12), *((people[2 + place :: 5], 40 + 55 * place) for place in range(5))]
    for some, ago in waves:
        _award(known.certificates[CRISIS], some, centre.today - timedelta(days=ago), trainer)
    tools = _award(known.certificates[TOOLS], people[:5], centre.today - timedelta(days=70), trainer)
    _award(known.certificates[TOOLS], people[5:9], centre.today - timedelta(days=25), trainer)
    certificates.revoke(
        certificate=tools[3], reason="Возврат без расчёта по строкам, дважды за неделю; переподготовка назначена",
        by=trainer, at=at(centre.today - timedelta(days=6), 15),
    )  # fmt: skip


def _line(centre: Centre, team: str) -> str:
    """The line of a team, or "" without one."""
    return centre.team(team).line if team else ""


def _award(kind: CertificateKind, people: Sequence[Person], day: date, by: Person) -> list[Certificate]:
    """Certificates of one day; who was not here then gets none."""
    earned = [Earned(one.pk, "Аттестация у тренера") for one in people]
    return certificates.award_all(earned=earned, kind=kind, by=by, at=at(day, 16))

"""What the decision «may I give this» needs to know, as of one moment, in a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from nastavnik.crisis.logic import authority
from nastavnik.crisis.logic.authority import Answer, Bounds, Limit, Standing, Wish
from nastavnik.crisis.models import AuthorityLimit, Budget, CrisisCase, MatrixRow, OfferKind, ToolRule
from nastavnik.crisis.money_enums import Tool
from nastavnik.crisis.queries import authority_training as training
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import GradeHolding, Person

DEFAULT_CURRENCY = "RUB"
Trainings = dict[str, training.Training]


@dataclass(frozen=True)
class Rows:
    """The rows of the toolkit that decide; each may be missing."""

    matrix: MatrixRow | None
    limit: AuthorityLimit | None
    budget: Budget | None


@dataclass(frozen=True)
class Choice:
    """A kind of offer as the panel shows it: how much may be given now, and what stands in the way of more."""

    kind: OfferKind
    rows: Rows
    standing: Standing
    least: int
    most_now: int
    answer: Answer

    @property
    def may(self) -> bool:
        """Whether any sum can be offered now, if need be with a second person's word."""
        return self.answer.may or self.answer.waits_for_second


def currency_of(case: CrisisCase) -> str:
    return case.contract.currency if case.contract else DEFAULT_CURRENCY


def menu(*, person: Person, case: CrisisCase, issue: str, fault: str, at: datetime) -> list[Choice]:
    """Every active kind of offer with what the person may do about it now."""
    kinds = list(OfferKind.objects.filter(is_active=True))
    rows = rows_for(person=person, case=case, kinds=kinds, issue=issue, fault=fault, at=at)
    held = training.certificates_of(person, at)
    needed = {one.limit.certificate_code for one in rows.values() if one.limit}
    told = training.described(needed - held - {""})
    return [_choice(person, case, kind, rows[kind.pk], (held, told)) for kind in kinds]


def _choice(
    person: Person, case: CrisisCase, kind: OfferKind, rows: Rows, knows: tuple[frozenset[str], Trainings]
) -> Choice:
    held, told = knows
    stands = standing(person=person, case=case, kind=kind, rows=rows, held=held, told=told)
    least = stands.bounds.least if stands.bounds else 0
    ceilings = [stands.bounds.most if stands.bounds else 0, stands.limit.most if stands.limit else 0]
    if kind.has_cost:
        ceilings.append(stands.budget_left or 0)
    most = max(min(ceilings), 0)
    # Judged at the least sum there is: what stands in the way of it stands in the way of everything.
    wish = Wish(str(kind), max(least, 1) if kind.has_cost else 0, currency_of(case), kind.has_cost)
    return Choice(kind, rows, stands, least, most, authority.may_grant(wish, stands))


def rows_for(
    *, person: Person, case: CrisisCase, kinds: Iterable[OfferKind], issue: str, fault: str, at: datetime
) -> dict[int, Rows]:
    """The deciding rows of each kind: the most exact matrix row, the best limit, the nearest budget."""
    day, wanted = local_day(at), list(kinds)
    matrix, limits = _matrix(case, wanted, issue, fault, day), _limits(person, wanted, day)
    budgets = _budgets(person, day, currency_of(case))
    return {
        kind.pk: Rows(matrix.get(kind.pk), limits.get(kind.pk), _nearest(budgets, kind.pk)) for kind in wanted
    }  # fmt: skip


def standing(
    *,
    person: Person,
    case: CrisisCase,
    kind: OfferKind,
    rows: Rows,
    held: frozenset[str],
    told: Trainings,
    approver: Person | None = None,
    has_reserved: bool = False,
) -> Standing:
    """The values the pure decision takes."""
    limit = rows.limit
    code = limit.certificate_code if limit else ""
    known = told.get(code)
    return Standing(
        maker_id=person.pk,
        currency=currency_of(case),
        bounds=Bounds(rows.matrix.least, rows.matrix.most) if rows.matrix else None,
        limit=Limit(str(limit.grade), limit.most, limit.second_from, code) if limit else None,
        budget_left=rows.budget.left if rows.budget else None,
        certificates=held,
        certificate_title=known.title if known else code,
        training=known.ways if known else "",
        approver_id=approver.pk if approver else None,
        has_reserved=has_reserved,
    )


def certificate_missing(person: Person, tool: Tool, at: datetime) -> str:
    """Code of the certificate the tool asks for and the person lacks; empty when nothing stands in the way."""
    rule = ToolRule.objects.on(local_day(at)).filter(tool=tool).first()
    code = rule.certificate_code if rule else ""
    return code if code and code not in training.certificates_of(person, at) else ""


def _matrix(case: CrisisCase, kinds: list[OfferKind], issue: str, fault: str, day: date) -> dict[int, MatrixRow]:
    talk = case.conversations.order_by("-started_at").values_list("channel", flat=True).first() or ""
    rows = MatrixRow.objects.on(day).filter(
        Q(issue="") | Q(issue=issue), Q(fault="") | Q(fault=fault),
        Q(severity__isnull=True) | Q(severity=case.severity),
        Q(value_band="") | Q(value_band=case.customer.value_band), Q(channel="") | Q(channel=talk),
        currency=currency_of(case), kind__in=kinds,
    )  # fmt: skip
    best: dict[int, MatrixRow] = {}
    for row in sorted(rows, key=lambda one: (one.conditions, -one.position)):
        best[row.kind_id] = row
    return best


def _limits(person: Person, kinds: list[OfferKind], day: date) -> dict[int, AuthorityLimit]:
    grades = GradeHolding.objects.filter(person=person).on(day).values("grade_id")
    rows = AuthorityLimit.objects.on(day).filter(grade_id__in=grades, kind__in=kinds).select_related("grade")
    return {row.kind_id: row for row in sorted(rows, key=lambda one: one.most)}


def _budgets(person: Person, day: date, currency: str) -> list[Budget]:
    teams = person.memberships.on(day).values("team_id")
    rows = Budget.objects.on(day).filter(Q(team__isnull=True) | Q(team_id__in=teams), currency=currency)
    return sorted(rows, key=lambda one: (one.team_id is None, one.kind_id is None, one.pk))


def _nearest(budgets: list[Budget], kind_id: int) -> Budget | None:
    return next((one for one in budgets if one.kind_id in (kind_id, None)), None)

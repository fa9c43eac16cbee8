"""May this person give this, now? Every clause that stands in the way, in words; never a bare no. Pure.

Authority = matrix AND grade limit AND valid certificate AND budget AND, where the rule asks for one, a second person.
It decides about compensation only: a refund that is due is started without it.
"""

from dataclasses import dataclass, field

from nastavnik.crisis.logic.money_words import Said, gettext_noop

NO_ROW = gettext_noop("The matrix has no {offer} for such a case. Choose another offer, or ask the desk's head.")
BELOW_MATRIX = gettext_noop("The matrix allows {offer} from {least_amount}.")
ABOVE_MATRIX = gettext_noop("The matrix allows {offer} up to {most_amount}.")
OTHER_CURRENCY = gettext_noop("This customer's contract is in {currency}; the offer is in {asked}.")
NO_GRADE = gettext_noop("You hold no grade with a limit for {offer}. Pass the case on to somebody who does.")
ABOVE_LIMIT = gettext_noop("Your grade {grade} may give {offer} up to {most_amount}. Pass the case on for more.")
NO_CERTIFICATE = gettext_noop("You need the certificate “{certificate}”. It is gained by: {training}.")
NO_TRAINING = gettext_noop("a training that is asked for with one click")
NO_BUDGET = gettext_noop("Your unit has no budget for {offer} in this period.")
ABOVE_BUDGET = gettext_noop("The budget of this period has {left_amount} left.")
NEEDS_SECOND = gettext_noop("From {above_amount} on a second person must approve it.")
NOT_THE_MAKER = gettext_noop("The approval must come from somebody else than you.")
NOTHING = gettext_noop("An offer of nothing is no offer: say how much.")
FREE = gettext_noop("{offer} costs nothing: leave the sum empty.")


@dataclass(frozen=True)
class Wish:
    """What is to be given: minor units of a currency; `offer` is the kind's name as people say it."""

    offer: str
    amount: int
    currency: str
    has_cost: bool = True


@dataclass(frozen=True)
class Bounds:
    """What the matrix row in force at that moment allows."""

    least: int
    most: int


@dataclass(frozen=True)
class Limit:
    """What the grade allows; `second_from`: the amount from which a second person is needed (None: never)."""

    grade: str
    most: int
    second_from: int | None = None
    certificate: str = ""  # code of the certificate kind, empty: none needed


@dataclass(frozen=True)
class Standing:
    """Everything the decision needs, as of one moment."""

    maker_id: int
    currency: str
    bounds: Bounds | None
    limit: Limit | None
    budget_left: int | None
    certificates: frozenset[str] = frozenset()
    certificate_title: str = ""
    training: str = ""
    approver_id: int | None = None
    has_reserved: bool = False  # the budget already holds this very amount


@dataclass(frozen=True)
class Answer:
    """`failed`: what stands in the way; `waits_for_second`: nothing else does than a second person."""

    failed: tuple[Said, ...] = ()
    codes: frozenset[str] = field(default=frozenset())

    @property
    def may(self) -> bool:
        return not self.failed

    @property
    def waits_for_second(self) -> bool:
        return self.codes == {"second"}


def may_grant(wish: Wish, standing: Standing) -> Answer:
    """All failed clauses: matrix, currency, grade limit, certificate, budget, second person."""
    failed = [
        *_matrix(wish, standing), *_limit(wish, standing), *_certificate(standing), *_budget(wish, standing),
        *_second(wish, standing),
    ]  # fmt: skip
    return Answer(tuple(failed), frozenset(one.code for one in failed))


def _matrix(wish: Wish, standing: Standing) -> list[Said]:
    found: list[Said] = []
    if wish.has_cost and wish.amount <= 0:
        found.append(Said("amount", NOTHING))
    if not wish.has_cost and wish.amount:
        found.append(Said("amount", FREE, (("offer", wish.offer),)))
    if wish.currency != standing.currency:
        params = (("currency", standing.currency), ("asked", wish.currency))
        found.append(Said("currency", OTHER_CURRENCY, params))
    if standing.bounds is None:
        return [*found, Said("matrix", NO_ROW, (("offer", wish.offer),))]
    if not wish.has_cost:
        return found
    if wish.amount < standing.bounds.least:
        found.append(Said("matrix", BELOW_MATRIX, (("offer", wish.offer), ("least_amount", standing.bounds.least))))
    if wish.amount > standing.bounds.most:
        found.append(Said("matrix", ABOVE_MATRIX, (("offer", wish.offer), ("most_amount", standing.bounds.most))))
    return found


def _limit(wish: Wish, standing: Standing) -> list[Said]:
    limit = standing.limit
    if limit is None:
        return [Said("grade", NO_GRADE, (("offer", wish.offer),))]
    if wish.amount > limit.most:
        params = (("grade", limit.grade), ("offer", wish.offer), ("most_amount", limit.most))
        return [Said("grade", ABOVE_LIMIT, params)]
    return []


def _certificate(standing: Standing) -> list[Said]:
    needed = standing.limit.certificate if standing.limit else ""
    if not needed or needed in standing.certificates:
        return []
    title, training = standing.certificate_title or needed, standing.training or NO_TRAINING
    return [Said("certificate", NO_CERTIFICATE, (("certificate", title), ("training", training)))]


def _budget(wish: Wish, standing: Standing) -> list[Said]:
    if standing.has_reserved or not wish.has_cost:
        return []
    if standing.budget_left is None:
        return [Said("budget", NO_BUDGET, (("offer", wish.offer),))]
    if wish.amount > standing.budget_left:
        return [Said("budget", ABOVE_BUDGET, (("left_amount", standing.budget_left),))]
    return []


def _second(wish: Wish, standing: Standing) -> list[Said]:
    above = standing.limit.second_from if standing.limit else None
    if above is None or wish.amount < above:
        return []
    if standing.approver_id is None:
        return [Said("second", NEEDS_SECOND, (("above_amount", above),))]
    return [Said("maker", NOT_THE_MAKER)] if standing.approver_id == standing.maker_id else []

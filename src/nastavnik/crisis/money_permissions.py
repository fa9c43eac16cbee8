"""Who may do what with the desk's money and with customers' data."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right, has_right_everywhere
from nastavnik.people.roles import Right


@permission(_("see payments, accounts and offers of the crisis desk"))
def may_see_money(person: Person) -> bool:
    """Whoever works on cases or keeps the desk: payments are customers', not a team's."""
    return has_right(person, Right.WORK_CASES) or has_right_everywhere(person, Right.SEE_CASES)


@permission(_("move customers' money"))
def may_move_money(person: Person) -> bool:
    """Confirm double payments, move mistaken ones, pay out: the certificate of the tool is asked beside it."""
    return has_right(person, Right.WORK_CASES)


@permission(_("approve compensation as the second person"))
def may_approve_offers(person: Person) -> bool:
    return has_right(person, Right.APPROVE_OFFERS)


@permission(_("keep the matrix, limits and budgets of the crisis desk"))
def may_keep_toolkit(person: Person) -> bool:
    return has_right_everywhere(person, Right.MANAGE_DESK)


@permission(_("export and erase a customer's data"))
def may_handle_customer_data(person: Person) -> bool:
    return has_right_everywhere(person, Right.HANDLE_CUSTOMER_DATA)

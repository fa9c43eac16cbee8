"""What the money side puts into the frame: its place in the rail, panels of the case, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.crisis import money_presenters  # noqa: F401 - it registers presenters of the journal
from nastavnik.crisis.money_permissions import may_approve_offers, may_see_money
from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.slots import Panel
from nastavnik.people.models import Person


def may_see_approvals_only(person: Person) -> bool:
    """Leads who approve without seeing the desk's money find their queue in the rail."""
    return may_approve_offers(person) and not may_see_money(person)


navigation.register(Place(navigation.WORK, _("Money of the desk"), "crisis:payment-list", "export", 34, may_see_money))
navigation.register(Place(navigation.WORK, _("Approvals"), "crisis:approval-list", "check", 35, may_see_approvals_only))
slots.register("crisis.case.panels", Panel("crisis.refund", _("Refund"), "crisis:refund-panel", order=10))
slots.register("crisis.case.panels", Panel("crisis.offers", _("What I may offer"), "crisis:offer-panel", order=20))
slots.register("crisis.case.panels", Panel("crisis.account", _("Customer's account"), "crisis:account-panel", order=30))

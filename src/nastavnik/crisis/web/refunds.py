"""The refund on the case page: one button that starts it, the calculation, the sum, the payment."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.crisis.actions import refunds
from nastavnik.crisis.enums import RefusalState
from nastavnik.crisis.logic.refunds import Calculation, from_json
from nastavnik.crisis.models import CrisisCase, Refund
from nastavnik.crisis.money_enums import RefundReason, RefundStatus
from nastavnik.crisis.money_permissions import may_approve_offers
from nastavnik.crisis.queries import refunds as known
from nastavnik.crisis.web.money_common import me, visible_case
from nastavnik.crisis.web.refunds_forms import SumForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def refund_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The panel; `do` names what was pressed. Starting needs nothing but the press."""
    case, person = visible_case(request, public_id), me(request)
    problem, form = "", None
    if request.method == "POST":
        form = SumForm(request.POST)
        try:
            _do(request, case, form, clock.now())
        except DomainError as error:
            problem = explain(error)
        case.refresh_from_db()
    return render(request, "crisis/_refund_panel.html", _shown(case, person) | {"problem": problem, "posted": form})


def _do(request: HttpRequest, case: CrisisCase, form: SumForm, at: datetime) -> None:
    what, person = request.POST.get("do", ""), me(request)
    if what == "start":
        refunds.start(case=case, by=person, at=at)
        return
    refund = running(case)
    if refund is None:
        raise NotFound
    if what == "settle" and form.is_valid():
        refunds.settle_amount(refund=refund, by=person, at=at, **form.said())
    elif what == "approve":
        require(may_approve_offers, person)
        refunds.approve(refund=refund, by=person, at=at)
    elif what == "finish":
        refunds.finish(refund=refund, by=person, at=at)
    elif what == "cancel":
        refunds.cancel(refund=refund, evidence=request.POST.get("evidence", ""), by=person, at=at)


@require_POST
def refund_approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """A second person agrees to the sum, from the queue of approvals."""
    person = me(request)
    require(may_approve_offers, person)
    refund = Refund.objects.select_related("case").filter(public_id=public_id).first()
    if refund is None or not CrisisCase.objects.visible_to(person).filter(pk=refund.case_id).exists():
        raise NotFound
    refunds.approve(refund=refund, by=person, at=clock.now())
    toasts.say(request, gettext("The sum is approved."))
    return redirect("crisis:approval-list")


def running(case: CrisisCase) -> Refund | None:
    """The refund that runs in the case."""
    return Refund.objects.filter(case=case, status=RefundStatus.STARTED).select_related("approved_by").first()


def _shown(case: CrisisCase, person: Person) -> dict[str, Any]:
    refund = running(case)
    found: Calculation | None = None
    if refund is not None and refund.calculation:
        found = from_json(refund.calculation)
    elif case.contract is not None:
        try:
            found = known.calculation(case.contract, without=refund)
        except DomainError:
            found = None
    lines = [
        {"label": gettext(one.label), "amount": one.amount, "note": one.note, "counts": one.counts}
        for one in (found.lines[:-1] if found else ())
    ]
    initial = {"amount": refund.amount, "reason": refund.reason, "attach": True} if refund else None
    return {
        "case": case, "refund": refund, "lines": lines, "found": found, "currency": known.currency_of(case),
        "form": SumForm(initial=initial), "done": Refund.objects.filter(case=case).exclude(status=RefundStatus.STARTED),
        "may_approve": refund is not None and may_approve_offers(person) and refund.counted_by_id != person.pk,
        "reasons": RefundReason.choices,
        # A second refund of the same case is started only after the customer has come with a new wish.
        "may_start": refund is None and case.refusal_state != RefusalState.REFUNDED,
    }  # fmt: skip

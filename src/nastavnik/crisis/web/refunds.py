"""The refund on the case page: one button that starts it, the calculation, the sum, the payment. And all refunds."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import refunds
from nastavnik.crisis.enums import RefusalState
from nastavnik.crisis.logic.refunds import Calculation, from_json
from nastavnik.crisis.models import CrisisCase, Refund
from nastavnik.crisis.models.refunds import SOON
from nastavnik.crisis.money_enums import RefundReason, RefundStatus
from nastavnik.crisis.money_permissions import may_approve_offers
from nastavnik.crisis.queries import refunds as known
from nastavnik.crisis.queries.screen import term_words
from nastavnik.crisis.web.money_common import me, reader, tabs, visible_case
from nastavnik.crisis.web.refunds_forms import SumForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

LATE, NEAR, RUNNING, PAID_LATE = "late", "soon", "running", "paid-late"
STATES = [
    (LATE, _("overdue")), (NEAR, _("to be paid within 3 days")), (RUNNING, _("to be paid")),
    (RefundStatus.DONE, _("paid")), (PAID_LATE, _("paid after the term")),
    (RefundStatus.CANCELLED, RefundStatus.CANCELLED.label),
]  # fmt: skip


def _in_state(rows: Any, value: str) -> Any:
    found = {
        LATE: lambda: rows.overdue(clock.now()), NEAR: lambda: rows.soon(clock.now()), RUNNING: rows.running,
        PAID_LATE: lambda: rows.filter(paid_at__gt=F("due_at")),
    }  # fmt: skip
    return found[value]() if value in found else rows.filter(status=value)


REFUNDS = Listing(
    name="refunds",
    columns=[
        Column("case", _("Case"), value=lambda one: one.case.number, sort="case__number"),
        Column("customer", _("Customer"), value=lambda one: str(one.case.customer), sort="case__customer__name"),
        Column("reason", _("Reason"), value=lambda one: one.get_reason_display(), sort="reason"),
        Column("amount", _("Sum"), value=lambda one: None if one.amount is None else one.amount / 100,
               sort="amount", number=True),
        Column("status", _("State"), value=lambda one: one.get_status_display(), sort="status"),
        Column("started", _("Started"), value=lambda one: one.started_at, sort="started_at"),
        Column("due", _("To be paid until"), value=lambda one: one.due_at, sort="due_at"),
        Column("paid", _("Paid"), value=lambda one: one.paid_at, sort="paid_at"),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: STATES, _in_state),
        ChoiceFilter("reason", _("Reason"), lambda: RefundReason.choices, lambda rows, v: rows.filter(reason=v)),
    ],
    search=lambda rows, text: rows.filter(case__number=int(text)) if text.isdecimal() and len(text) < 16
    else rows.filter(case__customer__search_text__contains=text.lower()),
    default_sort="-started",
)  # fmt: skip


@require_safe
def refund_list(request: HttpRequest) -> HttpResponseBase:
    """Every refund in the cases one may see, with the day the law wants it paid by."""
    person, now = reader(request), clock.now()
    rows = Refund.objects.visible_to(person).select_related("case__customer")
    if download := REFUNDS.export(rows, request.GET):
        return download
    page = REFUNDS.page(rows, request.GET)
    running = {one.pk: term_words(one.due_at, now, SOON) for one in page.rows if one.status == RefundStatus.STARTED}
    context = {
        "list": page, "rows": [(one, running.get(one.pk)) for one in page.rows], "late": rows.overdue(now).count(),
        "soon": rows.soon(now).count(), "tabs": tabs(request, "refund-list"),
    }  # fmt: skip
    return render(request, "crisis/refund_list.html", context)


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
    refund, now = running(case), clock.now()
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
        "reasons": RefundReason.choices, "due": term_words(refund.due_at, now, SOON) if refund else None,
        # A second refund of the same case is started only after the customer has come with a new wish.
        "may_start": refund is None and case.refusal_state != RefusalState.REFUNDED,
    }  # fmt: skip

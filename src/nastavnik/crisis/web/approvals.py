"""The queue of approvals, and all offers."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.crisis.actions import approvals
from nastavnik.crisis.models import Approval, CrisisCase, Offer, OfferKind, Refund
from nastavnik.crisis.money_enums import Decision, RefundStatus
from nastavnik.crisis.money_permissions import may_approve_offers
from nastavnik.crisis.web.approvals_forms import DecisionForm
from nastavnik.crisis.web.money_common import me, reader, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.errors import InvalidInput, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts

_OUTCOMES = {
    "accepted": {"accepted_at__isnull": False}, "declined": {"declined_at__isnull": False},
    "expired": {"expired_at__isnull": False}, "refused": {"refused_at__isnull": False},
}  # fmt: skip
OUTCOMES = [
    ("running", _("without an outcome")), ("accepted", _("accepted")), ("declined", _("declined")),
    ("expired", _("expired")), ("refused", _("not approved")),
]  # fmt: skip
OFFERS = Listing(
    name="offers",
    columns=[
        Column("kind", _("Offer"), value=lambda one: str(one.kind), sort="kind__name"),
        Column("case", _("Case"), value=lambda one: str(one.case), sort="case__number"),
        Column("amount", _("Sum"), value=lambda one: one.amount / 100, sort="amount", number=True),
        Column("state", _("State"), value=lambda one: str(one.state.label)),
        Column("by", _("By"), value=lambda one: str(one.made_by), sort="made_by__sort_key"),
        Column("made", _("Made"), value=lambda one: one.made_at, sort="made_at"),
    ],
    filters=[
        ChoiceFilter(
            "state", _("State"), lambda: OUTCOMES,
            lambda rows, value: rows.running() if value == "running" else rows.filter(**_OUTCOMES[value]),
        ),
        ChoiceFilter(
            "kind", _("Offer"), lambda: [(str(one.pk), str(one)) for one in OfferKind.objects.all()],
            lambda rows, value: rows.filter(kind_id=value),
        ),
    ],
    search=lambda rows, text: rows.filter(details__icontains=text) | rows.filter(kind__name__icontains=text),
    default_sort="-made",
)  # fmt: skip


@require_safe
def offer_list(request: HttpRequest) -> HttpResponseBase:
    """Every offer in the cases one may see."""
    person = reader(request)
    rows = Offer.objects.visible_to(person).select_related("kind", "case", "made_by")
    if download := OFFERS.export(rows, request.GET):
        return download
    context = {"list": OFFERS.page(rows, request.GET), "tabs": tabs(request, "offer-list")}
    return render(request, "crisis/offer_list.html", context)


@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """What waits for this person's word, the most urgent first; refunds with another sum than due beside it."""
    person = me(request)
    require(may_approve_offers, person)
    rows = Approval.objects.open().for_checker(person).select_related(
        "offer__kind", "offer__case__customer", "maker", "offer__matrix_row", "offer__budget"
    )  # fmt: skip
    sums = Refund.objects.filter(status=RefundStatus.STARTED, approved_at=None, counted_by__isnull=False)
    sums = (
        sums.filter(case__in=CrisisCase.objects.visible_to(person))
        .exclude(counted_by=person)
        .select_related("case", "counted_by")
    )
    waiting = [one for one in sums if one.needs_approval]
    context = {"approvals": rows, "refunds": waiting, "tabs": tabs(request, "approval-list"), "now": clock.now()}
    return render(request, "crisis/approval_list.html", context)


@require_POST
def approval_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say yes, yes in part, or no."""
    person = me(request)
    require(may_approve_offers, person)
    approval = Approval.objects.for_checker(person).filter(public_id=public_id).first()
    if approval is None:
        raise NotFound
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise InvalidInput
    approvals.decide(approval=approval, by=person, at=clock.now(), **form.said())
    toasts.say(request, gettext("Decided: {what}").format(what=Decision(form.cleaned_data["decision"]).label))
    return redirect("crisis:approval-list")

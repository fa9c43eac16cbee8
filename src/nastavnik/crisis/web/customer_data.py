"""A customer's data on request: export, erasure; how long data are kept."""

import json

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import customer_data
from nastavnik.crisis.models import Customer, RetentionPolicy
from nastavnik.crisis.money_permissions import may_handle_customer_data
from nastavnik.crisis.queries import customer_data as known
from nastavnik.crisis.web.money_common import UNPROCESSABLE, DayField, customer_of, me, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.models import JournalEntry
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person
from nastavnik.people.reach import today


class RetentionForm(forms.Form):
    """How many months data are kept after the last case."""

    messages_months = forms.IntegerField(label=_("Messages, months"), min_value=1, max_value=240)
    attachments_months = forms.IntegerField(label=_("Attachments, months"), min_value=1, max_value=240)
    names_months = forms.IntegerField(label=_("Names and contacts, months"), min_value=1, max_value=240)
    since = DayField(label=_("In force from"))


def handler(request: HttpRequest) -> Person:
    """Who is logged in, allowed to handle customers' data. Raises NotPermitted."""
    require(may_handle_customer_data, me(request))
    return me(request)


@require_safe
def customer_data_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is held about a customer, in numbers, with export and erasure."""
    handler(request)
    customer = customer_of(public_id)
    held = known.counted(customer)
    history = JournalEntry.objects.filter(subject_kind="crisis.customer", subject_id=customer.pk).order_by("-at")[:20]
    context = {
        "customer": customer, "held": [(_TITLES[name], n) for name, n in held.items()], "history": history,
        "crumbs": [(gettext("Data of customers"), reverse("crisis:retention-policy"))],
    }  # fmt: skip
    return render(request, "crisis/customer_data.html", context)


_TITLES = {
    "contracts": _("Contracts"), "cases": _("Cases"), "events": _("Events of cases"), "messages": _("Messages"),
    "attachments": _("Attachments"), "payments": _("Payments"), "refunds": _("Refunds"), "offers": _("Offers"),
    "account": _("Movements of the account"), "ratings": _("Ratings"), "choices": _("Choices about payments"),
}  # fmt: skip


@require_POST
def customer_export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about the customer as one JSON file."""
    person, customer = handler(request), customer_of(public_id)
    data = customer_data.export(customer=customer, by=person, at=clock.now())
    text = json.dumps(data, ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="customer-{customer.public_id}.json"'
    return answer


@require_POST
def customer_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the customer a number."""
    person, customer = handler(request), customer_of(public_id)
    customer_data.erase(customer=customer, reason=request.POST.get("reason", ""), by=person, at=clock.now())
    toasts.say(request, gettext("The customer's data are erased; cases and the ledger are kept."))
    return redirect("crisis:customer-data", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_policy(request: HttpRequest) -> HttpResponse:
    """How long data are kept, and what tonight's run would erase; a customer is found here too."""
    person = handler(request)
    policy = RetentionPolicy.objects.on(today()).first() or RetentionPolicy(active_from=today())
    initial = {
        "messages_months": policy.messages_months, "attachments_months": policy.attachments_months,
        "names_months": policy.names_months, "since": today(),
    }  # fmt: skip
    form = RetentionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        customer_data.set_policy(by=person, at=clock.now(), **form.cleaned_data)
        toasts.say(request, gettext("The retention periods are set."))
        return redirect("crisis:retention-policy")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = Customer.objects.filter(name__icontains=words) | Customer.objects.filter(ext_id__iexact=words)
    context = {
        "form": form, "policy": policy if policy.pk else None, "tabs": tabs(request, "retention-policy"),
        "would": customer_data.expire(at=clock.now(), dry_run=True), "q": words,
        "customers": found.order_by("name", "pk")[:20] if words else [],
    }  # fmt: skip
    return render(request, "crisis/retention_policy.html", context, status=UNPROCESSABLE if form.errors else 200)

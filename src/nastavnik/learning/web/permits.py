"""Permits: who may take which contacts, granting and withdrawing; types of contacts."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import certificate_kinds, permits
from nastavnik.learning.enums import PermitSource
from nastavnik.learning.models import ContactType, Permit
from nastavnik.learning.permissions import may_award
from nastavnik.learning.web.award_forms import ContactTypeForm, PermitForm
from nastavnik.learning.web.certificates import last_day
from nastavnik.learning.web.session_common import UNPROCESSABLE, me, refuse
from nastavnik.learning.web.session_forms import ReasonForm
from nastavnik.people.models import Person
from nastavnik.people.reach import today

WHEN = (("now", _("in force")), ("over", _("over or taken back")), ("coming", _("still to come")))


def _by_time(rows: Any, value: str) -> Any:
    day, now = today(), clock.now()
    if value == "now":
        return rows.in_force(day, now)
    if value == "coming":
        return rows.filter(active_from__gt=day, withdrawn_at=None)
    return rows.filter(Q(active_to__lte=day) | Q(withdrawn_at__lte=now))


PERMITS = Listing(
    name="permits",
    columns=[
        Column("person", _("Person"), lambda row: str(row.person), sort="person__sort_key"),
        Column("contact_type", _("Contact type"), lambda row: str(row.contact_type), sort="contact_type__title"),
        Column("since", _("From"), lambda row: row.active_from, sort="active_from"),
        Column("until", pgettext_lazy("last day", "Through"), last_day, sort="active_to"),
        Column("source", _("Rests on"), lambda row: row.get_source_display()),
        Column("withdrawn", _("Taken back"), lambda row: row.withdrawn_at, sort="withdrawn_at"),
    ],
    filters=[
        ChoiceFilter("when", _("When"), lambda: WHEN, _by_time),
        ChoiceFilter(
            "contact_type",
            _("Contact type"),
            lambda: [(one.code, one) for one in ContactType.objects.all()],
            lambda rows, value: rows.filter(contact_type__code=value),
        ),
    ],
    search=lambda rows, text: rows.filter(person__in=Person.objects.matching(text)),
    default_sort="person",
)


@require_safe
def permit_list(request: HttpRequest) -> HttpResponseBase:
    """Permits in force of the people within reach, unless the filter says otherwise."""
    query = request.GET.copy()
    query.setdefault("when", "now")
    rows = Permit.objects.visible_to(me(request)).select_related("person", "contact_type", "certificate__kind")
    if exported := PERMITS.export(rows, query):
        return exported
    page = PERMITS.page(rows, query)
    context = {
        "list": page,
        "rows": [(row, last_day(row)) for row in page.rows],
        "may_award": may_award(me(request)),
        "decision": PermitSource.DECISION,
    }
    return render(request, "learning/permit_list.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Permits"), reverse("learning:permit-list"))]


@require_http_methods(["GET", "HEAD", "POST"])
def permit_grant(request: HttpRequest) -> HttpResponse:
    """Permit by decision, with a reason."""
    require(may_award, me(request))
    form = PermitForm(request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        try:
            permits.grant(by=me(request), at=clock.now(), **form.values)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The permit is given."))
            return redirect("learning:permit-list")
    context = {
        "form": form,
        "title": gettext("Give a permit"),
        "submit": gettext("Give the permit"),
        "back": reverse("learning:permit-list"),
        "crumbs": _crumbs(),
    }
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def permit_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a permit of a decision back, with a reason."""
    require(may_award, me(request))
    permit = Permit.objects.visible_to(me(request)).filter(public_id=public_id).first()
    if permit is None:
        raise NotFound
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            permits.withdraw(permit=permit, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The permit is taken back."))
            return redirect("learning:permit-list")
    context = {
        "form": form,
        "title": gettext("Take the permit back"),
        "lead": str(permit),
        "submit": gettext("Take the permit back"),
        "back": reverse("learning:permit-list"),
        "crumbs": _crumbs(),
    }
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def contact_type_list(request: HttpRequest) -> HttpResponse:
    """Which contacts need a permit, from when."""
    require(may_award, me(request))
    rows = ContactType.objects.select_related("line").prefetch_related("certificate_kinds")
    return render(request, "learning/contact_type_list.html", {"rows": rows, "crumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def contact_type_edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """One type, or a new one."""
    require(may_award, me(request))
    found = get_object_or_404(ContactType, public_id=public_id) if public_id else None
    names = ("code", "title", "title_en", "line", "needed_from")
    initial = {name: getattr(found, name) for name in names} if found else {"needed_from": today()}
    form = ContactTypeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            certificate_kinds.save_contact_type(contact_type=found, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("learning:contact-type-list")
    context = {"form": form, "title": str(found or gettext("New contact type")), "crumbs": _crumbs()}
    context |= {"submit": gettext("Save"), "back": reverse("learning:contact-type-list")}
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)

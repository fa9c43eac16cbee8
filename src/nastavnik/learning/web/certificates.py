"""Certificates: the list, one certificate and its print, awarding, revoking; kinds; the panel of a person."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.learning import documents
from nastavnik.learning.actions import certificate_kinds, certificates
from nastavnik.learning.enums import CertificateState
from nastavnik.learning.models import Certificate, CertificateKind, Permit
from nastavnik.learning.permissions import may_award, may_see_awards_of
from nastavnik.learning.web.award_forms import AwardForm, CertificateKindForm
from nastavnik.learning.web.session_common import UNPROCESSABLE, base_of, me, refuse
from nastavnik.learning.web.session_forms import ReasonForm
from nastavnik.people import queries as people
from nastavnik.people.models import Person
from nastavnik.people.reach import today


def last_day(certificate: Any) -> Any:
    """The last day of something whose end is exclusive."""
    end = getattr(certificate, "valid_to", None) or getattr(certificate, "active_to", None)
    return end - timedelta(days=1) if end else None


def _in_state(rows: Any, value: str) -> Any:
    day = today()
    held = rows.filter(revoked_at=None, is_renewed=False)
    found: dict[str, Any] = {
        "valid": held.filter(Q(window_from__isnull=True) | Q(window_from__gt=day)),
        "window": held.filter(window_from__lte=day, valid_to__gt=day),
        "grace": held.filter(valid_to__lte=day, grace_until__gt=day),
        "expired": held.filter(valid_to__lte=day, grace_until__lte=day),
        "renewed": rows.filter(revoked_at=None, is_renewed=True),
        "revoked": rows.filter(revoked_at__isnull=False),
    }
    return found[value]


CERTIFICATES = Listing(
    name="certificates",
    columns=[
        Column("person", _("Person"), lambda row: str(row.person), sort="person__sort_key"),
        Column("kind", _("Certificate"), lambda row: str(row.kind), sort="kind__title"),
        Column("state", _("State"), lambda row: row.state_on(today()).label),
        Column("since", _("Valid from"), lambda row: row.valid_from, sort="valid_from"),
        Column("until", _("Valid through"), last_day, sort="valid_to"),
        Column("cycle", _("Cycle"), lambda row: row.cycle, sort="cycle", number=True),
        Column("number", _("Number"), lambda row: row.number),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: CertificateState.choices, _in_state),
        ChoiceFilter(
            "kind",
            _("Certificate kind"),
            lambda: [(one.code, one) for one in CertificateKind.objects.all()],
            lambda rows, value: rows.filter(kind__code=value),
        ),
    ],
    search=lambda rows, text: rows.filter(Q(person__in=Person.objects.matching(text)) | Q(number=text.strip().upper())),
    default_sort="until",
)


@require_safe
def certificate_list(request: HttpRequest) -> HttpResponseBase:
    """Certificates of the people within reach; one's own for everybody."""
    rows = Certificate.objects.visible_to(me(request)).with_renewal().select_related("person", "kind")
    if exported := CERTIFICATES.export(rows, request.GET):
        return exported
    page = CERTIFICATES.page(rows, request.GET)
    day = today()
    context = {
        "list": page,
        "rows": [(row, row.state_on(day), last_day(row)) for row in page.rows],
        "may_award": may_award(me(request)),
    }
    return render(request, "learning/certificate_list.html", context)


def _visible(request: HttpRequest, public_id: str) -> Certificate:
    rows = Certificate.objects.visible_to(me(request)).with_renewal()
    found = rows.select_related("person", "kind", "awarded_by", "revoked_by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Certificates"), reverse("learning:certificate-list"))]


def _check_address(request: HttpRequest, certificate: Certificate) -> str:
    return base_of(request) + reverse("learning:certificate-check", args=[certificate.number])


@require_safe
def certificate_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One certificate: days, evidence, permits, earlier cycles."""
    certificate = _visible(request, public_id)
    cycles = Certificate.objects.with_renewal().filter(person=certificate.person, kind=certificate.kind)
    context = {
        "certificate": certificate,
        "state": certificate.state_on(today()),
        "last_day": last_day(certificate),
        "address": _check_address(request, certificate),
        "permits": Permit.objects.filter(certificate=certificate).select_related("contact_type"),
        "cycles": [(one, one.state_on(today()), last_day(one)) for one in cycles.order_by("-cycle")],
        "may_award": may_award(me(request)),
        "crumbs": _crumbs(),
    }
    return render(request, "learning/certificate_detail.html", context)


@require_safe
def certificate_print(request: HttpRequest, public_id: str) -> HttpResponse:
    """The certificate as a PDF, in the language asked for or the reader's."""
    certificate = _visible(request, public_id)
    asked = request.GET.get("lang", "")
    language = asked if asked in ("ru", "en") else (get_language() or "ru")[:2]
    data = documents.certificate_pdf(
        certificate, language=language, organisation=str(people.organisation() or ""),
        address=_check_address(request, certificate),
    )  # fmt: skip
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{certificate.number}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_award(request: HttpRequest) -> HttpResponse:
    """Award by decision, with a reason."""
    require(may_award, me(request))
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = certificates.award(by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The certificate is awarded."))
            return redirect(made)
    context = {
        "form": form,
        "title": gettext("Award a certificate"),
        "submit": gettext("Award the certificate"),
        "back": reverse("learning:certificate-list"),
        "crumbs": _crumbs(),
    }
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Revoke, with a reason; the permits that end with it are named above the button."""
    require(may_award, me(request))
    certificate = _visible(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            certificates.revoke(certificate=certificate, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The certificate is revoked."))
            return redirect(certificate)
    ending = Permit.objects.filter(certificate=certificate, withdrawn_at=None).select_related("contact_type")
    crumbs = [*_crumbs(), (str(certificate), certificate.get_absolute_url())]
    context = {"form": form, "certificate": certificate, "permits": ending, "crumbs": crumbs}
    return render(request, "learning/certificate_revoke.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def kind_list(request: HttpRequest) -> HttpResponse:
    """Kinds of certificates and what each says of itself."""
    require(may_award, me(request))
    rows = CertificateKind.objects.prefetch_related("contact_types").order_by("-is_active", "title")
    return render(request, "learning/certificate_kind_list.html", {"rows": rows, "crumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """One kind, or a new one."""
    require(may_award, me(request))
    kind = get_object_or_404(CertificateKind, public_id=public_id) if public_id else None
    initial: dict[str, Any] = {}
    if kind:
        initial = {name: getattr(kind, name) for name in certificate_kinds.KIND_FIELDS}
        initial["contact_types"] = list(kind.contact_types.all())
    form = CertificateKindForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            certificate_kinds.save_kind(kind=kind, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("learning:certificate-kind-list")
    context = {"form": form, "title": str(kind or gettext("New certificate kind")), "crumbs": _crumbs()}
    context |= {"submit": gettext("Save"), "back": reverse("learning:certificate-kind-list")}
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def person_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The slot of a person's page: the newest cycle of each kind, and the permits in force."""
    person = get_object_or_404(Person, public_id=public_id)
    if not may_see_awards_of(me(request), person):
        raise NotFound
    day, now = today(), clock.now()
    rows = Certificate.objects.filter(person=person).newest_of_each().with_renewal().select_related("kind")
    permits = Permit.objects.filter(person=person).in_force(day, now).select_related("contact_type")
    context = {
        "certificates": [(row, row.state_on(day), last_day(row)) for row in rows.order_by("valid_to")],
        "permits": [(row, last_day(row)) for row in permits.order_by("contact_type__title")],
    }
    return render(request, "learning/_awards_panel.html", context)

"""Programmes: the list, one programme, a new one, its description, its intakes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import enrolments, programmes
from nastavnik.learning.enums import Branch, Path
from nastavnik.learning.models import CertificateKind
from nastavnik.learning.permissions import may_edit_programmes, may_enrol, may_see_programmes
from nastavnik.learning.queries.programmes import path_of, programmes_for
from nastavnik.learning.web.programme_common import UNPROCESSABLE, crumbs, me, programme_of, refuse, saying
from nastavnik.learning.web.programme_forms import IntakeForm, ProgrammeForm
from nastavnik.people.models import Person
from nastavnik.people.reach import today

LIST = Listing(
    name="programmes",
    columns=[
        Column("title", _("Programme"), value=str, sort="title"),
        Column("branch", _("Branch"), value=lambda row: row.get_branch_display(), sort="branch"),
        Column("learning", _("Learning"), value=lambda row: row.learning, sort="learning", number=True),
        Column(
            "through", pgettext_lazy("programme", "Through"), value=lambda row: row.through, sort="through", number=True
        ),
        Column("version", _("Version"), value=lambda row: row.published_number, number=True),
        Column("owner", _("Owner"), value=lambda row: row.owner, sort="owner__sort_key"),
    ],
    filters=[
        ChoiceFilter("branch", _("Branch"), lambda: Branch.choices, lambda rows, value: rows.filter(branch=value)),
        ChoiceFilter(
            "open", _("Enrolment"), lambda: [("yes", _("open")), ("no", _("closed"))],
            lambda rows, value: rows.filter(is_open=value == "yes"),
        ),
    ],
    search=lambda rows, text: rows.filter(title__icontains=text) | rows.filter(code__icontains=text),
    default_sort="title",
)  # fmt: skip


@require_safe
def programme_list(request: HttpRequest) -> HttpResponseBase:
    """All programmes with how many of those I may see are learning them."""
    require(may_see_programmes, me(request))
    rows = programmes_for(me(request))
    if download := LIST.export(rows, request.GET):
        return download
    context = {"list": LIST.page(rows, request.GET), "may_edit": may_edit_programmes(me(request))}
    return render(request, "learning/programme_list.html", context)


@require_safe
def programme_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The published path, intakes, versions; the ways to the cohort and to the draft."""
    programme, viewer = programme_of(request, public_id), me(request)
    version = programmes.newest(programme)
    context: dict[str, Any] = {"programme": programme, "version": version, "crumbs": crumbs()}
    context["counts"] = programmes_for(viewer).get(pk=programme.pk)
    context["paths"] = [
        (label, nodes) for path, label in Path.choices if version and (nodes := path_of(version, path))
    ]  # fmt: skip
    context["awards"] = CertificateKind.objects.filter(code=version.certificate).first() if version else None
    context["versions"] = programme.versions.select_related("made_by")
    context["intakes"] = programme.intakes.all()[:24]
    context["triggers"] = programme.triggers.all()
    context |= {"may_edit": may_edit_programmes(viewer), "may_enrol": may_enrol(viewer)}
    return render(request, "learning/programme_detail.html", context)


def _owners() -> Any:
    return Person.objects.employed_on(today()).order_by("sort_key")


def programme_create(request: HttpRequest) -> HttpResponse:
    """A new programme; its draft opens in the designer."""
    require(may_edit_programmes, me(request))
    form = ProgrammeForm(request.POST or None, owners=_owners(), initial={"owner": me(request).pk})
    if request.method == "POST" and form.is_valid():
        try:
            made = programmes.create(by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect("learning:programme-design", made.public_id)
    context = {"form": form, "crumbs": crumbs(), "title": gettext("New programme")}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


def programme_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Title, purpose, branch, owner, whether people may be enrolled."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    names = ("title", "branch", "purpose", "is_open", "owner")
    initial = {name: getattr(programme, name) for name in names}
    form = ProgrammeForm(request.POST or None, owners=_owners(), programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.describe(programme=programme, by=me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("Written down."))
        return redirect(programme)
    context = {"form": form, "crumbs": crumbs(programme), "title": gettext("Edit the programme")}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def version_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a draft as a copy of the newest version."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    programmes.begin_version(programme=programme, by=me(request), at=clock.now())
    return redirect("learning:programme-design", public_id)


@require_POST
def version_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the draft the version people are enrolled in."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    done = saying(
        request, lambda: programmes.publish(programme=programme, by=me(request), at=clock.now()),
        gettext("The version is published. Those who have begun stay on theirs."),
    )  # fmt: skip
    return redirect(programme) if done else redirect("learning:programme-design", public_id)


def intake_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """People who will begin together."""
    programme = programme_of(request, public_id)
    require(may_edit_programmes, me(request))
    form = IntakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enrolments.create_intake(programme=programme, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect(f"{reverse('learning:programme-detail', args=[public_id])}#intakes")
    context = {"form": form, "crumbs": crumbs(programme), "title": gettext("New intake")}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)

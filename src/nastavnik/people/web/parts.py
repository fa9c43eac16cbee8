"""Settings: the organisation, its lines, teams, partner centres, posts, ladders, calendar; roles and their rights."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.people import queries
from nastavnik.people.actions import organisation
from nastavnik.people.actions.organisation import NewGrade
from nastavnik.people.enums import LineKind, Role
from nastavnik.people.models import CalendarDay, Grade, Ladder, Line, Partner, Post, RoleAssignment, Team
from nastavnik.people.permissions import may_change_settings, today
from nastavnik.people.roles import ROLE_CARDS, Right
from nastavnik.people.web.common import UNPROCESSABLE, me, refuse
from nastavnik.people.web.forms import CalendarDayForm, OrganisationForm


class PartForm(forms.Form):
    """What every part has: a code that stays, and its names."""

    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Latin letters, digits, hyphens; it stays."))
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)


class LineForm(PartForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=LineKind.choices)


class TeamForm(PartForm):
    line = forms.ModelChoiceField(Line.objects.filter(is_active=True), label=_("Line"), required=False)
    partner = forms.ModelChoiceField(Partner.objects.filter(is_active=True), label=_("Partner centre"), required=False)


class LadderForm(PartForm):
    """Grades come one a line, from the lowest: «Название» or «Название / Name in English»."""

    grades = forms.CharField(
        label=_("Grades, one a line, from the lowest"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A name, and after a slash its English name if you wish."),
    )

    def clean_grades(self) -> list[NewGrade]:
        lines = [line.strip() for line in self.cleaned_data["grades"].splitlines() if line.strip()]
        pairs = [[part.strip() for part in line.split("/", 1)] for line in lines]
        return [NewGrade(f"g{n}", pair[0], pair[1] if len(pair) > 1 else "") for n, pair in enumerate(pairs, start=1)]


@dataclass(frozen=True)
class Kind:
    """A kind of part on the settings pages."""

    slug: str
    title: Any
    one: Any
    model: Any
    form: Any
    create: Any
    related: tuple[str, ...] = ()
    closes: bool = False


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("lines", _("Lines"), _("a line"), Line, LineForm, organisation.create_line, closes=True),
        Kind("teams", _("Teams"), _("a team"), Team, TeamForm, organisation.create_team, ("line", "partner"), True),
        Kind("partners", _("Partner centres"), _("a partner centre"), Partner, PartForm, organisation.create_partner,
             closes=True),
        Kind("posts", _("Posts"), _("a post"), Post, PartForm, organisation.create_post),
        Kind("ladders", _("Ladders"), _("a ladder"), Ladder, LadderForm, organisation.create_ladder_with_grades),
    )
}  # fmt: skip


def tabs(active: str) -> list[dict[str, Any]]:
    """The settings' sections as links."""
    found = [{"title": _("Organisation"), "url": reverse("people:settings"), "active": active == "organisation"}]
    found += [
        {"title": kind.title, "url": reverse("people:part-list", args=[slug]), "active": active == slug}
        for slug, kind in KINDS.items()
    ]
    found.append({"title": _("Calendar"), "url": reverse("people:calendar"), "active": active == "calendar"})
    found.append({"title": _("Roles"), "url": reverse("people:role-list"), "active": active == "roles"})
    return found


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def settings(request: HttpRequest) -> HttpResponse:
    """Name, time zone, language, the lowest rank agents see."""
    require(may_change_settings, me(request))
    form = OrganisationForm(request.POST or None, instance=queries.organisation())
    if request.method == "POST" and form.is_valid():
        organisation.change_settings(by=me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("The settings are saved."))
        return redirect("people:settings")
    context = {"form": form, "tabs": tabs("organisation")}
    return render(request, "people/settings.html", context, status=UNPROCESSABLE if form.errors else 200)


def part_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of one kind, those no longer in use last."""
    require(may_change_settings, me(request))
    kind = _kind(slug)
    order = ["-is_active", "name"] if kind.closes else ["name"]
    rows = kind.model.objects.select_related(*kind.related).order_by(*order)
    if kind.model is Ladder:
        rows = rows.prefetch_related("grades")
    return render(request, "people/part_list.html", {"kind": kind, "rows": list(rows), "tabs": tabs(slug)})


def part_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new part of one kind."""
    require(may_change_settings, me(request))
    kind = _kind(slug)
    form = kind.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            part = kind.create(by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Added: %(name)s.") % {"name": part})
            return redirect("people:part-list", slug)
    context = {"form": form, "kind": kind, "crumbs": [(kind.title, reverse("people:part-list", args=[slug]))]}
    return render(request, "people/part_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


def part_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other names, another line or centre; the code stays."""
    require(may_change_settings, me(request))
    kind = _kind(slug)
    part = get_object_or_404(kind.model, pk=pk)
    form = kind.form(request.POST or None, initial={name: getattr(part, name, None) for name in kind.form.base_fields})
    for fixed in ("code", "grades"):
        form.fields.pop(fixed, None)
    if request.method == "POST" and form.is_valid():
        organisation.change(part=part, by=me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("Saved: %(name)s.") % {"name": part})
        return redirect("people:part-list", slug)
    crumbs = [(kind.title, reverse("people:part-list", args=[slug]))]
    context = {"form": form, "kind": kind, "part": part, "crumbs": crumbs}
    return render(request, "people/part_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def part_switch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a part that is no longer in use, or open it again."""
    require(may_change_settings, me(request))
    kind = _kind(slug)
    if not kind.closes:
        raise Http404
    part = get_object_or_404(kind.model, pk=pk)
    organisation.set_active(part=part, active=not part.is_active, by=me(request), at=clock.now())
    return redirect("people:part-list", slug)


@require_POST
def grade_create(request: HttpRequest, pk: int) -> HttpResponse:
    """One more grade on top of a ladder."""
    require(may_change_settings, me(request))
    ladder = get_object_or_404(Ladder, pk=pk)
    name, _slash, name_en = (part.strip() for part in request.POST.get("name", "").partition("/"))
    if name:
        code = f"g{Grade.objects.filter(ladder=ladder).count() + 1}"
        organisation.add_grade(ladder=ladder, code=code, name=name, name_en=name_en, by=me(request), at=clock.now())
    return redirect("people:part-list", "ladders")


def calendar(request: HttpRequest) -> HttpResponse:
    """Days that differ from the week's rule; adding one."""
    require(may_change_settings, me(request))
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation.set_calendar_day(by=me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("The day is written into the calendar."))
        return redirect("people:calendar")
    days = CalendarDay.objects.filter(date__year__gte=today().year)
    context = {"form": form, "days": list(days), "tabs": tabs("calendar")}
    return render(request, "people/calendar.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def calendar_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exception back: the day follows the week's rule again."""
    require(may_change_settings, me(request))
    row = get_object_or_404(CalendarDay, pk=pk)
    organisation.set_calendar_day(day=row.date, is_working=None, by=me(request), at=clock.now())
    return redirect("people:calendar")


def role_list(request: HttpRequest) -> HttpResponse:
    """What each role may do, in words; and how many hold it today."""
    may_change = may_change_settings(me(request))
    counted = RoleAssignment.objects.on(today()).values_list("role").annotate(n=Count("person", distinct=True))
    holders = dict(counted.order_by())
    rows = [
        {
            "role": role,
            "card": ROLE_CARDS[role],
            "rights": [(right, right in ROLE_CARDS[role].rights) for right in Right],
            "holders": holders.get(role.value, 0),
        }
        for role in Role
    ]
    context = {"rows": rows, "rights": list(Right), "tabs": tabs("roles") if may_change else []}
    return render(request, "people/role_list.html", context)

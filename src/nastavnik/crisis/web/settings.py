"""The settings of the desk: calendars, clocks, special assignments, the ladder, sources of cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.crisis.actions import settings
from nastavnik.crisis.models import (
    CaseSource,
    ClockTemplate,
    DeskCalendar,
    DeskDay,
    DeskSkill,
    LadderRung,
    WorkInterval,
)
from nastavnik.crisis.permissions import may_manage_desk
from nastavnik.crisis.web.common import UNPROCESSABLE, desk_title, me
from nastavnik.crisis.web.settings_forms import FORMS, WEEKDAYS
from nastavnik.kernel import clock
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person
from nastavnik.people.reach import today


def keeper(request: HttpRequest) -> Person:
    """Who is logged in, allowed to keep the desk. Raises NotPermitted."""
    require(may_manage_desk, me(request))
    return me(request)


@require_safe
def settings_detail(request: HttpRequest) -> HttpResponse:
    """Everything the desk is set to today."""
    keeper(request)
    day = today()
    calendar = DeskCalendar.objects.filter(is_default=True).first()
    hours = WorkInterval.objects.filter(calendar=calendar).on(day)
    week = [(name, [str(one).split(" ", 1)[1] for one in hours if one.weekday == number]) for number, name in WEEKDAYS]
    context = {
        "calendar": calendar, "week": week, "url": request.build_absolute_uri("/api/v1/crisis/events/"),
        "days": DeskDay.objects.filter(calendar=calendar, date__gte=day)[:20],
        "templates": ClockTemplate.objects.on(day).select_related("calendar"),
        "skills": DeskSkill.objects.prefetch_related("holdings__person"),
        "ladder": LadderRung.objects.on(day).select_related("owner"),
        "sources": CaseSource.objects.select_related("team"),
        "crumbs": [(desk_title(), reverse("crisis:my-day"))],
    }  # fmt: skip
    return render(request, "crisis/settings_detail.html", context)


@require_POST
def settings_begin(request: HttpRequest) -> HttpResponse:
    """Put the shipped calendar, clocks and ladder in place."""
    settings.set_up(since=today(), by=keeper(request), at=clock.now())
    toasts.say(request, gettext("The desk is set up. Look through the terms, and confirm those set by law."))
    return redirect("crisis:settings-detail")


@require_http_methods(["GET", "HEAD", "POST"])
def setting_edit(request: HttpRequest, what: str) -> HttpResponse:
    """One setting: a form of its kind."""
    person = keeper(request)
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        form.act(person, clock.now())
        toasts.say(request, gettext("Saved."))
        return redirect("crisis:settings-detail")
    crumbs = [(desk_title(), reverse("crisis:my-day")), (gettext("Settings"), reverse("crisis:settings-detail"))]
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "crisis/setting_edit.html", {"form": form, "crumbs": crumbs}, status=status)

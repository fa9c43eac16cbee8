"""Teams: the list as of a day, one team's page, its lead, a new team."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.people import queries
from nastavnik.people.actions import teams
from nastavnik.people.models import Line, Person, Team, TeamMembership
from nastavnik.people.permissions import may_change_settings, may_manage_people, today
from nastavnik.people.web.common import UNPROCESSABLE, day_of, me, refuse
from nastavnik.people.web.forms import LeadForm


def _lead(team: Any) -> Any:
    return team.leads_on[0].person if team.leads_on else None


def listing(viewer: Person) -> Listing:
    """The list's declaration."""
    return Listing(
        name="teams",
        columns=[
            Column("name", _("Team"), value=str, sort="name"),
            Column("line", _("Line"), value=lambda team: team.line, sort="line__name"),
            Column("partner", _("Partner centre"), value=lambda team: team.partner, sort="partner__name"),
            Column("lead", _("Lead"), value=_lead, sort="lead_name"),
            Column("members", _("People"), value=lambda team: team.members or 0, sort="members", number=True),
        ],
        filters=[
            ChoiceFilter(
                "line",
                _("Line"),
                lambda: [(str(line.pk), str(line)) for line in Line.objects.filter(is_active=True).order_by("name")],
                lambda rows, value: rows.filter(line_id=value),
            ),
            ChoiceFilter(
                "partner",
                _("Partner centre"),
                lambda: [(str(one.pk), str(one)) for one in queries.partners_visible_to(viewer).order_by("name")],
                lambda rows, value: rows.filter(partner_id=value),
            ),
        ],
        search=lambda rows, text: rows.filter(name__icontains=text) | rows.filter(name_en__icontains=text),
        default_sort="name",
        page_size=100,
    )


def team_list(request: HttpRequest) -> HttpResponseBase:
    """Teams with their leads and head counts of a day."""
    viewer, day = me(request), day_of(request)
    rows = queries.teams_on(viewer, day).filter(is_active=True)
    found = listing(viewer)
    if download := found.export(rows, request.GET):
        return download
    context = {
        "list": found.page(rows, request.GET),
        "day": day,
        "is_today": day == today(),
        "may_change": may_change_settings(viewer),
    }
    return render(request, "people/team_list.html", context)


def visible_team(request: HttpRequest, code: str) -> Team:
    """The team of the address, if the viewer may see it; else 404."""
    team: Team = get_object_or_404(Team.objects.visible_to(me(request)).select_related("line", "partner"), code=code)
    return team


def team_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the team on a day, who leads it; panels of other rooms."""
    viewer, team, day = me(request), visible_team(request, code), day_of(request)
    members = TeamMembership.objects.on(day).filter(team=team)
    people: Any = Person.objects.visible_to(viewer).filter(pk__in=members.values("person_id"))
    context = {
        "team": team,
        "day": day,
        "is_today": day == today(),
        "leadership": team.leaderships.on(day).select_related("person").first(),
        "people": list(people.with_work_on(day).order_by("sort_key")),
        "joined": dict(members.values_list("person_id", "active_from")),
        "leads": team.leaderships.select_related("person").order_by("-active_from"),
        "may_manage": may_manage_people(viewer),
        "may_change": may_change_settings(viewer),
        "crumbs": [(gettext("Teams"), reverse("people:team-list"))],
    }
    return render(request, "people/team_detail.html", context)


def team_lead(request: HttpRequest, code: str) -> HttpResponse:
    """Appoint a lead from a day on."""
    require(may_manage_people, me(request))
    team = visible_team(request, code)
    candidates = Person.objects.visible_to(me(request)).employed_on(today()).order_by("sort_key")
    present = team.leaderships.on(today()).first()
    initial = {
        "person": present.person_id if present else None,
        "since": today(),
        "seen": queries.last_entry_about_team(team),
    }
    form = LeadForm(request.POST or None, candidates=candidates, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            teams.appoint_lead(team=team, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
            form.data = {**form.data.dict(), "seen": queries.last_entry_about_team(team)}  # type: ignore[attr-defined]
        else:
            messages.success(request, gettext("Written down."))
            return redirect(team)
    crumbs = [(gettext("Teams"), reverse("people:team-list")), (str(team), team.get_absolute_url())]
    context = {"form": form, "team": team, "crumbs": crumbs}
    return render(request, "people/team_lead.html", context, status=UNPROCESSABLE if form.errors else 200)

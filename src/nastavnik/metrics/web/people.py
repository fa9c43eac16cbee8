"""People beside each other by one metric, months in first place, and the panel «Beyond chance»."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.kernel.permissions import require
from nastavnik.metrics.permissions import may_see_board, may_see_people_behind_figures
from nastavnik.metrics.queries.readings import metric_of
from nastavnik.metrics.queries.screens_people import export_rows, first_places, funnel_screen, people_screen
from nastavnik.metrics.queries.screens_standing import person_standing, team_standing
from nastavnik.metrics.web.frames import FrameForm, frame_of, page_number, presets_of
from nastavnik.metrics.web.metric import crumbs_of
from nastavnik.metrics.web.person import person_and_frame
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.metrics.web.team import team_and_frame

PAGE = 50
PART = 15


@require_safe
def people(request: PersonRequest, code: str) -> HttpResponseBase:
    """The whole comparison as a page; for htmx the part of the metric page with the beginning of the raw order."""
    metric = metric_of(code)
    if may_see_board(request.user):
        require(may_see_people_behind_figures, request.user)
    frame = frame_of(request)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, f"{code}-people", _heads(), export_rows(frame, metric))
    number = page_number(request.GET)
    limit = PART if request.htmx else PAGE
    screen = people_screen(frame, metric, offset=(number - 1) * PAGE, limit=limit)
    context = {"people": screen, "first_places_url": frame.url("metric-first-places", code)}
    if request.htmx:
        context["url"] = frame.url("metric-people", code)
        return render(request, "metrics/_metric_people.html", context)
    return render(request, "metrics/metric_people.html", context | {
        "page": Paginator(range(screen.total), PAGE).get_page(number),
        "form": FrameForm(frame, with_per=False),
        "presets": presets_of(frame, request.GET),
        "crumbs": crumbs_of(request, frame, code),
    })  # fmt: skip


def _heads() -> list[str]:
    return [_("Raw place"), _("Person"), _("Value"), "n", _("Estimate"), _("Standing")]


@require_safe
def funnel(request: PersonRequest, code: str) -> HttpResponse:
    """The funnel by itself: it loads after the page where there are many people."""
    metric = metric_of(code)
    if may_see_board(request.user):
        require(may_see_people_behind_figures, request.user)
    chart, note = funnel_screen(frame_of(request), metric)
    return render(request, "metrics/_funnel.html", {"funnel": chart, "note": note})


@require_safe
def months(request: PersonRequest, code: str) -> HttpResponse:
    """Months in first place over the last twelve."""
    metric = metric_of(code)
    if may_see_board(request.user):
        require(may_see_people_behind_figures, request.user)
    rows = first_places(frame_of(request), metric)
    return render(request, "metrics/_first_places.html", {"rows": rows})


@require_safe
def team_panel(request: PersonRequest, code: str) -> HttpResponse:
    """Who differs from the team's average by more than chance, metric by metric."""
    _team, frame = team_and_frame(request, code, "90d")
    return render(request, "metrics/_standing.html", {"standing": team_standing(frame)})


@require_safe
def person_panel(request: PersonRequest, public_id: str) -> HttpResponse:
    """Where the person stands once chance is allowed for: a tier, never a place."""
    _person, frame = person_and_frame(request, public_id, "30d")
    return render(request, "metrics/_standing.html", {"standing": person_standing(frame)})

"""The wallboard, the board of a lead, the head's report."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nastavnik.crisis.permissions import may_lead_desk
from nastavnik.crisis.queries import boards
from nastavnik.crisis.web.common import at_desk, desk_title, me
from nastavnik.kernel import clock, exports
from nastavnik.kernel.permissions import require
from nastavnik.metrics.enums import Period
from nastavnik.metrics.queries.screens_board import board, export_heads
from nastavnik.metrics.queries.screens_frame import When, frame_for_all, recent_days
from nastavnik.people.reach import today

FIGURES = (
    "retention", "technical_refund_share", "technical_refund_share_of_cases", "csat", "qa", "fcr", "complex_case_share",
)  # fmt: skip
PERIODS = (Period.WEEK, Period.MONTH, Period.QUARTER)


@require_safe
def wallboard(request: HttpRequest) -> HttpResponse:
    """Large figures of this moment for a screen on the wall; renewed every 20 seconds."""
    person, now = at_desk(request), clock.now()
    context = {"now": boards.now_at_desk(person, now, boards.start_of_today()), "at": now}
    template = "crisis/_wall.html" if getattr(request, "htmx", False) else "crisis/wallboard.html"
    return render(request, template, context)


@require_safe
def team_board(request: HttpRequest) -> HttpResponse:
    """What presses, who has how much, what the audit found in the team, what is left of the budgets."""
    person, now = me(request), clock.now()
    require(may_lead_desk, person)
    since = boards.start_of_today()
    context = {
        "now": boards.now_at_desk(person, now, since), "loads": boards.loads(person, now, since),
        "pressing": boards.pressing(person, now), "violations": boards.violations(person, boards.start_of_week()),
        "budgets": boards.budgets(person), "late_refunds": boards.overdue_refunds(person, now),
        "crumbs": [(desk_title(), reverse("crisis:my-day"))],
    }  # fmt: skip
    return render(request, "crisis/team_board.html", context)


@require_safe
def report(request: HttpRequest) -> HttpResponseBase:
    """Figures of the desk by weeks, months or quarters against the targets of their days; to be printed too."""
    person = me(request)
    require(may_lead_desk, person)
    wanted = request.GET.get("per", "")
    per = Period(wanted) if wanted in [one.value for one in PERIODS] else Period.MONTH
    day = today()
    first, end = recent_days(day)
    shown = board(frame_for_all(person, When(day, first, end, per)), codes=FIGURES)
    if request.GET.get("export") in exports.KINDS:
        return exports.response(
            request.GET["export"], "crisis", [str(one) for one in export_heads()], shown.export_rows()
        )
    tabs = [{"title": one.label, "url": f"?per={one.value}", "active": one == per} for one in PERIODS]
    context = {
        "board": shown, "tabs": tabs, "outcomes": boards.outcomes(person), "day": day,
        "crumbs": [(desk_title(), reverse("crisis:my-day"))], "title": gettext("Report of the crisis desk"),
    }  # fmt: skip
    return render(request, "crisis/report.html", context)

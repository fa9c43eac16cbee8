"""Results of exams within reach: the list, and the panel on a person's page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nastavnik.assessment.enums import Outcome, Purpose
from nastavnik.assessment.models import Result
from nastavnik.assessment.permissions import may_see_results_of
from nastavnik.assessment.web.common import me
from nastavnik.assessment.web.result_common import exam_choices, tabs, viewer
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.people.models import Person, Team, TeamMembership
from nastavnik.people.reach import today

PANEL_ROWS = 6


def _by_attempt(rows: Any, value: str) -> Any:
    if value == "first":
        return rows.filter(attempt__number=1, attempt__after=None)
    return rows.filter(attempt__sitting__purpose=Purpose.RETEST)


def _of_team(rows: Any, value: str) -> Any:
    members = TeamMembership.objects.filter(team_id=value).on(today()).values("person_id")
    return rows.filter(attempt__person_id__in=members)


def _matching(rows: Any, text: str) -> Any:
    return rows.filter(attempt__person__in=Person.objects.matching(text))


def _teams(person: Person) -> list[tuple[str, Any]]:
    return [(str(team.pk), str(team)) for team in Team.objects.visible_to(person).order_by("name")]


def listing(person: Person) -> Listing:
    """The list as this person sees it: teams to filter by are those in reach."""
    return Listing(
        name="exam-results",
        columns=[
            Column("person", _("Person"), value=lambda row: str(row.attempt.person), sort="attempt__person__sort_key"),
            Column("exam", _("Exam"), value=lambda row: str(row.attempt.exam), sort="attempt__exam__title"),
            Column("closed", _("Finished"), value=lambda row: row.attempt.ended_at, sort="attempt__ended_at"),
            Column("number", _("Attempt"), value=lambda row: row.attempt.number, sort="attempt__number", number=True),
            Column("points", _("Points"), value=lambda row: row.points, sort="points", number=True),
            Column("possible", _("Of"), value=lambda row: row.max_points, number=True),
            Column("percent", _("Per cent"), value=lambda row: row.percent, sort="percent", number=True),
            Column("outcome", _("Outcome"), value=lambda row: row.get_outcome_display(), sort="outcome"),
        ],
        filters=[
            ChoiceFilter(
                "exam", _("Exam"), exam_choices,
                lambda rows, value: rows.filter(attempt__exam_id=value),
            ),
            ChoiceFilter(
                "outcome", _("Outcome"), lambda: Outcome.choices, lambda rows, value: rows.filter(outcome=value)
            ),
            ChoiceFilter("team", _("Team"), lambda: _teams(person), _of_team),
            ChoiceFilter(
                "attempt", _("Attempt"), lambda: [("first", _("first attempts")), ("retest", _("short retests"))],
                _by_attempt,
            ),
        ],
        search=_matching,
        default_sort="-closed",
    )  # fmt: skip


def _rows(person: Person) -> QuerySet[Result]:
    found = Result.objects.visible_to(person).in_force()
    return found.select_related("attempt__person", "attempt__exam", "replaces")


@require_safe
def result_list(request: HttpRequest) -> HttpResponseBase:
    """Everybody's results within reach: search, filters, pages, export."""
    person = viewer(request)
    known = listing(person)
    if download := known.export(_rows(person), request.GET):
        return download
    context = {"list": known.page(_rows(person), request.GET), "tabs": tabs(request, "result-list")}
    return render(request, "assessment/result_list.html", context)


@require_safe
def person_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The slot of the person's page: the last results, the newest first."""
    person = get_object_or_404(Person, public_id=public_id)
    if not may_see_results_of(me(request), person):
        raise NotFound
    rows = Result.objects.in_force().filter(attempt__person=person).select_related("attempt__exam")
    context = {"rows": rows.order_by("-attempt__ended_at", "-pk")[:PANEL_ROWS], "total": rows.count(), "person": person}
    return render(request, "assessment/_person_exams.html", context)

"""The list of people as of a day, and taking somebody on."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext  # fmt: skip
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.people import queries
from nastavnik.people.actions import persons
from nastavnik.people.enums import EmploymentKind
from nastavnik.people.models import Employment, Grade, GradeHolding, Line, Person, Team, TeamMembership
from nastavnik.people.permissions import may_grant_roles, may_import_people, may_manage_people, today
from nastavnik.people.web.common import UNPROCESSABLE, day_of, me, refuse
from nastavnik.people.web.forms import DayField, HireForm

STATES = [
    ("employed", _("employed")),
    ("left", _("no longer here")),
    ("coming", _("yet to come")),
    ("all", _("everybody")),
]


class WhenForm(forms.Form):
    """As of which day, and whom beside those employed then."""

    state = forms.ChoiceField(label=_("Who"), choices=STATES, required=False)
    on = DayField(label=_("As of"), required=False)


def _first(rows: list[Any], field: str) -> Any:
    return getattr(rows[0], field) if rows else None


def _held_by(model: Any, day: date, **condition: Any) -> Any:
    return model.objects.on(day).filter(**condition).values("person_id")


def listing(viewer: Person, day: date) -> Listing:
    """The list's declaration; what one may filter by is scoped as the people are."""

    def by(model: Any, field: str) -> Any:
        return lambda rows, value: rows.filter(pk__in=_held_by(model, day, **{field: value}))

    def options(rows: Any) -> Any:
        return lambda: [(str(row.pk), str(row)) for row in rows]

    return Listing(
        name="people",
        columns=[
            Column("name", _("Name"), value=lambda p: p.full_name, sort="sort_key"),
            Column("code", _("Code"), value=lambda p: p.code, sort="code"),
            Column("team", _("Team"), value=lambda p: _first(p.memberships_on, "team"), sort="team_name"),
            Column("line", _("Line"), value=lambda p: p.memberships_on[0].team.line if p.memberships_on else None),
            Column("post", _("Post"), value=lambda p: _first(p.posts_on, "post")),
            Column("grade", _("Grade"), value=lambda p: ", ".join(str(h.grade) for h in p.grades_on)),
            Column("employment", _("Employment"), value=employment),
            Column("since", _("Since"), value=lambda p: p.joined, sort="joined"),
        ],
        filters=[
            ChoiceFilter(
                "team",
                _("Team"),
                options(Team.objects.visible_to(viewer).filter(is_active=True).order_by("name")),
                by(TeamMembership, "team_id"),
            ),
            ChoiceFilter(
                "line",
                _("Line"),
                options(Line.objects.filter(is_active=True).order_by("name")),
                by(TeamMembership, "team__line_id"),
            ),
            ChoiceFilter(
                "partner",
                _("Partner centre"),
                options(queries.partners_visible_to(viewer).order_by("name")),
                by(Employment, "partner_id"),
            ),
            ChoiceFilter(
                "grade",
                _("Grade"),
                lambda: [
                    (str(g.pk), f"{g.ladder}: {g}")
                    for g in Grade.objects.select_related("ladder").order_by("ladder__name", "rank")
                ],
                by(GradeHolding, "grade_id"),
            ),
            ChoiceFilter("kind", _("Employment"), lambda: EmploymentKind.choices, by(Employment, "kind")),
        ],
        search=lambda rows, text: rows.matching(text),
        default_sort="name",
    )


def employment(person: Any) -> str:
    """The kind of employment of the day in words; nothing for those not employed."""
    return queries.employment_words(person.employments_on[0]) if person.employments_on else ""


def person_list(request: HttpRequest) -> HttpResponseBase:
    """People of a day: search as one types, filters, pages, export."""
    viewer, day = me(request), day_of(request)
    state = request.GET.get("state", "")
    rows = queries.people_on(viewer, day, state if state in queries.STATES else "employed")
    people = listing(viewer, day)
    if download := people.export(rows, request.GET):
        return download
    context = {
        "list": people.page(rows, request.GET),
        "day": day,
        "is_today": day == today(),
        "when": WhenForm(request.GET or None),
        "may_manage": may_manage_people(viewer),
        "may_import": may_import_people(viewer),
    }
    fragment = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "people/_person_rows.html" if fragment else "people/person_list.html", context)


def person_hire(request: HttpRequest) -> HttpResponse:
    """Take one person on."""
    require(may_manage_people, me(request))
    form = HireForm(request.POST or None, initial={"joined": today()})
    if not may_grant_roles(me(request)):
        form.fields.pop("role")
    if request.method == "POST" and form.is_valid():
        try:
            person = persons.hire_all(newcomers=[form.newcomer()], by=me(request), at=clock.now())[0]
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("%(name)s is taken on.") % {"name": person})
            return redirect(person)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "people/person_hire.html", {"form": form}, status=status)

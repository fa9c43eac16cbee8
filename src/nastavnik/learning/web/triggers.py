"""Triggers: their list, one trigger with its runs, the editor by branch, the dry run and the run."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.learning.actions import triggers
from nastavnik.learning.enums import Branch, HitOutcome
from nastavnik.learning.logic.triggers import AfterDays, Every, Launch, Newcomers, Problem, Rule, Scope
from nastavnik.learning.models import ContactType, Intake, Programme, Trigger
from nastavnik.learning.permissions import may_edit_programmes
from nastavnik.learning.queries.triggers import foreseen_lines, hits_of, sentence_of
from nastavnik.learning.web.programme_common import UNPROCESSABLE, me, refuse, saying
from nastavnik.learning.web.programme_forms import DAY
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import Direction
from nastavnik.people.models import Grade, Line, Partner, Post, Team

KINDS = {
    "newcomers": (Branch.NEWCOMERS, _("Newcomers before an intake")),
    "after": (Branch.LIFE_CYCLE, _("Life cycle: a day after joining")),
    "every": (Branch.LIFE_CYCLE, _("Life cycle: again and again")),
    "problem": (Branch.PROBLEM_ZONE, _("Problem zone: a campaign")),
    "launch": (Branch.LAUNCH, _("Launch: everybody by a day")),
}

LIST = Listing(
    name="triggers",
    columns=[
        Column("title", _("Trigger"), value=str, sort="title"),
        Column("branch", _("Branch"), value=lambda row: row.get_branch_display(), sort="branch"),
        Column("programme", _("Programme"), value=lambda row: row.programme, sort="programme__title"),
        Column("active", _("Every night"), value=lambda row: row.is_active, sort="is_active"),
    ],
    filters=[
        ChoiceFilter("branch", _("Branch"), lambda: Branch.choices[:4], lambda rows, value: rows.filter(branch=value))
    ],
    search=lambda rows, text: rows.filter(title__icontains=text),
    default_sort="title",
)


class TriggerForm(forms.Form):
    """A rule of one kind: whom, when, into which programme."""

    title = forms.CharField(label=_("Title"), max_length=200)
    programme = forms.ModelChoiceField(Programme.objects.filter(is_open=True).order_by("title"), label=_("Programme"))
    lines = forms.ModelMultipleChoiceField(Line.objects.order_by("name"), label=_("Lines"), required=False)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.filter(is_active=True).order_by("name"), label=_("Teams"), required=False
    )
    posts = forms.ModelMultipleChoiceField(Post.objects.order_by("name"), label=_("Posts"), required=False)
    grades = forms.ModelMultipleChoiceField(
        Grade.objects.select_related("ladder").order_by("ladder__name", "rank"), label=_("Grades"), required=False
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.order_by("name"), label=_("Partner centres"), required=False
    )
    is_active = forms.BooleanField(label=_("Runs by itself every night"), required=False)

    def __init__(self, *args: Any, when: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.when = when
        for name, field in _fields(when).items():
            self.fields[name] = field
        self.order_fields(["title", "programme", *_fields(when)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        intake, programme = given.get("intake"), given.get("programme")
        if intake and programme and intake.programme_id != programme.pk:
            self.add_error("intake", _("This intake belongs to another programme."))
        return given

    @property
    def rule(self) -> Rule:
        given = self.cleaned_data
        scope = Scope(
            lines=_codes(given["lines"]), teams=_codes(given["teams"]), posts=_codes(given["posts"]),
            partners=_codes(given["partners"]),
            grades=frozenset(f"{one.ladder.code}/{one.code}" for one in given["grades"]),
        )  # fmt: skip
        if self.when == "newcomers":
            return Newcomers(starts=given["intake"].starts_date, window_days=given["window_days"], scope=scope)
        if self.when == "after":
            return AfterDays(days=given["days"], grace_days=given["grace_days"], scope=scope)
        if self.when == "every":
            return Every(days=given["days"], grace_days=given["grace_days"], scope=scope)
        if self.when == "launch":
            return Launch(by=given["by"], contact_type=given["contact_type"], scope=scope)
        metric = METRICS.get(given["metric"])
        return Problem(
            metric=given["metric"], limit=given["limit"] or 0.0, window_days=given["window_days"],
            higher_is_better=metric is None or metric.direction == Direction.HIGHER,
            least_n=metric.min_n if metric else 1, scope=scope,
        )  # fmt: skip


def _codes(rows: Any) -> frozenset[str]:
    return frozenset(row.code for row in rows)


def _fields(when: str) -> dict[str, forms.Field]:
    days = {
        "days": forms.IntegerField(label=_("Days after joining"), min_value=1, max_value=4000, initial=30),
        "grace_days": forms.IntegerField(
            label=_("Not later than, days after"), min_value=0, max_value=365, initial=14,
            help_text=_("Who passed the day longer ago is left alone."),
        ),
    }  # fmt: skip
    metrics = [
        ("", _("whoever is in the cohort")),
        *((code, one.title) for code, one in METRICS.items() if one.is_ranked),
    ]
    contacts = [("", _("no contacts are closed to anybody")), *ContactType.objects.values_list("code", "title")]
    return {
        "newcomers": {
            "intake": forms.ModelChoiceField(Intake.objects.order_by("-starts_date"), label=_("Intake")),
            "window_days": forms.IntegerField(
                label=_("Joined within, days before"), min_value=1, max_value=365, initial=31
            ),
        },
        "after": days,
        "every": {**days, "days": forms.IntegerField(label=_("Every, days"), min_value=7, max_value=2000, initial=180)},
        "problem": {
            "metric": forms.ChoiceField(label=_("Success metric"), choices=metrics, required=False),
            "limit": forms.FloatField(
                label=_("Limit"), required=False, help_text=_("Who is on the right side of it is left out.")
            ),
            "window_days": forms.IntegerField(label=_("Over, days"), min_value=1, max_value=366, initial=28),
        },
        "launch": {
            "by": forms.DateField(label=_("Everybody by"), **DAY),
            "contact_type": forms.ChoiceField(
                label=_("Contacts of the launch"),
                required=False,
                choices=contacts,
                help_text=_("From the day after, who has not passed may not take them."),
            ),
        },
    }[when]  # type: ignore[return-value]  # fields of several kinds


def _trigger(request: HttpRequest, public_id: str) -> Trigger:
    require(may_edit_programmes, me(request))
    found = Trigger.objects.select_related("programme", "intake").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def trigger_list(request: HttpRequest) -> HttpResponseBase:
    """Every trigger, and the kinds to add one of."""
    require(may_edit_programmes, me(request))
    rows = Trigger.objects.select_related("programme")
    if download := LIST.export(rows, request.GET):
        return download
    kinds = [(when, title) for when, (_branch, title) in KINDS.items()]
    return render(request, "learning/trigger_list.html", {"list": LIST.page(rows, request.GET), "kinds": kinds})


def trigger_create(request: HttpRequest, when: str) -> HttpResponse:
    """A new trigger of a kind."""
    require(may_edit_programmes, me(request))
    if when not in KINDS:
        raise NotFound
    return _edit(request, None, when, {"programme": request.GET.get("programme")})


def trigger_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a trigger; its kind stays."""
    trigger = _trigger(request, public_id)
    stored = trigger.rule
    scope: dict[str, Any] = stored.get("scope", {})
    grades = Grade.objects.filter(code__in=[one.partition("/")[2] for one in scope.get("grades", ())])
    initial = {
        **stored, "title": trigger.title, "programme": trigger.programme_id, "intake": trigger.intake_id,
        "is_active": trigger.is_active, "grades": [one.pk for one in grades],
        "lines": Line.objects.filter(code__in=scope.get("lines", ())),
        "teams": Team.objects.filter(code__in=scope.get("teams", ())),
        "posts": Post.objects.filter(code__in=scope.get("posts", ())),
        "partners": Partner.objects.filter(code__in=scope.get("partners", ())),
    }  # fmt: skip
    return _edit(request, trigger, str(stored["when"]), initial)


def _edit(request: HttpRequest, trigger: Trigger | None, when: str, initial: dict[str, Any]) -> HttpResponse:
    branch, title = KINDS[when]
    form = TriggerForm(request.POST if request.method == "POST" else None, when=when, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = triggers.save(
                trigger=trigger, title=given["title"], branch=branch, programme=given["programme"], rule=form.rule,
                is_active=given["is_active"], intake=given.get("intake"), by=me(request), at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect(made)
    crumbs = [(gettext("Triggers"), "../")]
    context = {"form": form, "title": title, "crumbs": crumbs, "submit": gettext("Save the trigger")}
    return render(request, "learning/programme_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def trigger_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rule in words, its runs, why each person was assigned or left out; `?look=1` shows what a run would do."""
    trigger = _trigger(request, public_id)
    context: dict[str, Any] = {"trigger": trigger, "sentence": sentence_of(trigger)}
    if request.GET.get("look"):
        try:
            report = triggers.run(trigger=trigger, by=me(request), at=clock.now(), dry_run=True)
        except DomainError as error:
            messages.error(request, explain(error))
        else:
            context |= {"report": report, "lines": foreseen_lines(report.foreseen)}
    context["runs"] = trigger.runs.select_related("by")[:20]
    context["hits"] = hits_of(trigger)
    context["outcomes"] = HitOutcome.choices
    return render(request, "learning/trigger_detail.html", context)


@require_POST
def trigger_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """Run it now."""
    trigger = _trigger(request, public_id)
    saying(
        request, lambda: triggers.run(trigger=trigger, by=me(request), at=clock.now()),
        gettext("The trigger ran. Below stands whom it enrolled and why."),
    )  # fmt: skip
    return redirect(trigger)

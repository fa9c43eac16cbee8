"""Appeals: made by a taker after the review, decided by an author; rescoring of an item that was wrong."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.assessment import jobs
from nastavnik.assessment.actions import appeals, rescoring
from nastavnik.assessment.enums import AppealState, Treatment
from nastavnik.assessment.logic.rescoring import Change
from nastavnik.assessment.models import Appeal, Attempt, FormItem, ItemResult, ItemVersion, Rescoring
from nastavnik.assessment.web import taking
from nastavnik.assessment.web.common import UNPROCESSABLE, me, refuse
from nastavnik.assessment.web.result_common import back_to, exam_choices, judge, tabs, task_of
from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person

APPEALS = Listing(
    name="appeals",
    columns=[
        Column("item", _("Question"), value=lambda row: row.item.label, sort="item__label"),
        Column("person", _("Person"), value=lambda row: str(row.person), sort="person__sort_key"),
        Column("exam", _("Exam"), value=lambda row: row.attempt.exam.title, sort="attempt__exam__title"),
        Column("state", _("State"), value=lambda row: row.get_state_display(), sort="state"),
        Column("made", _("Appealed"), value=lambda row: row.made_at, sort="made_at"),
    ],
    filters=[
        ChoiceFilter(
            "state", _("State"), lambda: AppealState.choices, lambda rows, value: rows.filter(state=value)
        ),
        ChoiceFilter("exam", _("Exam"), exam_choices, lambda rows, value: rows.filter(attempt__exam_id=value)),
    ],
    search=lambda rows, text: rows.filter(reason__icontains=text),
    default_sort="-made",
)  # fmt: skip


class AppealForm(forms.Form):
    """The taker's words."""

    reason = forms.CharField(
        label=_("What is wrong"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Name the article or the rule you rely on: the author will look there first."),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """The author's words, whichever button is pressed."""

    decision = forms.CharField(
        label=_("Decision"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("The taker reads it as it is."),
    )  # fmt: skip


class RescoreForm(forms.Form):
    """How the item is treated, whether anybody may lose, and why."""

    treatment = forms.ChoiceField(label=_("How"), choices=Treatment.choices, widget=forms.RadioSelect)
    may_lose = forms.BooleanField(
        label=_("Also lower results"),
        required=False,
        help_text=_("Normally nobody loses by our mistake: who would come out worse keeps the old result."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Read by everybody whose result changes."))

    def __init__(self, data: object, *, has_corrected: bool) -> None:
        super().__init__(data, initial={"treatment": Treatment.LEAVE_OUT})  # type: ignore[arg-type]  # posted or nothing
        if not has_corrected:
            known = [one for one in Treatment.choices if one[0] != Treatment.NEW_KEY]
            self.fields["treatment"].choices = known  # type: ignore[attr-defined]  # a ChoiceField


@require_safe
def appeal_list(request: HttpRequest) -> HttpResponseBase:
    """Appeals of everybody for those who decide."""
    rows = Appeal.objects.visible_to(judge(request)).select_related("item", "person", "attempt__exam")
    if download := APPEALS.export(rows, request.GET):
        return download
    context = {"list": APPEALS.page(rows, request.GET), "tabs": tabs(request, "appeal-list")}
    return render(request, "assessment/appeal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_make(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """The taker says what is wrong with an item of a finished attempt."""
    rows = Attempt.objects.filter(person=me(request)).select_related("sitting", "exam")
    attempt = rows.filter(public_id=public_id).first()
    asked = FormItem.objects.filter(form=attempt.form_id, position=position).first() if attempt else None
    if attempt is None or asked is None or attempt.sitting.closes_at > clock.now() or attempt.state != "closed":
        raise NotFound
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": me(request), "at": clock.now()}
            appeals.appeal(attempt=attempt, position=position, **said)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The appeal is with the authors."))
            return redirect("assessment:my-exams")
    context: dict[str, Any] = {"form": form, "attempt": attempt}
    context["taking"] = taking.taking(asked.version.content, _given(attempt, position), seed=attempt.public_id)
    context["crumbs"] = back_to(("my-exams", gettext("My exams")))
    return render(request, "assessment/appeal_make.html", context, status=UNPROCESSABLE if form.errors else 200)


def _given(attempt: Attempt, position: int) -> Any:
    rows = ItemResult.objects.filter(attempt=attempt, position=position).order_by("-pk")
    return rows.values_list("answer", flat=True).first()


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One appeal: the item, the answer, the words; the author decides."""
    person = judge(request)
    rows = Appeal.objects.select_related("item", "version", "person", "attempt__exam", "decided_by")
    appeal = rows.filter(public_id=public_id).first()
    if appeal is None:
        raise NotFound
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        upheld = request.POST.get("verdict") == "uphold"
        try:
            said: dict[str, Any] = {"decision": form.cleaned_data["decision"], "by": person, "at": clock.now()}
            appeals.decide(appeal=appeal, upheld=upheld, **said)
        except DomainError as error:
            refuse(form, error)
        else:
            return _decided(request, appeal, upheld)
    given = _given(appeal.attempt, appeal.position)
    context: dict[str, Any] = {"appeal": appeal, "form": form, "version": appeal.version}
    context["taking"] = taking.taking(appeal.version.content, given, seed=appeal.public_id)
    context["crumbs"] = back_to(("appeal-list", gettext("Appeals")))
    return render(request, "assessment/appeal_detail.html", context, status=UNPROCESSABLE if form.errors else 200)


def _decided(request: HttpRequest, appeal: Appeal, upheld: bool) -> HttpResponse:
    if upheld:
        toasts.say(request, gettext("Upheld. Now see whom a rescoring would change."))
        return redirect("assessment:item-rescore", appeal.item.public_id, appeal.version.number)
    toasts.say(request, gettext("Declined. The taker will read why."))
    return redirect("assessment:appeal-list")


@require_http_methods(["GET", "HEAD", "POST"])
def rescore(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What each treatment would change, counted before anything is done; then the work as a job."""
    person = judge(request)
    rows = ItemVersion.objects.filter(item__public_id=public_id, number=number).select_related("item")
    version = rows.first()
    if version is None:
        raise NotFound
    form = RescoreForm(request.POST or None, has_corrected=rescoring.corrected_version(version) is not None)
    kind = f"assessment.rescore.{version.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            rescoring.planned(version=version, treatment=Treatment(form.cleaned_data["treatment"]))
            _start(version, form.cleaned_data, kind, person)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect(request.path)
    context: dict[str, Any] = {"form": form, "version": version, "item": version.item, "previews": _previews(version)}
    context |= {"task": task_of(person, kind), "done": _done(version)}
    here = reverse("assessment:item-analysis", args=[public_id])
    context["crumbs"] = [*back_to(("analysis-list", gettext("Exams and items"))), (version.item.label, here)]
    return render(request, "assessment/item_rescore.html", context, status=UNPROCESSABLE if form.errors else 200)


def _done(version: ItemVersion) -> QuerySet[Rescoring]:
    return Rescoring.objects.filter(version=version).select_related("made_by")


def _start(version: ItemVersion, data: dict[str, Any], kind: str, person: Person) -> None:
    """The job and its task in one transaction."""
    with transaction.atomic():
        title = gettext("Rescoring: {label}").format(label=version.item.label)[:200]
        task = progress.start(kind, title, by=person, at=clock.now())
        jobs.rescore_item.defer(
            version_id=version.pk, treatment=data["treatment"], spares=not data["may_lose"], reason=data["reason"],
            task_id=task.pk, by_id=person.pk, lock=f"rescore-{version.pk}",
        )  # fmt: skip


def _previews(version: ItemVersion) -> list[dict[str, Any]]:
    """For each treatment that is possible: how many people it gives a pass, changes, spares."""
    found = []
    for treatment in Treatment:
        if treatment == Treatment.NEW_KEY and rescoring.corrected_version(version) is None:
            continue
        counts = rescoring.planned(version=version, treatment=treatment).counts
        strict = rescoring.planned(version=version, treatment=treatment, spares=False).counts
        found.append({
            "title": treatment.label, "attempts": sum(counts.values()), "gained": counts[Change.GAINED],
            "changed": counts[Change.GAINED] + counts[Change.POINTS], "spared": counts[Change.SPARED],
            "lost": strict[Change.LOST],
        })  # fmt: skip
    return found

"""Analysis of exams: the list, one exam month by month, one form item by item; the job and the equated mark."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment import jobs
from nastavnik.assessment.actions import rescoring
from nastavnik.assessment.actions.equatings import cut_in_points
from nastavnik.assessment.logic.psychometrics.calibration import MODEL_FROM
from nastavnik.assessment.logic.rescoring import Change
from nastavnik.assessment.models import Equating, Exam, Form, ItemAlarm
from nastavnik.assessment.queries.exam_figures import FormFigures, forms_of
from nastavnik.assessment.queries.form_analysis import form_screen
from nastavnik.assessment.web import figure_charts, figure_words
from nastavnik.assessment.web.common import UNPROCESSABLE, refuse
from nastavnik.assessment.web.result_common import back_to, judge, tabs, task_of
from nastavnik.kernel import clock, exports, progress
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import Column, Listing
from nastavnik.people.models import Person

EXAMS = Listing(
    name="exams-analysed",
    columns=[
        Column("title", _("Exam"), value=lambda row: row.title, sort="title"),
        Column("takers", _("Finished attempts"), value=lambda row: row.taken, sort="taken", number=True),
        Column("forms", _("Forms"), value=lambda row: row.form_count, sort="form_count", number=True),
        Column("alarms", _("Items to look at"), value=lambda row: row.alarm_count, sort="alarm_count", number=True),
    ],
    search=lambda rows, text: rows.filter(title__icontains=text),
    default_sort="-takers",
)  # fmt: skip


class ApplyForm(forms.Form):
    """Whether anybody may lose a pass by the equated mark, and why it is applied."""

    may_lose = forms.BooleanField(
        label=_("Also take passes away"),
        required=False,
        help_text=_("Normally results people have been told are not made worse."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Read by everybody whose result changes."))


@require_safe
def analysis_list(request: HttpRequest) -> HttpResponseBase:
    """Exams somebody has finished, with what waits to be looked at."""
    judge(request)
    alarms = ItemAlarm.objects.filter(form__exam=OuterRef("pk"), looked_at=None).order_by().values("form__exam")
    rows = Exam.objects.annotate(
        taken=Count("attempts", filter=Q(attempts__state="closed"), distinct=True),
        form_count=Count("forms", distinct=True),
        alarm_count=Coalesce(Subquery(alarms.annotate(n=Count("pk")).values("n")), 0),
    ).filter(taken__gt=0)
    if download := EXAMS.export(rows, request.GET):
        return download
    context = {"list": EXAMS.page(rows, request.GET), "tabs": tabs(request, "analysis-list")}
    return render(request, "assessment/analysis_list.html", context)


@require_safe
def exam_analysis(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One exam: its forms as wholes, month by month, the equated mean and the raw cut."""
    judge(request)
    exam = Exam.objects.filter(public_id=public_id).first()
    if exam is None:
        raise NotFound
    rows = forms_of(exam)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, "exam-forms", [str(head) for head in FORM_HEADS], map(_form_row, rows))
    context: dict[str, Any] = {"exam": exam, "rows": list(reversed(rows)), "crumbs": _crumbs()}
    context["chart"] = figure_charts.months(rows, exam.pass_percent / 100, get_language() or "ru")
    return render(request, "assessment/exam_analysis.html", context)


FORM_HEADS = (
    _("Form"), _("Month"), _("Takers"), _("Mean, %"), _("Standard deviation, %"), _("Passed"), _("In the grey band"),
    _("Consistency"), _("Error, points"), _("Raw cut"), _("Items"), _("Equated mean, %"),
)  # fmt: skip


def _form_row(row: FormFigures) -> list[Any]:
    cut = row.equating.raw_cut if row.equating else None
    return [
        row.form.number, row.month, row.takers, _percent(row.mean), _percent(row.spread), row.passed, row.grey,
        row.alpha, row.error_points, cut, row.form.item_count, _percent(row.equated_mean),
    ]  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _crumbs() -> list[tuple[str, str]]:
    return back_to(("analysis-list", gettext("Exams and items")))


def _form(request: HttpRequest, public_id: str) -> Form:
    judge(request)
    found = Form.objects.select_related("exam").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def form_analysis(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One form: the test as a whole in words, its items one by one."""
    form = _form(request, public_id)
    screen = form_screen(form)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, "items", [str(head) for head in ITEM_HEADS], map(_item_row, screen.lines))
    kind_of_task = f"assessment.form.{form.pk}"
    context: dict[str, Any] = {"form": form, "screen": screen, "lines": [_told(line) for line in screen.lines]}
    context |= {"consistency": figure_words.CONSISTENCY.get(screen.consistency) if screen.consistency else ""}
    context |= {"task": task_of(judge(request), kind_of_task), "least": MODEL_FROM}
    context["equating"] = Equating.objects.filter(form=form).select_related("base").first()
    context["chart"] = figure_charts.items(screen, get_language() or "ru")
    url = reverse("assessment:exam-analysis", args=[form.exam.public_id])
    context["crumbs"] = [*_crumbs(), (form.exam.title, url)]
    return render(request, "assessment/form_analysis.html", context)


ITEM_HEADS = (
    _("No."), _("Question"), _("Topic"), _("Answers"), _("Facility, %"), _("Item-rest, %"), _("Efficiency, %"),
    _("Weight meant, %"), _("Weight in effect, %"), _("Consistency without it"),
)  # fmt: skip


def _item_row(line: Any) -> list[Any]:
    told, figures = line.ease is not None, line.figures
    full = line.discrimination is not None
    return [
        line.column.position, line.column.label, line.column.topic.replace("\x1f", " / "), figures.answers,
        _percent(figures.facility) if told else None, _percent(figures.item_rest) if full else None,
        _percent(figures.efficiency) if full else None, _percent(figures.intended_weight),
        _percent(figures.effective_weight) if full else None, figures.alpha_without if full else None,
    ]  # fmt: skip


def _told(line: Any) -> dict[str, Any]:
    """An item with its bands and flags in words."""
    return {
        "line": line,
        "column": line.column,
        "figures": line.figures,
        "topic": line.column.topic.replace("\x1f", " / "),
        "ease": figure_words.EASE.get(line.ease, ""),
        "discrimination": figure_words.DISCRIMINATION.get(line.discrimination, ""),
        "is_full": line.discrimination is not None,
        "flags": figure_words.flags(line.flags),
        "alarms": [one for one in line.alarms if one.looked_at is None],
        "is_suspect": line.is_suspect,
    }


@require_POST
def form_analyse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start the calibration as a job; its bar stands on the page and in the inbox."""
    form, person = _form(request, public_id), judge(request)
    kind = f"assessment.form.{form.pk}"
    running = task_of(person, kind)
    if running is None or running.is_over:
        with transaction.atomic():
            title = gettext("Analysis of {form}").format(form=form)[:200]
            task = progress.start(kind, title, by=person, at=clock.now(), total=5)
            jobs.analyse_form.defer(form_id=form.pk, task_id=task.pk, by_id=person.pk, lock=f"form-{form.pk}")
    return redirect("assessment:form-analysis", form.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def equating_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whom the equated pass mark would change, counted before; then the work as a job."""
    person = judge(request)
    equating = Equating.objects.select_related("form__exam", "base").filter(public_id=public_id).first()
    if equating is None:
        raise NotFound
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _start(equating, form.cleaned_data, person)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect("assessment:form-analysis", equating.form.public_id)
    spared, strict = (rescoring.planned_cut(equating=equating, spares=one).counts for one in (True, False))
    context: dict[str, Any] = {"equating": equating, "form": form, "cut": cut_in_points(equating)}
    context |= {"gained": spared[Change.GAINED], "lost": strict[Change.LOST], "attempts": sum(spared.values())}
    url = reverse("assessment:form-analysis", args=[equating.form.public_id])
    context["crumbs"] = [*_crumbs(), (str(equating.form), url)]
    return render(request, "assessment/equating_apply.html", context, status=UNPROCESSABLE if form.errors else 200)


def _start(equating: Equating, data: dict[str, Any], person: Person) -> None:
    with transaction.atomic():
        title = gettext("Pass mark of {form}").format(form=equating.form)[:200]
        task = progress.start(f"assessment.form.{equating.form_id}", title, by=person, at=clock.now())
        jobs.apply_cut.defer(
            equating_id=equating.pk, spares=not data["may_lose"], reason=data["reason"], task_id=task.pk,
            by_id=person.pk, lock=f"form-{equating.form_id}",
        )  # fmt: skip

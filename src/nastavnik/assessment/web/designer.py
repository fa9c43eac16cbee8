"""The exam desk: exams with their rules and blueprints, forms with what totals they allow."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment.actions import exams, forms
from nastavnik.assessment.enums import ExamState
from nastavnik.assessment.models import Exam, Form
from nastavnik.assessment.permissions import may_set_exams
from nastavnik.assessment.queries import desk
from nastavnik.assessment.web.common import UNPROCESSABLE, me, refuse
from nastavnik.assessment.web.exam_forms import ExamForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person

EXAMS = Listing(
    name="exams",
    columns=[
        Column("title", _("Exam"), value=lambda exam: exam.title, sort="title"),
        Column("code", _("Code"), value=lambda exam: exam.code, sort="code"),
        Column("state", _("State"), value=lambda exam: exam.get_state_display(), sort="state"),
        Column("minutes", _("Minutes"), value=lambda exam: exam.minutes, sort="minutes", number=True),
        Column("pass", _("Pass mark, %"), value=lambda exam: exam.pass_percent, sort="pass_percent", number=True),
        Column("sat", _("Results"), value=lambda exam: exam.sat, sort="sat", number=True),
        Column("opened", _("Last window"), value=lambda exam: exam.last_opening, sort="last_opening"),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: ExamState.choices, lambda rows, value: rows.filter(state=value))
    ],
    search=lambda rows, text: rows.filter(title__icontains=text),
    default_sort="title",
)


def setter(request: HttpRequest) -> Person:
    """Who is logged in, allowed to compose exams. Raises NotPermitted."""
    require(may_set_exams, me(request))
    return me(request)


def exam_of(request: HttpRequest, public_id: str) -> Exam:
    """The exam of the address. Raises NotPermitted, NotFound."""
    exam = Exam.objects.visible_to(setter(request)).select_related("owner").filter(public_id=public_id).first()
    if exam is None:
        raise NotFound
    return exam


def crumbs(*exams_: Exam) -> list[tuple[str, str]]:
    """The desk, and the exam when one is given."""
    return [
        (gettext("Exams"), reverse("assessment:exam-list")),
        *((one.title, one.get_absolute_url()) for one in exams_),
    ]


@require_safe
def exam_list(request: HttpRequest) -> HttpResponseBase:
    """All exams."""
    rows = desk.exams(setter(request))
    if download := EXAMS.export(rows, request.GET):
        return download
    return render(request, "assessment/exam_list.html", {"list": EXAMS.page(rows, request.GET)})


@require_http_methods(["GET", "HEAD", "POST"])
def exam_create(request: HttpRequest) -> HttpResponse:
    """A new exam."""
    person = setter(request)
    form = ExamForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.blueprint:
        try:
            exam = exams.create(blueprint=form.blueprint, by=person, at=clock.now(), **form.settings)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The exam is set up. Assemble its first form."))
            return redirect(exam)
    return _edit_page(request, form, crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def exam_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change rules and blueprint."""
    exam = exam_of(request, public_id)
    form = ExamForm(request.POST or None, instance=exam, plan=desk.blueprint_of(exam))
    if request.method == "POST" and form.is_valid() and form.blueprint:
        kept = Exam.objects.get(pk=exam.pk)  # the form has written into its own copy
        try:
            exams.change(exam=kept, by=setter(request), at=clock.now(), blueprint=form.blueprint, **form.settings)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The exam is saved. Forms and windows that exist keep their rules."))
            return redirect(kept)
    return _edit_page(request, form, crumbs(Exam.objects.get(pk=exam.pk)))


def _edit_page(request: HttpRequest, form: ExamForm, above: list[tuple[str, str]]) -> HttpResponse:
    rules = [form[name] for name in form.Meta.fields if name in form.fields]
    plan = [form[name] for name in ("items", "anchors_from", "anchors_to")]
    who = [form[name] for name in ("lines", "teams", "posts")]
    context = {"form": form, "rules": rules, "plan": plan, "who": who, "crumbs": above}
    return render(request, "assessment/exam_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def exam_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Blueprint against the bank, forms, windows."""
    exam = exam_of(request, public_id)
    plan = desk.blueprint_of(exam)
    context: dict[str, Any] = {
        "exam": exam,
        "crumbs": crumbs(),
        "plan": plan,
        "lines": desk.lines(plan, clock.now()) if plan else [],
        "forms": exam.forms.order_by("-number")[:50],
        "sittings": desk.sittings(exam)[:50],
    }
    return render(request, "assessment/exam_detail.html", context)


@require_POST
def exam_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish or retire."""
    exam = exam_of(request, public_id)
    step = exams.publish if request.POST.get("to") == ExamState.PUBLISHED else exams.retire
    step(exam=exam, by=setter(request), at=clock.now())
    return redirect(exam)


@require_POST
def form_assemble(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put together one more form."""
    exam = exam_of(request, public_id)
    form = forms.assemble(exam=exam, by=setter(request), at=clock.now())
    toasts.say(request, gettext("Form {number} is assembled. Look at it, then publish it.").format(number=form.number))
    return redirect(form)


def _form(request: HttpRequest, public_id: str) -> Form:
    setter(request)
    form = Form.objects.select_related("exam", "made_by").filter(public_id=public_id).first()
    if form is None:
        raise NotFound
    return form


@require_safe
def form_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The items of a form and the totals it allows."""
    form = _form(request, public_id)
    context = {
        "form": form,
        "shown": desk.form_shown(form),
        "rows": form.items.select_related("item", "version"),
        "crumbs": crumbs(form.exam),
    }
    return render(request, "assessment/form_detail.html", context)


@require_POST
def form_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish or withdraw a form."""
    form, to = _form(request, public_id), request.POST.get("to")
    step = forms.publish if to == "published" else forms.withdraw
    step(form=form, by=setter(request), at=clock.now())
    return redirect(form)

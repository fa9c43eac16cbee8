"""Marking: the queue, one answer with its rubric, and how far the markers agree."""

from fractions import Fraction

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.assessment.actions import marking
from nastavnik.assessment.actions.open_answers import essay_of
from nastavnik.assessment.enums import MarkingState
from nastavnik.assessment.logic.items import Essay
from nastavnik.assessment.logic.marking import lines
from nastavnik.assessment.models import OpenAnswer
from nastavnik.assessment.queries import markings
from nastavnik.assessment.web import rich
from nastavnik.assessment.web.common import UNPROCESSABLE, refuse
from nastavnik.assessment.web.figure_words import TRUST
from nastavnik.assessment.web.result_common import back_to, exam_choices, judge, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts

QUEUE = Listing(
    name="open-answers",
    columns=[
        Column("item", _("Question"), value=lambda row: row.item.label, sort="item__label"),
        Column("exam", _("Exam"), value=lambda row: row.attempt.exam.title, sort="attempt__exam__title"),
        Column("state", _("State"), value=lambda row: row.get_state_display(), sort="state"),
        Column("points", _("Points possible"), value=lambda row: row.max_points, sort="max_points", number=True),
        Column("came", _("Waits since"), value=lambda row: row.created_at, sort="created_at"),
    ],
    filters=[
        ChoiceFilter(
            "exam", _("Exam"), exam_choices,
            lambda rows, value: rows.filter(attempt__exam_id=value),
        ),
        ChoiceFilter(
            "state", _("State"), lambda: MarkingState.choices[:2], lambda rows, value: rows.filter(state=value)
        ),
    ],
    search=lambda rows, text: rows.filter(item__search_text__contains=text.lower().replace("ё", "е")),
    default_sort="came",
)  # fmt: skip


class MarkForm(forms.Form):
    """Points for every line of the rubric, and a note for the other markers once all is settled."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Read by those who settle a disagreement, after their own mark."),
    )  # fmt: skip

    def __init__(self, data: object, *, essay: Essay) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the posted data or nothing
        fields: dict[str, forms.Field] = {}
        for place, line in enumerate(lines(essay)):
            fields[f"line-{place}"] = forms.DecimalField(
                label=line.text or gettext("Points"), min_value=0, max_value=_shown(line.points), decimal_places=4,
                help_text=gettext("0 to {most}").format(most=f"{_shown(line.points):g}"), localize=True,
            )  # fmt: skip
        self.fields = fields | self.fields

    def given(self) -> list[Fraction]:
        """Points by line."""
        names = [name for name in self.fields if name.startswith("line-")]
        return [Fraction(self.cleaned_data[name]) for name in names]


def _shown(points: Fraction) -> float:
    return round(float(points), 4)


@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """What this person may mark now, the longest waiting first."""
    person = judge(request)
    rows = OpenAnswer.objects.open_to(person).filter(attempt__state="marking")
    rows = rows.select_related("item", "attempt__exam")
    if download := QUEUE.export(rows, request.GET):
        return download
    context = {"list": QUEUE.page(rows, request.GET), "tabs": tabs(request, "marking-queue")}
    return render(request, "assessment/marking_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """One answer without its taker's name: read, give points, take the next one."""
    person = judge(request)
    rows = OpenAnswer.objects.open_to(person).select_related("version", "item", "attempt__exam")
    answer = rows.filter(public_id=public_id).first()
    if answer is None:
        raise NotFound
    essay = essay_of(answer)
    form = MarkForm(request.POST or None, essay=essay)
    if request.method == "POST" and form.is_valid():
        try:
            said = {"by": person, "at": clock.now(), "note": form.cleaned_data["note"]}
            marking.mark(answer=answer, lines=form.given(), **said)
        except DomainError as error:
            refuse(form, error)
        else:
            return _next(request)
    context = {"answer": answer, "form": form, "stem": rich.html(essay.stem), "rubric": lines(essay)}
    context |= {"crumbs": back_to(("marking-queue", gettext("Marking")))}
    return render(request, "assessment/marking_mark.html", context, status=UNPROCESSABLE if form.errors else 200)


def _next(request: HttpRequest) -> HttpResponse:
    toasts.say(request, gettext("Your mark is kept."))
    waiting = OpenAnswer.objects.open_to(judge(request)).filter(attempt__state="marking").first()
    return redirect(waiting) if waiting else redirect("assessment:marking-queue")


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """How far markers agree, per question and over all."""
    judge(request)
    found = markings.agreement()
    context = {"found": found, "words": TRUST[found.trust], "rows": [(row, TRUST[row.trust]) for row in found.items]}
    context |= {"crumbs": back_to(("marking-queue", gettext("Marking")))}
    return render(request, "assessment/marking_agreement.html", context)

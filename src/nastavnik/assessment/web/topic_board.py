"""Which topic is weak, by team; from a cell down to the people and the items."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nastavnik.assessment.models import Exam
from nastavnik.assessment.permissions import may_judge_exams
from nastavnik.assessment.queries import topics
from nastavnik.assessment.web.result_common import back_to, exam_choices, tabs, viewer
from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import NotFound
from nastavnik.people.models import Team

MARK = 0.85
DAYS = [("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days")), ("365", _("a year"))]
DEFAULT_DAYS = 90


class BoardForm(forms.Form):
    """Period and exam, in the address."""

    days = forms.ChoiceField(label=_("Period"), choices=DAYS, required=False)
    exam = forms.ChoiceField(label=_("Exam"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__({"days": str(DEFAULT_DAYS)} | {key: data[key] for key in data})
        self.fields["exam"].choices = [("", _("all exams")), *exam_choices()]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self, person: Any) -> Any:
        """The attempts of the board."""
        self.is_valid()
        days = int(self.cleaned_data.get("days") or DEFAULT_DAYS)
        exam = Exam.objects.filter(pk=self.cleaned_data.get("exam") or 0).first()
        return topics.scope(person, since=clock.now() - timedelta(days=days), exam=exam)

    @property
    def mark(self) -> float:
        exam = Exam.objects.filter(pk=self.cleaned_data.get("exam") or 0).first()
        return exam.pass_percent / 100 if exam else MARK


@require_safe
def topic_board(request: HttpRequest) -> HttpResponseBase:
    """Topics by teams, the weakest topic first."""
    person = viewer(request)
    form = BoardForm(request.GET)
    chosen = form.chosen(person)
    board = topics.board(chosen, mark=form.mark)
    if (kind := request.GET.get("export")) in exports.KINDS:
        heads = [gettext("Topic"), gettext("All"), *(str(team) for team in board.teams)]
        rows = [[row.title, row.whole.share.value, *(cell.share.value for cell in row.cells)] for row in board.rows]
        return exports.response(kind, "topics", heads, rows)
    context = {"board": board, "form": form, "tabs": tabs(request, "topic-board"), "mark": board.mark}
    return render(request, "assessment/topic_board.html", context)


@require_safe
def topic_detail(request: HttpRequest) -> HttpResponse:
    """One topic, of one team or all: who is weak in it, which items of it are hard."""
    person = viewer(request)
    form = BoardForm(request.GET)
    chosen, path = form.chosen(person), request.GET.get("topic", "").replace("\0", "")
    team = Team.objects.visible_to(person).filter(pk=_number(request.GET.get("team", ""))).first()
    people = topics.people_of(chosen, path=path, team=team)
    if not people:
        raise NotFound
    context: dict[str, Any] = {
        "people": people,
        "team": team,
        "title": path.replace("\x1f", " / ") or gettext("Without a topic"),
    }
    # Item texts tell what is asked: only those who may read the bank see them.
    context["items"] = topics.items_of(chosen, path=path, team=team) if may_judge_exams(person) else []
    context["crumbs"] = back_to(("topic-board", gettext("By topic")))
    return render(request, "assessment/topic_detail.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

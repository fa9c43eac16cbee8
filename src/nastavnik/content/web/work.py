"""What learners hand in and say: marking queue, survey results, who may take a course, a person's courses."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.content import queries
from nastavnik.content.actions import access, work
from nastavnik.content.actions.progress import activity_of
from nastavnik.content.enums import SubmissionState
from nastavnik.content.logic.activities import Task
from nastavnik.content.models import Course, CourseAccess, CourseProgress, Submission
from nastavnik.content.permissions import may_mark_tasks, may_see_progress_of
from nastavnik.content.web import media, rich, scenes
from nastavnik.content.web.common import UNPROCESSABLE, author, authored_course, crumbs, me, refuse
from nastavnik.content.web.forms import AccessForm
from nastavnik.content.web.learner_forms import QUESTIONS
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person

QUEUE = Listing(
    name="tasks",
    columns=[
        Column("person", _("Person"), lambda one: str(one.progress.person), sort="progress__person__sort_key"),
        Column("course", _("Course"), lambda one: one.progress.course.title, sort="progress__course__title"),
        Column("activity", _("Task"), lambda one: one.title or one.key, sort="title"),
        Column("number", _("Which time"), lambda one: one.number, sort="number", number=True),
        Column("when", _("Handed in"), lambda one: one.handed_in_at, sort="handed_in_at"),
        Column("state", _("State"), lambda one: one.get_state_display(), sort="state"),
    ],
    filters=[
        ChoiceFilter(
            "state",
            _("State"),
            lambda: [*SubmissionState.choices, ("all", _("all"))],
            lambda rows, value: rows if value == "all" else rows.filter(state=value),
        ),
    ],
    search=lambda rows, text: rows.filter(progress__person__in=Person.objects.matching(text).values("pk")),
    default_sort="when",
)


@require_safe
def submission_list(request: HttpRequest) -> HttpResponseBase:
    """The marking queue: what waits, the longest first."""
    require(may_mark_tasks, me(request))
    query = request.GET.copy()
    query.setdefault("state", SubmissionState.HANDED_IN.value)
    rows = queries.submissions(me(request))
    if download := QUEUE.export(rows, query):
        return download
    return render(request, "content/submission_list.html", {"list": QUEUE.page(rows, query), "crumbs": crumbs()})


def _submission(request: HttpRequest, public_id: str) -> Submission:
    require(may_mark_tasks, me(request))
    found = queries.submissions(me(request)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


class MarkForm(forms.Form):
    """Points by criterion, and what to say."""

    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 5}), required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"points-{number}" for number in range(len(task.rubric))]
        for name, one in zip(self.names, task.rubric, strict=True):
            help_text = gettext("0 to {most}").format(most=one.points)
            self.fields[name] = forms.IntegerField(
                label=one.title, min_value=0, max_value=one.points, help_text=help_text
            )
        self.order_fields([*self.names, "comment"])

    def points(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.names]


@require_http_methods(["GET", "HEAD", "POST"])
def submission_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read what was handed in and mark it by the rubric."""
    submission = _submission(request, public_id)
    activity = activity_of(submission.progress, submission.key)
    task = activity.content
    if not isinstance(task, Task):
        raise NotFound
    form = MarkForm(request.POST or None, task=task)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"points": form.points(), "comment": form.cleaned_data["comment"]}
            work.mark(submission=submission, by=me(request), at=clock.now(), **given)
            toasts.say(request, gettext("Marked."))
            return redirect("content:submission-list")
        except DomainError as error:
            refuse(form, error)
    context = {
        "submission": submission,
        "activity": activity,
        "task": task,
        "text": rich.html(task.text, scenes.picture_address(submission.progress.course)),
        "lines": list(zip(task.rubric, submission.points, strict=False)),
        "form": form,
        "crumbs": [*crumbs(), (gettext("Tasks to mark"), reverse("content:submission-list"))],
    }
    return render(request, "content/submission_mark.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def submission_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file that was handed in, always as a download."""
    one = _submission(request, public_id)
    if not one.file_name:
        raise NotFound
    return media.serve(request, one.path, media.DOWNLOAD, name=one.file_name, tag=one.public_id, is_inline=False)


@require_safe
def survey_results(request: HttpRequest, public_id: str) -> HttpResponse:
    """What learners say of the course: means with n, comments without names; nothing below three answers."""
    course = authored_course(request, public_id)
    results = queries.survey_results(course)
    context = {
        "course": course,
        "results": results,
        "questions": [(QUESTIONS[name], results.means.get(name), results.shares.get(name)) for name in QUESTIONS],
        "least": queries.LEAST_ANSWERS,
        "crumbs": crumbs(course),
    }
    return render(request, "content/survey_results.html", context)


ACCESS = Listing(
    name="course-access",
    columns=[
        Column("person", _("Person"), lambda one: str(one.person), sort="person__sort_key"),
        Column("source", _("Granted by"), lambda one: one.source, sort="source"),
        Column("since", _("Since"), lambda one: one.granted_at, sort="granted_at"),
    ],
    search=lambda rows, text: rows.filter(person__in=Person.objects.matching(text).values("pk")),
    default_sort="person",
)


@require_http_methods(["GET", "HEAD", "POST"])
def access_list(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Who may take the course by a grant; a POST grants it to people by their codes."""
    course, person = authored_course(request, public_id), author(request)
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = list(Person.objects.visible_to(person).filter(code__in=form.codes()))
        unknown = sorted(set(form.codes()) - {one.code for one in people})
        if not unknown:
            given = access.grant_all(people=people, course=course, source=access.BY_HAND, by=person, at=clock.now())
            toasts.say(request, gettext("Granted to people: {n}.").format(n=given))
            return redirect("content:access-list", public_id=course.public_id)
        form.add_error("people", gettext("Unknown codes: {codes}").format(codes=", ".join(unknown[:20])))
    rows = CourseAccess.objects.filter(course=course, revoked_at=None).select_related("person")
    rows = rows.filter(person__in=Person.objects.visible_to(person).values("pk"))
    if download := ACCESS.export(rows, request.GET):
        return download
    context = {"course": course, "form": form, "list": ACCESS.page(rows, request.GET), "crumbs": crumbs(course)}
    context |= {"standing": queries.standing(course), "published": queries.published(course)}
    return render(request, "content/access_list.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def access_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw a grant given by hand."""
    course, person = authored_course(request, public_id), author(request)
    code = request.POST.get("person", "")
    found = Person.objects.visible_to(person).filter(public_id=code).first()
    if found is None:
        raise NotFound
    access.revoke(person=found, course=course, source=access.BY_HAND, by=person, at=clock.now())
    toasts.say(request, gettext("The grant is withdrawn."))
    return redirect("content:access-list", public_id=course.public_id)


@require_safe
def person_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's courses, for the page of the person."""
    viewer = me(request)
    person = Person.objects.filter(public_id=public_id).first()
    if person is None or not may_see_progress_of(viewer, person):
        raise NotFound
    known = set(Course.objects.visible_to(viewer).values_list("pk", flat=True))
    rows: list[CourseProgress] = list(queries.progresses_of(person)[:12])
    context = {"rows": rows, "linked": [row.pk for row in rows if row.course_id in known]}
    return render(request, "content/_person_panel.html", context)

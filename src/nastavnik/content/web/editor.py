"""Authors at work: the shelf of courses, the draft with its activities, publishing and retiring."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.content import queries
from nastavnik.content.actions import courses, progress, versions
from nastavnik.content.enums import VersionState
from nastavnik.content.models import Course, CourseProgress
from nastavnik.content.web import labels
from nastavnik.content.web.common import (
    UNPROCESSABLE,
    author,
    authored_course,
    crumbs,
    minutes_words,
    refuse,
    told,
)
from nastavnik.content.web.courses import differences
from nastavnik.content.web.forms import CourseForm, PublishForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person, RoleAssignment
from nastavnik.people.reach import today
from nastavnik.people.roles import ROLE_CARDS, Right

DUE = "due"


def _by_state(rows: Any, value: str) -> Any:
    if value == DUE:
        return rows.filter(review_date__lte=today())
    if value == VersionState.PUBLISHED:
        return rows.filter(published_number__isnull=False)
    if value == VersionState.DRAFT:
        return rows.filter(draft_number__isnull=False)
    return rows.filter(published_number=None, draft_number=None)


def state_of(course: Any) -> str:
    """The state of the course: that of its published version, else a draft, else retired."""
    if course.published_number:
        return VersionState.PUBLISHED.value
    return VersionState.DRAFT.value if course.draft_number else VersionState.RETIRED.value


SHELF = Listing(
    name="courses",
    columns=[
        Column("title", _("Course"), lambda course: course.title, sort="title"),
        Column("code", _("Code"), lambda course: course.code, sort="code"),
        Column("state", _("State"), lambda course: VersionState(state_of(course)).label, sort="published_number"),
        Column("version", _("Version"), lambda course: course.published_number, sort="published_number", number=True),
        Column("minutes", _("Takes, min"), lambda course: course.minutes, sort="minutes", number=True),
        Column("owner", _("Owner"), lambda course: str(course.owner or ""), sort="owner__sort_key"),
        Column("review", _("Review date"), lambda course: course.review_date, sort="review_date"),
        Column("changed", _("Changed"), lambda course: course.changed_at, sort="changed_at"),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: [*VersionState.choices, (DUE, _("due for review"))], _by_state),
    ],
    search=lambda rows, text: rows.matching(text),
    default_sort="-changed",
)


@require_safe
def course_shelf(request: HttpRequest) -> HttpResponseBase:
    """Every course, for those who write them."""
    rows = Course.objects.visible_to(author(request)).with_state().select_related("owner")
    if download := SHELF.export(rows, request.GET):
        return download
    page, day = SHELF.page(rows, request.GET), today()
    shown = [
        {
            "course": one,
            "state": state_of(one),
            "is_due": one.review_date is not None and one.review_date <= day,
        }
        for one in page.rows
    ]
    return render(request, "content/course_shelf.html", {"list": page, "shown": shown, "crumbs": crumbs()})


def _owners() -> Any:
    """Those who may write courses today, and those who own one."""
    roles = [role for role, card in ROLE_CARDS.items() if Right.EDIT_COURSES in card.rights]
    holders = RoleAssignment.objects.filter(role__in=roles).on(today()).values("person_id")
    owners = Course.objects.filter(owner__isnull=False).values("owner_id")
    return Person.objects.filter(Q(pk__in=holders) | Q(pk__in=owners)).order_by("sort_key")


@require_http_methods(["GET", "HEAD", "POST"])
def course_create(request: HttpRequest) -> HttpResponse:
    """A new course, with an empty draft."""
    person = author(request)
    form = CourseForm(request.POST or None, people=_owners(), initial={"owner": person.pk})
    if request.method == "POST" and form.is_valid():
        try:
            course = courses.create(by=person, at=clock.now(), **form.cleaned_data)
            return redirect("content:course-edit", public_id=course.public_id)
        except DomainError as error:
            refuse(form, error)
    context = {"form": form, "crumbs": crumbs(), "course": None}
    return render(request, "content/course_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def course_describe(request: HttpRequest, public_id: str) -> HttpResponse:
    """Title, description, owner, review date."""
    course = authored_course(request, public_id)
    form = CourseForm(request.POST or None, people=_owners(), course=course)
    if request.method == "POST" and form.is_valid():
        courses.describe(course=course, by=author(request), at=clock.now(), **form.cleaned_data)
        toasts.say(request, gettext("Saved."))
        return redirect(course)
    context = {"form": form, "crumbs": crumbs(course), "course": course}
    return render(request, "content/course_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def course_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft: its activities in their order, and what stands against publishing it."""
    course = authored_course(request, public_id)
    draft = queries.draft(course)
    if draft is None:
        return redirect(course)
    rows = queries.outline(draft, None)
    context = {
        "course": course,
        "draft": draft,
        "rows": [labels.outline_row(row) for row in rows],
        "minutes": minutes_words(sum(row.activity.minutes for row in rows)),
        "faults": [told(fault) for fault in versions.faults(draft)],
        "kinds": [(kind.value, kind.label, icon) for kind, icon in labels.ICONS.items()],
        "crumbs": crumbs(course),
    }
    return render(request, "content/course_edit.html", context)


@require_POST
def draft_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the next version as a copy of the latest."""
    course = authored_course(request, public_id)
    versions.begin_draft(course=course, by=author(request), at=clock.now())
    return redirect("content:course-edit", public_id=course.public_id)


@require_POST
def draft_order(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether the activities are taken in their order."""
    course = authored_course(request, public_id)
    in_order = request.POST.get("in_order") == "on"
    versions.put_in_order(course=course, in_order=in_order, by=author(request), at=clock.now())
    toasts.say(request, gettext("Saved."))
    return redirect("content:course-edit", public_id=course.public_id)


@require_POST
def draft_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw the draft away."""
    course = authored_course(request, public_id)
    versions.discard(course=course, by=author(request), at=clock.now())
    toasts.say(request, gettext("The draft is discarded."))
    return redirect(course)


@require_http_methods(["GET", "HEAD", "POST"])
def course_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would change for learners; published with a sentence about it."""
    course, person = authored_course(request, public_id), author(request)
    draft, before = queries.draft(course), queries.published(course)
    if draft is None:
        raise NotFound
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            versions.publish(course=course, note=form.cleaned_data["note"], by=person, at=clock.now())
            toasts.say(request, gettext("Version {n} is published.").format(n=draft.number))
            return redirect(course)
        except DomainError as error:
            refuse(form, error)
    under_way = CourseProgress.objects.filter(course=course, completed_at=None).count()
    context: dict[str, Any] = {"course": course, "draft": draft, "before": before, "form": form, "under_way": under_way}
    context |= {"lines": differences(before, draft) if before else [], "crumbs": crumbs(course)}
    return render(request, "content/course_publish.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def course_retire(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the course out of use."""
    course = authored_course(request, public_id)
    reason = request.POST.get("reason", "")[:500]
    versions.retire(course=course, by=author(request), at=clock.now(), reason=reason)
    toasts.say(request, gettext("The course is retired."))
    return redirect(course)


@require_POST
def course_move_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put everybody who is under way onto the published version."""
    course = authored_course(request, public_id)
    published = queries.published(course)
    if published is None:
        raise NotFound
    moved = progress.move_all(course=course, to=published, by=author(request), at=clock.now())
    toasts.say(request, gettext("People moved to the published version: {n}.").format(n=moved))
    return redirect("content:access-list", public_id=course.public_id)

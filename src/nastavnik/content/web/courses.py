"""Courses for learners: the catalogue, what a course is, its versions, moving to the new one."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.content import queries
from nastavnik.content.actions import progress as ways
from nastavnik.content.enums import VersionState
from nastavnik.content.logic.diff import Change, Line, compare
from nastavnik.content.models import Course, CourseProgress, CourseVersion
from nastavnik.content.permissions import may_edit_courses
from nastavnik.content.web import labels, rich, scenes
from nastavnik.content.web.common import crumbs, me, minutes_words, visible_course
from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts

NEW, UNDER_WAY, DONE = "new", "under-way", "done"
STANDINGS = [(UNDER_WAY, _("under way")), (NEW, _("not begun")), (DONE, _("completed"))]


def _standing(course: Any) -> str:
    if course.begun is None:
        return NEW
    return DONE if course.done_on else UNDER_WAY


def _by_standing(rows: Any, value: str) -> Any:
    if value == NEW:
        return rows.filter(begun=None)
    return rows.filter(begun__isnull=False, done_on__isnull=value == UNDER_WAY)


CATALOGUE = Listing(
    name="courses",
    columns=[
        Column("title", _("Course"), lambda course: course.title, sort="title"),
        Column("standing", _("You"), lambda course: dict(STANDINGS)[_standing(course)], sort=("done_on", "begun")),
        Column("minutes", _("Takes, min"), lambda course: course.minutes, sort="minutes", number=True),
        Column("done", _("Completed"), lambda course: course.done_on, sort="done_on"),
    ],
    filters=[ChoiceFilter("standing", _("You"), lambda: STANDINGS, _by_standing)],
    search=lambda rows, text: rows.matching(text),
    default_sort="title",
)


def _catalogue(request: HttpRequest) -> QuerySet[Course]:
    """What this person may begin or has begun, whoever they are."""
    person = me(request)
    mine = CourseProgress.objects.filter(course=OuterRef("pk"), person=person).order_by("-cycle")
    rows = Course.objects.with_state().annotate(
        begun=Subquery(mine.values("began_at")[:1]), done_on=Subquery(mine.values("completed_at")[:1])
    )
    return rows.filter(pk__in=Course.objects.takeable_by(person).values("pk")) | rows.filter(begun__isnull=False)


@require_safe
def course_list(request: HttpRequest) -> HttpResponseBase:
    """The catalogue: what one may take, and how far one is."""
    rows = _catalogue(request)
    if download := CATALOGUE.export(rows, request.GET):
        return download
    page = CATALOGUE.page(rows, request.GET)
    shown = [{"course": one, "standing": _standing(one)} for one in page.rows]
    context = {"list": page, "shown": shown, "is_author": may_edit_courses(me(request)), "standings": dict(STANDINGS)}
    return render(request, "content/course_list.html", context)


@require_safe
def course_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the course is, how long it takes, the rule of each activity, and where one stands."""
    course, person = visible_course(request, public_id), me(request)
    way = queries.current(person, course)
    is_author = may_edit_courses(person)
    published = queries.published(course)
    version = way.version if way else published or (queries.draft(course) if is_author else None)
    version = version or course.versions.first()
    rows = queries.outline(version, way) if version else []
    context = {
        "course": course,
        "version": version,
        "published": published,
        "draft": queries.draft(course) if is_author else None,
        "way": way,
        "newer": published if way and published and published.pk != way.version_id else None,
        "rows": [labels.outline_row(row) for row in rows],
        "minutes": minutes_words(sum(row.activity.minutes for row in rows)),
        "done": sum(row.is_done for row in rows),
        "summary": rich.html(course.summary, scenes.picture_address(course)),
        "can_begin": Course.objects.takeable_by(person).filter(pk=course.pk).exists(),
        "is_author": is_author,
        "versions": _versions(course, is_author=is_author),
        "crumbs": crumbs(),
    }
    return render(request, "content/course_detail.html", context)


def _versions(course: Course, *, is_author: bool) -> list[CourseVersion]:
    rows = course.versions.select_related("published_by", "made_by")
    return list(rows if is_author else rows.exclude(state=VersionState.DRAFT))


def version_of(request: HttpRequest, course: Course, number: int) -> CourseVersion:
    """The version of the address; drafts are for authors. Raises NotFound."""
    found = CourseVersion.objects.select_related("course", "published_by", "made_by").filter(
        course=course, number=number
    )
    version = found.first()
    if version is None or (version.state == VersionState.DRAFT and not may_edit_courses(me(request))):
        raise NotFound
    return version


@require_safe
def version_detail(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A version: its activities with their rules, and what changed since the one before."""
    course = visible_course(request, public_id)
    version = version_of(request, course, number)
    before = course.versions.filter(number__lt=number).first()
    lines = differences(before, version) if before else []
    rows = [labels.outline_row(row) for row in queries.outline(version, None)]
    context: dict[str, Any] = {"course": course, "version": version, "before": before, "lines": lines, "rows": rows}
    context |= {"is_author": may_edit_courses(me(request)), "crumbs": crumbs(course)}
    return render(request, "content/version_detail.html", context)


def differences(before: CourseVersion, after: CourseVersion) -> list[dict[str, Any]]:
    """What changed, activity by activity, in words; what stayed is left out."""
    lines = compare(queries.shapes(before), queries.shapes(after))
    return [_line(one) for one in lines if one.change != Change.SAME]


def _line(line: Line) -> dict[str, Any]:
    fields = [str(labels.FIELDS.get(name, name)) for name in line.fields]
    return {"title": line.title, "change": labels.CHANGES[line.change], "code": line.change, "fields": fields}


@require_http_methods(["GET", "HEAD", "POST"])
def course_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go over to the published version: what changed is shown first, and what would begin anew."""
    course = visible_course(request, public_id)
    way, published = queries.current(me(request), course), queries.published(course)
    if way is None or published is None or way.version_id == published.pk:
        return redirect(course)
    if request.method == "POST":
        ways.move(progress=way, to=published, by=me(request), at=clock.now())
        toasts.say(request, gettext("You are on version {n} now.").format(n=published.number))
        return redirect(reverse("content:course-play", args=[course.public_id]))
    context = {"course": course, "way": way, "published": published, "lines": differences(way.version, published)}
    return render(request, "content/course_move.html", context | {"crumbs": crumbs(course)})

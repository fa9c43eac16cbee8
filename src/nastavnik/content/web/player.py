"""The course player: outline with ticks and rules, the activity, and what comes next."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.content import queries
from nastavnik.content.actions import evidence, work
from nastavnik.content.actions import progress as ways
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import NoSuchActivity
from nastavnik.content.logic import intervals, rules
from nastavnik.content.logic.activities import File, Link
from nastavnik.content.models import CourseProgress
from nastavnik.content.queries import OutlineRow
from nastavnik.content.web import labels, media, scenes
from nastavnik.content.web.common import UNPROCESSABLE, me, refuse, visible_course
from nastavnik.content.web.learner_forms import SurveyForm, TaskForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, InvalidInput, NotFound
from nastavnik.kernel.web import toasts


@require_http_methods(["GET", "HEAD", "POST"])
def course_play(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on where one stands; POST begins the course (`again`: a completed one, once more)."""
    course = visible_course(request, public_id)
    way = queries.current(me(request), course)
    if request.method == "POST":
        way = ways.begin(person=me(request), course=course, at=clock.now(), again="again" in request.POST)
    if way is None:
        return redirect(course)
    rows = queries.outline(way.version, way)
    following = next((row for row in rows if not row.is_done and row.is_open), rows[0] if rows else None)
    if following is None:
        return redirect(course)
    return redirect("content:activity-play", public_id=course.public_id, key=following.activity.key)


def way_of(request: HttpRequest, public_id: str) -> CourseProgress:
    """One's own way through the course of the address. Raises NotFound."""
    way = queries.current(me(request), visible_course(request, public_id))
    if way is None:
        raise NotFound
    return way


@require_safe
def activity_play(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One activity. Slides show the page of the address and count it as seen."""
    way = way_of(request, public_id)
    mine = ways.enter(progress=way, key=key, at=clock.now())
    activity = ways.activity_of(way, key)
    if activity.kind == ActivityKind.SLIDES:
        page = scenes.page_number(request.GET.get("page", ""), mine.evidence.get("page", 1))
        with scenes.absent_pages_ignored():
            evidence.see_page(progress=way, key=key, page=page, at=clock.now())
    return shown(request, way, key)


def shown(request: HttpRequest, way: CourseProgress, key: str, **more: Any) -> HttpResponse:
    """The page of the player; `more`: a form with refusals."""
    rows = queries.outline(way.version, way)
    place = next((number for number, row in enumerate(rows) if row.activity.key == key), None)
    if place is None:
        raise NotFound
    row = rows[place]
    following = _next(rows, place)
    context = {
        "course": way.course,
        "way": way,
        "row": labels.outline_row(row),
        "outline": [labels.outline_row(one) for one in rows],
        "done": sum(one.is_done for one in rows),
        "total": len(rows),
        "next": labels.outline_row(following) if following else None,
        "left": scenes.left(rows),
        **scenes.scene(row, way, request),
        **more,
    }
    return render(request, "content/play.html", context, status=UNPROCESSABLE if "refused" in more else 200)


def _next(rows: list[OutlineRow], place: int) -> OutlineRow | None:
    """The next activity that is not done: after this one, else before it."""
    later = [row for row in [*rows[place + 1 :], *rows[:place]] if not row.is_done]
    return later[0] if later else None


def _back(way: CourseProgress, key: str) -> HttpResponse:
    return redirect("content:activity-play", public_id=way.course.public_id, key=key)


@require_POST
def activity_read(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The article is read: on to the next activity."""
    way = way_of(request, public_id)
    try:
        evidence.mark_read(progress=way, key=key, at=clock.now())
    except InvalidInput as error:
        toasts.say(request, scenes.sentence(error))
        return _back(way, key)
    way.refresh_from_db()
    if way.completed_at is not None:
        toasts.say(request, gettext("The course is complete."))
        return redirect(way.course)
    return redirect("content:course-play", public_id=way.course.public_id)


@require_POST
def activity_watch(request: HttpRequest, public_id: str, key: str) -> JsonResponse:
    """The player's report, as JSON {"watched": [[from, to], ...], "position": s}; answers where the rule stands."""
    way = way_of(request, public_id)
    try:
        told_by_player = json.loads(request.body)
        reported = [(float(begin), float(end)) for begin, end in told_by_player["watched"]]
        position = float(told_by_player["position"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInput from error
    evidence.watch(progress=way, key=key, reported=reported, position=position, at=clock.now())
    row = next(one for one in queries.outline(way.version, way) if one.activity.key == key)
    spans = rules.spans(row.known.evidence if row.known else {})
    shown_row = labels.outline_row(row)
    return JsonResponse(
        {
            "done": row.is_done,
            "evidence": shown_row["evidence"],
            "furthest": intervals.furthest(spans),
            "percent": min(100, int(row.verdict.value)),
        }
    )


@require_safe
def activity_follow(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Open the external link, and note that it was opened."""
    content = evidence.follow(progress=way_of(request, public_id), key=key, at=clock.now()).content
    if not isinstance(content, Link):
        raise NoSuchActivity
    answer = redirect(content.url)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def activity_download(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Download the file, and note it."""
    way = way_of(request, public_id)
    content = evidence.download(progress=way, key=key, at=clock.now()).content
    if not isinstance(content, File):
        raise NoSuchActivity
    file = media.file_of(way.course, content.file)
    return media.serve(request, file.path, media.DOWNLOAD, name=file.name, tag=file.sha256, is_inline=False)


@require_POST
def task_hand_in(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Hand a practice task in."""
    way = way_of(request, public_id)
    hand_in = getattr(ways.activity_of(way, key).content, "hand_in", "either")
    form = TaskForm(request.POST, request.FILES, hand_in=hand_in)
    if form.is_valid():
        file = form.cleaned_data.get("file")
        try:
            work.hand_in(
                progress=way, key=key, text=form.cleaned_data.get("text", ""), file_name=file.name if file else "",
                chunks=file.chunks() if file else (), at=clock.now(),
            )  # fmt: skip
            toasts.say(request, gettext("Handed in. You will see the mark here."))
            return _back(way, key)
        except DomainError as error:
            refuse(form, error)
    return shown(request, way, key, form=form, refused=True)


@require_POST
def survey_answer(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Answer the feedback survey."""
    way = way_of(request, public_id)
    form = SurveyForm(request.POST)
    if form.is_valid():
        try:
            work.answer_survey(progress=way, key=key, at=clock.now(), **form.scores())
            toasts.say(request, gettext("Thank you: the answer is kept without your name on the results page."))
            return _back(way, key)
        except DomainError as error:
            refuse(form, error)
    return shown(request, way, key, form=form, refused=True)

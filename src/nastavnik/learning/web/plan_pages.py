"""Plan completion by team, the queue of decisions, which course helps with which topic."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nastavnik.assessment.models import Topic
from nastavnik.content.models import Course
from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import decisions, plans
from nastavnik.learning.models import Proof, TopicRemedy
from nastavnik.learning.permissions import may_edit_programmes, may_enrol, may_see_programmes
from nastavnik.learning.queries import completion
from nastavnik.learning.web.programme_common import day_of, me, saying
from nastavnik.people.reach import reach_of, today
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


@require_safe
def plan_completion(request: HttpRequest) -> HttpResponseBase:
    """A month's frozen plan by team: due, done on time, the target of 95%."""
    require(may_see_programmes, me(request))
    months = completion.months()
    wanted = day_of(f"{request.GET.get('month', '')}-01")
    version = next((one for one in months if one.month_date == wanted), months[0] if months else None)
    lines = completion.by_team(version, me(request), today()) if version else []
    if (kind := request.GET.get("export")) in exports.KINDS:
        heads = [gettext("Team"), gettext("Planned"), gettext("Due"), gettext("On time"), gettext("Late")]
        rows = ([str(one.team or ""), one.planned, one.due, one.on_time, one.late] for one in lines)
        return exports.response(kind, "plan-completion", heads, rows)
    context: dict[str, Any] = {
        "months": months,
        "version": version,
        "lines": lines,
        "target": completion.TARGET_PERCENT,
    }
    context |= {"total": completion.total(lines), "may_edit": may_edit_programmes(me(request))}
    return render(request, "learning/plan_completion.html", context)


@require_POST
def plan_freeze(request: HttpRequest) -> HttpResponse:
    """Freeze this month's plan now."""
    require(may_edit_programmes, me(request))
    saying(
        request, lambda: plans.freeze(month=today(), by=me(request), at=clock.now()), gettext("The plan is frozen.")
    )  # fmt: skip
    return redirect("learning:plan-completion")


@require_safe
def decision_queue(request: HttpRequest) -> HttpResponse:
    """What waits for my decision: sign-offs, proofs, tasks."""
    require(may_see_programmes, me(request))
    return render(request, "learning/decision_queue.html", {"queue": completion.queue_of(me(request), today())})


@require_POST
def proof_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept a proof or refuse it."""
    require(may_enrol, me(request))
    reach = within(reach_of(me(request), Right.ENROL), "item__person")
    proof = Proof.objects.filter(reach, public_id=public_id).defer("content").first()
    if proof is None:
        raise NotFound
    accepted = request.POST.get("do") == "accept"
    saying(
        request,
        lambda: decisions.judge_proof(
            proof=proof, accepted=accepted, by=me(request), at=clock.now(), comment=request.POST.get("comment", "")
        ),
        gettext("The proof is accepted.") if accepted else gettext("The proof is refused."),
    )  # fmt: skip
    return redirect("learning:decision-queue")


@require_safe
def remedy_list(request: HttpRequest) -> HttpResponse:
    """Topics of the bank with the course that helps."""
    require(may_edit_programmes, me(request))
    cures = {one.topic_id: one.course_id for one in TopicRemedy.objects.all()}
    topics = [(topic, cures.get(topic.pk)) for topic in Topic.objects.order_by("path")]
    context = {"topics": topics, "courses": Course.objects.order_by("title"), "percent": plans.WEAK_PERCENT}
    return render(request, "learning/remedy_list.html", context)


@require_POST
def remedy_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the course for a topic, or none."""
    require(may_edit_programmes, me(request))
    topic = Topic.objects.filter(pk=pk).first()
    course = Course.objects.filter(public_id=request.POST.get("course", "")).first()
    if topic is None:
        raise NotFound
    saying(request, lambda: plans.set_remedy(topic_id=topic.pk, course=course), gettext("Written down."))
    return redirect("learning:remedy-list")

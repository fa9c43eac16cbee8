"""The page of a case: the queue, the conversation, the panel; its live refresh; what is done on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nastavnik.crisis.actions import looks
from nastavnik.crisis.actions.messages import AGENT_MARKS, CUSTOMER_MARKS
from nastavnik.crisis.enums import EventKind, Side
from nastavnik.crisis.models import Attachment, CaseState, CrisisCase, Message
from nastavnik.crisis.permissions import may_act_at_desk, may_lead_desk
from nastavnik.crisis.queries import screen
from nastavnik.crisis.web.act_forms import DIALOGS, FORMS, ActForm, ReplyForm
from nastavnik.crisis.web.common import UNPROCESSABLE, at_desk, desk_title, me, new_click, visible_case
from nastavnik.kernel import clock
from nastavnik.kernel.errors import Conflict, DomainError, NotFound
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

CONFLICT = 409
_PLACE = "{pk}"  # where the number of the message goes
NOTHING_NEW = 204


@require_safe
def case_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page; the look is written down."""
    case, at = visible_case(request, public_id), clock.now()
    looks.at_case(case=case, by=me(request), at=at)
    return render(request, "crisis/case_detail.html", _page(case, me(request), at))


@require_safe
def case_live(request: HttpRequest, public_id: str) -> HttpResponse:
    """What changed since event `seen`: conversation and panel; nothing where nothing did."""
    case = visible_case(request, public_id)
    state = CaseState.objects.get(case=case)
    if str(state.last_seq) == request.GET.get("seen", ""):
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "crisis/_case_live.html", _live(case, state, me(request), clock.now()))


@require_safe
def case_older(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Earlier messages of a long conversation."""
    case = visible_case(request, public_id)
    before = Message.objects.filter(conversation__case=case, pk=pk).first()
    if before is None:
        raise NotFound
    found, older = screen.lines(case, before)
    return render(request, "crisis/_messages.html", {"case": case, "lines": _with_menus(found), "older": older})


@require_POST
def case_act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """One act on the case; a refusal shows the page as it is now with what was typed."""
    if verb not in FORMS:
        raise Http404
    person = at_desk(request)
    if verb == "take" and (gone := screen.taken_by_another(person, public_id)):
        told = gettext("№ {n} is taken already: {person} works on it.")
        toasts.say(request, told.format(n=gone.number, person=gone.assignee))
        return redirect("crisis:my-day")
    case = visible_case(request, public_id)
    form = FORMS[verb](request.POST, case=case, person=person)
    form.allow()
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            form.act(clock.now())
        except DomainError as error:
            form.add_error(None, explain(error))
            status = CONFLICT if isinstance(error, Conflict) else UNPROCESSABLE
        else:
            toasts.say(request, str(form.done))
            return redirect(_after(request, case))
    case = visible_case(request, public_id)
    return render(request, "crisis/case_detail.html", _page(case, person, clock.now(), verb, form), status=status)


def _after(request: HttpRequest, case: CrisisCase) -> str:
    """Back to the case; to the day where it is no longer this person's to see."""
    seen = CrisisCase.objects.visible_to(me(request)).filter(pk=case.pk).exists()
    return case.get_absolute_url() if seen else reverse("crisis:my-day")


@require_safe
def attachment(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A file somebody sent: always a download, whatever it says it is."""
    case = visible_case(request, public_id)
    found = Attachment.objects.filter(message__conversation__case=case, public_id=file_id).first()
    if found is None:
        raise NotFound
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="file-{found.public_id}{_ending(found.content_type)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _ending(content_type: str) -> str:
    endings = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/plain": ".txt"}
    return endings.get(content_type, ".bin")


def _page(
    case: CrisisCase, person: Person, at: datetime, verb: str = "", form: ActForm | None = None
) -> dict[str, Any]:
    state = CaseState.objects.get(case=case)
    live = _live(case, state, person, at)
    acts = may_act_at_desk(person)
    return live | {
        "queue": screen.queue(person, at),
        "composer": form if verb == "reply" else ReplyForm(case=case, person=person),
        "dialogs": _dialogs(case, person, verb, form) if acts else [],
        "refused": form if form is not None and verb not in ("reply", *DIALOGS) else None,
        "refused_verb": verb,
        "crumbs": [(desk_title(), reverse("crisis:my-day")), (gettext("Queue"), reverse("crisis:case-list"))],
    }


def _live(case: CrisisCase, state: CaseState, person: Person, at: datetime) -> dict[str, Any]:
    found, older = screen.lines(case)
    clocks = screen.clocks(case, at)
    return {
        "case": case,
        "state": state,
        "person": person,
        "lines": _with_menus(found),
        "older": older,
        "refusal": screen.refusal(case, state),
        "clocks": clocks,
        "clocks_rest": [one for one in clocks if not one.presses],
        "guides": screen.guides(case, at),
        "history": screen.history(case),
        "acts": may_act_at_desk(person),
        "leads": may_lead_desk(person),
        "click": new_click(),
        "now": at,
    }


def _with_menus(lines: list[screen.Line]) -> list[screen.Line]:
    """What a click may say of each message. The menu of a side is rendered once: sixty times it was half the page."""
    customers = [one for one in CUSTOMER_MARKS if one != EventKind.TRIGGER]
    menus = {Side.CUSTOMER: _rendered(Side.CUSTOMER, customers), Side.AGENT: _rendered(Side.AGENT, AGENT_MARKS)}
    return [replace(one, menu=format_html(menus.get(Side(one.message.side), ""), pk=one.message.pk)) for one in lines]


def _rendered(side: Side, kinds: Sequence[EventKind]) -> str:
    marks = [(one.value, one.label) for one in kinds]
    return render_to_string("crisis/_marks.html", {"side": side.value, "pk": _PLACE, "marks": marks})


def _dialogs(case: CrisisCase, person: Person, verb: str, form: ActForm | None) -> list[dict[str, Any]]:
    """The windows of the acts that need words; the refused one comes back with what was typed."""
    wanted = [name for name in DIALOGS if (name == "reopen") != case.is_open or name == "note"]
    return [
        {
            "verb": name, "title": DIALOGS[name][0], "button": DIALOGS[name][1],
            "form": form if form is not None and verb == name else FORMS[name](case=case, person=person),
            "open": verb == name, "url": reverse("crisis:case-act", args=[case.public_id, name]),
        }
        for name in wanted
    ]  # fmt: skip

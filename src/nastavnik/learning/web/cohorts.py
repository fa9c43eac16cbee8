"""The cohort of a programme: a board of who stands at which gate and why, a table of everybody, bulk actions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web.messages import explain
from nastavnik.learning.actions import advance, enrolments
from nastavnik.learning.enums import Path, PauseKind
from nastavnik.learning.models import Enrolment, Programme
from nastavnik.learning.permissions import may_enrol
from nastavnik.learning.queries import cohorts
from nastavnik.learning.queries.cohorts import Table
from nastavnik.learning.requirements import Titles
from nastavnik.learning.web.programme_common import crumbs, day_of, me, programme_of
from nastavnik.people.models import Team
from nastavnik.people.reach import today

MARKS = {"done": "✓", "late": "!", "open": "○", "ahead": "·", "waived": "–", "none": ""}
MOST_AT_ONCE = 2000


def _filters(request: HttpRequest) -> dict[str, Any]:
    given = {name: request.GET.get(name, "").replace("\0", "") for name in ("intake", "team", "q", "path", "show")}
    if given["path"] not in Path.values:
        given["path"] = Path.ORIGINAL
    return {**given, "today": today()}


def _context(request: HttpRequest, programme: Programme, filters: dict[str, Any]) -> dict[str, Any]:
    teams = Team.objects.visible_to(me(request)).filter(is_active=True).order_by("name")
    return {
        "programme": programme, "filters": filters, "teams": teams, "intakes": programme.intakes.all(),
        "paths": Path.choices, "crumbs": crumbs(programme), "may_enrol": may_enrol(me(request)),
    }  # fmt: skip


@require_safe
def board(request: HttpRequest, public_id: str) -> HttpResponse:
    """Columns are stages, cards are people, a card says what is missing."""
    programme, filters = programme_of(request, public_id), _filters(request)
    context = _context(request, programme, filters)
    context["board"] = cohorts.board(programme, me(request), filters, Titles)
    context["pauses"] = PauseKind.choices
    return render(request, "learning/cohort_board.html", context)


@require_safe
def table(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Everybody by activities, lean enough for a thousand people."""
    programme, filters = programme_of(request, public_id), _filters(request)
    found = cohorts.table(programme, me(request), filters)
    if (kind := request.GET.get("export")) in exports.KINDS:
        heads = [gettext("Person"), gettext("Team"), gettext("Due"), *(title for _key, title in found.heads)]
        rows = ([row.name, row.team, row.due, *(_words()[mark] for mark in row.marks)] for row in found.rows)
        return exports.response(kind, "cohort", heads, rows)
    context = _context(request, programme, filters)
    context |= {
        "table": found,
        "body": body_of(found),
        "marks": [(MARKS[key], word) for key, word in _words().items() if MARKS[key]],
    }
    return render(request, "learning/cohort_table.html", context)


def _words() -> dict[str, str]:
    return {
        "done": gettext("done"), "late": pgettext("deadline", "late"), "open": gettext("to do"),
        "ahead": gettext("after a gate"), "waived": gettext("not needed"), "none": "",
    }  # fmt: skip


def body_of(found: Table) -> SafeString:
    """The rows as HTML. One call a row instead of a template's nodes a cell: a thousand rows of twelve cells.

    A cell is its mark and nothing else: with a class each, the page would be twice as heavy.
    """
    cells = {key: format_html("<td>{}", mark) for key, mark in MARKS.items()}
    drawn: dict[tuple[str, ...], SafeString] = {}  # a cohort stands in a handful of places
    for row in found.rows:
        if (marks := tuple(row.marks)) not in drawn:
            drawn[marks] = format_html_join("", "{}", ((cells[mark],) for mark in marks))
    language = get_language() or "ru"
    days = {day: formatting.day(day, language) for day in {row.due for row in found.rows}}
    return format_html_join(
        "\n", '<tr><th scope="row"><a href="../../../e/{}/">{}</a><td>{}<td>{}{}',
        ((row.public_id, row.name, row.team, days[row.due], drawn[tuple(row.marks)]) for row in found.rows),
    )  # fmt: skip


@require_POST
def bulk(request: HttpRequest, public_id: str) -> HttpResponse:
    """Do one thing with the chosen people: look again, pause, resume, close, move to an intake."""
    programme = programme_of(request, public_id)
    require(may_enrol, me(request))
    rows = Enrolment.objects.within_reach_of(me(request)).exclude(person=me(request))
    chosen = rows.filter(programme=programme, public_id__in=request.POST.getlist("who")[:MOST_AT_ONCE]).open()
    done, refusals = 0, set()
    for row in chosen:
        try:
            _do(request, row)
            done += 1
        except DomainError as error:
            refusals.add(explain(error))
    for text in sorted(refusals):
        messages.error(request, text)
    messages.success(request, ngettext("{n} person done.", "{n} people done.", done).format(n=done))
    query = request.POST.get("query", "")
    return redirect(f"{request.path.removesuffix('bulk/')}board/{'?' + query if query else ''}")


def _do(request: HttpRequest, row: Enrolment) -> None:
    what, at, by = request.POST.get("do"), clock.now(), me(request)
    reason = request.POST.get("reason", "").strip()
    if what == "pause":
        kind = PauseKind(request.POST.get("kind", PauseKind.WORK))
        enrolments.pause(
            enrolment=row,
            since=today(),
            until=day_of(request.POST.get("until", "")),
            kind=kind,
            by=by,
            at=at,
            reason=reason,
        )
    elif what == "resume":
        enrolments.resume(enrolment=row, on=today(), by=by, at=at)
    elif what == "close":
        enrolments.close(enrolment=row, reason=reason, by=by, at=at)
    else:
        advance.evaluate([row.pk], at=at)

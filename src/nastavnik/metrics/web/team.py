"""A team's figures: the page, and the panel on the team's page of people."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.kernel.errors import NotFound
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.permissions import may_see_figures_of_team
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_board import export_heads
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_team import team_screen
from nastavnik.metrics.queries.screens_tiles import tiles
from nastavnik.metrics.web.frames import FrameForm, frame_of, presets_of
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.people.models import Team


def team_and_frame(request: PersonRequest, code: str, days: str) -> tuple[Team, Frame]:
    team = get_object_or_404(Team, code=code)
    if not may_see_figures_of_team(request.user, team):
        raise NotFound
    return team, frame_of(request, days=days, scope=(Scope(ScopeKind.TEAM, team.pk), f"team:{code}", str(team)))


@require_safe
def detail(request: PersonRequest, code: str) -> HttpResponseBase:
    """Members by metric, the team's own figures as totals."""
    team, frame = team_and_frame(request, code, "90d")
    screen = team_screen(frame, team)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, f"team-{code}", [_("Person"), *export_heads()], screen.export_rows(frame))
    context = {
        "screen": screen,
        "form": FrameForm(frame, with_scope=False, with_per=False),
        "presets": presets_of(frame, request.GET),
        "crumbs": [(_("Metrics"), reverse("metrics:board"))],
        "standing_url": frame.url("team-standing", code, scope=None),
    }
    return render(request, "metrics/team_detail.html", context)


@require_safe
def panel(request: PersonRequest, code: str) -> HttpResponse:
    """The slot of the team's page: tiles over thirty days."""
    _team, frame = team_and_frame(request, code, "30d")
    url = reverse("metrics:team-detail", args=[code])
    return render(request, "metrics/_team_panel.html", {"tiles": tiles(frame, most=6), "url": url})

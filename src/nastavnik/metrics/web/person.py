"""A person's figures: the page, one's own, and the panel on the person's page of people."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.kernel.errors import NotFound
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.permissions import may_see_board, may_see_figures_of
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_board import export_heads
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_person import person_screen
from nastavnik.metrics.queries.screens_tiles import tiles
from nastavnik.metrics.web.frames import FrameForm, frame_of, presets_of
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.people.models import Person


def person_and_frame(request: PersonRequest, public_id: str, days: str) -> tuple[Person, Frame]:
    """Somebody out of reach is not there: an outsider learns nothing from the answer."""
    person = get_object_or_404(Person, public_id=public_id)
    if not may_see_figures_of(request.user, person):
        raise NotFound
    scope = Scope(ScopeKind.PERSON, person.pk)
    return person, frame_of(request, days=days, scope=(scope, f"person:{person.code}", str(person)))


@require_safe
def mine(request: PersonRequest) -> HttpResponseBase:
    """One's own figures."""
    return figures(request, request.user.public_id)


@require_safe
def figures(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Tiles over the days chosen and the periods of every metric."""
    person, frame = person_and_frame(request, public_id, "30d")
    screen = person_screen(frame, person)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, "figures", export_heads(), screen.board.export_rows())
    crumbs = [(_("Metrics"), reverse("metrics:board"))] if may_see_board(request.user) else []
    context = {
        "screen": screen,
        "form": FrameForm(frame, with_scope=False),
        "presets": presets_of(frame, request.GET),
        "crumbs": crumbs,
        "standing_url": frame.url("person-standing", public_id, scope=None),
    }
    return render(request, "metrics/person_figures.html", context)


@require_safe
def panel(request: PersonRequest, public_id: str) -> HttpResponse:
    """The slot of the person's page: tiles over thirty days."""
    _person, frame = person_and_frame(request, public_id, "30d")
    url = reverse("metrics:person-figures", args=[public_id])
    return render(request, "metrics/_person_panel.html", {"tiles": tiles(frame, most=6), "url": url})

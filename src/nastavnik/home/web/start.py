"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nastavnik.home.queries import start as screens
from nastavnik.home.queries.upkeep import upkeep
from nastavnik.home.web.requests import PersonRequest
from nastavnik.people.permissions import today


@require_safe
def start(request: PersonRequest) -> HttpResponse:
    """Figures against their targets; whoever imports sees imports and background work too."""
    screen = screens.start(request.user, today())
    context = {"screen": screen, "upkeep": upkeep() if screen.shows_imports else None}
    return render(request, "home/start.html", context)

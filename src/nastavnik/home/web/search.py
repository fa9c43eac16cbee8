"""One search over people, teams, metrics and pages: a fragment for the dialog, a page without JavaScript."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nastavnik.home.queries import search as found
from nastavnik.home.web.requests import PersonRequest


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """`?q=`; nothing is searched for under two letters."""
    text = request.GET.get("q", "").strip()[: found.LONGEST]
    enough = len(text) >= found.SHORTEST
    context = {"groups": found.search(request.user, text) if enough else [], "text": text, "enough": enough}
    return render(request, "home/_search_results.html" if request.htmx else "home/search.html", context)

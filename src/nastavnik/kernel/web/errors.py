"""Error pages (the templates are 400.html, 403.html, 404.html, 500.html); fragments for htmx, JSON for the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[int, "str | Promise"] = {
    400: _("The browser sent something that cannot be read. Go back and try again."),
    403: _("You do not have the right to see this page, or the form was open for too long. Go back and load it again."),
    404: _("There is no such page, or it is not yours to see. Look at the address, or search."),
    500: _("Something broke on our side. Nothing of yours was lost; the fault is in the log. Try again in a minute."),
}


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    message = MESSAGES[status]
    if request.path.startswith("/api/"):
        return JsonResponse({"error": str(status), "message": str(message)}, status=status)
    template = "kernel/_error.html" if request.headers.get("HX-Request") == "true" else f"{status}.html"
    # After a fault the context processors may fail again (no database): 500.html needs none of them.
    using = None if status == 500 else request
    return render(using, template, {"message": message, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404"""
    return _answer(request, 404)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500"""
    return _answer(request, 500)

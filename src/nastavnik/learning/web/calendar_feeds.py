"""My sessions in my own calendar: a secret address, made and switched off here."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.web import toasts
from nastavnik.learning import calendars
from nastavnik.learning.actions import feeds
from nastavnik.learning.models import CalendarFeed
from nastavnik.learning.queries import sessions as found
from nastavnik.learning.web.session_common import base_of, me

KEPT = timedelta(days=90)


@require_safe
def feed_page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, and when it was last read; a new one is shown once."""
    feed = CalendarFeed.objects.filter(person=me(request), revoked_at=None).first()
    token = request.session.pop("new_feed", "")
    address = base_of(request) + reverse("learning:calendar-feed", args=[token]) if token else ""
    return render(request, "learning/calendar_feed.html", {"feed": feed, "address": address})


@require_POST
def feed_open(request: HttpRequest) -> HttpResponse:
    """A new address; the old one stops working."""
    request.session["new_feed"] = feeds.open_feed(person=me(request), by=me(request), at=clock.now())
    return redirect("learning:calendar-page")


@require_POST
def feed_close(request: HttpRequest) -> HttpResponse:
    """No address at all."""
    feeds.close_feed(person=me(request), by=me(request), at=clock.now())
    toasts.say(request, gettext("The address no longer works."))
    return redirect("learning:calendar-page")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever knows the address; anything else is 404."""
    at = clock.now()
    person = feeds.find(token=token, at=at)
    if person is None:
        raise Http404
    with override(person.language or None):
        data = calendars.of_bookings(found.of_person(person, at - KEPT), base=base_of(request), at=at)
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=600"
    return answer

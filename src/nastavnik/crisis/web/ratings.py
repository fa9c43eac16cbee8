"""The page a customer rates a contact on: signed, once, without logging in; little to load, nothing to see."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nastavnik.crisis.actions import ratings
from nastavnik.crisis.money_errors import RatingClosed
from nastavnik.crisis.web.ratings_forms import RatingForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.web.messages import explain

TRIES_A_MINUTE = 20
TOO_MANY, GONE = 429, 410


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question, or store the answer."""
    if _too_often(request):
        return render(request, "crisis/rating.html", {"too_often": True}, status=TOO_MANY)
    try:
        asked = ratings.by_token(token)
    except DomainError as error:
        return render(request, "crisis/rating.html", {"problem": explain(error)}, status=404)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ratings.answer(request=asked, at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            return render(request, "crisis/rating.html", {"problem": explain(error)}, status=GONE)
        return render(request, "crisis/rating.html", {"thanks": True})
    if asked.answered_at is not None:
        return render(request, "crisis/rating.html", {"thanks": True})
    if clock.now() >= asked.expires_at:
        return render(request, "crisis/rating.html", {"problem": explain(RatingClosed())}, status=GONE)
    return render(request, "crisis/rating.html", {"form": form}, status=422 if form.errors else 200)


def _too_often(request: HttpRequest) -> bool:
    """At most twenty looks a minute from one address; approximate where several processes count at once."""
    minute = int(clock.now().timestamp() // 60)
    key = f"rating-rate:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    seen = int(cache.get(key, 0)) + 1
    cache.set(key, seen, 120)
    return seen > TRIES_A_MINUTE

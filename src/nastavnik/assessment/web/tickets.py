"""The ticket of an exam room: a signed cookie that names one attempt and opens nothing else.

Whoever logged in and began gets it; from then on the room asks neither session nor permissions. It lies in a cookie of
the room's own path that scripts cannot read and other sites cannot send; forms repeat its `key`, which no other site
can know.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from nastavnik.assessment.models import Attempt

COOKIE = "exam_ticket"
_LIFE_SECONDS = 24 * 3600
_signer = Signer(salt="nastavnik.assessment.ticket")
_keys = Signer(salt="nastavnik.assessment.ticket-key")


@dataclass(frozen=True)
class Ticket:
    """What the cookie says: which attempt, and how its taker reads pages."""

    public_id: str
    language: str
    zone: str

    @property
    def key(self) -> str:
        """What forms of the room send along."""
        return _keys.signature(self.public_id)

    @contextmanager
    def reader(self) -> Iterator[None]:
        """Within the block pages are written in the taker's language and time zone."""
        with translation.override(self.language), timezone.override(ZoneInfo(self.zone)):
            yield


def issue(answer: HttpResponse, attempt: Attempt) -> None:
    """Put the ticket of the attempt on the answer, for the reader this request is written for."""
    language, zone = translation.get_language() or "ru", timezone.get_current_timezone_name()
    answer.set_cookie(
        COOKIE,
        _signer.sign(f"{attempt.public_id}|{language}|{zone}"),
        max_age=_LIFE_SECONDS,
        path=reverse("assessment:attempt-room", args=[attempt.public_id]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def read(request: HttpRequest, public_id: str) -> Ticket | None:
    """The ticket this request carries for the attempt, if any."""
    try:
        found = Ticket(*_signer.unsign(request.COOKIES.get(COOKIE, "")).split("|"))
    except (BadSignature, TypeError):
        return None
    return found if found.public_id == public_id else None


def fits(request: HttpRequest, ticket: Ticket) -> bool:
    """Whether a POST comes from a page of this room."""
    return constant_time_compare(request.POST.get("key", ""), ticket.key)

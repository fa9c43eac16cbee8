"""Rooms and kinds of sessions: lists and forms."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import sessions
from nastavnik.learning.models import Room, SessionKind
from nastavnik.learning.permissions import may_keep_rooms
from nastavnik.learning.web.session_common import UNPROCESSABLE, me, refuse
from nastavnik.learning.web.session_forms import RoomForm, SessionKindForm


def _tabs(active: str) -> list[dict[str, Any]]:
    return [
        {"title": gettext("Session kinds"), "url": reverse("learning:session-kind-list"), "active": active == "kinds"},
        {"title": gettext("Rooms"), "url": reverse("learning:room-list"), "active": active == "rooms"},
    ]


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Sessions"), reverse("learning:session-list"))]


@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    require(may_keep_rooms, me(request))
    rows = Room.objects.order_by("-is_active", "name")
    return render(request, "learning/room_list.html", {"rows": rows, "tabs": _tabs("rooms"), "crumbs": _crumbs()})


@require_safe
def kind_list(request: HttpRequest) -> HttpResponse:
    require(may_keep_rooms, me(request))
    rows = SessionKind.objects.order_by("-is_active", "name")
    context = {"rows": rows, "tabs": _tabs("kinds"), "crumbs": _crumbs()}
    return render(request, "learning/session_kind_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def room_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """One room, or a new one."""
    room = get_object_or_404(Room, code=code) if code else None
    return _edit(
        request, room, RoomForm, names=sessions.ROOM_FIELDS, save=lambda **of: sessions.save_room(room=room, **of),
        back="learning:room-list", new=gettext("New room"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """One kind of sessions, or a new one."""
    kind = get_object_or_404(SessionKind, public_id=public_id) if public_id else None
    return _edit(
        request, kind, SessionKindForm, names=sessions.KIND_FIELDS,
        save=lambda **of: sessions.save_kind(kind=kind, **of), back="learning:session-kind-list",
        new=gettext("New session kind"),
    )  # fmt: skip


def _edit(
    request: HttpRequest,
    record: Any,
    form_class: type[Form],
    *,
    names: tuple[str, ...],
    save: Any,
    back: str,
    new: str,
) -> HttpResponse:
    require(may_keep_rooms, me(request))
    initial = {name: getattr(record, name) for name in names} if record else None
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save(by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(back)
    context = {"form": form, "title": str(record or new), "submit": gettext("Save"), "back": reverse(back)}
    context["crumbs"] = _crumbs()
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)

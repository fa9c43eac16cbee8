"""Notices: what I was told, what I want e-mail about, and, for administrators, what became of every e-mail."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import dispatches, notices
from nastavnik.learning.enums import DispatchState, NoticeKind
from nastavnik.learning.models import Dispatch, Notice, NoticePreferences
from nastavnik.learning.notice_words import body_of, title_of
from nastavnik.learning.web.session_common import UNPROCESSABLE, me
from nastavnik.people.models import Person
from nastavnik.people.permissions import may_change_settings

READ = (("unread", _("unread")), ("read", _("read")))


class PreferencesForm(forms.Form):
    """Quiet hours and kinds without e-mail."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_to = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In your own time zone. The digest comes when they end, on working days only."),
    )  # fmt: skip
    without_mail = forms.MultipleChoiceField(
        label=_("No e-mail about"), choices=NoticeKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


NOTICES = Listing(
    name="notices",
    columns=[
        Column("created", _("When"), lambda row: row.created_at, sort="created_at"),
        Column("title", _("What"), title_of),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("read", _("Read"), lambda row: row.read_at, sort="read_at"),
    ],
    filters=[
        ChoiceFilter("kind", _("Kind"), lambda: NoticeKind.choices, lambda rows, value: rows.filter(kind=value)),
        ChoiceFilter(
            "read", _("Read"), lambda: READ, lambda rows, value: rows.filter(read_at__isnull=value == "unread")
        ),
    ],
    default_sort="-created",
)

DISPATCHES = Listing(
    name="e-mails",
    columns=[
        Column("made", _("Made"), lambda row: row.made_at, sort="made_at"),
        Column("person", _("Person"), lambda row: str(row.person), sort="person__sort_key"),
        Column("address", _("E-mail"), lambda row: row.address),
        Column("subject", _("Subject"), lambda row: row.subject),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
        Column("tries", _("Tries"), lambda row: row.tries, sort="tries", number=True),
        Column("outcome", _("Outcome"), lambda row: row.outcome),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: DispatchState.choices, lambda rows, value: rows.filter(state=value))
    ],
    search=lambda rows, text: rows.filter(person__in=Person.objects.matching(text)),
    default_sort="-made",
)


@require_safe
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """What I was told, newest first."""
    rows = Notice.objects.visible_to(me(request)).select_related("about")
    if exported := NOTICES.export(rows, request.GET):
        return exported
    page = NOTICES.page(rows, request.GET)
    context = {
        "list": page,
        "rows": [(row, title_of(row), body_of(row)) for row in page.rows],
        "unread": rows.unread().count(),
        "sees_log": may_change_settings(me(request)),
    }
    return render(request, "learning/notice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go where a notice leads; it counts as read."""
    notice = Notice.objects.visible_to(me(request)).filter(public_id=public_id).first()
    if notice is None:
        raise NotFound
    if request.method != "HEAD":
        notices.mark_read(person=me(request), public_id=public_id, at=clock.now())
    inside = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if inside else reverse("learning:notice-list"))


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """All of them are read."""
    notices.mark_read(person=me(request), at=clock.now())
    messages.success(request, gettext("All notices are read."))
    return redirect("learning:notice-list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Quiet hours, and what I want no e-mail about."""
    saved = NoticePreferences.objects.filter(person=me(request)).first() or NoticePreferences()
    names = ("quiet_from", "quiet_to", "without_mail")
    form = PreferencesForm(request.POST or None, initial={name: getattr(saved, name) for name in names})
    if request.method == "POST" and form.is_valid():
        notices.set_preferences(person=me(request), by=me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("Your preferences are saved."))
        return redirect("learning:notice-list")
    context: dict[str, Any] = {"form": form, "title": gettext("Notice preferences"), "submit": gettext("Save")}
    context |= {
        "lead": gettext("Notices in Nastavnik always come; here you choose when they come by e-mail."),
        "back": reverse("learning:notice-list"),
        "crumbs": [(gettext("Notices"), reverse("learning:notice-list"))],
    }
    return render(request, "learning/award_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def dispatch_list(request: HttpRequest) -> HttpResponseBase:
    """Every e-mail and what became of it."""
    require(may_change_settings, me(request))
    rows = Dispatch.objects.select_related("person")
    if exported := DISPATCHES.export(rows, request.GET):
        return exported
    page = DISPATCHES.page(rows, request.GET)
    context = {
        "list": page,
        "has_mail": dispatches.has_mail(),
        "crumbs": [(gettext("Notices"), reverse("learning:notice-list"))],
    }
    return render(request, "learning/dispatch_list.html", context)


@require_POST
def dispatch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try an e-mail that was given up once more."""
    require(may_change_settings, me(request))
    dispatches.send_again(dispatch=get_object_or_404(Dispatch, pk=pk), at=clock.now())
    messages.success(request, gettext("It will be tried again within ten minutes."))
    return redirect("learning:dispatch-list")

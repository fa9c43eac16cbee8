"""Labelled messages: the list, one more, a file of them, another label."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.procedures import queries
from nastavnik.procedures.actions import messages
from nastavnik.procedures.enums import Language, MessageLabel
from nastavnik.procedures.models import LabelledMessage
from nastavnik.procedures.web.common import UNPROCESSABLE, crumbs, keeper, refuse, tabs
from nastavnik.procedures.web.forms import LoadForm, MessageForm

MESSAGES = Listing(
    name="labelled-messages",
    columns=[
        Column("text", _("Message"), value=lambda one: one.text, sort="text"),
        Column("lang", _("Language"), value=lambda one: one.lang, sort="lang"),
        Column("label", _("It is"), value=lambda one: one.get_label_display(), sort="label"),
        Column("source", _("Source"), value=lambda one: one.source, sort="source"),
        Column("added", _("Added"), value=lambda one: one.added_at, sort="added_at"),
    ],
    filters=[
        ChoiceFilter("lang", _("Language"), lambda: Language.choices, lambda rows, value: rows.filter(lang=value)),
        ChoiceFilter("label", _("It is"), lambda: MessageLabel.choices, lambda rows, value: rows.filter(label=value)),
    ],
    search=lambda rows, text: rows.filter(text__icontains=text),
    default_sort="-added",
)


@require_safe
def message_list(request: HttpRequest) -> HttpResponseBase:
    """All labelled messages, and what the lexicon in force makes of those on this page."""
    keeper(request)
    rows = LabelledMessage.objects.all()
    if download := MESSAGES.export(rows, request.GET):
        return download
    page = MESSAGES.page(rows, request.GET)
    lexicon = queries.lexicon_at(None, clock.now())
    shown = [(one, MessageLabel(lexicon.detect(one.text).label)) for one in page.rows]
    return render(request, "procedures/message_list.html", {"list": page, "rows": shown, "tabs": tabs("message-list")})


@require_http_methods(["GET", "HEAD", "POST"])
def message_create(request: HttpRequest) -> HttpResponse:
    """Label one message."""
    person = keeper(request)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.add(by=person, at=clock.now(), source=gettext("by hand"), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The message is labelled."))
            return redirect("procedures:message-list")
    context = {"form": form, "crumbs": crumbs("message-list"), "title": gettext("Label a message")}
    context["verb"] = gettext("Label the message")
    return render(request, "procedures/message_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def message_load(request: HttpRequest) -> HttpResponse:
    """Bring a file of labelled messages."""
    person = keeper(request)
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        try:
            found = messages.load(rows=messages.read(file.read()), source=file.name, by=person, at=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            text = gettext("Loaded: {new} new, {relabelled} relabelled, {known} known already.")
            toasts.say(request, text.format(**vars(found)))
            return redirect("procedures:message-list")
    context = {"form": form, "crumbs": crumbs("message-list"), "title": gettext("Load labelled messages")}
    context["verb"] = gettext("Load the file")
    return render(request, "procedures/message_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def message_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a message is something else, or take it away."""
    person = keeper(request)
    message = LabelledMessage.objects.filter(public_id=public_id).first()
    if message is None:
        raise NotFound
    if request.method == "POST":
        label = request.POST.get("label", "")
        if "remove" in request.POST:
            messages.remove(message=message, by=person, at=clock.now())
            toasts.say(request, gettext("The message was taken away."))
        elif label in MessageLabel.values:
            messages.relabel(message=message, label=label, by=person, at=clock.now())
            toasts.say(request, gettext("The label is changed."))
        return redirect("procedures:message-list")
    context = {"message": message, "labels": MessageLabel.choices, "crumbs": crumbs("message-list")}
    context["seen"] = MessageLabel(queries.lexicon_at(message.lang, clock.now()).detect(message.text).label)
    return render(request, "procedures/message_detail.html", context)

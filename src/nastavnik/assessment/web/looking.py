"""What waits for a person's eye: alarms about items, signals about attempts; one item over all its exams."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.assessment.actions import calibrations, signals
from nastavnik.assessment.enums import AlarmKind, SignalKind
from nastavnik.assessment.models import Item, ItemAlarm, Signal
from nastavnik.assessment.queries.item_analysis import InForm, VersionLine, item_screen
from nastavnik.assessment.web import figure_charts, figure_words
from nastavnik.assessment.web.common import UNPROCESSABLE
from nastavnik.assessment.web.result_common import back_to, exam_choices, judge, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.web import toasts
from nastavnik.people.models import Person

OPEN, LOOKED = "open", "looked"
_STATES = [(OPEN, _("not looked at")), (LOOKED, _("looked at"))]


def _in_state(rows: Any, value: str) -> Any:
    return rows.filter(looked_at__isnull=value == OPEN)


def _percent(share: float, digits: int = 0) -> str:
    return formatting.percent(share, digits, get_language() or "ru")


def _number(value: float) -> str:
    return formatting.number(value, 2, get_language() or "ru")


def alarm_words(alarm: ItemAlarm) -> str:
    """Why the alarm was raised, with its figures."""
    told = alarm.figures
    if alarm.kind == AlarmKind.WRONG_KEY:
        if told.get("instead"):
            text = gettext("Stronger takers choose “{option}” ({n} answers).")
            return text.format(option=told["instead"], n=told["n"])
        return gettext("Weaker takers choose the key more often ({n} answers).").format(n=told["n"])
    said = []
    if "logits" in told:
        easier = told["logits"] < 0
        text = gettext("easier by {n} logits than before") if easier else gettext("harder by {n} logits than before")
        said.append(text.format(n=_number(abs(told["logits"]))))
    if told.get("fast"):
        text = gettext("{fast} answer in no time, {right} of them are right")
        said.append(text.format(fast=_percent(told["fast"]), right=_percent(told["fast_right"])))
    return "; ".join(said)


def signal_words(signal: Signal) -> str:
    """Why the signal was raised, with its figures."""
    told = signal.figures
    match SignalKind(signal.kind):
        case SignalKind.FAST:
            return gettext("{share} of {n} answers were hardly read").format(share=_percent(told["share"]), n=told["n"])
        case SignalKind.MISFIT:
            return gettext("fit {lz}, below −2.58 is rare").format(
                lz=formatting.signed(told["lz"], 2, get_language() or "ru")
            )
        case SignalKind.SAME_WRONG:
            text = gettext("{same} same wrong answers, {expected} expected by chance")
            return text.format(same=told["same"], expected=_number(told["expected"]))


ALARMS = Listing(
    name="item-alarms",
    columns=[
        Column("item", _("Question"), value=lambda row: row.version.item.label, sort="version__item__label"),
        Column("kind", _("What is suspected"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("why", _("Why"), value=alarm_words),
        Column("form", _("Form"), value=lambda row: str(row.form), sort="form"),
        Column("found", _("Found"), value=lambda row: row.found_at, sort="found_at"),
        Column("note", _("What it was"), value=lambda row: row.note),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: _STATES, _in_state),
        ChoiceFilter("kind", _("What is suspected"), lambda: AlarmKind.choices, lambda rows, v: rows.filter(kind=v)),
        ChoiceFilter("exam", _("Exam"), exam_choices, lambda rows, value: rows.filter(form__exam_id=value)),
    ],
    search=lambda rows, text: rows.filter(version__item__search_text__contains=text.lower().replace("ё", "е")),
    default_sort="-found",
)

SIGNALS = Listing(
    name="signals",
    columns=[
        Column("person", _("Person"), value=lambda row: str(row.attempt.person), sort="attempt__person__sort_key"),
        Column("other", _("Other person"), value=lambda row: str(row.other.person) if row.other else ""),
        Column("kind", _("What is remarkable"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("why", _("Figures"), value=signal_words),
        Column("exam", _("Exam"), value=lambda row: row.attempt.exam.title, sort="attempt__exam__title"),
        Column("found", _("Found"), value=lambda row: row.found_at, sort="found_at"),
        Column("note", _("What it was"), value=lambda row: row.note),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: _STATES, _in_state),
        ChoiceFilter("kind", _("What is remarkable"), lambda: SignalKind.choices, lambda rows, v: rows.filter(kind=v)),
        ChoiceFilter("exam", _("Exam"), exam_choices, lambda rows, value: rows.filter(attempt__exam_id=value)),
    ],
    search=lambda rows, text: rows.filter(attempt__person__in=Person.objects.matching(text)),
    default_sort="-found",
)


class NoteForm(forms.Form):
    """What the alarm or the signal turned out to be."""

    note = forms.CharField(label=_("What it was"), max_length=500, widget=forms.Textarea({"rows": 2}))


@require_safe
def alarm_list(request: HttpRequest) -> HttpResponseBase:
    """Items somebody should look at."""
    judge(request)
    rows = ItemAlarm.objects.select_related("version__item", "form__exam", "looked_by")
    if download := ALARMS.export(rows, request.GET):
        return download
    page = ALARMS.page(rows, request.GET)
    context = {
        "list": page,
        "rows": [(row, alarm_words(row)) for row in page.rows],
        "tabs": tabs(request, "alarm-list"),
    }
    return render(request, "assessment/alarm_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def alarm_look(request: HttpRequest, public_id: str) -> HttpResponse:
    """One alarm: why, what can be done, and the note that closes it."""
    person = judge(request)
    rows = ItemAlarm.objects.select_related("version__item", "form__exam", "looked_by")
    alarm = rows.filter(public_id=public_id).first()
    if alarm is None:
        raise NotFound
    form = NoteForm(request.POST or None, initial={"note": alarm.note})
    if request.method == "POST" and form.is_valid():
        calibrations.look_at_alarm(alarm=alarm, note=form.cleaned_data["note"], by=person, at=clock.now())
        toasts.say(request, gettext("Your note is kept."))
        return redirect("assessment:alarm-list")
    context = {"alarm": alarm, "form": form, "words": alarm_words(alarm)}
    context["crumbs"] = back_to(("alarm-list", gettext("Items to look at")))
    return render(request, "assessment/alarm_look.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def signal_list(request: HttpRequest) -> HttpResponseBase:
    """Attempts somebody should ask about."""
    rows = Signal.objects.visible_to(judge(request))
    rows = rows.select_related("attempt__person", "attempt__exam", "other__person", "looked_by")
    if download := SIGNALS.export(rows, request.GET):
        return download
    page = SIGNALS.page(rows, request.GET)
    shown = [(row, signal_words(row)) for row in page.rows]
    return render(
        request, "assessment/signal_list.html", {"list": page, "rows": shown, "tabs": tabs(request, "signal-list")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signal_look(request: HttpRequest, public_id: str) -> HttpResponse:
    """One signal: its figures, its innocent causes, and the note that closes it."""
    person = judge(request)
    rows = Signal.objects.visible_to(person)
    rows = rows.select_related("attempt__person", "attempt__exam", "other__person", "looked_by")
    signal = rows.filter(public_id=public_id).first()
    if signal is None:
        raise NotFound
    form = NoteForm(request.POST or None, initial={"note": signal.note})
    if request.method == "POST" and form.is_valid():
        signals.look_at(signal=signal, note=form.cleaned_data["note"], by=person, at=clock.now())
        toasts.say(request, gettext("Your note is kept."))
        return redirect("assessment:signal-list")
    context = {"signal": signal, "form": form, "words": signal_words(signal)}
    context["crumbs"] = back_to(("signal-list", gettext("Attempts to look at")))
    return render(request, "assessment/signal_look.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def item_analysis(request: HttpRequest, public_id: str) -> HttpResponse:
    """One item over all the exams it stood in: a row per version, its options, its forms."""
    judge(request)
    item = Item.objects.select_related("topic").filter(public_id=public_id).first()
    if item is None:
        raise NotFound
    screen = item_screen(item)
    lang = get_language() or "ru"
    newest = screen.newest
    context: dict[str, Any] = {"item": item, "versions": [_version(one) for one in screen.versions]}
    context["alarms"] = [(one, alarm_words(one)) for one in screen.alarms]
    if newest is not None:
        context |= {"newest": _version(newest), "options": [_option(line) for line in newest.options.lines]}
        context |= {"doubt": newest.options.is_suspect, "instead": newest.options.instead}
        context["forms"] = [_in_form(one) for one in newest.forms]
        context["strength"] = figure_charts.by_strength(newest.groups, lang)
        context["trend"] = figure_charts.over_forms(newest.forms, lang)
    context["crumbs"] = back_to(("analysis-list", gettext("Exams and items")))
    return render(request, "assessment/item_analysis.html", context)


def _slice(found: Any) -> dict[str, Any]:
    return {
        "slice": found,
        "figures": found.figures,
        "ease": figure_words.EASE.get(found.ease, ""),
        "discrimination": figure_words.DISCRIMINATION.get(found.discrimination, ""),
        "is_full": found.discrimination is not None,
        "flags": figure_words.flags(found.flags),
    }


def _version(line: VersionLine) -> dict[str, Any]:
    return _slice(line.whole) | {"version": line.version}


def _in_form(one: InForm) -> dict[str, Any]:
    return _slice(one.slice) | {"form": one.form}


def _option(line: Any) -> dict[str, Any]:
    words = [str(figure_words.OPTION_FLAGS[flag]) for flag in sorted(line.figures.flags)]
    return {"text": line.text, "figures": line.figures, "flags": words}

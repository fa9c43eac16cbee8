"""The kit: every component in each of its states, for those who build pages (settings.SHOW_KIT)."""

import math
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nastavnik.kernel.logic import charts, formatting
from nastavnik.kernel.logic.charts import Bar, Chart, Event, Format, FunnelCurve, FunnelDot, Point, TargetStep
from nastavnik.kernel.web import icons, states, toasts

LINES = [("inbound", _("Inbound")), ("chat", _("Chat")), ("premium", _("Premium"))]
DIRECTIONS = [("up", _("Higher is better")), ("down", _("Lower is better"))]
NAMES = (
    "Агния Лапина", "Тимур Ветров", "Ольга Заречная", "Илья Мостовой", "Константин Белосветов-Заозёрский", "Rosa Lindt",
    "Борис Кедров", "Анна Штиль", "Юлия Гордеева", "Пётр Соколов-Речной", "Mark Holm", "Елена Тёркина",
)  # fmt: skip
CSAT = [4.79, 4.83, 4.86, 4.84, 4.88, 4.87, 4.91, 4.89, None, 4.93, 4.95, 4.90]


class FilterForm(forms.Form):
    """A filter bar built from a form."""

    q = forms.CharField(label=_("Name"), required=False)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[("", _("All")), *LINES])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    present = forms.BooleanField(label=_("Only those at work"), required=False)


class SampleForm(forms.Form):
    """Each kind of field."""

    name = forms.CharField(label=_("Name of the target"), help_text=_("As it is said in the team."), max_length=40)
    value = forms.DecimalField(label=_("Target"), max_value=5)
    line = forms.ChoiceField(label=_("Line"), choices=LINES)
    kind = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), required=False)
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, up to 2 GB."), required=False)
    sure = forms.BooleanField(
        label=_("Tell the team"), help_text=_("12 people will see it in their inbox."), required=False
    )


def _months(lang: str) -> list[tuple[str, str]]:
    days = [date(2025 + (11 + i) // 12, (11 + i) % 12 + 1, 1) for i in range(12)]
    return [(formatting.month(d, lang, width="abbreviated").split("\xa0")[0], formatting.month(d, lang)) for d in days]


def _points(lang: str, shift: float = 0.0) -> list[Point]:
    found = []
    for i, ((short, full), value) in enumerate(zip(_months(lang), CSAT, strict=True)):
        n = 900 + 60 * i if i < 11 else 140
        half = 1.2 / math.sqrt(n)
        v = None if value is None else value + shift * math.sin(i)
        low, high = (None, None) if v is None else (v - half, min(v + half, 5.0))
        found.append(Point(short, v, None if v is None else n, low, high, i == 11, f"#m{i}", full))
    return found


def _line(lang: str) -> Chart:
    return charts.line(
        title=str(_("CSAT, points")), fmt=Format(lang, 2), axis="cut", limits=(1, 5), points=_points(lang),
        target=[TargetStep(0, 4.85), TargetStep(6, 4.90)],
        events=[Event(6, str(_("New target"))), Event(9, str(_("Workshop «Refusals»")))],
    )  # fmt: skip


def _bars(lang: str) -> dict[str, Chart]:
    share = Format(lang, 1, "%", 100)
    rows = [
        Bar(str(_("Inbound")), 0.829, 1204, 0.807, 0.849, 0.80, "met"),
        Bar(str(_("Chat")), 0.781, 640, 0.748, 0.811, 0.80, "at_risk"),
        Bar(str(_("Internal support")), 0.702, 388, 0.655, 0.745, 0.75, "missed"),
        Bar(str(_("Premium")), 0.911, 7, 0.62, 0.98, 0.80, "too_few_data"),
        Bar(str(_("Crisis")), None, 0, state="no_data"),
    ]
    people = [
        Bar(name, value, 380 - 30 * i, value - 0.05 - 0.004 * i, value + 0.03, url=f"#p{i}")
        for i, name in enumerate(NAMES[:6])
        for value in [4.97 - 0.035 * i]
    ]
    return {
        "bar": charts.bar(title=str(_("Retention by line")), fmt=share, limits=(0, 1), bars=rows),
        "dots": charts.dots(
            title=str(_("CSAT by person")), fmt=Format(lang, 2), centre=4.87, limits=(1, 5), bars=people
        ),
    }


def _chance(lang: str) -> dict[str, Chart]:
    weeks = [4.86, 4.88, 4.85, 4.87, 4.9, 4.86, 4.84, 4.88, 4.72, 4.86, 4.87, 4.89, 4.97, 4.88]
    points = [Point(str(i + 30), v, 200 + 9 * i) for i, v in enumerate(weeks)]
    spread = [0.28 / math.sqrt((200 + 9 * i) / 100) / 2.2 for i in range(len(weeks))]
    dots = [
        FunnelDot(f"A-{i:03}", 40 + 23 * i, 0.80 + 0.3 * math.sin(i * 1.7) / math.sqrt(4 + i), i in (9, 23), f"#f{i}")
        for i in range(30)
    ]
    curves = [
        FunnelCurve(level, [(n, max(0.0, 0.8 - z / math.sqrt(n)), min(1.0, 0.8 + z / math.sqrt(n))) for n in sizes])
        for level, z in (("95", 0.784), ("99.8", 1.236))
        for sizes in [range(20, 780, 20)]
    ]
    return {
        "control": charts.control(
            title=str(_("CSAT by week")), fmt=Format(lang, 2), points=points, centre=4.87, flagged={8, 12},
            lower=[4.87 - s for s in spread], upper=[4.87 + s for s in spread], limits=(1, 5),
        ),
        "funnel": charts.funnel(
            title=str(_("Retention by person")), fmt=Format(lang, 0, "%", 100), dots=dots, centre=0.8, curves=curves,
            limits=(0, 1),
        ),
    }  # fmt: skip


def _multiples(lang: str) -> list[Chart]:
    names = [_("Inbound"), _("Chat"), _("Premium"), _("Crisis")]
    return charts.multiples(
        specs=[
            {"title": str(name), "points": _points(lang, 0.02 * i), "target": [TargetStep(0, 4.85)]}
            for i, name in enumerate(names)
        ],
        fmt=Format(lang, 2), axis="cut", limits=(1, 5),
    )  # fmt: skip


def _figures() -> dict[str, Any]:
    return {
        "spark": charts.sparkline(values=CSAT, target=[4.85] * 6 + [4.90] * 6, incomplete_last=True),
        "interval": charts.interval(
            value=4.90, low=4.84, high=4.95, floor=4.5, ceiling=5, target=4.90, text="4.84–4.95"
        ),
        "wide": charts.interval(value=4.6, low=4.2, high=5, floor=4, ceiling=5, target=4.9),
        "states": list(states.STATES),
    }  # fmt: skip


def _lists() -> dict[str, Any]:
    """Items of the components that take a list."""
    return {
        "tabs": [
            {"title": _("Figures"), "url": "#tabs", "active": True, "count": None},
            {"title": _("Records"), "url": "#tabs", "active": False, "count": 12_480},
        ],
        "steps": [
            {"title": _("File"), "state": "done", "url": "#stepper", "note": "calls.xlsx"},
            {"title": _("Columns"), "state": "current", "url": "", "note": ""},
            {"title": _("Check"), "state": "todo", "url": "", "note": ""},
        ],
        "entries": [
            {"day": date(2026, 9, 1), "title": _("Moved to the crisis line"), "text": _("After the exam."),
             "icon": "line"},
            {"day": date(2025, 3, 3), "title": _("Joined"), "text": "", "icon": "", "by": "Rosa Lindt"},
        ],
        "rows": [(f"A-{i:03}", name, 4.95 - i / 40, 380 - 26 * i) for i, name in enumerate(NAMES)],
    }  # fmt: skip


@login_not_required
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Every component in each state."""
    if not settings.SHOW_KIT:
        raise Http404
    lang = get_language() or "en"
    if "toast" in request.GET:
        toasts.say(request, str(_("The target is changed.")), undo_url=request.path)
        toasts.say(request, str(_("3 rows were left out: see the error file.")), level=messages.WARNING)
    broken = SampleForm({"bad-name": "", "bad-value": "6", "bad-line": "nowhere"}, prefix="bad")
    broken.fields.pop("file")
    context = {
        "filters": FilterForm(request.GET or None), "form": SampleForm(prefix="ok"), "broken": broken,
        "page": Paginator(range(640), 50).get_page(request.GET.get("page", 4)), "icons": icons.ICONS,
        "line": _line(lang), "multiples": _multiples(lang),
        "empty_chart": charts.line(title=str(_("CSAT, points")), points=[]),
        **_bars(lang), **_chance(lang), **_figures(), **_lists(),
    }  # fmt: skip
    return render(request, "kernel/kit.html", context)

"""Records and cells behind a figure, and the figure by the columns of its records."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.catalogue.streams import STREAMS
from nastavnik.metrics.enums import Channel
from nastavnik.metrics.queries.readings import metric_of
from nastavnik.metrics.queries.records import NEWEST_FIRST, RecordFilters
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_records import cell_screen, export, record_screen, slice_tables
from nastavnik.metrics.web.frames import FrameForm, frame_of, page_number, presets_of
from nastavnik.metrics.web.metric import crumbs_of
from nastavnik.metrics.web.requests import PersonRequest
from nastavnik.people.models import Line

PAGE = 50


class RecordForm(FrameForm):
    """The frame, narrowed by line, channel, topic and value."""

    def __init__(self, frame: Frame, metric: Metric, query: QueryDict) -> None:
        super().__init__(frame, with_per=False)
        self.data = {**self.data, **{key: query.get(key, "") for key in ("line", "channel", "topic", "least", "most")}}
        lines = [(line.code, str(line)) for line in Line.objects.order_by("name")]
        self.fields["line"] = forms.ChoiceField(label=_("Line"), choices=[("", _("all")), *lines], required=False)
        self.fields["channel"] = forms.ChoiceField(
            label=_("Channel"), choices=[("", _("all")), *Channel.choices], required=False
        )
        if not metric.is_snapshot and any(column.name == "topic" for column in STREAMS[metric.tally_set.stream]):
            self.fields["topic"] = forms.CharField(label=_("Topic"), required=False, max_length=200)
        for name, label in (("least", _("Value from")), ("most", _("Value to"))):
            self.fields[name] = forms.FloatField(label=label, required=False)


def _number(text: str) -> float | None:
    with suppress(ValueError):
        value = float(text.replace(",", "."))
        return value if abs(value) < 1e12 else None
    return None


def filters_of(query: QueryDict) -> RecordFilters:
    """Filters of the URL; what cannot be read is left out."""
    line = Line.objects.filter(code=query["line"]).first() if query.get("line") else None
    channel = query.get("channel", "")
    known = {str(value) for value in Channel.values}
    return RecordFilters(
        line_id=line.pk if line else None,
        channel=int(channel) if channel in known else None,
        topic=query.get("topic", "")[:200] or None,
        least=_number(query.get("least", "")),
        most=_number(query.get("most", "")),
    )


def _pages(total: int, number: int) -> Page[Any]:
    return Paginator(range(total), PAGE).get_page(number)


@require_safe
def records(request: PersonRequest, code: str) -> HttpResponseBase:
    """One page of the records that count; `?export=` gives all of them."""
    metric, frame = metric_of(code), frame_of(request)
    filters, sort = filters_of(request.GET), request.GET.get("sort", NEWEST_FIRST)
    if (kind := request.GET.get("export")) in exports.KINDS:
        heads, rows = export(frame, metric, filters, sort)
        return exports.response(kind, f"{code}-records", heads, rows)
    number = page_number(request.GET)
    screen = record_screen(frame, metric, filters, sort=sort, offset=(number - 1) * PAGE, limit=PAGE)
    context = {
        "screen": screen,
        "form": RecordForm(frame, metric, request.GET),
        "presets": presets_of(frame, request.GET),
        "crumbs": crumbs_of(request, frame, code),
        "page": _pages(screen.total, number),
    }
    return render(request, "metrics/record_list.html", context)


@require_safe
def cells(request: PersonRequest, code: str) -> HttpResponseBase:
    """Day by day and slice by slice: what the figure is added up from."""
    metric, frame = metric_of(code), frame_of(request)
    number = page_number(request.GET)
    screen = cell_screen(frame, metric, offset=(number - 1) * PAGE, limit=PAGE)
    if (kind := request.GET.get("export")) in exports.KINDS:
        whole = cell_screen(frame, metric, offset=0, limit=1_000_000)
        rows = ([r.day, r.person, r.line, r.channel, r.n, r.numerator, r.denominator] for r in whole.rows)
        heads = [
            gettext("Day"),
            gettext("Person"),
            gettext("Line"),
            gettext("Channel"),
            "n",
            gettext("Sum above"),
            gettext("Sum below"),
        ]
        return exports.response(kind, f"{code}-cells", heads, rows)
    context = {
        "screen": screen,
        "form": FrameForm(frame, with_per=False),
        "presets": presets_of(frame, request.GET),
        "crumbs": crumbs_of(request, frame, code),
        "page": _pages(screen.total, number),
    }
    return render(request, "metrics/cell_list.html", context)


@require_safe
def slices(request: PersonRequest, code: str) -> HttpResponse:
    """The metric by line, channel, topic, reason: part of the metric page, a page without JavaScript."""
    metric, frame = metric_of(code), frame_of(request)
    context = {"slices": slice_tables(frame, metric), "metric": metric, "crumbs": crumbs_of(request, frame, code)}
    return render(request, "metrics/_metric_slices.html" if request.htmx else "metrics/metric_slices.html", context)

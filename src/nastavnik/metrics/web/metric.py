"""One metric: its figure, trend, teams and periods; people and slices load by themselves."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.permissions import may_see_board, may_see_people_behind_figures
from nastavnik.metrics.queries.readings import metric_of
from nastavnik.metrics.queries.screens_board import export_heads
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.metrics.queries.screens_metric import metric_screen
from nastavnik.metrics.web.frames import FrameForm, frame_of, presets_of
from nastavnik.metrics.web.requests import PersonRequest


def crumbs_of(request: PersonRequest, frame: Frame | None = None, code: str = "") -> list[tuple[str, str]]:
    """The way back: board (or one's own figures), then the metric under the same frame."""
    sees_others = may_see_board(request.user)
    crumbs = [
        (_("Metrics"), reverse("metrics:board")) if sees_others else (_("My figures"), reverse("metrics:my-figures"))
    ]
    if frame is not None:
        crumbs.append((str(metric_of(code).title), frame.url("metric-detail", code)))
    return crumbs


@require_safe
def detail(request: PersonRequest, code: str) -> HttpResponseBase:
    """The statement first, then why: trend against the target of its day, teams, people, slices, periods."""
    metric = metric_of(code)
    frame = frame_of(request)
    screen = metric_screen(frame, metric)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, code, export_heads(), screen.export_rows())
    ranked = metric.is_ranked and frame.scope.kind != ScopeKind.PERSON and may_see_people_behind_figures(request.user)
    context = {
        "screen": screen,
        "form": FrameForm(frame),
        "presets": presets_of(frame, request.GET),
        "crumbs": crumbs_of(request),
        "records_url": "" if metric.is_snapshot else frame.url("record-list", code),
        "people_url": frame.url("metric-people", code) if ranked else "",
        "slices_url": "" if metric.is_snapshot else frame.url("metric-slices", code),
    }
    return render(request, "metrics/metric_detail.html", context)

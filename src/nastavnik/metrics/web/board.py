"""The metric board."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nastavnik.kernel import exports
from nastavnik.kernel.permissions import require
from nastavnik.metrics.permissions import may_edit_targets, may_import_facts, may_see_board
from nastavnik.metrics.queries import screens_board
from nastavnik.metrics.web.frames import FrameForm, frame_of
from nastavnik.metrics.web.requests import PersonRequest


@require_safe
def board(request: PersonRequest) -> HttpResponseBase:
    """Metrics by periods for a scope of one's choice; `variants` adds the other ways of counting."""
    require(may_see_board, request.user)
    frame = frame_of(request)
    screen = screens_board.board(frame, with_variants="variants" in request.GET)
    if (kind := request.GET.get("export")) in exports.KINDS:
        return exports.response(kind, "board", screens_board.export_heads(), screen.export_rows())
    context = {
        "board": screen,
        "form": FrameForm(frame, with_days=False),
        "may_edit_targets": may_edit_targets(request.user),
        "may_import_facts": may_import_facts(request.user),
        "variants": "variants" in request.GET,
    }
    return render(request, "metrics/board.html", context)

"""Pages of the exam room are drawn once: what differs between takers and moments is a hole, filled without templates.

A skeleton is a template rendered with marks in place of values and cut at the marks. All takers whose exams have the
same number of questions and of questions a page share it, so a page costs a join of strings.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

_MARK = "hole-{}-eloh"  # letters a URL and HTML leave alone; texts of people never pass through a skeleton
_MARKS = re.compile(r"hole-([a-z_0-9]+)-eloh")
KEPT = 500

Shape = tuple[Any, ...]
Context = Callable[[Shape], Mapping[str, Any]]


def hole(name: str) -> str:
    """What stands in the skeleton where the value of this name will."""
    return _MARK.format(name)


def page(template: str, language: str, shape: Shape, context: Context, values: Mapping[str, Any]) -> str:
    """The template's page: the skeleton for this shape (`context(shape)` tells its holes), its holes filled.

    Values are escaped unless they are safe already. A hole without a value is a KeyError.
    """
    cut = _skeleton.__wrapped__ if settings.DEBUG else _skeleton
    pieces = cut(template, language, shape, context)
    filled = {name: conditional_escape(value) for name, value in values.items()}
    return "".join(filled[piece] if place % 2 else piece for place, piece in enumerate(pieces))


@lru_cache(maxsize=KEPT)
def _skeleton(template: str, language: str, shape: Shape, context: Context) -> list[str]:
    """Pieces of the page in turn: text, name of a hole, text, ..."""
    return _MARKS.split(render_to_string(template, dict(context(shape))))

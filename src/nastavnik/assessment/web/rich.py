"""The tree of a text as HTML. Every element is written by `format_html`, which escapes what is in it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nastavnik.assessment.logic.rich_text import ELEMENTS, VOID, Element, Nodes, inner, nodes
from nastavnik.assessment.logic.texts import Text

# One pattern per allowed element: the names are ours, nothing of the text gets into them.
_PATTERNS = {name: f"<{name}>" if name in VOID else f"<{name}>{{}}</{name}>" for name in ELEMENTS}
_LINK = '<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>'


def html(text: Text | None) -> SafeString:
    """A text as a page shows it."""
    return _joined(nodes(text) if text else [])


def line(text: Text | None) -> SafeString:
    """The same inside a line: an option, a cell."""
    return _joined(inner(nodes(text)) if text else [])


def _joined(found: Nodes) -> SafeString:
    return format_html_join("", "{}", ((_written(one),) for one in found))


def _written(one: Element | str) -> str:
    if isinstance(one, str):
        return one
    content = _joined(one.children)
    if one.name == "a":
        return format_html(_LINK, one.href, content) if one.href else content
    if one.name in VOID:
        return format_html("<{}>", one.name)
    return format_html(_PATTERNS[one.name], content)

"""Texts of items as a small tree of allowed elements: what a page may show of what somebody typed. Pure.

Markdown is rendered with raw HTML off, HTML of files is read by the standard library's parser; of both only the
elements below remain. A script or a style is dropped with its content, any other foreign element leaves its text, no
attribute remains but the address of a link to the web. The page then writes the tree element by element, escaping every
text, so nothing foreign can pass by construction.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from nastavnik.assessment.logic.texts import Text, TextFormat

_NAMES = "p br hr b strong i em u s sub sup code pre kbd blockquote ul ol li table thead tbody tr th td h3 h4 a"
ELEMENTS = frozenset(_NAMES.split(" "))
VOID = frozenset({"br", "hr"})
_DROPPED = frozenset({"script", "style", "iframe", "object", "template", "svg", "math", "noscript", "title", "head"})
_RENAMED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "del": "s", "strike": "s", "ins": "u"}
_BLOCKS = frozenset({"div", "section", "article", "center"})
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.I)
DEPTH = 60


@dataclass
class Element:
    """An allowed element; `href` only of links."""

    name: str
    children: list["Element | str"] = field(default_factory=list)
    href: str = ""


Nodes = list["Element | str"]


class _Builder(HTMLParser):
    """Builds the tree; unclosed elements end with their parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]
        self.dropping = ""
        self.nested = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.dropping:
            self.nested += tag == self.dropping
            return
        if tag in _DROPPED:
            self.dropping, self.nested = tag, 1
            return
        name = "p" if tag in _BLOCKS else _RENAMED.get(tag, tag)
        if name not in ELEMENTS or len(self.open) > DEPTH:
            return
        element = Element(name)
        if name == "a":
            href = (dict(attrs).get("href") or "").strip()
            element.href = href if _WEB.fullmatch(href) else ""
        self.open[-1].children.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.dropping:
            self.nested -= tag == self.dropping
            if not self.nested:
                self.dropping = ""
            return
        name = "p" if tag in _BLOCKS else _RENAMED.get(tag, tag)
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].name == name:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.open[-1].children.append(data)


def nodes(text: Text) -> Nodes:
    """The text as a tree. Running text keeps its line breaks."""
    if text.format == TextFormat.MARKDOWN:
        return _parsed(_markdown().render(text.text))
    if text.format == TextFormat.HTML:
        return _parsed(text.text)
    lines = text.text.split("\n")
    found: Nodes = [lines[0]]
    for line in lines[1:]:
        found += [Element("br"), line]
    return found


def _parsed(html: str) -> Nodes:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root.children


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # No pictures: a page makes no request somebody else's text asks for.
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


def inner(found: Nodes) -> Nodes:
    """Without the one paragraph around it, for a line of an option."""
    said = [one for one in found if not (isinstance(one, str) and not one.strip())]
    if len(said) == 1 and isinstance(said[0], Element) and said[0].name == "p":
        return said[0].children
    return found


def words(text: Text) -> str:
    """The text without its marks, on one line."""
    return " ".join(" ".join(_words(nodes(text))).split())


def _words(found: Nodes) -> list[str]:
    return [word for one in found for word in ([one] if isinstance(one, str) else _words(one.children))]

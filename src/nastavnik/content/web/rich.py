"""Markdown of authors as HTML: the parsed tree is written node by node by `format_html`, which escapes every text.

Raw HTML is off and unknown nodes leave their text only, so nothing foreign can pass by construction. Pictures are those
of the course (`media/NAME`): a page makes no request that somebody else's text asks for.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Address = Callable[[str], str | None]
_WRAPPED = {
    "paragraph": "<p>{}</p>",
    "strong": "<strong>{}</strong>",
    "em": "<em>{}</em>",
    "s": "<s>{}</s>",
    "bullet_list": "<ul>{}</ul>",
    "ordered_list": "<ol>{}</ol>",
    "list_item": "<li>{}</li>",
    "blockquote": "<blockquote>{}</blockquote>",
    "table": '<div class="table-scroll" tabindex="0" role="group"><table>{}</table></div>',
    "thead": "<thead>{}</thead>",
    "tbody": "<tbody>{}</tbody>",
    "tr": "<tr>{}</tr>",
    "th": '<th scope="col">{}</th>',
    "td": "<td>{}</td>",
}
# The text stands under the title of its page: its highest headings, whichever they are, become the second level.
_HEADINGS = ("<h2>{}</h2>", "<h3>{}</h3>", "<h4>{}</h4>", "<h5>{}</h5>")
_LINK = '<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>'
_LEAVES = {"softbreak": "br", "hardbreak": "br", "hr": "hr"}
_WEB = re.compile(r"(https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)
MEDIA = "media/"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def html(text: str, address: Address) -> SafeString:
    """A text as a page shows it; `address` gives the URL of a picture of the course by its name."""
    tree = SyntaxTreeNode(_parser().parse(text))
    top = min((_level(node) for node in tree.walk() if node.type == "heading"), default=1)
    return _children(tree, address, top)


def _level(heading: SyntaxTreeNode) -> int:
    return int(heading.tag.removeprefix("h"))


def _children(node: SyntaxTreeNode, address: Address, top: int) -> SafeString:
    return format_html_join("", "{}", ((_written(child, address, top),) for child in node.children))


def _written(node: SyntaxTreeNode, address: Address, top: int) -> str:
    kind = node.type
    if kind == "text":
        return format_html("{}", node.content)
    if kind == "code_inline":
        return format_html("<code>{}</code>", node.content)
    if kind in ("fence", "code_block"):
        return format_html("<pre><code>{}</code></pre>", node.content)
    if kind in _LEAVES:
        return format_html("<{}>", _LEAVES[kind])
    if kind == "image":
        return _picture(node, address)
    inner = _children(node, address, top)
    if kind == "heading":
        return format_html(_HEADINGS[min(_level(node) - top, len(_HEADINGS) - 1)], inner)
    if kind == "link":
        href = str(node.attrs.get("href", ""))
        return format_html(_LINK, href, inner) if _WEB.fullmatch(href) else inner
    return format_html(_WRAPPED[kind], inner) if kind in _WRAPPED else inner


def _picture(node: SyntaxTreeNode, address: Address) -> str:
    source, words = str(node.attrs.get("src", "")), node.content
    url = address(source.removeprefix(MEDIA)) if source.startswith(MEDIA) else None
    if url is None:
        return format_html("<em>[{}: {}]</em>", gettext("no such picture in the course"), words or source)
    return format_html('<img src="{}" alt="{}" loading="lazy">', url, words)

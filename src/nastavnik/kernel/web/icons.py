"""Icons as SVG outlines on a 20 px grid, drawn with the colour of the text. Inline: no request, good in print.

Each is decorative: the word stands beside it or is visually hidden.
"""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "search": '<circle cx="8.5" cy="8.5" r="5"/><path d="m12.5 12.5 4 4"/>',
    "inbox": '<path d="M3 11.5 5.2 4h9.6l2.2 7.5V16H3zM3 11.5h4l1 2h4l1-2h4"/>',
    "home": '<path d="m3 9.5 7-6 7 6M5 8.5V16h3.5v-4h3v4H15V8.5"/>',
    "chart": '<path d="M3 3v14h14M6.5 12.5l3-4 3 2 4-5.5"/>',
    "target": '<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3"/>',
    "people": (
        '<circle cx="7.5" cy="7" r="2.8"/>'
        '<path d="M2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 4.5a2.8 2.8 0 0 1 0 5M14 11.8c2.1.5 3.5 2.2 3.5 4.7"/>'
    ),
    "person": '<circle cx="10" cy="6.5" r="3"/><path d="M4 17c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5"/>',
    "team": (
        '<rect x="7.5" y="3" width="5" height="4" rx="1"/><rect x="2.5" y="13" width="5" height="4" rx="1"/>'
        '<rect x="12.5" y="13" width="5" height="4" rx="1"/><path d="M10 7v3M5 13v-3h10v3"/>'
    ),
    "import": '<path d="M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 13v3.5h13V13"/>',
    "export": '<path d="M10 12V3M6.5 6.5 10 3l3.5 3.5M3.5 13v3.5h13V13"/>',
    "settings": (
        '<path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/>'
    ),
    "journal": '<path d="M5 3h10v14H5zM8 7h4M8 10h4M8 13h2"/>',
    "book": '<path d="M10 5.5C8.5 4 6 3.7 3 4v11.5c3-.3 5.5 0 7 1.5 1.5-1.5 4-1.8 7-1.5V4c-3-.3-5.5 0-7 1.5zV17"/>',
    "lifebuoy": (
        '<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3"/>'
        '<path d="m5.1 5.1 2.8 2.8M12.1 12.1l2.8 2.8M14.9 5.1l-2.8 2.8M7.9 12.1l-2.8 2.8"/>'
    ),
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "check-circle": '<circle cx="10" cy="10" r="7"/><path d="m6.8 10.3 2.3 2.3 4.2-4.9"/>',
    "met": '<path d="m4 10.5 4 4 8-9"/>',
    "missed": '<path d="m5 5 10 10M15 5 5 15"/>',
    "at_risk": '<path d="M10 3.5 17.5 16.5h-15zM10 8v4M10 14v.5"/>',
    "no_target": '<circle cx="10" cy="10" r="6.5" stroke-dasharray="2.5 2.5"/>',
    "too_few_data": (
        '<circle cx="4.5" cy="10" r="1"/><circle cx="10" cy="10" r="1"/><circle cx="15.5" cy="10" r="1"/>'
    ),
    "no_data": '<path d="M5 10h10"/>',
    "warning": '<path d="M10 3.5 17.5 16.5h-15zM10 8v4M10 14v.5"/>',
    "error": '<circle cx="10" cy="10" r="7"/><path d="M10 6v5M10 13.5v.5"/>',
    "info": '<circle cx="10" cy="10" r="7"/><path d="M10 9v5M10 6v.5"/>',
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "more": '<circle cx="4" cy="10" r="1"/><circle cx="10" cy="10" r="1"/><circle cx="16" cy="10" r="1"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "edit": '<path d="m4 16 .8-3.5L13 4.3l2.7 2.7-8.2 8.2zM11.5 5.8l2.7 2.7"/>',
    "trash": '<path d="M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11"/>',
    "filter": '<path d="M3 4.5h14L11.8 10.5v5.5l-3.6-2v-3.5z"/>',
    "columns": '<path d="M3 4h14v12H3zM7.7 4v12M12.3 4v12"/>',
    "up": '<path d="m5 12 5-5 5 5"/>',
    "down": '<path d="m5 8 5 5 5-5"/>',
    "left": '<path d="m12 5-5 5 5 5"/>',
    "right": '<path d="m8 5 5 5-5 5"/>',
    "sort": '<path d="m6.5 8 3.5-4 3.5 4M6.5 12l3.5 4 3.5-4"/>',
    "calendar": '<path d="M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.8"/>',
    "bell": '<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17h3"/>',
    "globe": '<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c-4.5 4.5-4.5 9.5 0 14 4.5-4.5 4.5-9.5 0-14z"/>',
    "theme": '<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>',
    "help": '<circle cx="10" cy="10" r="7"/><path d="M7.8 8a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M10 13.8v.5"/>',
    "link": (
        '<path d="m8.5 11.5 3-3M9.5 6l1.7-1.7a3 3 0 0 1 4.3 4.3L13.8 10.3M10.5 14l-1.7 1.7a3 3 0 0 1-4.3-4.3L6.2 9.7"/>'
    ),
    "copy": '<path d="M7.5 7.5h9v9h-9zM4 12.5H3.5v-9h9V4"/>',
    "logout": '<path d="M12 4H4v12h8M9 10h8M14 7l3 3-3 3"/>',
    "key": '<circle cx="6.5" cy="13.5" r="3"/><path d="m8.7 11.3 7.3-7.3M13 7l2.5 2.5"/>',
    "file": '<path d="M5 3h7l3.5 3.5V17H5zM12 3v3.5h3.5"/>',
    "ladder": '<path d="M6 3v14M14 3v14M6 6h8M6 10h8M6 14h8"/>',
    "flag": '<path d="M5 17V3.5h10l-2 3.5 2 3.5H5"/>',
    "partner": '<path d="M3.5 17V7l6.5-3.5L16.5 7v10M8 17v-4h4v4M7 9.5h1M12 9.5h1"/>',
    "line": '<path d="M4 5c0 6 5 11 11 11l1.5-3-3.5-1.8-1.6 1.6a9 9 0 0 1-4.2-4.2L8.8 7 7 3.5z"/>',
    "lock": '<path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9"/>',
    "play": '<path d="m6.5 4.5 9 5.5-9 5.5z"/>',
    "undo": '<path d="M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8"/>',
}


@cache
def icon(name: str, size: int = 18) -> SafeString:
    """The icon's SVG, hidden from screen readers. An unknown name is a KeyError."""
    return format_html(
        '<svg class="icon" width="{size}" height="{size}" viewBox="0 0 20 20" aria-hidden="true">{body}</svg>',
        size=size,
        body=mark_safe(ICONS[name]),  # noqa: S308 - the constants above
    )

"""What the frame of every page needs: rail, theme, languages, unread inbox. Lazy: a fragment pays nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nastavnik.kernel import navigation

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
PLACES_IN_BAR = 4


@dataclass(frozen=True)
class RailItem:
    """A place of the rail and whether this page lies in it."""

    title: Any
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class RailGroup:
    title: Any
    items: list[RailItem]


def _lies_in(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def rail_of(groups: list[navigation.Group], path: str) -> list[RailGroup]:
    """The rail with one place marked: the one with the longest URL this path lies in."""
    urls = [item.url for group in groups for item in group.items if _lies_in(path, item.url)]
    here = max(urls, key=len, default=None)
    return [
        RailGroup(group.title, [RailItem(i.title, i.url, i.icon, current=i.url == here) for i in group.items])
        for group in groups
    ]


def theme_of(request: HttpRequest) -> str:
    """The reader's theme, kept on the device; "auto" follows the system."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def _rail(request: HttpRequest) -> Callable[[], list[RailGroup]]:
    def build() -> list[RailGroup]:
        return rail_of(navigation.groups(request.user), request.path) if request.user.is_authenticated else []

    return build


def _unread(request: HttpRequest) -> Callable[[], int]:
    def count() -> int:
        if not request.user.is_authenticated:
            return 0
        # The models load after the settings name this module.
        from nastavnik.kernel.models import LongTask  # noqa: PLC0415

        over = (LongTask.State.DONE, LongTask.State.FAILED)
        return LongTask.objects.filter(owner_id=request.user.pk, seen_at=None, state__in=over).count()

    return count


def _tools(request: HttpRequest) -> Callable[[], list[navigation.Counted]]:
    def build() -> list[navigation.Counted]:
        return navigation.tools(request.user) if request.user.is_authenticated else []

    return build


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: the rail, `frame_bar` (the phone's four places), what is unread, the tools."""
    rail: Any = SimpleLazyObject(_rail(request))
    return {
        "frame_rail": rail,
        "frame_bar": SimpleLazyObject(lambda: [item for group in rail for item in group.items][:PLACES_IN_BAR]),
        "frame_unread": SimpleLazyObject(_unread(request)),
        "frame_tools": SimpleLazyObject(_tools(request)),
        "frame_theme": theme_of(request),
        "frame_languages": settings.LANGUAGES,
    }

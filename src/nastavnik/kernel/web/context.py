"""What the frame of every page needs: rail, theme, languages, unread inbox. Lazy: a fragment pays nothing.

The parts that are the same for all who may see the same places are drawn once and kept in the process.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nastavnik.kernel import navigation

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
PLACES_IN_BAR = 4
KEPT_PARTS = 500


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


def nearest(urls: Iterable[str], path: str) -> str:
    """The longest of the addresses this path lies in; empty when it lies in none."""
    return max((url for url in urls if _lies_in(path, url)), key=len, default="")


def rail_of(groups: list[navigation.Group], here: str) -> list[RailGroup]:
    """The rail with the place of that address marked."""
    return [
        RailGroup(group.title, [RailItem(i.title, i.url, i.icon, current=i.url == here) for i in group.items])
        for group in groups
    ]


def part(template: str, places: Iterable[str], here: str) -> SafeString:
    """A part of the frame that depends on nothing but the language, the places shown and the place marked."""
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(template, get_language() or "", tuple(places), here)


@lru_cache(maxsize=KEPT_PARTS)
def _drawn(template: str, language: str, places: tuple[str, ...], here: str) -> SafeString:
    rail = rail_of(navigation.groups_of(places), here)
    bar = [item for group in rail for item in group.items][:PLACES_IN_BAR]
    return render_to_string(template, {"frame_rail": rail, "frame_bar": bar})


def theme_of(request: HttpRequest) -> str:
    """The reader's theme, kept on the device; "auto" follows the system."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def _places(request: HttpRequest) -> Callable[[], tuple[str, ...]]:
    def find() -> tuple[str, ...]:
        return navigation.places(request.user) if request.user.is_authenticated else ()

    return find


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
    """Context processor; all lazy. `frame_here`: the place this page lies in; `frame_tools`: icons with numbers."""
    places: Any = SimpleLazyObject(_places(request))
    return {
        "frame_places": places,
        "frame_here": SimpleLazyObject(lambda: nearest(map(navigation.url_of, places), request.path)),
        "frame_unread": SimpleLazyObject(_unread(request)),
        "frame_tools": SimpleLazyObject(_tools(request)),
        "frame_theme": theme_of(request),
        "frame_languages": settings.LANGUAGES,
    }

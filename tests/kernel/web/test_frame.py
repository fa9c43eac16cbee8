"""The frame of every page: rail, theme, states, toasts, small template helpers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from nastavnik.kernel.navigation import Group, Item
from nastavnik.kernel.web import context, icons, states
from nastavnik.kernel.web.toasts import Toast


def render(source: str, url: str = "/", **values: object) -> str:
    request = RequestFactory().get(url)
    request.user = AnonymousUser()
    return Template(source).render(Context({"request": request, **values}))


def test_the_rail_marks_the_nearest_place_only() -> None:
    places = [Item("Home", "/", "home"), Item("People", "/people/", "people"), Item("Teams", "/people/teams/", "team")]
    groups = [Group("Run", places)]

    def here(path: str) -> list[str]:
        nearest = context.nearest((place.url for place in places), path)
        return [item.title for group in context.rail_of(groups, nearest) for item in group.items if item.current]

    assert [here(p) for p in ("/", "/people/", "/people/a/", "/people/teams/7/", "/metrics/")] == [
        ["Home"], ["People"], ["People"], ["Teams"], [],
    ]  # fmt: skip


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("pink", "auto"), ("", "auto")])
def test_the_theme_is_kept_in_a_cookie(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert context.theme_of(request) == theme


def test_a_stranger_has_no_rail_and_no_mail() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    frame = context.frame(request)
    assert (tuple(frame["frame_places"]), frame["frame_here"], frame["frame_unread"] == 0) == ((), "", True)


def test_every_state_has_an_icon_and_a_word() -> None:
    assert {code: bool(icons.icon(states.of(code).icon)) for code in states.STATES} == dict.fromkeys(
        states.STATES, True
    )


def test_a_mistyped_state_or_icon_fails_at_once() -> None:
    with pytest.raises(KeyError):
        states.of("mett")
    with pytest.raises(KeyError):
        icons.icon("serach")


def test_too_few_data_says_how_many_are_needed() -> None:
    with translation.override("en"):
        text = render('{% cotton state code="too_few_data" :n="7" :need="30" %}{% endcotton %}')
    assert "Too few data (n = 7, need 30)" in text


def test_figures_follow_the_active_language() -> None:
    with translation.override("ru"):
        assert render("{{ 1234.5|number:1 }} {{ 0.5|percent:0 }}") == "1\u202f234,5 50\u00a0%"
    with translation.override("en"):
        assert render("{{ 1234.5|number:1 }} {{ 0.5|percent:0 }}") == "1,234.5 50%"


@pytest.mark.parametrize(
    ("url", "source", "expected"),
    [
        ("/?page=3&q=x", '{% query_with "sort" "name" %}', "?q=x&amp;sort=name"),
        ("/?page=3&q=x", '{% query_with "page" 4 %}', "?page=4&amp;q=x"),
        ("/?page=3&q=x", '{% query_with "q" None %}', "?"),
        ("/", '{% optional_url "no:such" %}', ""),
    ],
)
def test_links_change_one_thing_of_the_address(url: str, source: str, expected: str) -> None:
    assert render(source, url) == expected


def test_initials_are_two_at_most() -> None:
    assert [render("{{ name|initials }}", name=n) for n in ("Анна", "Rosa Maria Lindt", "")] == ["А", "RM", ""]


def test_a_toast_reads_its_undo_back() -> None:
    class Message:
        extra_tags, level_tag, message = "undo=/x/undo", "success", "Done"

    assert Toast.of(Message()) == Toast("success", "Done", "/x/undo")  # type: ignore[arg-type]  # the three fields it reads

"""Pages of the academy in a real browser: axe in both languages, themes and widths; nothing to scroll sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.cast import Cast

pytestmark = pytest.mark.slow
HEAD, TRAINER, LEARNER, TAKER, HOLDER = "head", "trainer", "t1", "t2", "t3"
Looked = list[tuple[str, str]]


def pages(rooms: dict[str, str]) -> Looked:
    """Who looks at what."""
    programme, course = rooms["programme"], rooms["course"]
    return [
        (LEARNER, "/learning/plan/"), (LEARNER, rooms["enrolment"]), (LEARNER, "/content/"), (LEARNER, course),
        (LEARNER, f"{course}play/"), (LEARNER, rooms["film"]), (LEARNER, "/assessment/mine/"),
        (LEARNER, rooms["attempt-t1"]), (TAKER, f"{rooms['attempt-t2']}result/"), (HOLDER, rooms["session"]),
        (HOLDER, rooms["certificate"]), (HOLDER, "/learning/sessions/"), (HOLDER, "/learning/notices/"),
        (TRAINER, rooms["session"]), (TRAINER, f"{rooms['session']}attendance/"), (TRAINER, "/learning/sessions/desk/"),
        (TRAINER, f"{rooms['film']}edit/"), (HEAD, programme),
        (HEAD, f"{programme}design/"), (HEAD, f"{programme}board/"),
        (HEAD, f"{programme}table/"), (HEAD, f"{programme}enrol/"), (HEAD, "/learning/plan/completion/"),
        (HEAD, "/learning/triggers/"), (HEAD, "/assessment/"), (HEAD, "/assessment/exams/"),
        (HEAD, "/learning/certificates/"), (HEAD, "/learning/permits/"), (HEAD, f"/learning/check/{rooms['number']}/"),
    ]  # fmt: skip


def complaints(page: Page) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]]


def look(page: Page, path: str, *, language: str, scheme: str, width: int, url: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("ru", "light", 1440), ("en", "dark", 1440), ("ru", "dark", 390), ("en", "light", 390)],
)
def test_every_page_of_the_academy_passes_axe_and_fits_the_screen(
    cast: Cast, rooms: dict[str, str], language: str, scheme: str, width: int
) -> None:
    found = []
    for login, path in pages(rooms):
        page = cast.page(login)
        look(page, path, language=language, scheme=scheme, width=width, url=cast.site.url)
        found += [(path, one) for one in complaints(page)]
        if (wide := page.evaluate("document.documentElement.scrollWidth")) != width:
            found.append((path, f"{wide} px wide"))
    assert found == []


@pytest.mark.parametrize(("language", "scheme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_exam_room_passes_axe_and_fits_the_screen(
    cast: Cast, rooms: dict[str, str], language: str, scheme: str, width: int
) -> None:
    page = cast.page(LEARNER)
    look(page, rooms["attempt-t1"], language=language, scheme=scheme, width=width, url=cast.site.url)
    page.locator("[data-anchor=start] button").click()
    expect(page.locator("[data-part=room-page]")).to_be_visible()
    check = page.url.split("/room/")[0] + f"/room/{rooms['attempt-t1'].split('/')[-2]}/check/"
    for path in (page.url, check):
        page.goto(path)
        assert (path, complaints(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)

"""Pages of metrics and home in a real browser: axe in both languages and widths, no sideways scrolling, keys."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.browser import login_as
from tests.support.processes import Site

ADMINISTRATOR, AGENT = "S-01", "A-001"
PAGES = (
    "/", "/metrics/", "/metrics/csat/", "/metrics/qa/people/", "/metrics/csat/records/", "/metrics/csat/cells/",
    "/metrics/csat/slices/", "/metrics/targets/", "/metrics/targets/csat/", "/metrics/targets/set/", "/search/?q=а",
)  # fmt: skip
OWN = ("/", "/metrics/mine/", "/metrics/csat/", "/metrics/csat/people/")
Look = Callable[..., None]


@pytest.fixture
def look(page: Page, site: Site) -> Look:
    """Open a page as somebody, in a language and width, with all its parts loaded."""

    def see(path: str, *, code: str = ADMINISTRATOR, language: str = "ru", width: int = 1440) -> None:
        login_as(page, site, code)
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.locator("[aria-busy=true]")).to_have_count(0)

    return see


def complaints(page: Page) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_passes_axe_and_fits_the_screen(page: Page, look: Look, language: str, width: int) -> None:
    for path, code in [*((path, ADMINISTRATOR) for path in PAGES), *((path, AGENT) for path in OWN)]:
        look(path, code=code, language=language, width=width)
        assert (path, code, complaints(page)) == (path, code, [])
        assert (path, code, page.evaluate("document.documentElement.scrollWidth")) == (path, code, width)


def test_dark_pages_pass_axe(page: Page, look: Look) -> None:
    page.emulate_media(color_scheme="dark")
    for path in ("/", "/metrics/", "/metrics/csat/"):
        look(path)
        assert (path, complaints(page)) == (path, [])


def test_a_figure_is_a_door_from_the_board_to_its_records(page: Page, look: Look) -> None:
    look("/metrics/", language="en")
    page.locator("#board tbody tr", has_text="CSAT").first.locator("td.fig a").last.click()
    expect(page.locator("h1")).to_contain_text("CSAT")
    page.get_by_role("link", name="Open the records").click()
    expect(page.locator("h1")).to_have_text("CSAT: the records")
    expect(page.locator("main")).to_contain_text("The sums of these records equal the figure.")


def test_letters_walk_the_board_and_enter_opens_the_metric(page: Page, look: Look) -> None:
    look("/metrics/", language="en")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("CSAT")


def test_the_search_is_reached_and_left_by_keys(page: Page, look: Look) -> None:
    look("/", language="en")
    page.keyboard.press("Control+k")
    page.keyboard.type("retent")
    expect(page.locator("#search-results")).to_contain_text("Retention")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Retention")


def test_the_filter_sends_itself_and_stays_in_the_address(page: Page, look: Look) -> None:
    look("/metrics/", language="en")
    page.select_option("#filter_per", "quarter")
    page.wait_for_url("**per=quarter**")
    expect(page.locator("#board thead")).to_contain_text("so far")

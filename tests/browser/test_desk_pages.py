"""Pages of the crisis desk and of its rules in a real browser: axe in both themes, languages and widths."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import complaints
from tests.support.desk_centre import Desk
from tests.support.processes import Site

pytestmark = pytest.mark.slow
PAGES = (
    "/crisis/", "/crisis/cases/", "/crisis/cases/new/", "/crisis/wallboard/", "/crisis/team/", "/crisis/report/",
    "/crisis/settings/", "/crisis/settings/clock/", "/crisis/imports/", "/crisis/money/offers/",
    "/crisis/money/approvals/", "/crisis/money/payments/", "/crisis/money/double/", "/crisis/money/refunds/",
    "/crisis/money/matrix/", "/crisis/money/matrix/add/", "/crisis/money/limits/", "/crisis/money/limits/add/",
    "/crisis/money/budgets/", "/crisis/money/budgets/add/", "/crisis/money/signs/", "/crisis/money/reconciliations/",
    "/crisis/money/data/", "/crisis/compliance/", "/crisis/compliance/report/", "/crisis/compliance/try/",
    "/procedures/", "/procedures/policies/new/", "/procedures/lexicon/", "/procedures/messages/",
    "/procedures/messages/new/", "/procedures/messages/load/", "/procedures/phrases/", "/procedures/guides/",
    "/procedures/guides/new/",
)  # fmt: skip
# A page reached from a list: where, and the first of which links.
BEHIND = (
    ("/crisis/cases/?which=open&refusal=TRIGGERED", "main a.row-link"),
    ("/crisis/cases/?which=closed", "main a.row-link"),
    ("/crisis/money/payments/?q=R-", "main a.row-link"), ("/procedures/", "main a.row-link"),
    ("/procedures/lexicon/", "main dd a"), ("/crisis/compliance/", "main a.row-link"),
)  # fmt: skip
PUBLIC = ("/crisis/write/", "/crisis/write/sent/")
DRESSES = [("ru", "light", 1440), ("en", "dark", 390)]


@pytest.fixture(params=DRESSES, ids=["-".join(map(str, one)) for one in DRESSES])
def dressed(request: pytest.FixtureRequest, page: Page, site: Site, desk: Desk) -> Page:
    """A page of the head of the centre in a language, a theme and a width."""
    language, theme, width = request.param
    page.context.add_cookies([{"name": "sessionid", "value": desk.sessions["journey-head"], "url": site.url}])
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    return page


def settled(page: Page) -> None:
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def faults(page: Page) -> list[str]:
    """What axe says of the page, and whether it is wider than the screen."""
    width = page.viewport_size["width"]  # type: ignore[index]  # it was set above
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"{page.url}: {one}" for one in (*complaints(page), *(["too wide"] if wide else []))]


def test_every_page_of_the_desk_passes_axe_and_fits_the_screen(dressed: Page) -> None:
    found = []
    for path in (*PAGES, *PUBLIC):
        dressed.goto(path)
        settled(dressed)
        found += faults(dressed)
    assert found == []


def test_every_record_of_the_desk_passes_axe_and_fits_the_screen(dressed: Page) -> None:
    found = []
    for path, link in BEHIND:
        dressed.goto(path)
        dressed.goto(dressed.locator(link).first.get_attribute("href") or "")
        settled(dressed)
        for closed in dressed.locator("main details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        found += faults(dressed)
    assert found == []


def test_the_windows_of_a_case_pass_axe(dressed: Page) -> None:
    dressed.goto("/crisis/cases/?which=open&refusal=TRIGGERED")
    dressed.goto(dressed.locator("main a.row-link").first.get_attribute("href") or "")
    settled(dressed)
    found = []
    for opener in dressed.locator("[data-opens^=do-]").all():
        opener.click()
        found += [(opener.get_attribute("data-opens"), one) for one in complaints(dressed)]
        dressed.keyboard.press("Escape")
    assert found == []

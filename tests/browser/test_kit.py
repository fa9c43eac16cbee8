"""The kit page in a real browser: keys, dialogs, themes, narrow screens, and axe in every dress."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.processes import Site


def show(page: Page, site: Site, path: str = "/kit/", *, language: str = "en", width: int = 1440) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim()")
    return text


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_passes_axe_and_fits_the_screen(
    page: Page, site: Site, language: str, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show(page, site, language=language, width=width)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_cold_page_asks_for_few_files_and_little_weight(page: Page, site: Site) -> None:
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())) if "/static/" in answer.url else None)
    show(page, site)
    page.wait_for_load_state("networkidle")
    assert len(sizes) == 3  # one style sheet, htmx and our own script
    assert sum(sizes) < 120_000  # before compression, which takes two thirds of it


def test_letters_walk_through_rows_and_escape_closes(page: Page, site: Site) -> None:
    show(page, site)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == "Агния Лапина"
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_a_confirmation_says_what_follows_and_gives_the_focus_back(page: Page, site: Site) -> None:
    show(page, site)
    page.click("[data-opens=kit-confirm]")
    expect(page.locator("#kit-confirm")).to_contain_text("12 people will be told")
    assert focused(page) == "Cancel"
    page.keyboard.press("Escape")
    assert focused(page) == "Close the target"


def test_a_theme_once_chosen_is_drawn_by_the_server(page: Page, site: Site) -> None:
    show(page, site)
    page.click(".topbar .menu summary")
    page.locator("input[name=theme][value=dark]").check(force=True)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_hidden_columns_stand_in_the_address(page: Page, site: Site) -> None:
    show(page, site)
    page.click("[data-columns-of] summary")
    page.locator("[data-columns-of] input").first.uncheck()
    assert page.url.endswith("?hide=1")
    page.reload()
    expect(page.locator("#kit-table thead th").nth(1)).to_be_hidden()


def test_a_toast_can_be_dismissed(page: Page, site: Site) -> None:
    show(page, site, "/kit/?toast=1")
    page.locator(".toast [data-dismiss]").first.click()
    expect(page.locator(".toast")).to_have_count(1)


def test_a_head_that_fits_stays_under_the_top_bar(page: Page, site: Site) -> None:
    show(page, site)
    page.locator("#kit-table tbody tr").last.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#kit-table tbody tr:last-child').scrollIntoView({block: 'start'})")
    assert page.locator("#kit-table thead th").first.bounding_box()["y"] >= 52  # type: ignore[index]  # it is visible

"""People of the academy's browser tests, each with a window of their own."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import academy_story as story
from tests.support.browser import watch
from tests.support.processes import Site


class Cast:
    """The people of the story, each with a browser window of their own, logged in through the login page."""

    def __init__(self, browser: Browser, site: Site, problems: list[str]) -> None:
        self.browser, self.site, self.problems = browser, site, problems
        self.pages: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []

    def context(self, *, width: int = 1280) -> BrowserContext:
        made = self.browser.new_context(
            base_url=self.site.url,
            locale="en-GB",
            timezone_id="Europe/Moscow",
            viewport={"width": width, "height": 900},
        )
        made.add_cookies([{"name": "django_language", "value": "en", "url": self.site.url}])
        made.set_default_timeout(15_000)
        self.contexts.append(made)
        return made

    def page(self, login: str, *, width: int = 1280) -> Page:
        """The window of this person; the first time they log in."""
        if login not in self.pages:
            self.pages[login] = self.another_device(login, width=width)
        return self.pages[login]

    def another_device(self, login: str, *, width: int = 1280) -> Page:
        """A window on a device that knows nothing of the others, logged in."""
        opened = self.context(width=width).new_page()
        watch(opened, self.site, self.problems)
        opened.goto("/accounts/login/")
        opened.get_by_label("Login").fill(login)
        opened.get_by_label("Password").fill(story.PASSWORD)
        opened.get_by_role("button", name="Log in").click()
        expect(opened.locator(".topbar")).to_be_visible()
        return opened

    def close(self) -> None:
        for context in self.contexts:
            context.close()

"""A really running centre with the demo story, and Debian's Chromium looking at it.

Server and worker are processes of their own: Playwright runs an event loop here, in which Django refuses its ORM. With
pytest-xdist all browser tests go to one worker (`--dist loadgroup`), so that the story is loaded once.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from nastavnik.config.checks import CHROMIUM
from tests.support.browser import watch
from tests.support.desk_centre import Desk, planted
from tests.support.homes import temporary_home
from tests.support.processes import Site, free_port, nastavnik, running

PEOPLE = 160
LOAD_SECONDS = 180
_HERE = Path(__file__).parent
expect.set_options(timeout=15_000)  # a page is waited for, not timed: the machine may be busy with other tests
# This machine has no network and no screen; without these Chromium looks up its maker's hosts at every start.
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One site for all: they run in one xdist worker."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's Chromium, or a skip that says how to get it."""
    found = next((Path(path) for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def site(chromium: Path) -> Iterator[Site]:
    """A centre of invented people, served by `nastavnik run`; the same for all browser tests, so leave it as it was."""
    with temporary_home() as home:
        loaded = nastavnik(home, "demo", "load", "--people", str(PEOPLE), seconds=LOAD_SECONDS)
        assert loaded.returncode == 0, loaded.stderr
        (home / "letters").mkdir()
        port = free_port()
        mail = {"NASTAVNIK_EMAIL_URL": f"file:///{home}/letters", "NASTAVNIK_PUBLIC_URL": f"http://127.0.0.1:{port}"}
        with running(home, port=port, NASTAVNIK_SHOW_KIT="1", **mail) as made:
            yield made


@pytest.fixture(scope="session")
def desk(site: Site) -> Desk:
    """Crews of the crisis desk with their chats, customers and toolkit, beside the story."""
    return planted(site)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for a module: while it is open its event loop would make Django refuse every other test's ORM."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def problems() -> list[str]:
    """What the page did wrong so far. A test that provokes some (a 422, say) looks at them and clears the list."""
    return []


@pytest.fixture
def page(browser: Browser, site: Site, problems: list[str]) -> Iterator[Page]:
    """A page in Russian at 1440 px, watched: console errors, foreign requests and broken scripts fail the test."""
    context = browser.new_context(
        base_url=site.url, locale="ru-RU", timezone_id="Europe/Moscow", viewport={"width": 1440, "height": 900}
    )
    opened = context.new_page()
    watch(opened, site, problems)
    yield opened
    context.close()
    assert problems == []

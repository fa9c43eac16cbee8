"""A really running centre with the demo story, and Debian's Chromium looking at it.

Server and worker are processes of their own: Playwright runs an event loop here, in which Django refuses its ORM. With
pytest-xdist all browser tests go to one worker (`--dist loadgroup`), so that the story is loaded once.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from nastavnik.config.checks import CHROMIUM
from tests.support import academy_story
from tests.support.browser import watch
from tests.support.cast import Cast
from tests.support.desk_centre import Desk, planted
from tests.support.homes import temporary_home
from tests.support.processes import Site, environment, free_port, nastavnik, running
from tests.support.time_travel import SiteClock

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


# -- the academy: a centre of its own, whose clock the tests set -------------------------------------------------------


@pytest.fixture(scope="session")
def clock() -> Iterator[SiteClock]:
    """The clock of the academy's site; at first the day its newcomers join."""
    with temporary_home() as folder:
        made = SiteClock(folder / "clock")
        made.set(academy_story.MONDAY)
        yield made


@pytest.fixture(scope="session")
def academy(chromium: Path, clock: SiteClock) -> Iterator[Site]:
    """A site of its own with the people and courses of `academy_story`, at the hour the clock says."""
    with temporary_home() as home, running(home, "--no-demo", ready=False, **clock.env) as made:
        made.wait_until_ready(300)
        yield made


def _told(module: str, site: Site, clock: SiteClock) -> dict[str, str]:
    """Run a set-up against the site in a process of its own; the addresses it prints."""
    said = subprocess.run(
        [sys.executable, "-m", module, str(site.home)], env=environment(site.home, **clock.env), cwd=_HERE.parents[1],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    found: dict[str, str] = json.loads(said.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="session")
def places(academy: Site, clock: SiteClock) -> dict[str, str]:
    """Addresses of the newcomers' course and programme."""
    return _told("tests.support.academy_story", academy, clock)


@pytest.fixture(scope="session")
def rooms(academy: Site, places: dict[str, str], clock: SiteClock) -> dict[str, str]:
    """Addresses of what `academy_rooms` makes: people in the middle of courses and exams."""
    return _told("tests.support.academy_rooms", academy, clock)


@pytest.fixture
def cast(browser: Browser, academy: Site, problems: list[str]) -> Iterator[Cast]:
    """Windows of the academy's people, watched like `page`."""
    made = Cast(browser, academy, problems)
    yield made
    made.close()
    assert problems == []

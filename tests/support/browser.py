"""What browser tests do on every page: log in, and notice what a person would not see."""

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.support.processes import Site, nastavnik

_SESSION = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from nastavnik.people.models import Person
person = Person.objects.get(code={code!r})
session = SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.create()
print(session.session_key)
"""
_sessions: dict[tuple[str, str], str] = {}


def login_as(page: Page, site: Site, code: str) -> None:
    """Be the person with this code from now on. The login page has a test of its own; this spares it elsewhere."""
    page.context.add_cookies([{"name": "sessionid", "value": _session_of(site, code), "url": site.url}])


def _session_of(site: Site, code: str) -> str:
    key = (site.url, code)
    if key not in _sessions:
        said = nastavnik(site.home, "manage", "shell", "--verbosity", "0", "-c", _SESSION.format(code=code))
        assert said.returncode == 0, said.stderr
        _sessions[key] = said.stdout.strip()
    return _sessions[key]


def watch(page: Page, site: Site, problems: list[str]) -> None:
    """Gather what a strict page must not do: console errors and warnings, requests to other hosts, broken scripts."""

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            problems.append(f"{message.type}: {message.text} ({page.url})")

    def request(one: Request) -> None:
        if not one.url.startswith((site.url, "data:", "blob:")):
            problems.append(f"request to {one.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(f"script: {error} ({page.url})"))
    page.on("request", request)

"""Takers of an exam: people with prepared attempts, and the browser each of them is.

The journey is that of a taker without scripts: log-in form, log in (to the start page), course list, exam page, start,
30 questions five a page, last look, submit, result. Each has a person and cookies of their own. "With scripts" saves
each answer by itself, as the page does. `lost` compares every acknowledged answer with the database.
"""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil

QUESTIONS, PAGE = 30, 5
PASSWORD = "Pass-1234!"


@dataclass(frozen=True)
class Server:
    """Where it listens, and whose processor time counts."""

    port: int
    processes: list[psutil.Process]


@dataclass
class Taker:
    """A person with a prepared attempt; `acknowledged`: value sent by place, once the server had it."""

    login: str
    code: str
    attempt: str
    cookies: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[int, str] = field(default_factory=dict)
    thinks_s: float = 0.0
    """Mean of the exponential pauses before each step."""


@dataclass
class Tally:
    """Milliseconds by step, and what went wrong."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, step: str, begun: float) -> None:
        with self.lock:
            self.steps.setdefault(step, []).append((time.monotonic() - begun) * 1000)

    def fail(self, what: str) -> None:
        with self.lock:
            self.errors[what] = self.errors.get(what, 0) + 1


def prepare(wanted: dict[str, int]) -> dict[str, list[Taker]]:
    """Exams of 30 live items from a bank of 60, by code, each offered to so many people."""
    from django.contrib.auth.hashers import make_password

    from nastavnik.assessment.actions import exams, forms, items, sittings
    from nastavnik.assessment.enums import ItemState
    from nastavnik.assessment.logic.blueprint import Blueprint, Line
    from nastavnik.assessment.logic.items import Choice, Single
    from nastavnik.assessment.logic.texts import rich
    from nastavnik.kernel import clock
    from nastavnik.people.models import Person

    now = clock.now()
    for number in range(60):
        options = tuple(Choice(rich(f"Вариант {n} ответа на вопрос {number}"), is_right=n == 0) for n in range(4))
        body = Single(
            stem=rich(f"Что делает оператор в случае {number}, если клиент просит вернуть деньги?"), choices=options
        )
        items.promote(item=items.create(body=body, by=None, at=now), to=ItemState.LIVE, by=None, at=now)
    people = list(Person.objects.filter(code__startswith="N-").order_by("code"))
    hashed = make_password(PASSWORD)
    for person in people:
        person.login, person.password = person.code.lower(), hashed
    Person.objects.bulk_update(people, ["login", "password"], batch_size=500)

    def offered(code: str, count: int) -> list[Taker]:
        exam = exams.create(
            code=code, title=f"Экзамен {code}", blueprint=Blueprint(QUESTIONS, (Line(100),)), by=None, at=now,
            gate_seconds=0, page_size=PAGE, minutes=120,
        )  # fmt: skip
        for _ in range(2):
            forms.publish(form=forms.assemble(exam=exam, by=None, at=now), by=None, at=now)
        exam = exams.publish(exam=exam, by=None, at=now)
        sitting = sittings.offer(
            exam=exam, people=people[:count], opens_at=now, closes_at=now + timedelta(days=1), by=None, at=now
        )
        rows = sitting.attempts.order_by("person__code").values_list("person__login", "public_id")
        return [Taker(str(login), code, attempt) for login, attempt in rows]

    return {code: offered(code, number) for code, number in wanted.items()}


class Browser:
    """One kept connection with cookies; follows redirects."""

    def __init__(self, server: Server, cookies: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.cookies = cookies
        self.path = ""

    def ask(self, path: str, data: dict[str, Any] | None = None) -> str:
        method, body = ("POST", urlencode(data)) if data is not None else ("GET", None)
        for _ in range(6):
            headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "ru"}
            if body is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, value = cookie.split(";")[0].split("=", 1)
                self.cookies[name] = value
            if answer.status not in (301, 302, 303):
                if answer.status >= 400:
                    raise RuntimeError(f"{answer.status} at {path}")
                self.path = path
                return text
            target = urlsplit(answer.headers["Location"])
            method, body, path = "GET", None, target.path + (f"?{target.query}" if target.query else "")
        raise RuntimeError(f"too many redirects at {path}")


_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_RADIO = re.compile(r'type="radio" name="q(\d+)" value="(\d+)"')


def journey(taker: Taker, server: Server, tally: Tally, *, saves_each: bool) -> None:
    browser, draw = Browser(server, taker.cookies), random.Random(taker.attempt)
    try:
        steps: list[tuple[str, Callable[[], str]]] = [
            ("login", lambda: _log_in(browser, taker)),
            ("course", lambda: browser.ask("/content/")),
            ("exam", lambda: browser.ask(f"/assessment/take/{taker.code}/")),
        ]
        for name, ask in steps:
            _think(taker, draw)
            entry = _timed(tally, name, ask)
        page = _timed(tally, "start", lambda: start(browser, taker, entry))
        for _ in range(QUESTIONS // PAGE):
            _think(taker, draw)
            page = _answer(browser, taker, page, tally, draw, saves_each=saves_each)
        if 'data-anchor="submit"' not in page:
            raise RuntimeError("no last look")
        _think(taker, draw)
        path = f"/assessment/room/{taker.attempt}/submit/"
        result = _timed(tally, "submit", lambda: browser.ask(path, dict(_HIDDEN.findall(page))))
        if 'data-anchor="result"' not in result:
            raise RuntimeError("no result page")
        tally.done += 1
    except (RuntimeError, OSError, http.client.HTTPException) as error:
        tally.fail(f"{type(error).__name__}: {error}"[:80])


def _timed(tally: Tally, step: str, ask: Callable[[], str]) -> str:
    begun = time.monotonic()
    text = ask()
    tally.add(step, begun)
    return text


def _think(taker: Taker, draw: random.Random) -> None:
    if taker.thinks_s:
        time.sleep(draw.expovariate(1 / taker.thinks_s))


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("no form")
    return found[1]


def _log_in(browser: Browser, taker: Taker) -> str:
    token = _token(browser.ask("/accounts/login/"))
    return browser.ask(
        "/accounts/login/", {"username": taker.login, "password": PASSWORD, "csrfmiddlewaretoken": token}
    )


def start(browser: Browser, taker: Taker, entry: str) -> str:
    path = f"/assessment/attempts/{taker.attempt}/start/"
    page = browser.ask(path, {"csrfmiddlewaretoken": _token(entry)})
    if 'data-anchor="page"' not in page:
        raise RuntimeError("no page of questions")
    return page


def _answer(browser: Browser, taker: Taker, page: str, tally: Tally, draw: random.Random, *, saves_each: bool) -> str:
    hidden = dict(_HIDDEN.findall(page))
    offered: dict[int, list[str]] = {}
    for place, value in _RADIO.findall(page):
        offered.setdefault(int(place), []).append(value)
    given = {place: draw.choice(values) for place, values in offered.items()}
    if not saves_each:
        data = hidden | {f"q{place}": value for place, value in given.items()} | {"next": "1"}
        page = _timed(tally, "save", lambda: browser.ask(browser.path, data))
        taker.acknowledged |= given
        return page
    room, first = f"/assessment/room/{taker.attempt}/", int(hidden["sequence"])
    for step, (place, value) in enumerate(given.items()):
        one = {"key": hidden["key"], "place": place, "sequence": first + step, f"q{place}": value}
        _timed(tally, "save", lambda one=one: browser.ask(f"{room}save/", one))  # type: ignore[misc]  # bound at once
        taker.acknowledged[place] = value
    number = max(given) // PAGE + 1
    path = f"{room}check/" if number > QUESTIONS // PAGE else f"{room}{number}/"
    return _timed(tally, "page", lambda: browser.ask(path))


def together(at_once: int, work: Callable[[Taker], None], takers: list[Taker], *, longest_s: float) -> None:
    """So many threads share the takers until all are done; nobody begins after `longest_s`."""
    waiting, lock, until = iter(takers), threading.Lock(), time.monotonic() + longest_s

    def worker() -> None:
        while time.monotonic() < until:
            with lock:
                taker = next(waiting, None)
            if taker is None:
                return
            work(taker)

    threads = [threading.Thread(target=worker) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost(takers: list[Taker]) -> int:
    """Acknowledged answers that are not the last ones the database has of their questions."""
    from nastavnik.assessment.models import Answer, Attempt

    found = Attempt.objects.filter(public_id__in=[taker.attempt for taker in takers])
    layouts = {row.public_id: (row.pk, row.layout) for row in found}
    last: dict[tuple[int, int], Any] = {}
    rows = Answer.objects.filter(attempt__in=[pk for pk, _ in layouts.values()]).order_by("sequence")
    for attempt, position, value in rows.values_list("attempt", "position", "value"):
        last[attempt, position] = value
    lost = 0
    for taker in takers:
        pk, layout = layouts[taker.attempt]
        for place, value in taker.acknowledged.items():
            laid = layout[place - 1]
            lost += last.get((pk, laid["p"])) != laid["o"][int(value)]
    return lost


def stored(code: str) -> tuple[int, int]:
    """Closed attempts at the exam, and of their questions those without a stored answer."""
    from django.db.models import Count, F, Sum

    from nastavnik.assessment.models import Attempt

    rows = Attempt.objects.filter(exam__code=code, state="closed")
    answered = rows.annotate(n=Count("answers__position", distinct=True))
    missing = answered.aggregate(missing=Sum(F("form__item_count") - F("n")))["missing"] or 0
    return rows.count(), missing


CSRF_FORM = f'name="csrfmiddlewaretoken" value="{"a" * 32}"'


def session_of(login: str) -> str:
    """A session of somebody logged in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from nastavnik.people.models import Person

    person, session = Person.objects.get(login=login), SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "nastavnik.people.backends.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)

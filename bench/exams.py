"""Exams under load, on a real server with its database, everything on this machine.

The journey is that of a taker without scripts: log-in form, log in (to the start page), course list, exam page, start,
30 questions five a page, last look, submit, result. A closed loop without thinking time; each journey has its own
person and cookies. "With scripts" saves each answer by itself, as the page does. Afterwards every acknowledged answer
is compared with the database. Other programs on the machine change the wall time; CPU per journey is the server's own.
"""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil

from bench.homes import centre, postgres
from bench.rows import Row
from bench.starting import free_port, started
from bench.timing import cpu_of, family, memory_of, percentile

QUESTIONS, PAGE = 30, 5
LEVELS = {20: 60, 100: 200, 200: 300}
"""Takers at once -> journeys in all."""
LIMIT_CPU_MS, LIMIT_PER_MINUTE = 250, 400
SAVE_LIMITS_MS = {20: 300, 100: 1000}
STARTS = 2000
LONGEST_S = 60
PASSWORD = "Pass-1234!"


def run(quick: bool) -> Iterator[Row]:
    """All of it; quick: a fifth of the journeys and of the starts."""
    levels = {at_once: journeys // (5 if quick else 1) for at_once, journeys in LEVELS.items()}
    starts = STARTS // (5 if quick else 1)
    needed = sum(levels.values()) + levels[100]
    with centre(max(needed, starts)) as home:
        journeys, starters = _prepare(needed, starts)
        with started(home, free_port(), "--no-demo") as (port, process, _):
            server = Server(port, [psutil.Process(process.pid), *postgres(home)])
            for taker in journeys[:4]:
                _journey(taker, server, Tally(), saves_each=False)  # caches of both web processes, not measured
            free = iter(journeys[4:])
            for at_once, number in levels.items():
                yield from _level(server, at_once, [next(free) for _ in range(number - 4)], saves_each=False)
            yield from _level(server, 100, list(free), saves_each=True)
            yield from _starts(server, starters)


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


def _prepare(journeys: int, starts: int) -> tuple[list[Taker], list[Taker]]:
    """An exam of 30 live items from a bank of 60, offered twice: for the journeys and for the starts."""
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
        return [Taker(login, code, attempt) for login, attempt in rows]

    return offered("journey", journeys), offered("starts", starts)


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


def _journey(taker: Taker, server: Server, tally: Tally, *, saves_each: bool) -> None:
    browser, draw = Browser(server, taker.cookies), random.Random(taker.attempt)
    try:
        _timed(tally, "login", lambda: _log_in(browser, taker))
        _timed(tally, "course", lambda: browser.ask("/content/"))
        entry = _timed(tally, "exam", lambda: browser.ask(f"/assessment/take/{taker.code}/"))
        page = _timed(tally, "start", lambda: _start(browser, taker, entry))
        for _ in range(QUESTIONS // PAGE):
            page = _answer(browser, taker, page, tally, draw, saves_each=saves_each)
        if 'data-anchor="submit"' not in page:
            raise RuntimeError("no last look")
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


def _start(browser: Browser, taker: Taker, entry: str) -> str:
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


@contextmanager
def _together(at_once: int, work: Callable[[Taker], None], takers: list[Taker]) -> Iterator[None]:
    """So many threads share the takers, for LONGEST_S at most; the block runs when all are done."""
    waiting, lock, until = iter(takers), threading.Lock(), time.monotonic() + LONGEST_S

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
    yield


def _level(server: Server, at_once: int, takers: list[Taker], *, saves_each: bool) -> Iterator[Row]:
    tally = Tally()
    cpu, begun = cpu_of(server.processes), time.monotonic()
    with _together(at_once, lambda taker: _journey(taker, server, tally, saves_each=saves_each), takers):
        wall = time.monotonic() - begun
        each = (cpu_of(server.processes) - cpu) * 1000 / max(tally.done, 1)
    name = f"exam journey, {at_once} takers" + (", each answer saved by itself" if saves_each else "")
    per_minute, lost = tally.done * 60 / wall, _lost(takers)
    _rss, pss = memory_of(family(server.processes))
    steps = "; ".join(
        f"{step} {percentile(ms, 0.5):.0f}/{percentile(ms, 0.95):.0f}/{percentile(ms, 0.99):.0f}"
        for step, ms in tally.steps.items()
    )
    fair = not saves_each
    yield Row(
        f"{name}: CPU",
        f"{each:.0f} ms a journey, {tally.done} journeys, {pss:.0f} MB PSS",
        "LMS 1,057-1,298, Django 173-196",
        each / LIMIT_CPU_MS if fair else None,
        f"<= {LIMIT_CPU_MS} ms" if fair else "",
        each <= LIMIT_CPU_MS if fair else None,
        f"p50/p95/p99 ms by step: {steps}",
    )
    aimed = fair and at_once == 100
    yield Row(
        f"{name}: journeys a minute",
        f"{per_minute:.0f}",
        "LMS 86-106",
        LIMIT_PER_MINUTE / max(per_minute, 1) if aimed else None,
        f">= {LIMIT_PER_MINUTE}" if aimed else "",
        per_minute >= LIMIT_PER_MINUTE if aimed else None,
    )
    limit = SAVE_LIMITS_MS.get(at_once)
    p95 = percentile(tally.steps.get("save", [0.0]), 0.95)
    yield Row(
        f"{name}: save p95",
        f"{p95:.0f} ms",
        "LMS 1,200-10,000",
        p95 / limit if limit else None,
        f"<= {limit} ms" if limit else "",
        p95 <= limit if limit else None,
    )
    answers = sum(len(taker.acknowledged) for taker in takers)
    yield Row(
        f"{name}: errors, lost answers",
        f"{sum(tally.errors.values())}, {lost} of {answers:,}",
        aim="0, 0",
        ok=not tally.errors and not lost,
        note=str(tally.errors) if tally.errors else "",
    )


def _lost(takers: list[Taker]) -> int:
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


def _starts(server: Server, takers: list[Taker]) -> Iterator[Row]:
    """Everybody begins in the same moment: the start and the first page, by people already logged in."""
    for taker in takers:
        taker.cookies["sessionid"] = _session(taker.login)
        taker.cookies["csrftoken"] = "a" * 32
    tally = Tally()

    def begin(taker: Taker) -> None:
        browser = Browser(server, taker.cookies)
        try:
            _timed(tally, "start", lambda: _start(browser, taker, _CSRF_FORM))
            tally.done += 1
        except (RuntimeError, OSError, http.client.HTTPException) as error:
            tally.fail(f"{type(error).__name__}: {error}"[:80])

    cpu, begun = cpu_of(server.processes), time.monotonic()
    with _together(200, begin, takers):
        wall = time.monotonic() - begun
        each = (cpu_of(server.processes) - cpu) * 1000 / max(tally.done, 1)
    ms = tally.steps.get("start", [0.0])
    yield Row(
        f"{len(takers):,} prepared attempts begun at once (200 connections)",
        f"{wall:.0f} s, {tally.done / wall:.0f}/s, {each:.1f} CPU ms each",
        f"p50 {percentile(ms, 0.5):.0f} p95 {percentile(ms, 0.95):.0f} p99 {percentile(ms, 0.99):.0f} ms",
        aim="no errors", ok=not tally.errors and tally.done == len(takers),
        note=str(tally.errors) if tally.errors else "the start with its first page; logged in before",
    )  # fmt: skip


_CSRF_FORM = f'name="csrfmiddlewaretoken" value="{"a" * 32}"'


def _session(login: str) -> str:
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

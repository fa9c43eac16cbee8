"""Pages of the academy: readiness of 1,000 people by 12 things, and what an agent's pages weigh on a first visit.

The weight is Chromium's: bytes on the wire and requests of a first visit with an empty cache.
"""

import http.client
import shutil
from collections.abc import Iterator
from typing import Any

import psutil

from bench.homes import centre, postgres
from bench.rows import Row
from bench.starting import free_port, started
from bench.takers import PASSWORD, Server, prepare, session_of
from bench.timing import took

PEOPLE, STAGES, THINGS = 1000, 3, 4
LIMIT_S, LIMIT_MB = 0.3, 0.3
LIMIT_KB, LIMIT_REQUESTS = 60, 6


def enrolled() -> Any:
    """A programme of three stages with four things each; the first thousand people of the centre learn it."""
    from nastavnik.kernel import clock
    from nastavnik.learning.actions import enrolments, programmes
    from nastavnik.learning.enums import Branch, LearningKind
    from nastavnik.learning.logic.requirements import Group, Need, Rule
    from nastavnik.people.models import Person

    now = clock.now()
    made = programmes.create(code="bench", title="Введение в должность", branch=Branch.NEWCOMERS, by=None, at=now)
    for stage in range(STAGES):
        gate = Group(Rule.ALL, (Need.of("stage"),))
        found = programmes.add_stage(programme=made, title=f"Этап {stage}", due_days=5, key=f"stage-{stage}", gate=gate)
        for thing in range(THINGS):
            key = f"thing-{stage}-{thing}"
            programmes.add_activity(stage=found, kind=LearningKind.TASK, title=f"Задание {stage}.{thing}", key=key)
    programmes.publish(programme=made, by=None, at=now)
    people = Person.objects.filter(code__startswith="N-").order_by("code").values_list("pk", flat=True)[:PEOPLE]
    enrolments.enrol_all(people=list(people), programme=made, by=None, at=now)
    return made


def path_of(programme: Any) -> str:
    """Where its table of readiness is."""
    from django.urls import reverse

    return reverse("learning:cohort-table", args=[programme.public_id])


def run(quick: bool) -> Iterator[Row]:
    """Both on one server."""
    with centre(PEOPLE) as home:
        taker = prepare({"light": 1})["light"][0]
        path = path_of(enrolled())
        with started(home, free_port(), "--no-demo") as (port, process, _):
            server = Server(port, [psutil.Process(process.pid), *postgres(home)])
            yield _readiness(server, path)
            yield from _weights(server, taker)


def _readiness(server: Server, path: str) -> Row:
    cookie, best = f"sessionid={session_of('head')}", None
    for _ in range(6):
        with took(server.processes) as spent:
            body = _got(server, path, cookie)
        best = spent if best is None or spent.wall < best.wall else best
    assert best is not None
    rows, size = body.count(b'<th scope="row"'), len(body) / 1e6
    assert rows == PEOPLE, rows
    return Row(
        f"readiness of {PEOPLE:,} people by {STAGES * THINGS} things", f"{best}, {size:.2f} MB",
        "possible 0.18 s, 0.18 MB; a peer 1.9 s, 11.8 MB", max(best.wall / LIMIT_S, size / LIMIT_MB),
        f"<= {LIMIT_S} s, {LIMIT_MB} MB", best.wall <= LIMIT_S and size <= LIMIT_MB, "best of six, as it is sent",
    )  # fmt: skip


def _got(server: Server, path: str, cookie: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, answer.status
    connection.close()
    return body


def _weights(server: Server, taker: Any) -> Iterator[Row]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        yield Row("weight of an agent's pages", "not measured: Chromium is absent")
        return
    from playwright.sync_api import sync_playwright

    base = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as driver, driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as chrome:
        page = chrome.new_context().new_page()
        page.goto(f"{base}/accounts/login/")
        page.fill("[name=username]", taker.login)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{base}/")
        state: Any = page.context.storage_state()
        names = {"my plan": "/learning/plan/", "today": "/", "rules of an exam": f"/assessment/take/{taker.code}/"}
        for name, path in names.items():
            yield _weight(name, _visited(chrome, state, f"{base}{path}"))
        fresh = chrome.new_context(storage_state=state)
        page = fresh.new_page()
        page.goto(f"{base}/assessment/take/{taker.code}/")
        page.click('[data-anchor="start"] button')
        page.wait_for_selector('[data-anchor="page"]')
        yield _weight("a page of questions", _visited(chrome, fresh.storage_state(), page.url))


def _visited(chrome: Any, state: Any, url: str) -> tuple[int, float, str]:
    """Requests, kilobytes on the wire and the heaviest of them, of a first visit until nothing moves."""
    context = chrome.new_context(storage_state=state)
    page = context.new_page()
    session, sizes, names = context.new_cdp_session(page), {}, {}
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda one: names.update({one["requestId"]: one["request"]["url"]}))
    session.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    sent = {key: url for key, url in names.items() if not url.startswith("data:")}
    heavy = sorted(((sizes.get(key, 0), url.rsplit("/", 2)[-1] or "page") for key, url in sent.items()), reverse=True)
    context.close()
    said = ", ".join(f"{name.split('?')[0]} {size / 1000:.1f}" for size, name in heavy)
    return len(sent), sum(sizes.get(key, 0) for key in sent) / 1000, said


def _weight(name: str, found: tuple[int, float, str]) -> Row:
    requests, kilobytes, said = found
    return Row(
        f"first visit to {name}", f"{kilobytes:.0f} kB, {requests} requests", "a peer 1,282 kB, 19 requests",
        max(kilobytes / LIMIT_KB, requests / LIMIT_REQUESTS), f"<= {LIMIT_KB} kB, {LIMIT_REQUESTS} requests",
        kilobytes <= LIMIT_KB and requests <= LIMIT_REQUESTS, f"kB: {said}",
    )  # fmt: skip

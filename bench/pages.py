"""(c) Pages over HTTP for a logged-in head of the centre, with their number of queries; (d) memory of every process."""

import http.client
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil

from bench.rows import Row
from bench.starting import free_port, started
from bench.timing import cpu_of, family, memory_of, percentile
from nastavnik.kernel import clock

AIM_MS = 150
REQUESTS = 60


def addresses() -> dict[str, str]:
    """What is measured: name -> path."""
    last = clock.now().date() - timedelta(days=1)
    quarter = f"from={last - timedelta(days=90)}&to={last}"
    return {
        "board": "/metrics/",
        "metric page": "/metrics/csat/",
        "team page (25 people)": "/metrics/teams/team-003/",
        "organisation ranking (quarter)": f"/metrics/csat/people/?{quarter}",
        "drill-down to records": f"/metrics/csat/records/?{quarter}",
    }


def run(home: Path) -> Iterator[Row]:
    """Start the product on the filled home and ask for each page, one at a time and four at once."""
    cookie = _log_in()
    with started(home, free_port(), "--no-demo") as (port, process, _):
        queries = {name: _queries(path) for name, path in addresses().items()}  # pages need the collected files
        servers = [psutil.Process(process.pid)]
        yield from _memory("memory after the start", home, servers)
        for name, path in addresses().items():
            status, size = _once(port, path, cookie)
            if status != 200:
                yield Row(name, f"HTTP {status} at {path}", aim=f"p95 < {AIM_MS} ms", ok=False)
                continue
            for at_once in (1, 4):
                yield _measure(name, port, path, cookie, at_once, servers, size, queries[name])
        yield from _memory("memory after the pages", home, servers)


def _measure(  # noqa: PLR0917 - everything it needs, once
    name: str, port: int, path: str, cookie: str, at_once: int, servers: list[psutil.Process], size: int, queries: int
) -> Row:
    times: list[float] = []
    before, begun = cpu_of(servers), time.monotonic()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(REQUESTS // at_once):
            start = time.monotonic()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            times.append((time.monotonic() - start) * 1000)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - begun
    cpu = (cpu_of(servers) - before) * 1000 / max(1, len(times))
    p95 = percentile(times, 0.95)
    return Row(
        f"{name}, {at_once} at once",
        f"p50 {percentile(times, 0.5):.0f} p95 {p95:.0f} ms, {len(times) / wall:.0f}/s, {cpu:.0f} CPU ms each",
        f"{queries} queries, {size / 1000:.0f} kB", p95 / AIM_MS, f"p95 < {AIM_MS} ms", p95 < AIM_MS,
    )  # fmt: skip


def _once(port: int, path: str, cookie: str) -> tuple[int, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    return answer.status, size


def _log_in() -> str:
    """A session of the head, as logging in makes it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from nastavnik.people.models import Person

    head = Person.objects.get(code="head")
    session = SessionStore()
    session[SESSION_KEY] = str(head.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = head.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _queries(path: str) -> int:
    """Statements of a warm request, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nastavnik.people.models import Person

    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    client.force_login(Person.objects.get(code="head"), backend="nastavnik.people.backends.PersonBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _memory(name: str, home: Path, servers: list[psutil.Process]) -> Iterator[Row]:
    from bench.homes import postgres

    kinds = {"web": "granian", "worker": "procrastinate"}
    parts = []
    everything = family(servers)
    for label, word in kinds.items():
        some = [one for one in everything if word in " ".join(one.cmdline())]
        parts.append((label, some))
    parts.append(("postgres", family(postgres(home))))
    said = []
    for label, some in parts:
        rss, pss = memory_of(some)
        said.append(f"{label} {pss:.0f} ({len(some)} processes, RSS {rss:.0f})")
    total = sum(memory_of(some)[1] for _, some in parts)
    yield Row(name, f"{total:.0f} MB", "", note="MB of PSS: " + ", ".join(said))

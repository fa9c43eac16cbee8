"""The crisis desk: its pages with 100,000 open cases, and fifty agents at work at once."""

import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.homes import centre
from bench.rows import Row
from bench.timing import percentile

PAGE_AIM_MS, ACT_AIM_MS = 150, 300
AGENTS, MESSAGES, PAGES = 50, 500, 60
PACE = 2.0  # seconds between two acts of an agent: far quicker than anybody reads and writes


def run(quick: bool) -> Iterator[Row]:
    """Fill a home, look at pages, work for a bounded time."""
    number, seconds = (10_000, 8.0) if quick else (100_000, 20.0)
    with centre(AGENTS) as home:
        from nastavnik.config import static

        static.collect_if_changed(home, progress=lambda _what: None)
        _fill(number)
        yield from _pages(number)
        people = _people()
        yield from _work(people, seconds, PACE)
        yield from _work(people, seconds, 0.0)


def _fill(number: int) -> None:
    """So many open complaints of 2,000 customers; the planner is told of them."""
    from django.db import connection

    from nastavnik.crisis.actions import settings
    from nastavnik.crisis.models import CaseState, CrisisCase, Customer
    from nastavnik.kernel import clock

    at = clock.now()
    settings.set_up(since=at.date() - timedelta(days=30), by=None, at=at)
    customers = Customer.objects.bulk_create(
        Customer(ext_id=f"C-{n}", name=f"Customer {n}", search_text=f"c-{n} customer {n}", created_at=at)
        for n in range(2000)
    )
    cases = CrisisCase.objects.bulk_create(
        (
            CrisisCase(
                number=n + 1_000_000, kind="complaint", customer=customers[n % 2000],
                opened_at=at - timedelta(minutes=n % 5000),
                next_due_at=at + timedelta(minutes=n % 5000 - 200), severity=n % 4 + 1,
            )
            for n in range(number)
        ),
        batch_size=5000,
    )  # fmt: skip
    CaseState.objects.bulk_create((CaseState(case=case) for case in cases), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people() -> list[Any]:
    from nastavnik.kernel import clock
    from nastavnik.people.actions import roles
    from nastavnik.people.enums import Role
    from nastavnik.people.models import Person

    at = clock.now()
    people = list(Person.objects.filter(code__startswith="N-").order_by("code")[:AGENTS])
    for person in people:
        roles.grant(person=person, role=Role.CRISIS_MANAGER, since=at.date() - timedelta(days=1), by=None, at=at)
    return people


def _pages(number: int) -> Iterator[Row]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nastavnik.crisis.actions import cases, messages
    from nastavnik.crisis.actions.messages import Said
    from nastavnik.crisis.models import Customer
    from nastavnik.kernel import clock

    settings.ALLOWED_HOSTS = ["*"]
    at, anna = clock.now(), _people()[0]
    case = cases.open_case(customer=Customer.objects.get(ext_id="C-1"), kind="legal", by=None, at=at)
    cases.take(case=case, by=anna, at=at)
    talk = messages.converse(customer=case.customer, case=case, channel="chat", at=at)
    said = [Said(text=f"message {n} of a long talk", at=at, source_id=str(n)) for n in range(MESSAGES)]
    messages.receive(conversation=talk, said=said, at=at)
    client = Client()
    client.force_login(anna)
    for name, url in (
        (f"case page, {MESSAGES} messages, {number:,} open cases", case.get_absolute_url()),
        (f"queue, {number:,} open cases", "/crisis/cases/?which=free"),
        (f"my day, {number:,} open cases", "/crisis/"),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
            asked = len(queries)  # the log is emptied by the next request
        times, cpu = [], time.process_time()
        for _ in range(PAGES):
            begun = time.monotonic()
            answer = client.get(url)
            times.append((time.monotonic() - begun) * 1000)
            assert answer.status_code == 200, answer.status_code
        p95, cpu = percentile(times, 0.95), (time.process_time() - cpu) * 1000 / PAGES
        yield Row(
            name,
            f"p95 {p95:.0f} ms",
            aim=f"< {PAGE_AIM_MS} ms",
            ok=p95 < PAGE_AIM_MS,
            note=f"{asked} queries, {cpu:.0f} ms of processor",
        )


def _work(people: list[Any], seconds: float, pause: float) -> Iterator[Row]:
    """Each agent takes the next case, answers twice and closes it, until the time is over; `pause` between two acts.

    Without a pause fifty threads of one process only tell how many acts it can do: the aim is for the pace of people.
    """
    from django.db import connection

    from nastavnik.crisis.models import CaseEvent

    before = CaseEvent.objects.count()
    times: list[float] = []
    acted: list[int] = []
    until, cpu = time.monotonic() + seconds, time.process_time()

    def agent(person: Any) -> None:
        from nastavnik.crisis.actions import cases, desk, messages
        from nastavnik.kernel import clock

        done, dice = 0, random.Random(person.pk)
        time.sleep(dice.uniform(0, pause))
        try:
            while time.monotonic() < until:
                time.sleep(dice.uniform(0.5, 1.5) * pause)
                begun = time.monotonic()
                case = desk.take_next(person=person, at=clock.now())
                times.append((time.monotonic() - begun) * 1000)
                if case is None:
                    continue
                done += 1
                for act in (_reply, _reply, _close):
                    time.sleep(dice.uniform(0.5, 1.5) * pause)
                    begun = time.monotonic()
                    act(messages, cases, case, person, clock.now())
                    times.append((time.monotonic() - begun) * 1000)
                    done += 1
        finally:
            acted.append(done)
            connection.close()

    threads = [threading.Thread(target=agent, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = sum(acted) - (CaseEvent.objects.count() - before)
    p95, cpu = percentile(times, 0.95), (time.process_time() - cpu) * 1000 / max(sum(acted), 1)
    told = f"{sum(acted) / seconds:.0f} acts a second, {cpu:.0f} ms of processor each beside the database"
    how = f"{AGENTS} agents, an act every {pause:.0f} s each" if pause else f"{AGENTS} agents without a pause"
    yield Row(
        f"{how}: one act", f"p95 {p95:.0f} ms", aim=f"< {ACT_AIM_MS} ms" if pause else "",
        ok=p95 < ACT_AIM_MS if pause else None, note=told,
    )  # fmt: skip
    yield Row(f"{how}: events lost", str(lost), aim="0", ok=lost == 0, note=f"{sum(acted)} acknowledged")


def _reply(messages: Any, cases: Any, case: Any, person: Any, at: Any) -> None:
    messages.reply(case=case, text="We look into it.", by=person, at=at)


def _close(messages: Any, cases: Any, case: Any, person: Any, at: Any) -> None:
    cases.close(case=case, by=person, at=at)

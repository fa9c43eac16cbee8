"""An exam on a real server whose web processes and database are killed with -9 while answers are being saved."""

import http.client
import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from nastavnik.config import processes
from nastavnik.config.postgres import Cluster
from tests.house.conftest import kill_postmaster
from tests.support.processes import Site, environment, running

pytestmark = pytest.mark.slow
TAKERS, QUESTIONS = 3, 10
ROOT = Path(__file__).resolve().parents[2]
SET_UP = """
import sys
from datetime import timedelta
from pathlib import Path
from nastavnik.config.cli import boot
boot.django(Path(sys.argv[1]))
from nastavnik.assessment.actions import sittings
from nastavnik.kernel import clock
from tests.factories.assessment_exams import a_published_exam
from tests.factories.people import a_person, an_organisation
an_organisation()
exam, now, people = a_published_exam("survives", count=int(sys.argv[3])), clock.now(), []
for number in range(int(sys.argv[2])):
    person = a_person(f"taker{number}", login=f"taker{number}")
    person.set_password("Pass-1234!")
    person.save()
    people.append(person)
sitting = sittings.offer(exam=exam, people=people, opens_at=now, closes_at=now + timedelta(hours=3), by=None, at=now)
print(*sitting.attempts.order_by("person__code").values_list("public_id", flat=True))
"""


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with running(home, "--no-demo", ready=False) as made:
        made.wait_until_ready(300)
        yield made


def prepared(site: Site) -> list[str]:
    """Attempts of takers who can log in."""
    said = subprocess.run(
        [sys.executable, "-c", SET_UP, str(site.home), str(TAKERS), str(QUESTIONS)], env=environment(site.home),
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    return said.stdout.split()[-TAKERS:]


@dataclass
class Taker:
    """A browser that saves answers one after another and, like the page, sends again what was not acknowledged."""

    site: Site
    number: int
    attempt: str
    acknowledged: dict[int, tuple[int, str]] = field(default_factory=dict)
    failures: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path: str, data: dict[str, object] | None = None) -> str:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(f"{self.site.url}{path}", body, {"Referer": self.site.url})
        with self.browser.open(request, timeout=15) as answer:
            return str(answer.read().decode())

    def begin(self) -> None:
        login = {"username": f"taker{self.number}", "password": "Pass-1234!"}
        self.ask("/accounts/login/", login | {"csrfmiddlewaretoken": token(self.ask("/accounts/login/"))})
        entry = self.ask(f"/assessment/attempts/{self.attempt}/")
        page = self.ask(f"/assessment/attempts/{self.attempt}/start/", {"csrfmiddlewaretoken": token(entry)})
        found = re.search(r'name="key" value="([^"]+)"', page)
        assert found, page
        self.key = found[1]

    def work(self) -> None:
        sequence = 0
        while not self.stopped.is_set():
            sequence += 1
            place, value = sequence % QUESTIONS + 1, str(sequence * 7 % 2)
            self.save(sequence, place, value)

    def save(self, sequence: int, place: int, value: str) -> None:
        data = {"key": self.key, "sequence": sequence, "place": place, f"q{place}": value}
        while not self.stopped.is_set():
            try:
                said = json.loads(self.ask(f"/assessment/room/{self.attempt}/save/", data))
            except (OSError, ValueError, http.client.HTTPException):  # an answer may break off in the middle
                self.failures += 1
                time.sleep(0.05)
                continue
            assert said["sequence"] == sequence, said
            self.acknowledged[sequence] = (place, value)
            return


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page
    return found[1]


def wait_for(takers: list[Taker], more: int) -> None:
    """Until each taker has so many more answers acknowledged."""
    wanted = [len(one.acknowledged) + more for one in takers]
    deadline = time.monotonic() + 120
    while any(len(one.acknowledged) < least for one, least in zip(takers, wanted, strict=True)):
        assert time.monotonic() < deadline, [(len(one.acknowledged), one.failures) for one in takers]
        time.sleep(0.02)


def kill_web(site: Site) -> None:
    """kill -9 of everything that serves pages."""
    for pid in processes.strays(site.home):
        if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)


def test_every_acknowledged_answer_survives_kill_9_of_the_web_server_and_of_the_database(site: Site) -> None:
    takers = [Taker(site, number, attempt) for number, attempt in enumerate(prepared(site))]
    for one in takers:
        one.begin()
    threads = [threading.Thread(target=one.work) for one in takers]
    for thread in threads:
        thread.start()
    try:
        wait_for(takers, 20)
        kill_web(site)
        wait_for(takers, 20)
        kill_postmaster(Cluster(site.home))
        wait_for(takers, 20)
    finally:
        for one in takers:
            one.stopped.set()
        for thread in threads:
            thread.join()
    assert sum(one.failures for one in takers) > 0  # the kills were felt
    assert [lost(site, one) for one in takers] == [{}, {}, {}]
    submitted = takers[0].ask(f"/assessment/room/{takers[0].attempt}/submit/", {"key": takers[0].key})
    assert 'data-anchor="result"' in submitted


def lost(site: Site, taker: Taker) -> dict[int, tuple[int, str]]:
    """Acknowledged answers the database does not have just so."""
    with psycopg.connect(Cluster(site.home).url()) as connection:
        rows = connection.execute(
            "SELECT a.sequence, a.position, a.value, t.layout FROM assessment_answer a "
            "JOIN assessment_attempt t ON t.id = a.attempt_id WHERE t.public_id = %s",
            [taker.attempt],
        ).fetchall()
    stored = {sequence: (position, value) for sequence, position, value, _layout in rows}
    layout = rows[0][3]

    def as_stored(place: int, value: str) -> tuple[int, int]:
        laid = layout[place - 1]
        return laid["p"], laid["o"][int(value)]

    return {n: given for n, given in taker.acknowledged.items() if stored.get(n) != as_stored(*given)}

"""Loads that are killed, and loads that meet: real processes, a real database."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from nastavnik.metrics import store
from nastavnik.metrics.actions import facts, tallies
from nastavnik.metrics.models import FactDay
from tests.factories.facts import NOW, centre, contact, table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS, DAYS = 4000, 40
LOADER = """
import sys, django
django.setup()
from pathlib import Path
from nastavnik.kernel import clock
from nastavnik.metrics.actions import facts
print("ready", flush=True)
done = facts.load(stream="contacts", source=Path(sys.argv[1]), spec=None, by=None, at=clock.now())
print(done.accepted, done.unchanged, flush=True)
"""


def rows(rating: int, shift: int) -> list[dict[str, object]]:
    """Every record's rating and day differ between the two states."""
    return [
        contact(
            n,
            rating=rating,
            started_at=f"2026-{9 + (n % DAYS + shift) // 28:02}-{1 + (n % DAYS + shift) % 28:02} 10:00",
        )
        for n in range(ROWS)
    ]


def state() -> tuple[int, int, int]:
    """Records, different ids, sum of ratings."""
    with store.connect() as duck:
        found = duck.execute(
            "SELECT count(*), count(DISTINCT id), coalesce(sum(rating), 0)::BIGINT "
            f"FROM {store.relation_sql('contacts')}"
        ).fetchone()
    assert found is not None
    return found[0], found[1], found[2]


def start(path: Path) -> subprocess.Popen[str]:
    said = connection.settings_dict
    address = f"{quote(said['USER'])}:{quote(said['PASSWORD'] or '')}@{quote(said['HOST'], safe='')}"
    environment = os.environ | {
        "NASTAVNIK_DATABASE_URL": f"postgresql://{address}:{said['PORT'] or 5432}/{said['NAME']}",
        "NASTAVNIK_FACTS_DIR": str(settings.FACTS_DIR),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path)], env=environment, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip


def test_a_load_killed_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    centre()
    files = [table(tmp_path / "a.csv", rows(1, 0)), table(tmp_path / "b.csv", rows(5, 7))]
    facts.load(stream="contacts", source=files[0], spec=None, by=None, at=NOW)
    begun = time.monotonic()
    facts.load(stream="contacts", source=files[1], spec=None, by=None, at=NOW)
    whole = time.monotonic() - begun
    dice, killed = random.Random(7), 0
    for attempt in range(8):
        before = state()
        with start(files[attempt % 2]) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(dice.uniform(0.2, 1.1) * whole)
            killed += child.poll() is None
            child.send_signal(signal.SIGKILL)
        after = state()
        assert after in (before, (ROWS, ROWS, ROWS), (ROWS, ROWS, 5 * ROWS))
        assert tallies.check(stream="contacts") == []
    assert killed > 0
    facts.load(stream="contacts", source=files[0], spec=None, by=None, at=datetime.now(UTC))
    assert (state(), tallies.check(stream="contacts")) == ((ROWS, ROWS, ROWS), [])


def test_loads_of_one_stream_wait_for_one_another(tmp_path: Path) -> None:
    centre()
    path = table(tmp_path / "a.csv", rows(3, 0))
    children = [start(path) for _ in range(3)]
    said = [child.communicate()[0].split() for child in children]
    assert sorted(said) == [["ready", "0", str(ROWS)], ["ready", "0", str(ROWS)], ["ready", str(ROWS), "0"]]
    assert (state(), set(FactDay.objects.values_list("version", flat=True))) == ((ROWS, ROWS, 3 * ROWS), {1})

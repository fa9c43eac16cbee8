"""A home of its own for each measurement, stopped and removed afterwards; Django set up for it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PREFIX = "nastavnik-bench-"


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A new folder that the database's own account may pass."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=os.environ.get("NASTAVNIK_BENCH_DIR", tempfile.gettempdir())))
    home.chmod(0o711)
    try:
        yield home
    finally:
        from nastavnik.config.postgres import Cluster

        try:
            Cluster(home).stop()
        finally:
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def centre(people: int) -> Iterator[Path]:
    """A home with a migrated database and so many agents in teams of 25 on six lines, under a head."""
    for name in [name for name in os.environ if name.startswith("NASTAVNIK_") and name != "NASTAVNIK_BENCH_DIR"]:
        del os.environ[name]
    with temporary_home() as home:
        from nastavnik.config.cli import boot

        boot.django(home)
        try:
            _people(people)
            yield home
        finally:
            from django.db import connection

            connection.close()


def postgres(home: Path) -> list[psutil.Process]:
    """The database's first process (its children are counted with it)."""
    pid = int((home / "pg" / "postmaster.pid").read_text().split()[0])
    return [psutil.Process(pid)]


LINES = ("inbound", "outbound", "chat", "internal", "crisis", "premium")
TEAM = 25


def _people(number: int) -> None:
    from datetime import date

    from nastavnik.kernel import clock
    from nastavnik.people.actions import organisation, persons
    from nastavnik.people.enums import EmploymentKind, Role

    at, joined = clock.now(), date(2020, 1, 6)
    organisation.ensure(name="Bench", by=None, at=at)
    lines = [organisation.create_line(code=code, name=code, by=None, at=at) for code in LINES]
    ladder = organisation.create_ladder_with_grades(
        code="agent", name="Agent", grades=[("junior", "Junior"), ("middle", "Middle")], by=None, at=at
    )
    grades = list(ladder.grades.order_by("rank"))
    teams = [
        organisation.create_team(code=f"team-{i:03}", name=f"Team {i}", line=lines[i % len(lines)], by=None, at=at)
        for i in range(-(-number // TEAM))
    ]
    agents = [
        persons.Newcomer(
            code=f"N-{i:05}", family_name=f"Family{i:05}", given_name="Given", kind=EmploymentKind.STAFF, joined=joined,
            team=teams[i // TEAM], grades=[grades[i % 2]], roles=[Role.AGENT],
        )
        for i in range(number)
    ]  # fmt: skip
    head = persons.Newcomer(
        code="head",
        login="head",
        family_name="Head",
        kind=EmploymentKind.STAFF,
        joined=joined,
        roles=[Role.CENTRE_HEAD],
    )
    persons.hire_all(newcomers=[*agents, head], by=None, at=at)

"""The snapshot of the schema builds what the migrations build, and is never believed wrongly."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from nastavnik.kernel import schema
from scripts.render_schema import dumped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def snapshot() -> schema.Snapshot:
    found = schema.read(settings.SCHEMA_SNAPSHOT)
    assert found is not None
    return found


@pytest.fixture
def empty_database(transactional_db: None, worker_id: str) -> Iterator[str]:
    """Another database on the server of the tests; its address in libpq's form."""
    name = f"nastavnik_schema_{worker_id}"
    there = connection.get_connection_params() | {"dbname": "postgres", "autocommit": True}
    there = {key: value for key, value in there.items() if key in {"host", "port", "user", "password", "dbname"}}
    with psycopg.connect(**there, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        yield psycopg.conninfo.make_conninfo(**(there | {"dbname": name}))
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_the_snapshot_read_into_a_database_dumps_as_itself(snapshot: schema.Snapshot, empty_database: str) -> None:
    if os.environ.get("NASTAVNIK_TEST_DATABASE_URL"):
        pytest.skip("pg_dump of the embedded server reads only the embedded server")
    with psycopg.connect(empty_database) as fresh:
        fresh.execute(snapshot.sql.encode())
    assert schema.render(snapshot.migrations, dumped(empty_database)) == snapshot.sql


@pytest.mark.slow
def test_the_migrations_one_by_one_build_what_the_snapshot_says() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NASTAVNIK_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "scripts/render_schema.py", "--verify"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (
        0, "src/nastavnik/config/schema.sql is that of the migrations\n",
    ), done.stderr  # fmt: skip


def test_the_snapshot_names_every_migration_there_is(snapshot: schema.Snapshot) -> None:
    assert set(snapshot.migrations) == schema.on_disk()
    assert snapshot.is_current()


def test_a_snapshot_of_other_migrations_is_not_believed(snapshot: schema.Snapshot) -> None:
    assert not replace(snapshot, digest="0" * 64).is_current()
    assert not replace(snapshot, migrations=[*snapshot.migrations, ("people", "0999_never")]).is_current()
    assert not replace(snapshot, migrations=snapshot.migrations[1:]).is_current()


def test_a_database_with_tables_is_left_alone(db: None, snapshot: schema.Snapshot) -> None:
    assert schema.build(snapshot) is False


def test_a_missing_or_headless_file_is_no_snapshot(tmp_path: Path) -> None:
    (tmp_path / "headless.sql").write_text("CREATE TABLE public.x (id bigint);\n")
    assert schema.read(tmp_path / "none.sql") is None
    assert schema.read(tmp_path / "headless.sql") is None


def test_session_settings_and_comments_of_a_dump_are_left_out_and_bodies_stay() -> None:
    head = "-- head\n\\restrict abc\nSET transaction_timeout = 0;\n\n"
    dump = head + "CREATE FUNCTION f() AS $$\nUPDATE t\nSET a = 1;\n$$;\n"
    assert schema.render([], dump).splitlines()[2:] == [
        "SET LOCAL check_function_bodies = false;",
        "CREATE FUNCTION f() AS $$",
        "UPDATE t",
        "SET a = 1;",
        "$$;",
    ]

"""One embedded PostgreSQL for the whole test run, started before Django reads its settings.

With pytest-xdist the controller starts it and the workers inherit its address; each worker has its own test database.
NASTAVNIK_TEST_DATABASE_URL runs the suite on another server instead.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from nastavnik.config import translations  # noqa: E402 - the path above makes `tests` importable too
from nastavnik.config.postgres import Cluster  # noqa: E402
from tests.support.homes import temporary_home  # noqa: E402

# A busy machine is slow, not wrong: no property fails for the time its values took to draw or to check.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")
_session = ExitStack()
# pytest-django sets Django up in its `pytest_configure`, after ours: until then nothing may import the settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Prepare the home and the database, once: in the controller or in the only process; then Django, in each."""
    if not hasattr(config, "workerinput"):
        _prepare(config)
    django.setup()


def _prepare(config: pytest.Config) -> None:
    home = _session.enter_context(temporary_home())
    (home / "static").mkdir(exist_ok=True)  # whitenoise warns of a missing folder, and warnings are errors here
    os.environ["NASTAVNIK_HOME"] = str(home)
    os.environ["NASTAVNIK_SECRET_KEY"] = "of the tests"
    for name in [name for name in os.environ if name.startswith("NASTAVNIK_") and name not in _KEPT]:
        del os.environ[name]
    translations.compile_stale()
    if given := os.environ.get("NASTAVNIK_TEST_DATABASE_URL"):
        os.environ["NASTAVNIK_DATABASE_URL"] = given
    elif not config.option.collectonly:
        _start(home)


_KEPT = {"NASTAVNIK_HOME", "NASTAVNIK_SECRET_KEY", "NASTAVNIK_TEST_DATABASE_URL", "NASTAVNIK_OS_USER"}


def _start(home: Path) -> None:
    cluster = Cluster(home)
    cluster.ensure_running()
    with psycopg.connect(
        cluster.url(), autocommit=True
    ) as connection:  # these data may be lost; durability has its tests
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database and remove the home."""
    if not hasattr(config, "workerinput"):
        _session.close()


@pytest.fixture(autouse=True)
def facts_dir(settings: Settings, tmp_path: Path) -> Path:
    """A folder for the facts of this test alone; uploads get one too."""
    settings.FACTS_DIR = tmp_path / "facts"
    settings.UPLOADS_DIR = settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.FACTS_DIR.mkdir()
    settings.UPLOADS_DIR.mkdir()
    return Path(settings.FACTS_DIR)


@pytest.fixture(autouse=True)
def organisations_language() -> Iterator[None]:
    """Every test begins in Russian, the default; the command line, called in a test, turns its process to English."""
    with translation.override("ru"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a process remembers between requests is of this test alone."""
    from nastavnik.assessment.queries import papers
    from nastavnik.crisis.queries import tables
    from nastavnik.kernel.web import context

    caches["local"].clear()
    for remembered in (papers.questions, papers.keyed, papers._seat, tables._table, context._drawn):
        remembered.cache_clear()


@pytest.fixture
def empty_queue(db: None) -> None:
    """No jobs but this test's own: the flush after a committing test spares procrastinate's tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

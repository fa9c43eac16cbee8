"""`nastavnik doctor` notices each fault it promises to notice."""

from pathlib import Path

import pytest

from nastavnik.config import checks
from nastavnik.config.checks import Check


def test_a_secret_key_others_may_read_is_a_failure_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NASTAVNIK_SECRET_KEY", raising=False)
    key = tmp_path / "secret-key"
    key.write_text("secret")
    key.chmod(0o644)
    assert list(checks._secret_key(tmp_path)) == [
        Check("secret key", "fail", f"Others may read {key} (044 too much): chmod 600 {key}")
    ]
    key.chmod(0o600)
    assert [check.state for check in checks._secret_key(tmp_path)] == ["ok"]


@pytest.mark.parametrize(("free_gib", "state"), [(50.0, "ok"), (1.0, "warn"), (0.1, "fail")])
def test_a_full_disk_is_noticed_before_the_database_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_gib: float, state: str
) -> None:
    """The disk is the one thing here that a test cannot really fill."""
    usage = type("Usage", (), {"free": int(free_gib * 1024**3)})
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: usage)
    assert [check.state for check in checks._home(tmp_path) if check.name == "disk space"] == [state]


def test_a_check_that_breaks_is_a_finding_and_not_the_end() -> None:
    def broken() -> list[Check]:
        raise RuntimeError("oops")

    assert checks._guarded("jobs", broken) == [Check("jobs", "fail", "The check itself failed: RuntimeError: oops")]


@pytest.mark.django_db
def test_no_living_worker_is_a_warning_with_the_way_out() -> None:
    assert list(checks._worker()) == [
        Check("worker", "warn", "None is alive, so imports and reports wait: start `nastavnik run`.")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_queue")
def test_jobs_of_a_dead_worker_and_failed_jobs_are_warnings() -> None:
    from django.db import connection

    assert [check.says for check in checks._jobs()] == ["0 waiting, none failed."]
    with connection.cursor() as cursor:
        insert = "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('x', 'default', %s)"
        cursor.execute(insert, ["failed"])
        assert [check.state for check in checks._jobs()] == ["warn"]
        cursor.execute(insert, ["doing"])
    assert [check.says for check in checks._jobs()] == [
        "1 belong to a dead worker; a living one takes them over within a minute."
    ]

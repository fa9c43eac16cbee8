"""An import's way outside its pages: failures are kept, files forgotten, mappings saved."""

from datetime import timedelta
from pathlib import Path

import pytest

from nastavnik.kernel.models import LongTask
from nastavnik.metrics import jobs
from nastavnik.metrics.actions import facts, imports
from nastavnik.metrics.logic.mapping import ColumnMapping, MappingSpec
from nastavnik.metrics.models import ImportRun
from tests.factories.facts import NOW, centre, planner

pytestmark = pytest.mark.django_db
GOOD = b"id,person,started_at\nC1,a-1,2026-10-01 10:00\n"


def receive(content: bytes = GOOD, stream: str = "contacts") -> ImportRun:
    centre()
    return imports.receive(stream=stream, file_name="october.csv", chunks=[content], by=planner(), at=NOW)


def test_an_expected_failure_is_kept_on_the_run_in_words() -> None:
    run = receive(b"id,person\nC1,a-1\n")
    run = imports.begin(run=run, dry_run=True, by=run.started_by, at=NOW)
    person = run.started_by
    assert person is not None
    person.language = "en"
    jobs.run_import(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, LongTask.objects.get().state) == ("failed", "failed")
    assert "started_at" in run.error


def test_a_failed_run_may_be_mapped_and_loaded_after_all() -> None:
    run = receive(b"id,person,t\nC1,a-1,2026-10-01 10:00\n")
    jobs.run_import(run_id=imports.begin(run=run, dry_run=True, by=None, at=NOW).pk)
    columns = {"id": ColumnMapping(("id",)), "person": ColumnMapping(("person",)), "started_at": ColumnMapping(("t",))}
    run.refresh_from_db()
    imports.remap(run=run, spec=MappingSpec("contacts", columns), create_people=False, by=None, at=NOW)
    jobs.run_import(run_id=imports.begin(run=run, dry_run=False, by=None, at=NOW).pk)
    run.refresh_from_db()
    assert (run.state, run.accepted, run.error) == ("done", 1, "")
    with pytest.raises(imports.ImportIsOver):
        imports.begin(run=run, dry_run=False, by=None, at=NOW)


def test_a_job_that_comes_twice_works_once() -> None:
    run = receive()
    imports.begin(run=run, dry_run=False, by=None, at=NOW)
    for _ in range(2):
        jobs.run_import(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.accepted) == ("done", 1)


def test_a_fault_of_ours_is_told_as_one_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    run = imports.begin(run=receive(), dry_run=False, by=None, at=NOW)
    imports.upload_path(run.stored_name).write_bytes(GOOD)
    ImportRun.objects.filter(pk=run.pk).update(spec={"stream": "contacts", "columns": 5})
    jobs.run_import(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == "failed"


def test_files_are_forgotten_after_a_month_and_what_came_of_them_stays() -> None:
    run = receive()
    path = imports.upload_path(run.stored_name)
    assert (imports.forget_sources(NOW + timedelta(days=29)), path.exists()) == (0, True)
    assert (imports.forget_sources(NOW + timedelta(days=31)), path.exists()) == (1, False)
    run.refresh_from_db()
    with pytest.raises(imports.FileIsGone):
        imports.open_file(run)
    with pytest.raises(imports.FileIsGone):
        imports.begin(run=run, dry_run=True, by=None, at=NOW)


def test_a_saved_mapping_keeps_its_stream() -> None:
    spec = MappingSpec("contacts", {"id": ColumnMapping(("Call",))})
    imports.save_mapping(name="monthly", spec=spec, by=None, at=NOW)
    assert imports.saved_spec("monthly") == spec
    with pytest.raises(imports.MappingNameTaken):
        imports.save_mapping(name="monthly", spec=MappingSpec("cases", {}), by=None, at=NOW)
    with pytest.raises(imports.NoSuchMapping):
        imports.saved_spec("yearly")


def test_a_stream_nobody_knows_is_refused() -> None:
    with pytest.raises(facts.UnknownStream):
        receive(stream="letters")


def test_the_hourly_and_daily_jobs_run(tmp_path: Path) -> None:
    jobs.sweep_facts()
    jobs.forget_uploads()

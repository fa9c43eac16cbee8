"""`nastavnik import`, in this process: the database is the test's own."""

import json
from pathlib import Path

import pytest

from nastavnik.config import cli
from nastavnik.config.cli import boot
from nastavnik.metrics.actions import imports
from nastavnik.metrics.logic.mapping import ColumnMapping, MappingSpec
from tests.factories.facts import NOW, centre, contact, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(boot, "django", lambda: None)  # it is set up already
    centre()
    return table(tmp_path / "contacts.csv", [contact(1), contact(2, rating=6)])


def run(*arguments: object) -> int:
    return cli.main(["import", "contacts", *map(str, arguments)])


def test_a_program_reads_the_counts(path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(path, "--json", "--errors", tmp_path / "rejected.csv") == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[key] for key in ("read", "accepted", "rejected", "replaced", "unchanged")] == [2, 1, 1, 0, 0]
    assert told["errors"] == str(tmp_path / "rejected.csv")


def test_a_person_reads_sentences(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "--dry-run") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Nothing was changed. It would be: read 2, accepted 1, rejected 1, replaced 0")
    assert lines[1].startswith("row 3, rating: ")


def test_a_mapping_is_a_file_or_a_saved_name(path: Path, tmp_path: Path) -> None:
    spec = MappingSpec("contacts", {name: ColumnMapping((name,)) for name in ("id", "person", "started_at")})
    imports.save_mapping(name="monthly", spec=spec, by=None, at=NOW)
    (tmp_path / "m.json").write_text(json.dumps(spec.to_dict()))
    (tmp_path / "m.toml").write_text(
        'stream = "contacts"\ncolumns = { id = "id", person = "person", started_at = "started_at" }'
    )
    assert [run(path, "--mapping", given) for given in ("monthly", tmp_path / "m.json", tmp_path / "m.toml")] == [
        0,
        0,
        0,
    ]


def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text("{")
    faults = [
        [tmp_path / "gone.csv"],
        [path, "--mapping", "nobody-saved-this"],
        [path, "--mapping", tmp_path / "bad.json"],
        [path, "--mapping", tmp_path / "gone.toml"],
        [path, "--errors", tmp_path / "no" / "folder.csv"],
    ]
    for arguments in faults:
        assert run(*arguments) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert cli.main(["import", "letters", str(path)]) == 2

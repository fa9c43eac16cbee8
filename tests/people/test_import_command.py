"""`nastavnik import people`: the command over the import's action."""

import json
from pathlib import Path

import pytest

from nastavnik.config.cli import main as cli
from nastavnik.people.models import Person

pytestmark = pytest.mark.django_db
STAFF = "Код,ФИО,С\nQ-1,Ёлкина Мария Петровна,2026-01-12\nQ-2,,2026-01-12\n"
MAPPING = '[columns]\ncode = "Код"\nname = "ФИО"\nsince = "С"\n'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A file of staff and its mapping; the database of the test is up already."""
    monkeypatch.setattr("nastavnik.config.cli.boot.django", lambda: None)
    staff, mapping = tmp_path / "staff.csv", tmp_path / "staff.toml"
    staff.write_text(STAFF)
    mapping.write_text(MAPPING)
    return str(staff), str(mapping)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli(["import", "people", files[0], "--mapping", files[1], "--dry-run", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (code, said["read"], said["hired"], said["rejected"]) == (0, 2, 1, 1)
    assert Person.objects.filter(code="Q-1").count() == 0


def test_the_same_file_twice_enters_people_once(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    command = ["import", "people", files[0], "--mapping", files[1]]
    assert [cli(command), cli(command)] == [0, 0]
    assert "row 3:" in capsys.readouterr().out
    assert [str(person) for person in Person.objects.filter(code__startswith="Q-")] == ["Ёлкина Мария"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["import", "people", "STAFF", "--create-people", "--mapping", "x"], "--create-people is for records of work"),
        (["import", "contacts", "STAFF", "--as-of", "2026-01-01"], "--as-of is for people"),
        (["import", "people", "STAFF"], "A file of people needs --mapping"),
        (["import", "people", "STAFF", "--mapping", "Кадры"], "There is no saved mapping of people «Кадры»"),
    ],
)
def test_what_does_not_fit_is_one_line_and_exit_code_2(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert cli([files[0] if option == "STAFF" else option for option in options]) == 2
    assert message in capsys.readouterr().err


def test_a_broken_mapping_file_is_named(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files[1]).write_text("[columns\n")
    assert cli(["import", "people", files[0], "--mapping", files[1]]) == 2
    assert "is not TOML" in capsys.readouterr().err

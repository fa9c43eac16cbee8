"""The frame of the command `nastavnik`: help, errors, exit codes."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from nastavnik.config import cli
from nastavnik.config.cli import boot
from tests.support.processes import command, environment, nastavnik


def test_the_general_help_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    said = subprocess.run(
        [command()[0], "-X", "importtime", *command()[1:], "--help"],
        env=environment(tmp_path / "unused"),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in said.stderr.splitlines() if "|" in line}
    assert loaded & {"django", "psycopg", "duckdb", "ibis", "environs"} == set()
    assert not (tmp_path / "unused").exists()


def test_the_general_help_is_there_in_less_than_a_third_of_a_second(tmp_path: Path) -> None:
    def seconds() -> float:
        begun = time.monotonic()
        nastavnik(tmp_path, "--help")
        return time.monotonic() - begun

    assert min(seconds() for _ in range(5)) < 0.33


@pytest.mark.parametrize("name", ["run", "stop", "doctor", "manage"])
def test_the_general_help_names_each_subcommand(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    assert f"\n  {name} " in capsys.readouterr().out


def test_an_unknown_subcommand_ends_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["dance"])
    assert left.value.code == 2
    assert "invalid choice: 'dance'" in capsys.readouterr().err


def test_an_expected_failure_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    said = nastavnik(file / "home", "manage", "check")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == (
        f"nastavnik: The home folder {file / 'home'} cannot be made: Not a directory. "
        "Set NASTAVNIK_HOME to another one.\n"
    )


def test_an_unreachable_external_database_is_one_line_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://someone:s3cret@127.0.0.1:1/centre"
    said = nastavnik(tmp_path / "home", "manage", "shell", NASTAVNIK_DATABASE_URL=url)
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert said.stderr.startswith(
        "nastavnik: The database 127.0.0.1:1/centre (NASTAVNIK_DATABASE_URL) does not answer as it should: "
    )
    assert "s3cret" not in said.stderr


def test_an_unreadable_database_address_is_one_line_without_the_password(tmp_path: Path) -> None:
    said = nastavnik(tmp_path / "home", "doctor", NASTAVNIK_DATABASE_URL="oracle://someone:s3cret@db/centre")
    assert "s3cret" not in said.stdout + said.stderr
    assert "Traceback" not in said.stderr
    assert said.returncode == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at postgresql://ann:pa@ss@db/x", "at postgresql://ann:***@db/x"),
        ("host=db password=secret user=ann", "host=db password=*** user=ann"),
    ],
)
def test_passwords_are_taken_out_of_messages(text: str, shown: str) -> None:
    assert boot._without_password(text) == shown


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    said = nastavnik(tmp_path, "manage", "check")
    assert said.returncode == 2
    assert "may not write into" in said.stderr

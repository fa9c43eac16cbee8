"""`nastavnik exam` as a program would run it: what it prints, its exit codes, the way out and in again."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from nastavnik.assessment.models import Item, Topic
from nastavnik.config.cli import boot, parser
from nastavnik.kernel.errors import InvalidInput
from tests.assessment.logic.test_gift import NAMES, SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def booted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is running and migrated already; starting another is what test_command tests."""
    monkeypatch.setattr(boot, "django", lambda: None)


def run(*words: str) -> int:
    given: Namespace = parser().parse_args(["exam", *words])
    return int(given.run(given) or 0)


@pytest.mark.skipif(not NAMES, reason="../shared/data/gift_dev is not on this machine")
@pytest.mark.parametrize("name", NAMES or ["absent"])
def test_a_sample_goes_in_and_comes_out_the_same(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = json.loads((SAMPLES / f"{name}.json").read_text())
    items = [one for one in expected if one["type"] not in ("Category", "Description")]
    source, target = str(SAMPLES / f"{name}.gift"), tmp_path / "out.gift"
    assert run("import", source, "--format", "gift", "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["accepted"], told["rejected"], told["errors"]) == (len(items), len(items), 0, [])
    assert told["items"] == items
    assert Item.objects.count() == 0
    run("import", source, "--json")
    run("export", "--format", "gift", "-o", str(target))
    capsys.readouterr()
    run("import", str(target), "--format", "gift", "--dry-run", "--json")
    again = json.loads(capsys.readouterr().out)
    assert (again["items"], again["known"]) == (items, len(items))


def test_bad_questions_are_named_by_line_and_the_others_come_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mixed.gift"
    file.write_text("Q {=a ~b}\n\nBad {=a\n\nOne {~%50%a ~b}\n")
    assert run("import", str(file), "--format", "gift", "--json", "--topic", "Возвраты/Сроки") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["accepted"], told["rejected"], told["created"]) == (3, 2, 1, 2)
    assert [error["line"] for error in told["errors"]] == [3]
    assert [(one["line"], "add up to 50" in one["message"]) for one in told["unfinished"]] == [(5, True)]
    run("import", str(file))
    said = capsys.readouterr().out
    assert said.startswith("read 3, accepted 2, rejected 1; new 0, new versions 0, known already 2\nline 3: ")
    assert [str(topic) for topic in Topic.objects.all()] == ["Возвраты", "Возвраты / Сроки"]


def test_a_file_of_nothing_good_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.xml"
    file.write_text("<!DOCTYPE quiz><quiz/>")
    assert run("import", str(file), "--format", "moodle-xml", "--json") == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["line"] == 1
    with pytest.raises(InvalidInput, match="cannot be read"):
        run("import", str(tmp_path / "absent.gift"))


@pytest.mark.parametrize("format", ["moodle-xml", "aiken", "xlsx"])
def test_other_formats_come_back_known(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, target = tmp_path / "in.txt", tmp_path / "out"
    file.write_text("Q?\nA. a\nB. b\nANSWER: B\n\nP?\nA) x\nB) y\nC) z\nANSWER: A\n")
    run("import", str(file))
    run("export", "--format", format, "-o", str(target))
    capsys.readouterr()
    run("import", str(target), "--json", "--dry-run")
    told = json.loads(capsys.readouterr().out)
    assert (told["accepted"], told["known"], told["rejected"]) == (2, 2, 0)


def test_an_export_of_one_topic_leaves_the_others(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "in.gift"
    file.write_text("$CATEGORY: А\n\nQ {=a ~b}\n\n$CATEGORY: Б\n\nP {T}\n")
    run("import", str(file))
    capsysbinary.readouterr()
    run("export", "--topic", "Б")
    assert capsysbinary.readouterr().out.decode() == "$CATEGORY: $course$/top/Б\n\nP {TRUE}\n"
    with pytest.raises(InvalidInput, match="There is no topic"):
        run("export", "--topic", "В")
    with pytest.raises(InvalidInput, match="cannot be written"):
        run("export", "-o", str(tmp_path / "absent" / "x"))

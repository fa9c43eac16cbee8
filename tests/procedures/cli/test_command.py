"""`nastavnik procedures` as a program and a person read it."""

import csv
import json
from pathlib import Path

import pytest

from nastavnik.config.cli import boot, main
from nastavnik.procedures import queries
from nastavnik.procedures.actions import lexicons
from nastavnik.procedures.actions.lexicons import RuleText
from tests.factories.procedures import AT, a_settled_desk

SHARED = Path(__file__).resolve().parents[4] / "shared/data"
CASES, MESSAGES = SHARED / "refusal_policy_cases.json", SHARED / "trigger_messages_dev.csv"
needs_shared = pytest.mark.skipif(not CASES.exists(), reason="the shared data are not here")
CASE = {
    "id": "x-1",
    "events": [
        {"t": 1, "side": "customer", "kind": "trigger"},
        {"t": 2, "side": "agent", "kind": "SOFT", "actor": "A"},
        {"t": 3, "side": "customer", "kind": "insist"},
    ],
    "expect": {"state": "REFUND_DUE", "attempts": 1, "violations": []},
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["procedures", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@needs_shared
def test_all_scripted_cases_come_out_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "replay", "refusal", "--cases", str(CASES), "--json")
    found = json.loads(out)
    assert (code, len(found), [sorted(one) for one in found if not one["ok"]]) == (0, 16, [])
    assert sorted(found[0]) == ["actual", "expected", "id", "ok"]


@needs_shared
@pytest.mark.parametrize(("lang", "number"), [("ru", 51), ("en", 25)])
def test_the_labelled_messages_of_a_language_get_their_labels(
    capsys: pytest.CaptureFixture[str], lang: str, number: int
) -> None:
    code, out, _err = run(capsys, "detect", "--lang", lang, "--file", str(MESSAGES), "--json")
    rows = csv.DictReader(MESSAGES.read_text(encoding="utf-8").splitlines(keepends=True))
    truth = {row["id"]: row["label"] for row in rows if row["lang"] == lang}
    found = json.loads(out)
    assert (code, len(found), {one["id"]: one["label"] for one in found}) == (0, number, truth)
    assert all(one["rule"] for one in found if one["label"] == "trigger")


def test_a_case_that_comes_out_otherwise_is_named_and_the_code_is_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [CASE, {**CASE, "id": "x-2", "policy": {"insist_ends_at_once": False}}]}))
    code, out, _err = run(capsys, "replay", "refusal", "--cases", str(file))
    first, second = out.splitlines()
    assert (code, first) == (1, "x-1: as expected")
    assert second.startswith("x-2: expected {'state': 'REFUND_DUE'")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "This is no file of refusal cases"),
        ('{"cases": [{"id": "x-1", "events": [{"t": 1, "side": "dog", "kind": "x"}], "expect": {}}]}', "Case x-1: "),
        ('{"cases": [7]}', "Case number 1: "),
    ],
)
def test_a_broken_file_of_cases_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text)
    code, out, err = run(capsys, "replay", "refusal", "--cases", str(file), "--json")
    assert (code, out, len(err.splitlines()), said in err) == (2, "", 1, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"id,text\n1,a\n", "missing: lang"),
        (b"", "missing: id, lang, text"),
        (b"id,lang,text\n1,ru\n", "line 2: fewer columns"),
        ("id,lang,text\n1,ru,да\n".encode("cp1251"), "UTF-8"),
    ],
)
def test_a_broken_file_of_messages_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "messages.csv"
    file.write_bytes(data)
    code, out, err = run(capsys, "detect", "--file", str(file))
    assert (code, out, len(err.splitlines()), said in err) == (2, "", 1, True)


def test_a_file_that_is_not_there_is_one_clear_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "detect", "--file", str(tmp_path / "none.csv"))
    assert (code, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.django_db
def test_the_desks_own_lexicon_is_used_when_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boot, "django", lambda: None)
    a_settled_desk()
    draft = lexicons.begin_draft(version=queries.published("ru")[0], by=None, at=AT)
    rule = RuleText("ru_shut", "trigger", 2, "лавочка закрыта", "", ("лавочка закрыта",), ("лавочка открыта",))
    lexicons.save_rule(draft=draft, text=rule, by=None, at=AT)
    lexicons.publish(draft=draft, by=None, at=AT)
    file = tmp_path / "messages.csv"
    file.write_text("id,lang,text\n1,ru,Лавочка закрыта\n", encoding="utf-8")
    told = [run(capsys, "detect", "--file", str(file), "--lexicon", which)[1] for which in ("shipped", "current")]
    assert told == ["1\tother\t\n", "1\ttrigger\tru_shut\n"]

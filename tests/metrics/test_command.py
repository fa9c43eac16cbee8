"""`nastavnik metrics` as a program and a person read it."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from nastavnik.config.cli import boot, main
from nastavnik.kernel import clock
from nastavnik.metrics.models import Cell
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    # Django is set up and the database runs already: pytest has done what the command does first.
    monkeypatch.setattr(boot, "django", lambda: None)
    monkeypatch.setattr(boot, "setup", lambda: None)
    with clock.frozen(AT):
        made = make.centre()
        who = made.people["A-1"]
        make.tally("reviews", [
            make.review(who, first + timedelta(days=n), earned)
            for first, earned in ((date(2022, 10, 1), 93), (date(2023, 4, 1), 94), (date(2023, 7, 1), 96))
            for n in range(9)
        ])  # fmt: skip
        make.target("qa", 920_000, date(2022, 1, 1), date(2023, 7, 1))
        make.target("qa", 950_000, date(2023, 7, 1))
        yield made


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["metrics", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


QUARTERS = ("--scope", "person:A-1", "--per", "quarter", "--from", "2022-10-01", "--to", "2023-10-01")


def test_readings_are_printed_as_json(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "show", "qa", *QUARTERS, "--json")
    rows = json.loads(out)
    assert code == 0
    shown = [
        (row["metric"], row["scope"], row["period"], row["value"], row["n"], row["target"], row["met"]) for row in rows
    ]
    assert shown == [
        ("qa", "person:A-1", "2022-Q4", 93.0, 9, 92.0, True),
        ("qa", "person:A-1", "2023-Q1", None, 0, 92.0, None),
        ("qa", "person:A-1", "2023-Q2", 94.0, 9, 92.0, True),
        ("qa", "person:A-1", "2023-Q3", 96.0, 9, 95.0, True),
    ]
    assert {"low", "high", "direction", "verdict", "pieces", "numerator", "denominator"} <= set(rows[0])
    assert (rows[0]["direction"], rows[0]["end"], rows[0]["numerator"]) == ("higher", "2023-01-01", 837)


def test_readings_are_printed_as_a_table(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "show", "qa", "fcr", *QUARTERS)
    assert code == 0
    assert "2022-Q4  93.0" in out
    assert "no target" in out


def test_the_last_year_is_shown_by_default(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "show", "csat", "--json")
    assert [row["period"] for row in json.loads(out)][::12] == ["2025-11", "2026-11"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "happiness"), "happiness"),
        (("show", "qa", "--scope", "team:nobody"), "team:nobody"),
        (("show", "qa", "--from", "2023-10-01", "--to", "2023-10-01"), "2023-10-01"),
    ],
)
def test_mistakes_end_in_one_line_and_code_2(
    centre: Centre, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


def test_what_is_not_a_day_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["metrics", "show", "qa", "--from", "yesterday"])
    assert "is not a day" in capsys.readouterr().err


def test_metrics_are_listed_with_what_they_are_divided_by(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "list")
    assert "of points possible in random reviews" in out
    _code, out, _err = run(capsys, "list", "--json")
    assert {"csat", "qa", "junior_share"} <= {row["code"] for row in json.loads(out)}


def test_a_check_says_when_all_is_well_and_ends_in_1_when_not(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check")[:2] == (0, "Every cell equals its records.\n")
    row = Cell.objects.order_by("pk")[0]
    row.n[0] += 1
    row.save(update_fields=["n"])
    code, out, _err = run(capsys, "check")
    assert (code, "expected" in out) == (1, True)
    code, out, _err = run(capsys, "check", "--json", "--stream", "reviews")
    assert (code, len(json.loads(out)) > 0) == (1, True)
    assert run(capsys, "check", "--stream", "contacts")[0] == 0

"""The drawn records hold what `truth` says, and nothing else that could be taken for an effect."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nastavnik.demo import records, truth, window
from nastavnik.demo.archive import archive
from nastavnik.demo.roster import roster

TODAY = date(2026, 11, 23)
Drawn = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def drawn() -> Iterator[Drawn]:
    with duckdb.connect(config={"threads": 1}) as connection:
        window.build(connection, roster(240, 1, TODAY), 1)
        yield connection


def one(drawn: Drawn, sql: str) -> Any:
    row = drawn.execute(sql).fetchone()
    assert row is not None
    return row if len(row) > 1 else row[0]


def test_records_lie_in_the_120_days_before_the_day_of_loading(drawn: Drawn) -> None:
    first, last = one(drawn, "SELECT min(started_at)::DATE, max(started_at)::DATE FROM contacts")
    assert (first, last) == (date(2026, 7, 26), date(2026, 11, 22))
    assert one(drawn, "SELECT count(DISTINCT started_at::DATE) FROM contacts") == 120


@pytest.mark.parametrize("stream", ["contacts", "reviews", "retention", "cases"])
def test_record_ids_are_unique(drawn: Drawn, stream: str) -> None:
    assert one(drawn, f"SELECT count(*) - count(DISTINCT id) FROM {stream}") == 0


def test_nobody_works_before_coming_while_learning_or_after_leaving(drawn: Drawn) -> None:
    by_person = "SELECT person, [min(started_at), max(started_at)] FROM contacts GROUP BY 1"
    worked = dict(drawn.execute(by_person).fetchall())
    for career in roster(240, 1, TODAY).careers:
        if days := worked.get(career.code):
            assert (days[0].date() - career.joined).days >= window.LEARNING_DAYS
            assert career.left is None or days[1].date() < career.left


def test_the_drawn_ratings_scatter_between_persons_hardly_more_than_chance(drawn: Drawn) -> None:
    known = ", ".join(f"'{code}'" for code in (*truth.ABOVE, *truth.BELOW))
    spread, chance = one(
        drawn,
        f"""SELECT stddev(mean), sqrt(avg(variance / n)) FROM (
            SELECT avg(rating) AS mean, var_samp(rating) AS variance, count(rating) AS n FROM contacts
            WHERE person NOT IN ({known}) GROUP BY person HAVING count(rating) > 150)""",
    )
    assert spread < 1.25 * chance


@pytest.mark.parametrize("code", [*truth.ABOVE, *truth.BELOW])
def test_the_known_persons_rate_as_is_true_of_them(drawn: Drawn, code: str) -> None:
    mean, error = one(
        drawn, f"SELECT avg(rating), stddev(rating) / sqrt(count(rating)) FROM contacts WHERE person = '{code}'"
    )
    assert abs(mean - truth.mean_rating(truth.share_of_fives(code, 0))) < 3.5 * error


def test_the_improved_team_improves_on_its_day(drawn: Drawn) -> None:
    day = truth.improved_since(TODAY)
    before, after, others = one(
        drawn,
        f"""SELECT avg(earned / possible) FILTER (better AND reviewed_at < '{day}'),
                   avg(earned / possible) FILTER (better AND reviewed_at >= '{day}'),
                   avg(earned / possible) FILTER (NOT better)
            FROM (SELECT *, person IN (SELECT code FROM stays WHERE team = '{truth.IMPROVED_TEAM}') AS better
                  FROM reviews WHERE sampling = 'random')""",
    )
    assert 100 * before == pytest.approx(truth.QA_IMPROVED_BEFORE, abs=1.5)
    assert 100 * after == pytest.approx(truth.QA_MEAN, abs=1.2)
    assert 100 * others == pytest.approx(truth.QA_MEAN, abs=0.5)


def test_about_every_seventh_contact_is_a_customer_who_came_back_with_the_same_topic(drawn: Drawn) -> None:
    share = one(
        drawn,
        """SELECT count(*) FILTER (again) / count(*) FROM (
            SELECT lag(started_at) OVER (PARTITION BY customer, topic ORDER BY started_at) IS NOT NULL AS again
            FROM contacts WHERE answered)""",
    )
    assert share == pytest.approx(truth.RETURN_SHARE, abs=0.015)


def test_persons_restricted_to_writing_take_no_calls(drawn: Drawn) -> None:
    calls = "SELECT count(*) FROM contacts c JOIN stays s ON s.code = c.person WHERE channel = 'phone'"
    assert one(drawn, f"{calls} AND started_at >= written_from") == 0
    assert one(drawn, "SELECT count(*) FROM stays WHERE written_from IS NOT NULL") > 0


def test_abandoned_contacts_name_nobody_and_carry_no_rating(drawn: Drawn) -> None:
    lost = "SELECT count(*) FROM contacts WHERE NOT answered"
    assert one(drawn, lost) > 0
    assert one(drawn, f"{lost} AND (person IS NOT NULL OR rating IS NOT NULL)") == 0


def test_equal_seed_and_day_write_equal_files(tmp_path: Path) -> None:
    centre = roster(160, 9, TODAY)
    written = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        old = archive(centre, 9, truth.window(centre.today).first)
        written.append(records.write(centre, 9, old, tmp_path / name, print))
    with duckdb.connect() as connection:
        for stream, file in written[0].items():
            for here, there in ((file, written[1][stream]), (written[1][stream], file)):
                missing = f"SELECT count(*) FROM (FROM '{here}' EXCEPT ALL FROM '{there}')"
                assert connection.execute(missing).fetchone() == (0,)

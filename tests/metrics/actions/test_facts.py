"""Loading facts from files."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.metrics import store
from nastavnik.metrics.actions import fact_files, facts, tallies
from nastavnik.metrics.actions.facts import LoadResult
from nastavnik.metrics.logic import mapping
from nastavnik.metrics.models import Cell, FactDay
from nastavnik.people.models import Employment, Organisation, Person, RoleAssignment
from tests.factories.facts import NOW, centre, contact, table

pytestmark = pytest.mark.django_db
CALLS = Path("/work/shared/data/calls_5000.xlsx")
MAPPING = Path(__file__).resolve().parents[3] / "examples/mappings/calls_5000.toml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    centre()
    return tmp_path / "contacts.csv"


def load(path: Path, **said: Any) -> LoadResult:
    return facts.load(**({"stream": "contacts", "source": path, "spec": None, "by": None, "at": NOW} | said))


def counts(done: LoadResult) -> list[int]:
    return [done.read, done.accepted, done.rejected, done.replaced, done.unchanged]


def reasons(done: LoadResult) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["reason"]) for one in done.samples]


def stored(columns: str = "id, day::VARCHAR, rating") -> list[tuple[Any, ...]]:
    with store.connect() as duck:
        return duck.execute(f"SELECT {columns} FROM {store.relation_sql('contacts')} ORDER BY id").fetchall()


def test_the_same_file_twice_changes_nothing_the_second_time(path: Path) -> None:
    table(path, [contact(1), contact(2)])
    assert [counts(load(path)) for _ in range(2)] == [[2, 2, 0, 0, 0], [2, 0, 0, 0, 2]]
    assert sorted(FactDay.objects.values_list("version", "rows")) == [(1, 1), (1, 1)]
    assert JournalEntry.objects.filter(kind=facts.LOADED).count() == 1
    assert OutboxEvent.objects.filter(kind="metrics.FactsLoaded").count() == 1


def test_a_corrected_record_leaves_its_old_day(path: Path) -> None:
    table(path, [contact(1), contact(2)])
    load(path)
    table(path, [contact(1, started_at="2026-11-05 10:00", rating=2)])
    assert counts(load(path)) == [1, 1, 0, 1, 0]
    assert stored() == [("C1", "2026-11-05", 2), ("C2", "2026-10-03", 5)]
    assert FactDay.objects.get(day="2026-10-02").rows == 0
    assert tallies.check(stream="contacts") == []


def test_only_days_that_change_are_written(path: Path) -> None:
    table(path, [contact(1), contact(2), contact(3)])
    load(path)
    table(path, [contact(1), contact(2, rating=1), contact(30)])
    assert counts(load(path)) == [3, 2, 0, 1, 1]
    versions = dict(FactDay.objects.values_list("day", "version"))
    assert versions == {dt.date(2026, 10, 2): 1, dt.date(2026, 10, 3): 2, dt.date(2026, 10, 4): 1} | {
        dt.date(2026, 10, 3): 2
    }  # C30 falls on the day of C2


def test_a_night_contact_belongs_to_the_local_day(path: Path) -> None:
    table(path, [contact(1, started_at="2026-10-01 23:30"), contact(2, started_at="2026-10-01T22:30:00Z")])
    load(path)
    assert stored("id, day::VARCHAR, started_at::VARCHAR") == [
        ("C1", "2026-10-01", "2026-10-01 20:30:00"),
        ("C2", "2026-10-02", "2026-10-01 22:30:00"),
    ]


@pytest.mark.parametrize(
    ("said", "column", "reason"),
    [
        ({"rating": 6}, "rating", "6 is more than 5"),
        ({"rating": "4.5"}, "rating", "«4.5» is not a whole number"),
        ({"rating": "five"}, "rating", "«five» is not a whole number"),
        ({"person": "Кто"}, "person", "nobody here has the code, login or alias «Кто»"),
        ({"line": "x"}, "line", "there is no line «x»"),
        ({"channel": "smoke"}, "channel", "there is no channel «smoke»"),
        ({"started_at": "2026-11-25 10:00"}, "started_at", "the moment is in the future"),
        ({"started_at": "1999-12-31 10:00"}, "started_at", "the moment is before the year 2000"),
        ({"started_at": "2026-02-30"}, "started_at", "«2026-02-30» is not a date and time"),
        ({"started_at": ""}, "started_at", "the value is missing"),
        ({"handled_ms": -1}, "handled_ms", "a duration cannot be negative"),
        ({"handled_ms": 10**12}, "handled_ms", "the duration is longer than 31 days"),
        ({"handled_ms": "long"}, "handled_ms", "«long» is not a duration"),
        ({"answered": "maybe"}, "answered", "«maybe» is neither yes nor no"),
        ({"topic": "x" * 501}, "topic", "the text is longer than 500 characters"),
        ({"id": ""}, "id", "the value is missing"),
    ],
)
def test_a_bad_value_is_rejected_with_its_row_and_reason(
    path: Path, said: dict[str, Any], column: str, reason: str
) -> None:
    table(path, [contact(1), contact(2, **said)])
    with translation.override("en"):
        done = load(path, dry_run=True)
    assert (counts(done), reasons(done)) == ([2, 1, 1, 0, 0], [(3, column, reason)])


def test_every_rejected_row_is_in_the_error_file_and_no_cell_of_it_is_a_formula(path: Path, tmp_path: Path) -> None:
    table(path, [contact(number, person="=cmd|calc") for number in range(150)])
    done = load(path, errors_to=tmp_path / "errors.csv")
    rows = list(csv.reader((tmp_path / "errors.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (len(done.samples), len(rows), rows[1][:3]) == (100, 151, ["2", "person", "'=cmd|calc"])


def test_repeated_ids_collapse_or_the_last_counts(path: Path) -> None:
    table(path, [contact(1), contact(1), contact(2, rating=1), contact(2, rating=2), contact(2, rating=3)])
    done = load(path)
    assert (counts(done), [row for row, _c, _r in reasons(done)]) == ([5, 2, 2, 0, 1], [4, 5])
    assert stored("id, rating") == [("C1", 5), ("C2", 3)]


def test_broken_lines_are_rejected_and_later_rows_keep_their_numbers(path: Path) -> None:
    good = "C{0},a-1,2026-10-01 10:00,topic\n"
    path.write_text(
        "id,person,started_at,topic\n" + good.format(1) + "C2,a-1\n" + 'C3,a-1,2026-10-01 10:00,"two\nlines"\n'
        + "C4,a-1,2026-10-01,phone,more\n" + "C5,nobody,2026-10-01,phone\n" + good.format(6)
    )  # fmt: skip
    done = load(path)
    assert (counts(done), [(row, column) for row, column, _reason in reasons(done)]) == (
        [6, 3, 3, 0, 0], [(3, ""), (5, ""), (6, "person")],
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators_are_found(path: Path, encoding: str, delimiter: str) -> None:
    table(path, [contact(1, topic="Возврат денег за курс, срочно"), contact(2)], encoding=encoding, delimiter=delimiter)
    assert counts(load(path)) == [2, 2, 0, 0, 0]
    assert stored("topic")[0] == ("Возврат денег за курс, срочно",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"%PDF-1.7", "PDF document"),
        ("id,person,started_at\nC1,Анна".encode() + b"\xff" + "Анна,2026\n".encode(), "byte 33 cannot be read"),
        (b"id,person\nC1,a-1\n", "does not say where to find «started_at»"),
        (b"PK\x03\x04 no archive", "cannot be read as an XLSX workbook"),
        (b"PAR1 no parquet", "not a valid Parquet file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    with translation.override("en"), pytest.raises(DomainError, match=words):
        load(path)
    assert (FactDay.objects.count(), list(store.facts_dir().glob("*/*.parquet"))) == (0, [])


def test_a_file_of_headings_only_loads_nothing(path: Path) -> None:
    path.write_text("id,person,started_at\n")
    assert counts(load(path)) == [0, 0, 0, 0, 0]


def test_parquet_is_read_as_well(path: Path) -> None:
    with store.connect() as duck:
        duck.execute(
            "COPY (SELECT 'C1' AS id, 'a-1' AS person, TIMESTAMP '2026-10-01 10:00' AS started_at, 5 AS rating) "
            f"TO '{path}' (FORMAT parquet)"
        )
    assert counts(load(path)) == [1, 1, 0, 0, 0]
    assert stored() == [("C1", "2026-10-01", 5)]


def test_a_dry_run_counts_and_changes_nothing(path: Path) -> None:
    table(path, [contact(1), contact(2, person="Новая Анна")])
    done = load(path, dry_run=True, create_people=True)
    assert (counts(done), done.created_people) == ([2, 2, 0, 0, 0], 1)
    assert (FactDay.objects.count(), Person.objects.count(), Cell.objects.count()) == (0, 2, 0)


def test_people_nobody_knows_are_entered_from_the_day_of_their_first_good_record(path: Path) -> None:
    table(path, [
        contact(1, person="Новая Анна"), contact(5, person="новая анна"), contact(3, person="Плохой", rating=9),
    ])  # fmt: skip
    done = load(path, create_people=True)
    assert (counts(done), done.created_people) == ([3, 2, 1, 0, 0], 1)
    anna = Person.objects.get(code="novaya-anna")
    assert (anna.family_name, anna.given_name, anna.aliases.get().value) == ("Новая", "Анна", "Новая Анна")
    assert Employment.objects.get(person=anna).active_from == dt.date(2026, 10, 2)
    assert RoleAssignment.objects.get(person=anna).role == "agent"
    assert counts(load(path)) == [3, 0, 1, 0, 2]


def test_two_hundred_days_in_any_order_are_loaded_alike(path: Path) -> None:
    rows = [contact(n, started_at=f"{dt.date(2026, 1, 1) + dt.timedelta(days=n * 37 % 200)} 10:00") for n in range(600)]
    table(path, rows)
    load(path)
    first = stored("id, day::VARCHAR")
    table(path, rows[::-1])
    assert counts(load(path)) == [600, 0, 0, 0, 600]
    assert (len(first), FactDay.objects.count()) == (600, 200)


def test_files_nobody_needs_are_swept_after_an_hour(path: Path) -> None:
    table(path, [contact(1)])
    load(path)
    table(path, [contact(1, rating=1)])
    load(path)
    now = dt.datetime.now(dt.UTC)
    assert fact_files.sweep(at=now) == 0
    assert fact_files.sweep(at=now + dt.timedelta(hours=2)) == 1
    assert stored() == [("C1", "2026-10-02", 1)]


@pytest.mark.skipif(not CALLS.exists(), reason="the sample export is not on this machine")
def test_a_real_foreign_export_loads_into_an_empty_centre_through_its_mapping() -> None:
    spec = mapping.from_toml(MAPPING.read_text())
    first = load(CALLS, spec=spec, create_people=True)
    assert (counts(first), first.created_people, Organisation.objects.count()) == ([5000, 5000, 0, 0, 0], 8, 1)
    assert counts(load(CALLS, spec=spec, create_people=True)) == [5000, 0, 0, 0, 5000]
    assert tallies.check(stream="contacts") == []


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["", "1", "2", "3", "Ё4", " 5 "]),
            "person": st.sampled_from(["a-1", "A-2", "nobody", "", "=1+1"]),
            "started_at": st.sampled_from(["2026-10-01 10:00", "03.10.2026 00:10:00", "x", "2030-01-01", ""]),
            "rating": st.sampled_from(["1", "5", "5.0", "6", "", "x", "4,5"]),
            "topic": st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r"), max_size=6),
        }
    ),
    max_size=12,
)


@given(rows=ROWS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_in_the_table_the_counts_add_up_and_a_second_load_accepts_nothing(
    path: Path, rows: list[dict[str, Any]]
) -> None:
    FactDay.objects.all().delete()
    table(path, rows)
    first, second = load(path), load(path)
    for done in (first, second):
        assert done.read == done.accepted + done.unchanged + done.rejected
    assert (second.accepted, second.rejected, first.read) == (0, first.rejected, sum(any(r.values()) for r in rows))
    assert len(stored()) == first.accepted
    ids = [row["id"].strip() for row in rows]
    if len(set(ids)) == len(ids):
        before = stored("*")
        table(path, rows[::-1])
        assert (load(path).accepted, stored("*")) == (0, before)
